"""What the tests of the built site share: the site as the command line builds it, a server and a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from built_site import ROOT, BuiltSite
from playwright.sync_api import Browser, Playwright, sync_playwright
from visitor import Visitor

BIN = Path(sys.executable).parent
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
SUB_PATH = "/so-ke-hoach/"


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a tool of this environment; its whole output is the failure's message."""
    name, *rest = command
    done = subprocess.run(
        [BIN / name, *rest], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The real content, built by the real command."""
    folder = tmp_path_factory.mktemp("built") / "site"
    run("sokehoach", "build", "--strict", "--site", folder)
    return BuiltSite(folder)


@pytest.fixture(scope="session")
def offline_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The bundle that people open from disk."""
    folder = tmp_path_factory.mktemp("built") / "offline"
    run("sokehoach", "build", "--strict", "--offline", "--site", folder)
    return BuiltSite(folder)


class _SubPathHandler(SimpleHTTPRequestHandler):
    """Serves the site below a sub-path and nothing above it, so that an address from the root fails."""

    def do_GET(self) -> None:
        if self.path.startswith(SUB_PATH):
            self.path = self.path.removeprefix(SUB_PATH.rstrip("/"))
            super().do_GET()
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the browser tests tell what they miss."""


@pytest.fixture(scope="session")
def base_url(site: BuiltSite) -> Iterator[str]:
    """The site over HTTP, below a sub-path as on GitHub Pages; ends with a slash."""
    handler = partial(_SubPathHandler, directory=str(site.root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        server.shutdown()
        thread.join()


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
