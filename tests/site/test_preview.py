"""The preview as its users see it: the process of `sokehoach serve`, a browser, saved files."""

from __future__ import annotations

import http.client
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from built_site import copy_content
from playwright.sync_api import Browser, expect
from slow import slow
from small_site import content_in

from benchmarks.preview import Preview, preview
from generator.assets import published_assets
from generator.installation import BUNDLED, ROOT

ASSETS = published_assets()
PLAN = "plans/da-nang-2023.yml"
PAGE = "ke-hoach/da-nang-2023/"
PATIENCE = 120
"""Seconds: how long a build may take on a machine that is busy with other things."""
QUIET = 3
"""Seconds without a further build after which none is taken to follow."""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_content(tmp_path_factory.mktemp("preview") / "content")


@pytest.fixture(scope="module")
def running(content: Path) -> Iterator[Preview]:
    with preview(content) as running:
        yield running


@pytest.fixture
def plan(content: Path, running: Preview) -> Iterator[Path]:
    """A plan's file, which is put right again."""
    path = content / PLAN
    good = path.read_bytes()
    yield path
    path.write_bytes(good)
    await_page(running, PAGE, lambda status, body: status == 200 and "<h1" in body and "unknown-field" not in body)


def ask(running: Preview, path: str, method: str = "GET", **more: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an address, sent as it is."""
    connection = http.client.HTTPConnection(urlsplit(running.address).netloc)
    connection.request(method, f"/{path}", headers=more)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, {name.lower(): value for name, value in response.getheaders()}, body


def test_a_strangers_name_for_this_machine_is_refused(running: Preview) -> None:
    """A page of that name would otherwise read drafts through the browser of whoever looks at it."""
    port = urlsplit(running.address).port
    hosts = {"localhost": 200, "127.0.0.1": 200, "[::1]": 200, "la.example": 403, "127.0.0.1.la.example": 403, "[": 403}
    for host, status in hosts.items():
        for path in ("ke-hoach/", "__events__/0", "__events__.js"):
            assert ask(running, path, Host=f"{host}:{port}")[0] == status, (host, path)


def test_the_head_of_what_a_page_waits_for_has_no_body(running: Preview) -> None:
    status, headers, body = ask(running, "__events__/0", "HEAD")
    assert (status, headers["content-type"], body) == (200, "text/event-stream", b"")


def await_page(running: Preview, path: str, is_right: Callable[[int, str], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        status, _, body = ask(running, path)
        if is_right(status, body.decode()):
            return
        assert time.monotonic() < end, f"{path}: {status}\n{body.decode()[:2000]}"
        time.sleep(0.1)


def titled(text: str, title: str) -> str:
    return re.sub(r"^title: .*$", f"title: {title}", text, count=1, flags=re.M)


@pytest.mark.browser
def test_change_fault_and_mending_are_seen(running: Preview, plan: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    page.goto(running.address + PAGE)
    good = plan.read_text("utf-8")

    plan.write_text(titled(good, "Kế hoạch vừa được lưu"), encoding="utf-8")
    expect(page.locator("h1")).to_contain_text("vừa được lưu", ignore_case=True)
    # All that the plan is published as is of the same build.
    assert "Kế hoạch vừa được lưu" in ask(running, "du-lieu/ke-hoach/da-nang-2023.json")[2].decode()

    plan.write_text(good.replace("\nkind:", "\nkin:", 1), encoding="utf-8")
    fault = page.locator("article").filter(has_text="unknown-field")
    expect(fault).to_contain_text("da-nang-2023.yml")
    expect(fault).to_contain_text("kind")
    page.get_by_role("link", name="xem bản không lỗi gần nhất").click()
    expect(page.locator("h1")).to_contain_text("vừa được lưu", ignore_case=True)
    page.goto(running.address + PAGE)
    expect(fault).to_be_visible()

    plan.write_text(good, encoding="utf-8")
    expect(page.locator(".sk-row").first).to_be_visible()
    expect(page.locator("h1")).not_to_contain_text("vừa được lưu", ignore_case=True)
    page.close()


@pytest.mark.slow
def test_a_broken_save_during_a_build_is_told(running: Preview, plan: Path) -> None:
    good = plan.read_text("utf-8")
    for pause in (0.1, 0.3, 0.6):
        plan.write_text(titled(good, f"Kế hoạch {pause}"), encoding="utf-8")
        time.sleep(pause)
        plan.write_text(titled(good, "[hỏng"), encoding="utf-8")
        await_page(running, PAGE, lambda _, body: "da-nang-2023.yml:" in body)
        plan.write_text(titled(good, f"Kế hoạch mới {pause}"), encoding="utf-8")
        await_page(running, PAGE, lambda _, body, pause=pause: f"Kế hoạch mới {pause}" in body)


@pytest.mark.slow
def test_a_deleted_file_takes_its_pages_along(running: Preview, plan: Path) -> None:
    plan.unlink()
    await_page(running, PAGE, lambda status, body: status == 404 and "md-header" in body)
    assert "da-nang-2023" not in ask(running, "ke-hoach/")[2].decode()


def test_what_is_served_is_the_site_and_nothing_beside_it(running: Preview, content: Path) -> None:
    for path, type_ in {
        "": "text/html; charset=utf-8",
        "ke-hoach/index.html": "text/html; charset=utf-8",
        ASSETS.stylesheets[0]: "text/css; charset=utf-8",
        ASSETS.scripts[0]: "text/javascript; charset=utf-8",
        "du-lieu/hoat-dong.csv": "text/csv; charset=utf-8",
        "du-lieu/hoat-dong.json": "application/json",
        "assets/favicon.svg": "image/svg+xml",
    }.items():
        status, headers, body = ask(running, path)
        assert (status, headers["content-type"], headers["cache-control"]) == (200, type_, "no-store")
        assert int(headers["content-length"]) == len(body)
        file = (running.site / (path or "index.html")).read_bytes()
        assert b"__events__" not in file, "the script is not for files on disk"
        assert (b"__events__" in body) if "html" in type_ else body == file
        head = ask(running, path, "HEAD")
        assert (head[0], head[1]["content-type"], head[2]) == (200, type_, b"")
        assert head[1]["content-length"] == headers["content-length"]
    status, headers, _ = ask(running, "ke-hoach?x=1")
    assert (status, headers["location"]) == (301, "/ke-hoach/?x=1")
    beside = str(content / PLAN).lstrip("/")
    for path in (
        "khong-co/",
        ".sokehoach",
        "%2esokehoach",
        ".sokehoach-last/",
        "%00",
        "a" * 5000,
        *(up * 20 + beside for up in ("../", "%2e%2e/", "..%2f", "..%5c")),
    ):
        for method in ("GET", "HEAD"):
            status, _, body = ask(running, path, method)
            assert status == 404, path
            assert b"title: " not in body


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted in /proc")
@pytest.mark.parametrize(
    "saves", [slow(35), pytest.param(200, marks=(pytest.mark.endurance, pytest.mark.timeout(3600)))]
)
def test_many_saves_leave_nothing_open_and_nothing_in_memory(saves: int, running: Preview, plan: Path) -> None:
    process = Path(f"/proc/{running.process.pid}")

    def held() -> tuple[int, int]:
        resident = re.search(r"VmRSS:\s+(\d+) kB", (process / "status").read_text())
        assert resident
        return len([*(process / "fd").iterdir()]), int(resident[1]) // 1024

    good, before = plan.read_text("utf-8"), (0, 0)
    for number in range(saves):
        plan.write_text(titled(good, f"Lần lưu thứ {number}."), encoding="utf-8")
        await_page(running, PAGE, lambda _, body, number=number: f"Lần lưu thứ {number}." in body)
        if number == 4:  # what is loaded once is loaded
            before = held()
    files, mebibytes = held()
    assert files <= before[0] + 5
    assert mebibytes <= before[1] + 30, "a build leaves 6 MiB if it is held"


def test_a_busy_port_is_named_with_another(running: Preview, content: Path, tmp_path: Path) -> None:
    port = urlsplit(running.address).port
    assert port
    serve = [sys.executable, "-m", "generator", "serve", "--port", str(port), "--content", content, "--cache", tmp_path]
    done = subprocess.run(serve, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"--port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_an_interrupt_ends_it_cleanly(content: Path) -> None:
    with preview(content) as running:
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(PATIENCE) == 0
        with pytest.raises(OSError):
            ask(running, "")


def test_previews_of_two_contents_do_not_show_each_other(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    (cache / f"preview-{'0' * 16}").mkdir(parents=True)  # of a content that nobody has looked at for long
    first, other = (content_in(tmp_path / name / "content", title=f"Kế hoạch {name}") for name in ("a", "b"))
    with preview(first, cache) as one, preview(other, cache) as two:
        for running, name, stranger in ((one, "a", "b"), (two, "b", "a")):
            page = ask(running, "ke-hoach/thu/")[2].decode()
            assert f"Kế hoạch {name}" in page
            assert f"Kế hoạch {stranger}" not in page
    assert sorted(path for path in cache.glob("preview-*") if path.is_dir()) == sorted((one.site, two.site))


def test_a_preview_that_works_among_the_plans_does_not_wake_itself(tmp_path: Path) -> None:
    """As the installed program does, which keeps its cache where it was called."""
    package = tmp_path / "installed" / "generator"
    (package / "bundled" / "content").mkdir(parents=True)
    for path in (ROOT / "generator").iterdir():
        (package / path.name).symlink_to(path)
    for name in BUNDLED:
        (package / "bundled" / name).symlink_to(ROOT / name)
    content = content_in(tmp_path / "content", title="")
    serve = [sys.executable, "-m", "generator", "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(package.parent)}
    with subprocess.Popen(serve, cwd=content, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            assert "http://" in process.stdout.readline()
            assert "lỗi" in process.stdout.readline()
            assert (content / ".cache").is_dir()
            assert select.select([process.stdout], [], [], QUIET)[0] == []
        finally:
            process.terminate()
