"""The preview: a site that is built again at every save and then shown in the browser.

While the content has errors the browser shows them, with a link to the last good version; it is kept until the next
good one.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from watchfiles import watch

from generator.check import check
from generator.installation import PACKAGE, ROOT
from generator.language.catalogue import catalogue
from generator.pages.fault import fault_page
from generator.site.build import build_site
from generator.site.live_server import LiveServer
from generator.site.progress import BuildReport, Clock
from generator.site.request import CONFIGURATION, BuildError, Request

LAST_GOOD = "ban-truoc"
"""In an address: show the last good version, even if there are errors now."""

SETTLED = 50
"""Milliseconds without a further change after which a save is complete."""
LATEST = 1_000
"""Milliseconds after the first of several changes at which a build begins even if changes go on."""
AWAKE = 200
"""Milliseconds until the first build if nothing is saved; by then the system reports changes."""

_SITE = (ROOT / "content" / "pages", ROOT / "overrides")
_PROGRAM = (PACKAGE, ROOT / "schema", CONFIGURATION)


class Outcome(NamedTuple):
    """The result of a save: a report, or why there is none; `fault` is a page that says what is wrong."""

    report: BuildReport | None
    failure: str
    fault: bytes


class Preview:
    """Serves a site on this machine; `tell` is called with the outcome of every save.

    `explain` returns the words for an error of the disk or of the program. Builds run in the main thread and in one
    process: a fork must not copy the server's threads. Raises `OSError` if the port is not free.
    """

    def __init__(
        self,
        request: Request,
        host: str,
        port: int,
        tell: Callable[[Outcome], None],
        explain: Callable[[Exception], str],
    ) -> None:
        self.request, self.tell, self.explain = replace(request, processes=1), tell, explain
        self.server = LiveServer(request.site, host, port, past_cover=LAST_GOOD)

    def run(self) -> None:
        """Build at every save and serve, until the user interrupts. A change of the program restarts this process."""
        serving = Thread(target=self.server.serve_forever, daemon=True)
        with suppress(KeyboardInterrupt):
            made = (self.request.cache, self.request.site)
            for paths in _saves((self.request.content, *_SITE, *_PROGRAM)):
                # Who works in the folder that holds `plans` has what a build makes among what is watched.
                saved = {path for path in paths if not any(path.is_relative_to(folder) for folder in made)}
                if any(path.is_relative_to(part) for path in saved for part in _PROGRAM):
                    self._restart()
                if saved or not self.server.version:
                    self._update()
                if not serving.is_alive():
                    serving.start()

    def _restart(self) -> None:
        """Start again as a new process: loaded modules of the old program would build the site."""
        port = self.server.server_address[1]
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:], "--port", str(port)])

    def _update(self) -> None:
        """Build, and let open pages reload if files have changed."""
        server = self.server
        with server.folder_lock:
            outcome = _build(self.request, self.explain)
            unchanged = outcome.report and not outcome.report.tasks and outcome.fault == server.cover
            if not (unchanged and server.version):
                server.publish(outcome.fault)
        self.tell(outcome)
        gc.collect()  # what a build has read has reference cycles; Python would collect only after twenty builds


def _build(request: Request, explain: Callable[[Exception], str]) -> Outcome:
    """Update the site to the content. If the content or the program has an error, the site stays as it was."""
    words = catalogue("vi")
    last_good = LAST_GOOD if (request.site / "index.html").exists() else ""
    try:
        report = build_site(request, Clock())
        wrong = check(request.content) if report.problems.get("error") else None
    except BuildError as error:
        failure = str(error)
    except Exception as error:  # a full disk, a mistake in a template: the next save may repair it
        failure = explain(error)
    else:
        return Outcome(report, "", fault_page("", wrong, words, last_good).encode() if wrong else b"")
    return Outcome(None, failure, fault_page(failure, None, words, last_good).encode())


def _saves(paths: tuple[Path, ...]) -> Iterator[set[Path]]:
    """Yield the paths that were saved together, again and again; an empty set if nothing is saved for a moment.

    The system reports changes. If it cannot (`WATCHFILES_FORCE_POLLING` is set for a folder that other machines write
    to, or too much is watched already), all files are compared three times a second.
    """
    try:
        yield from _watch_saves(paths, None)
    except (OSError, RuntimeError):  # the system's limit of watched folders or programs
        yield from _watch_saves(paths, True)


def _watch_saves(paths: tuple[Path, ...], polls: bool | None) -> Iterator[set[Path]]:
    changes = watch(
        *paths, debounce=LATEST, step=SETTLED, rust_timeout=AWAKE, yield_on_timeout=True, force_polling=polls
    )
    return ({Path(path) for _, path in change} for change in changes)
