"""The preview: a site that is built again at every save, and shown in the browser as soon as it is there.

While the content has errors the browser shows them, with the last good version one click away; it is kept until the
next good one.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Lock, Thread
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from generator.check import check
from generator.language.catalogue import catalogue
from generator.pages.fault import fault_page
from generator.site.build import build_site
from generator.site.clock import Clock
from generator.site.last import Look, look
from generator.site.report import Report
from generator.site.request import ROOT, BuildError, Request

LAST_GOOD = "ban-truoc"
"""In an address: show the last good version, whatever is wrong now."""

LOOK_EVERY = 1.0
"""Seconds between two looks for changed files that the system has not told of: it does not of those on a network."""
SETTLED = 0.05
"""Seconds without a further change after which a save is taken to be complete."""

_HASHED = re.compile(r"\.[0-9a-f]{8}\.min\.(?:js|css)$")
_CHANGES = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]

_WATCHED = ("generator", "schema", "overrides", "content/pages", "mkdocs.yml")

Tell = Callable[[Report | BuildError], None]


class Watcher(Observer):  # type: ignore[valid-type, misc]  # the class for this system, chosen when it is loaded
    """Is told by the system of changed files. MkDocs' own watcher looks at all files again and again instead."""

    def schedule(self, event_handler: FileSystemEventHandler, path: str, *, recursive: bool = False, **_: Any) -> Any:
        """Watch a path for changes; reading a file is none. Where the system can watch no more files, changes there are
        found by looking (`Preview.look_again`)."""
        with suppress(OSError):
            return super().schedule(event_handler, path, recursive=recursive, event_filter=_CHANGES)

    def start(self) -> None:
        """Begin to watch, as far as the system can."""
        with suppress(OSError):
            super().start()


class Preview(LiveReloadServer):
    """Serves a site on this machine; `tell` is told of every build."""

    def __init__(self, request: Request, host: str, port: int, tell: Tell) -> None:
        super().__init__(self.build, host, port, str(request.site))
        self.build_delay = SETTLED
        self.request, self.tell = request, tell
        self.fault = b""
        self.seen: object = None
        self.left: Look | None = None
        self.built = 0.0
        self.building, self.waits = Lock(), False
        with suppress(OSError):  # a system that can watch nothing more: MkDocs' own watcher must do
            self.observer = Watcher()
        for path in (request.content, *(ROOT / name for name in _WATCHED)):
            self.watch(str(path))

    def build(self) -> None:
        """Build what has changed: the pages, and what else there is later; with errors, keep what there is and have
        them shown."""
        self.waits = True
        with self.building:
            self.waits = False
            now = look(self.request)
            self.seen = now.version, now.scan
            self._build(now.since(self.left) if self.left else now)
            self.built = time.monotonic()

    def look_again(self) -> None:
        """Finish what was built, and look for changes of which the system has not told, until the server stops."""
        while not self._shutdown:
            time.sleep(LOOK_EVERY)
            with self.building:
                if time.monotonic() > self.built + LOOK_EVERY:  # until then a browser is loading the page
                    self._finish()
                seen, now = self.seen, look(self.request)
            if (now.version, now.scan) != seen:
                with self._rebuild_cond:
                    self._want_rebuild = True
                    self._rebuild_cond.notify_all()

    def _build(self, now: Look) -> None:
        words = catalogue("vi")
        try:
            report = build_site(self.request, Clock(), now, only_pages=now.same)
        except BuildError as error:
            self.left = None
            self.fault = fault_page(str(error), None, words, LAST_GOOD).encode()
            self.tell(error)
            return
        wrong = check(self.request.content) if report.problems.get("error") else None
        if not wrong:  # else nothing was written, and what was left is still left
            self.left = report.left
        self.fault = fault_page("", wrong, words, LAST_GOOD).encode() if wrong else b""
        self.tell(report)

    def _finish(self) -> None:
        """Build what the last build has left: open data, the search. Whoever reads the page does not wait for it, nor
        does the next save."""
        if not self.left or self.fault:
            return
        left, self.left = self.left, None
        try:
            self.left = build_site(self.request, Clock(), left, stop=self._is_awaited).left
        except BuildError as error:
            self.tell(error)

    def _is_awaited(self) -> bool:
        return self.waits or self._want_rebuild

    def serve(self, *, open_in_browser: bool = False) -> None:
        """Serve until the server is shut down."""
        Thread(target=self.look_again, daemon=True).start()
        super().serve(open_in_browser=open_in_browser)

    def _serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"]
        page = path.endswith(("/", ".html")) and not path.startswith("/livereload/")
        if not (self.fault and page) or LAST_GOOD in environ.get("QUERY_STRING", ""):
            start = _kept_by_browser(start_response) if _HASHED.search(path) else start_response
            found: Iterable[bytes] | None = super()._serve_request(environ, start)
            return found
        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            content: bytes = self._inject_js_into_html(self.fault, self._visible_epoch)
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")])
        return [content]


def _kept_by_browser(start_response: Callable[..., Any]) -> Callable[..., Any]:
    """Let the browser keep a file whose name changes with its content: it asks for a dozen files at every save."""

    def start(status: str, headers: list[tuple[str, str]]) -> Any:
        return start_response(status, [*headers, ("Cache-Control", "max-age=31536000, immutable")])

    return start
