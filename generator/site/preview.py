"""The preview: a site that is built again at every save, and shown in the browser as soon as it is there.

While the content has errors the browser shows them, with the last good version one click away; it is kept until the
next good one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from mkdocs.livereload import LiveReloadServer

from generator.check import check
from generator.language.catalogue import catalogue
from generator.pages.fault import fault_page
from generator.site.build import build_site
from generator.site.clock import Clock
from generator.site.report import Report
from generator.site.request import ROOT, BuildError, Request

LAST_GOOD = "ban-truoc"
"""In an address: show the last good version, whatever is wrong now."""

LOOK_EVERY = 0.2
"""Seconds between two looks for changed files: a saved change is to be seen within one second."""

_WATCHED = ("generator", "schema", "overrides", "content/pages", "mkdocs.yml")

Tell = Callable[[Report | BuildError], None]


class Preview(LiveReloadServer):
    """Serves a site on this machine; `tell` is told of every build."""

    def __init__(self, request: Request, host: str, port: int, tell: Tell) -> None:
        super().__init__(self.build, host, port, str(request.site), polling_interval=LOOK_EVERY)
        self.request, self.tell = request, tell
        self.fault = b""
        for path in (request.content, *(ROOT / name for name in _WATCHED)):
            self.watch(str(path))

    def build(self) -> None:
        """Build what has changed; with errors, keep what there is and have them shown."""
        words = catalogue("vi")
        try:
            report = build_site(self.request, Clock())
        except BuildError as error:
            self.fault = fault_page(str(error), None, words, LAST_GOOD).encode()
            self.tell(error)
            return
        wrong = check(self.request.content) if report.problems.get("error") else None
        self.fault = fault_page("", wrong, words, LAST_GOOD).encode() if wrong else b""
        self.tell(report)

    def _serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"]
        page = path.endswith(("/", ".html")) and not path.startswith("/livereload/")
        if not (self.fault and page) or LAST_GOOD in environ.get("QUERY_STRING", ""):
            found: Iterable[bytes] | None = super()._serve_request(environ, start_response)
            return found
        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            content: bytes = self._inject_js_into_html(self.fault, self._visible_epoch)
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")])
        return [content]
