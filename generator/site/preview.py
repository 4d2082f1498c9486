"""The preview: a site that is built again at every save, and shown in the browser as soon as it is there.

While the content has errors the browser shows them, with the last good version one click away; it is kept until the
next good one.
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
"""In an address: show the last good version, whatever is wrong now."""

SETTLED = 50
"""Milliseconds without a further change after which a save is taken to be complete."""
LATEST = 1_000
"""Milliseconds after the first change of a series at which a build begins even if the series goes on."""
AWAKE = 200
"""Milliseconds after which the first build begins where nothing is saved: not before the system tells of changes."""

_SITE = (ROOT / "content" / "pages", ROOT / "overrides")
_PROGRAM = (PACKAGE, ROOT / "schema", CONFIGURATION)


class Outcome(NamedTuple):
    """What has come of a save: a report, or why there is none; `fault` is the page that says what is wrong."""

    report: BuildReport | None
    failure: str
    fault: bytes


class Preview:
    """Serves a site on this machine; `tell` is told what has come of every save.

    `explain` gives the words for what a disk refuses, or for a fault of the program. Builds run in the main thread and
    in one process: the server's threads must not be copied by a fork. Raises `OSError` where the port cannot be had.
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
        """Build at every save and serve, until the user interrupts. A new program starts this process anew."""
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
        """Begin again as a new process: what Python has loaded stays loaded, and would build the new program's site."""
        port = self.server.server_address[1]
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:], "--port", str(port)])

    def _update(self) -> None:
        """Build, and let the open pages reload if they have changed."""
        server = self.server
        with server.folder_lock:
            outcome = _build(self.request, self.explain)
            unchanged = outcome.report and not outcome.report.tasks and outcome.fault == server.cover
            if not (unchanged and server.version):
                server.publish(outcome.fault)
        self.tell(outcome)
        gc.collect()  # what a build has read refers to itself in circles; Python would let twenty builds gather


def _build(request: Request, explain: Callable[[Exception], str]) -> Outcome:
    """Bring the site up to the content. With an error, of the content or the program, it stays what it was."""
    words = catalogue("vi")
    last_good = LAST_GOOD if (request.site / "index.html").exists() else ""
    try:
        report = build_site(request, Clock())
        wrong = check(request.content) if report.problems.get("error") else None
    except BuildError as error:
        failure = str(error)
    except Exception as error:  # a full disk, a template with a mistake: the next save may mend it
        failure = explain(error)
    else:
        return Outcome(report, "", fault_page("", wrong, words, last_good).encode() if wrong else b"")
    return Outcome(None, failure, fault_page(failure, None, words, last_good).encode())


def _saves(paths: tuple[Path, ...]) -> Iterator[set[Path]]:
    """Return the paths that have been saved together, again and again; none where nothing is saved for a moment.

    The system tells of changes. Where it cannot (`WATCHFILES_FORCE_POLLING` says so for a folder that other machines
    write to), or watches too much already, all files are looked at three times a second.
    """
    try:
        yield from _watch_saves(paths, None)
    except (OSError, RuntimeError):  # no more folders, or no more programs, can be told of changes
        yield from _watch_saves(paths, True)


def _watch_saves(paths: tuple[Path, ...], polls: bool | None) -> Iterator[set[Path]]:
    changes = watch(
        *paths, debounce=LATEST, step=SETTLED, rust_timeout=AWAKE, yield_on_timeout=True, force_polling=polls
    )
    return ({Path(path) for _, path in change} for change in changes)
