"""A site updated edit by edit equals a build from nothing, byte for byte."""

from __future__ import annotations

import marshal
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from built_site import copy_content

from generator.incremental.output import OutputDirectory
from generator.site.build import build_site
from generator.site.progress import BuildReport, Clock
from generator.site.request import MARK, ROOT, BuildError, Request

EDITS = 13
Edit = Callable[[random.Random, Path], str]


def changed(path: Path, pattern: str, made: Callable[[re.Match[str]], str], chance: random.Random) -> str:
    """Change one place of a file that a pattern finds, if there is one."""
    text = path.read_text("utf-8")
    places = list(re.finditer(pattern, text, re.M))
    if not places:
        return f"nothing in {path.name}"
    place = chance.choice(places)
    path.write_text(text[: place.start()] + made(place) + text[place.end() :], encoding="utf-8")
    return f"{path.name}: {place[0]!r} → {made(place)!r}"


def some(chance: random.Random, folder: Path) -> Path:
    return chance.choice(sorted(folder.glob("*.yml")))


def title(chance: random.Random, content: Path) -> str:
    """Of an activity, a target, a heading or a plan."""
    return changed(some(chance, content / "plans"), r"^(.*\btitle: )(?=[^\n\"'|>{])", lambda at: f"{at[1]}Sửa ", chance)


def unit_name(chance: random.Random, content: Path) -> str:
    """Its old names, which plans may use, become aliases: what is shown of them depends on the new ones."""
    path = some(chance, content / "units")
    text = path.read_text("utf-8")
    name = re.search(r"^name: (.*)$", text, re.M)
    assert name
    text = text.replace(name[0], f"name: Đơn vị đổi tên {chance.randint(1, 99)}", 1)
    alias = f"  - {name[1]}\n"
    if short := re.search(r"^short_name: (.*)$", text, re.M):
        text = text.replace(short[0], f"short_name: ĐVĐT {chance.randint(1, 99)}", 1)
        alias += f"  - {short[1]}\n" if short[1] != name[1] else ""
    text = text.replace("aliases:\n", f"aliases:\n{alias}", 1) if "aliases:\n" in text else f"{text}aliases:\n{alias}"
    path.write_text(text, encoding="utf-8")
    return f"{path.name}: renamed"


def programme_name(chance: random.Random, content: Path) -> str:
    return changed(some(chance, content / "programmes"), r"^(short_name: )", lambda at: f"{at[1]}Bản ", chance)


def year(chance: random.Random, content: Path) -> str:
    return changed(some(chance, content / "plans"), r"\b(\"?2019\"?: )x$", lambda at: f"{at[1]}y", chance)


def moved_target(chance: random.Random, content: Path) -> str:
    """To another place among the targets of its plan."""
    path = some(chance, content / "plans")
    text = path.read_text("utf-8")
    found = re.search(r"^targets:\n((?:(?: .*)?\n)*)", text, re.M)
    entries = re.split(r"^(?=  - )", found[1], flags=re.M) if found else []
    if not found or len(entries) < 3:  # what stands before the first one is one
        return "no target moved"
    entries.insert(chance.randrange(1, len(entries)), entries.pop(chance.randrange(1, len(entries))))
    path.write_text(text[: found.start(1)] + "".join(entries) + text[found.end(1) :], encoding="utf-8")
    return f"{path.name}: a target moved"


def other_target(chance: random.Random, content: Path) -> str:
    """Of an activity, among those of its plan."""
    path = some(chance, content / "plans")
    targets = re.findall(r"\btarget: ([\w-]+)$", path.read_text("utf-8"), re.M)
    return changed(path, r"\b(target: )[\w-]+$", lambda at: f"{at[1]}{chance.choice(targets)}", chance)


def activity(chance: random.Random, content: Path) -> str:
    """One more, at the end of a plan's list."""
    path = some(chance, content / "plans")
    text = path.read_text("utf-8")
    section = re.search(r"^outline:\n(?:.*\n)*?  - (?:\{)?id: ([\w-]+)", text, re.M)
    assert section
    id_ = f"them-{chance.randint(1, 10**6)}"
    more = f"activities:\n  - {{id: {id_}, section: {section[1]}, title: Việc thêm, years: [2019], note: thêm}}\n"
    path.write_text(text.replace("activities:\n", more, 1), encoding="utf-8")
    return f"{path.name}: {id_}"


def removed_plan(chance: random.Random, content: Path) -> str:
    """One that no other names."""
    plans = sorted((content / "plans").glob("*.yml"))
    texts = {path: path.read_text("utf-8") for path in plans}
    free = [
        path
        for path in plans
        if not any(re.search(rf"\b{path.stem}\b", text) for other, text in texts.items() if other != path)
    ]
    if len(plans) < 3 or not free:
        return "no plan removed"
    path = chance.choice(free)
    path.unlink()
    return f"removed {path.name}"


def added_plan(chance: random.Random, content: Path) -> str:
    """A small one, again with its own id."""
    id_ = f"moi-{chance.randint(1, 10**6)}"
    (content / "plans" / f"{id_}.yml").write_text(
        f"id: {id_}\ntitle: Kế hoạch thử\nkind: annual\nstatus: published\nissuer: hoi-lhpn-viet-nam\n"
        "period: {from: 2024, to: 2024}\nlayout: outline\nsource: {document: Kế hoạch thử}\n"
        "outline:\n  - {id: nv1, kind: task, title: Việc}\n"
        "activities:\n  - {id: a1, section: nv1, title: Làm, lead: [hoi-lhpn-viet-nam]}\n",
        encoding="utf-8",
    )
    return f"added {id_}"


def touched(chance: random.Random, content: Path) -> str:
    """Saved without a change."""
    path = some(chance, content / "plans")
    path.write_bytes(path.read_bytes())
    return f"touched {path.name}"


KINDS: tuple[Edit, ...] = (
    title,
    unit_name,
    programme_name,
    year,
    moved_target,
    other_target,
    activity,
    removed_plan,
    added_plan,
    touched,
)


def files_of(site: Path) -> dict[str, bytes]:
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    return {path: text for path, text in files.items() if not path.startswith(f"{MARK}-last/")}


def attempt(content: Path, site: Path, cache: Path, processes: int = 2) -> BuildReport:
    request = Request(content=content, site=site, cache=cache, office=False, processes=processes)
    return build_site(request, Clock())


def build(content: Path, site: Path, cache: Path, processes: int = 2) -> BuildReport:
    report = attempt(content, site, cache, processes)
    assert not report.problems.get("error"), report
    return report


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_content(tmp_path / "content")


@dataclass(frozen=True)
class Built:
    """A content that was built from nothing, and how many tasks that took."""

    content: Path
    site: Path
    cache: Path
    tasks: int

    def again(self) -> BuildReport:
        return build(self.content, self.site, self.cache)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("first")
    content, site, cache = copy_content(root / "content"), root / "site", root / "cache"
    return Built(content, site, cache, build(content, site, cache).tasks)


@pytest.fixture
def built(first: Built) -> Iterator[Built]:
    """The first build, which tests that only edit a file share; the file is put right again."""
    first.again()
    yield first
    shutil.rmtree(first.content)
    copy_content(first.content)


@pytest.mark.parametrize(
    ("seed", "processes"),
    [(0, 2), *(pytest.param(seed, 1 + seed % 2, marks=pytest.mark.endurance) for seed in range(1, 4))],
)
def test_updated_site_is_the_site_built_from_nothing(seed: int, processes: int, content: Path, tmp_path: Path) -> None:
    chance = random.Random(f"edits {seed}")
    site, cache = tmp_path / "site", tmp_path / "cache"
    build(content, site, cache, processes)
    said = []
    for kind in [*KINDS, *(chance.choice(KINDS) for _ in range(EDITS - len(KINDS)))]:
        shutil.copytree(content, tmp_path / "before")
        said.append(kind(chance, content))
        if attempt(content, site, cache, processes).problems.get("error"):
            said[-1] += " (taken back)"
            shutil.rmtree(content)
            shutil.copytree(tmp_path / "before", content)
            build(content, site, cache, processes)
        shutil.rmtree(tmp_path / "before")
    assert sum("taken back" in edit for edit in said) < EDITS / 2, said
    shutil.rmtree(tmp_path / "other", ignore_errors=True)
    build(content, tmp_path / "other" / "site", tmp_path / "other" / "cache")
    updated, anew = files_of(site), files_of(tmp_path / "other" / "site")
    assert updated.keys() == anew.keys(), said
    assert [path for path in anew if anew[path] != updated[path]] == [], said
    assert not [path for path in site.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_nothing_is_done_twice(built: Built) -> None:
    assert built.tasks > 100
    (store,) = built.cache.glob("*.sqlite")
    os.utime(store, (0, 0))
    assert built.again().tasks == 0
    assert store.stat().st_mtime > 0, "a store in use is not taken for an old one"
    page = built.site / "ke-hoach" / "da-nang-2023" / "index.html"
    before = page.stat().st_mtime_ns
    path = built.content / "plans" / "dong-nai-2017-2021.yml"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: Sửa ", 1), encoding="utf-8")
    assert 0 < built.again().tasks < 0.3 * built.tasks  # most units show nothing of this plan
    assert page.stat().st_mtime_ns == before


def test_a_strict_build_takes_what_another_has_made(tmp_path: Path) -> None:
    """But asks the theme once more: MkDocs tells of warnings only while it makes it."""
    content = copy_content(tmp_path / "content")
    for path in (content / "plans").glob("*.yml"):
        if path.stem != "national-2020":
            path.unlink()
    plan = content / "plans" / "national-2020.yml"
    plan.write_text(re.sub(r"(?m)^ +counterparts: .*\n", "", plan.read_text("utf-8")), encoding="utf-8")

    def tasks(*, strict: bool) -> int:
        request = Request(content, tmp_path / "site", tmp_path / "cache", strict=strict, office=False, anew=False)
        report = build_site(request, Clock())
        assert not report.problems.get("error") and not report.problems.get("warning"), report
        return report.tasks

    assert tasks(strict=False) > 50
    before = files_of(tmp_path / "site")
    assert [tasks(strict=strict) for strict in (True, False, True)] == [0, 0, 0]
    assert files_of(tmp_path / "site") == before


def test_an_edit_concerns_those_who_show_it(built: Built) -> None:
    """Of the units and programmes that a plan names, only those of the edited activity are done again."""
    pages = {path: path.stat().st_mtime_ns for path in built.site.glob("don-vi/*/index.html")}
    path = built.content / "plans" / "thai-nguyen-2021-2026.yml"
    text, title = path.read_text("utf-8"), "title: Tập huấn kiến thức chuyển đổi số và cách viết tin"
    assert text.count(title) == 1
    path.write_text(text.replace(title, f"{title} trẻ"), encoding="utf-8")
    built.again()
    again = [path for path, written in pages.items() if path.stat().st_mtime_ns != written]
    shown = [path for path in pages if f"{title} trẻ".removeprefix("title: ") in path.read_text("utf-8")]
    assert sorted(again) == sorted(shown)
    names = ("ban-tg-cslp", "cac-ban-chuyen-mon", "hoi-lhpn-cap-huyen")  # who leads, and both partners
    assert {path.parent.name for path in shown} == {"hoi-lhpn-thai-nguyen", *(f"thai-nguyen-{name}" for name in names)}
    assert len(pages) > 2 * len(shown)


@pytest.mark.slow
def test_a_template_is_followed(tmp_path: Path) -> None:
    """By a program of its own, whose template is edited between two builds."""
    for name in ("generator", "schema", "overrides", "content", "mkdocs.yml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)

    def built(site: str) -> dict[str, bytes]:
        command = [sys.executable, "-m", "generator", "build", "--no-office", "--site", site, "--cache", f".{site}"]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
        return files_of(tmp_path / site)

    before = built("site")
    template = tmp_path / "generator/pages/templates/target.md.j2"
    template.write_text(template.read_text("utf-8").replace("sk-statement", "sk-statement sk-new"), encoding="utf-8")
    after = built("site")
    pages = [path for path in after if path.endswith(".html") and before[path] != after[path]]
    assert len(pages) == sum(b"sk-statement sk-new" in text for text in after.values()) > 20
    assert after == built("anew")


@pytest.mark.slow
def test_a_site_that_is_not_the_last_build_is_built_anew(content: Path, tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    whole = build(content, site, cache).tasks
    (site / MARK).write_text("of another build", encoding="utf-8")
    (site / "strange.html").write_text("of somebody", encoding="utf-8")
    (site / ".git").mkdir()
    (site / ".git" / "HEAD").write_text("ref: refs/heads/pages", encoding="utf-8")
    assert build(content, site, cache).tasks == whole
    assert (site / "strange.html").exists()
    assert (site / ".git" / "HEAD").exists()  # somebody's repository of published pages


@pytest.mark.slow
def test_a_site_without_our_mark_is_left_alone(content: Path, tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    build(content, site, cache)
    (site / MARK).unlink()
    before = files_of(site)
    with pytest.raises(BuildError, match=re.escape(str(site))):
        build(content, site, cache)
    assert files_of(site) == before


@pytest.mark.slow
def test_of_a_file_that_is_not_as_it_was_left_nothing_is_taken(content: Path, tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    build(content, site, cache)
    table = site / "du-lieu/hoat-dong.csv"
    table.write_bytes(table.read_bytes()[100:])
    (site / "du-lieu/hoat-dong.json").unlink()
    path = content / "plans" / "national-2022-2027.yml"
    path.write_text(path.read_text("utf-8").replace("\n    title: ", "\n    title: Sửa ", 1), encoding="utf-8")
    build(content, site, cache)
    build(content, tmp_path / "other", tmp_path / "other-cache")
    assert files_of(site) == files_of(tmp_path / "other")


@pytest.mark.slow
def test_what_somebody_has_changed_is_noticed(content: Path, tmp_path: Path) -> None:
    """In the site it is restored, in the content it is read, also where time and size are as before."""
    site, cache = tmp_path / "site", tmp_path / "cache"
    build(content, site, cache)
    before = files_of(site)
    page, table = "nam/2023/index.html", "du-lieu/hoat-dong.csv"
    theme = next(path for path in before if path.startswith("assets/theme."))
    for paths, how in (
        ((page, table, theme), "deleted"),
        ((page, theme), "changed"),
        ((page, table, theme), "disguised"),
    ):
        for path in paths:
            spoil(site / path, how)
        assert files_of(site) != before
        assert 0 < build(content, site, cache).tasks < 20
        assert files_of(site) == before
        assert build(content, site, cache).tasks == 0
    spoil(content / "plans" / "da-nang-2023.yml", "disguised")
    assert build(content, site, cache).tasks > 0


def spoil(file: Path, how: str) -> None:
    status, text = file.stat(), file.read_bytes()
    if how == "deleted":
        file.unlink()
    elif how == "changed":
        file.write_bytes(text + b"more")
    else:
        file.write_bytes(text.replace(b" 1", b" 2"))
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert (file.stat().st_mtime_ns, file.stat().st_size) == (status.st_mtime_ns, status.st_size)


@pytest.mark.slow
def test_the_last_state_can_be_put_back(content: Path, tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    build(content, site, cache)
    before = files_of(site)
    path = content / "plans" / "da-nang-2023.yml"
    path.rename(content / "plans" / "da-nang-2024.yml")
    text = (content / "plans" / "da-nang-2024.yml").read_text("utf-8")
    (content / "plans" / "da-nang-2024.yml").write_text(
        text.replace("id: da-nang-2023", "id: da-nang-2024", 1), "utf-8"
    )
    build(content, site, cache)
    after = files_of(site)
    assert after.keys() - before.keys()
    assert before.keys() - after.keys()
    directory = OutputDirectory(site, MARK)
    directory.undo()
    assert files_of(site) == before
    assert not directory.undoable
    build(content, site, cache)
    assert files_of(site) == after


@pytest.mark.slow
def test_a_spoilt_cache_costs_time_only(content: Path, tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    whole = build(content, site, cache).tasks
    for path in cache.glob("*.sqlite"):
        path.write_bytes(b"spoilt" * 100)
    assert build(content, site, cache).tasks == whole


@pytest.mark.slow
def test_a_store_that_is_broken_in_the_middle_costs_time_only(content: Path, tmp_path: Path) -> None:
    """As a power cut may leave it: it says that it is whole, and is not."""
    site, cache = tmp_path / "site", tmp_path / "cache"
    whole = build(content, site, cache).tasks
    before = files_of(site)
    for path in cache.glob("*.sqlite"):
        with closing(sqlite3.connect(path)) as connection:
            page, pages = (connection.execute(f"pragma page_{name}").fetchone()[0] for name in ("size", "count"))
            (meta,) = connection.execute("select rootpage from sqlite_master where name = 'meta'").fetchone()
        data = bytearray(path.read_bytes())
        for number in range(2, pages + 1):
            if number != meta:
                data[page * (number - 1) : page * (number - 1) + 3000] = b"x" * 3000
        path.write_bytes(data)
    plan = content / "plans" / "da-nang-2023.yml"
    plan.write_text(plan.read_text("utf-8") + "# edited\n", encoding="utf-8")
    assert build(content, site, cache).tasks == whole
    assert files_of(site).keys() == before.keys()


@pytest.mark.slow
def test_the_store_of_an_earlier_program_costs_time_only(content: Path, tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    whole = build(content, site, cache).tasks
    for path in cache.glob("*.sqlite"):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(
                "update meta set value = ? where key = 'clean'", (marshal.dumps(("older", "mark", {}, {}, {}), 2),)
            )
    assert build(content, site, cache).tasks == whole


@pytest.mark.slow
def test_a_second_build_waits_for_one_that_is_writing_much(built: Built) -> None:
    """More than SQLite holds in memory: then nobody else can even read, and for longer than SQLite waits."""
    (store,) = built.cache.glob("*.sqlite")
    begun, waits = Event(), Event()

    def write() -> None:
        with OutputDirectory(built.site, MARK).claim(), closing(sqlite3.connect(store, isolation_level=None)) as other:
            other.execute("begin exclusive")
            begun.set()
            waits.wait(60)
            other.execute("rollback")

    def listen(stage: str, *_: float) -> None:
        if stage == "wait":
            waits.set()

    with ThreadPoolExecutor() as threads:
        writing = threads.submit(write)
        assert begun.wait(60)
        request = Request(content=built.content, site=built.site, cache=built.cache, office=False)
        assert build_site(request, Clock(listen)).tasks == 0
        writing.result()


def test_errors_leave_the_site_alone(built: Built) -> None:
    before = files_of(built.site)
    path = built.content / "plans" / "da-nang-2023.yml"
    good = path.read_text("utf-8")
    path.write_text(good.replace("kind:", "kin:", 1), encoding="utf-8")
    assert attempt(built.content, built.site, built.cache).problems["error"] >= 1
    assert files_of(built.site) == before
    path.write_text(good, encoding="utf-8")
    assert built.again().tasks == 0
