"""Shared by the tests of the built site: the site as the command line builds it, a server and a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from built_site import ROOT, BuiltSite
from hypothesis import HealthCheck, settings
from once import Once
from playwright.sync_api import Browser, Playwright, sync_playwright
from served import served
from visitor import Visitor

# A change is judged by the same examples each time; new ones are looked for in `make test-all`, more of them.
# How long one takes says nothing where other tests run beside it.
ANY_TIME = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", ANY_TIME, derandomize=True)
settings.register_profile("thorough", ANY_TIME, max_examples=1_000)
settings.load_profile("steady")

# Tests start the program some hundred times. Where Python keeps no compiled modules, each start compiles all of them.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# These files take longest. Were one of them begun last, the other processes would wait for it.
LONGEST = (
    *("test_incremental.py", "test_print.py", "test_everybody.py", "test_random_content.py", "test_thousand_plans.py"),
    *("test_preview.py", "test_git_server.py", "test_urls.py"),
)

OURS = (ROOT / "content" / "plans" / "national-2020.yml").is_file()
"""Whether `content/` holds the plans of this repository, and not those of an organisation that has put in its own."""

# These speak of those plans, their numbers or their size. Where `content/` is another's, they are left out.
OF_OUR_PLANS = (
    *("browser", "data", "editor", "test_benchmarks.py", "test_build_benchmark.py"),
    *("test_suggest.py", "model/test_builder.py", "model/test_review.py", "pages/test_html.py", "paper/test_word.py"),
    *("reading/test_round_trip.py", "reading/test_workbook_round_trip.py", "search/test_header.py"),
    *("search/test_store.py", "search/test_targets.py", "site/test_cascades.py", "site/test_counts.py"),
    *("site/test_incremental.py", "site/test_linked_data.py", "site/test_links.py", "site/test_moved.py"),
    *("site/test_pdf.py", "site/test_sheets.py", "site/test_urls.py", "site/test_edit.py", "site/test_preview.py"),
    *("search/test_quality.py", "search/test_worker.py", "search/test_member_queries.py", "paper/test_print.py"),
    *("check/test_schema.py", "check/test_hostile.py", "check/test_alignment_guide.py"),
)
collect_ignore = [] if OURS else list(OF_OUR_PLANS)

SITE_URL = "https://hoi.example/so-ke-hoach/"
REPO_URL = "https://git.example/hoi-phu-nu/so-ke-hoach"

BIN = Path(sys.executable).parent
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a tool of this environment; its whole output is the failure's message."""
    name, *rest = command
    done = subprocess.run(
        [BIN / name, *rest], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}"


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Make a folder for all tests of the run, by whichever of its processes is the first to ask."""
    own = tmp_path_factory.getbasetemp()
    # pytest-xdist gives each of its processes a folder of its own inside the run's.
    return Once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def site(once: Once) -> BuiltSite:
    """Return the real content, built by the real command. All tests share it: none may change it."""
    return build_site_of(once, "site")


@pytest.fixture(scope="session")
def offline_site(once: Once) -> BuiltSite:
    """Return the bundle that people open from disk, without the files for Word and Excel, which take half of a build.

    All tests share it: none may change it.
    """
    return build_site_of(once, "offline", "--offline", "--no-office")


@pytest.fixture(scope="session")
def published_site(once: Once) -> BuiltSite:
    """Return the site as a workflow builds it, which knows its own address and that of its sources; without files
    for Word and Excel, in which neither stands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", SITE_URL)
        patch.setenv("REPO_URL", REPO_URL)
        patch.setenv("EDIT_URI", "edit/main/content/pages/")
        return build_site_of(once, "published", "--no-office")


def build_site_of(once: Once, name: str, *options: str | Path) -> BuiltSite:
    """Build the content once for the whole run. Its cache lies beside it, so that a run leaves nothing in the tree."""
    return BuiltSite(
        once(name, lambda at: run("sokehoach", "build", "--strict", "--cache", once.cache, "--site", at, *options))
    )


@pytest.fixture(scope="session")
def base_url(site: BuiltSite) -> Iterator[str]:
    """The site over HTTP, below a sub-path as on GitHub Pages; ends with a slash."""
    with served(site.root) as address:
        yield address


def pytest_report_header() -> str | None:
    """Say it where tests are left out."""
    return None if OURS else f"content/ is not this repository's: left out are {', '.join(OF_OUR_PLANS)}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest; all else keeps its order."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Without Chromium each browser test fails by its own name: a skipped check would pass for a clean one."""
    if item.get_closest_marker("browser") and not Path(CHROMIUM).exists():
        pytest.fail(
            f"this test needs Chromium and {CHROMIUM} does not exist: run `sudo apt-get install chromium`, "
            "or name another Chromium in the environment variable CHROMIUM",
            pytrace=False,
        )


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver, started once."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser | None]:
    """The system's Chromium, kept from talking to anybody by itself; None where there is none (see the hook)."""
    if not Path(CHROMIUM).exists():
        yield None
        return
    quiet = (
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-domain-reliability",
        "--disable-sync",
        "--metrics-recording-only",
        "--no-first-run",
        "--no-pings",
    )
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", *quiet])
    yield started
    started.close()


@pytest.fixture(scope="module")
def visitor(browser: Browser, base_url: str) -> Visitor:
    """Someone who visits the served site. The windows close with the browser."""
    return Visitor(browser, base_url)


@pytest.fixture(scope="module")
def offline_visitor(browser: Browser, offline_site: BuiltSite) -> Visitor:
    """Someone who opens the bundle from disk."""
    return Visitor(browser, offline_site.root.as_uri() + "/")
