"""Serves a folder over HTTP and lets every open page reload when the folder has changed.

The folder's files are not changed: each page gets the reload script while it is sent. A page that covers all others can
be shown instead of them; a query in the address skips it.
"""

from __future__ import annotations

import re
import socket
import sys
import time
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Condition
from typing import Any
from urllib.parse import urlsplit, urlunsplit

EVENTS = "/__events__/"
"""The address at which a page waits for a change; the page's version follows."""
SCRIPT = "/__events__.js"
"""The address of the script that waits."""
STILL_THERE = 5.0
"""Seconds between two signs to a waiting page: only by writing does a server learn that the page was closed."""
IDLE = 60
"""Seconds for which a browser may keep an idle connection open: each holds a thread."""

# A hidden page does not wait: a browser opens at most six connections to a server, whatever the number of tabs.
_SCRIPT = b"""(() => {
  const address = document.currentScript.dataset.events;
  let events;
  const listen = () => {
    events?.close();
    if (document.hidden) return;
    events = new EventSource(address);
    events.onmessage = () => { events.close(); location.reload(); };
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
"""
_HTML = "text/html; charset=utf-8"
# Fixed here, because systems know different types.
_TYPES = {
    **SimpleHTTPRequestHandler.extensions_map,
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": _HTML,
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
}


class LiveServer(ThreadingHTTPServer):
    """Serves `folder` at the root of a host and port.

    A builder holds `folder_lock` while it rewrites the folder, so that nobody gets half a site, and then publishes.
    Raises `OSError` if the port is not free.
    """

    daemon_threads = True

    def __init__(self, folder: Path, host: str, port: int, *, past_cover: str = "") -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        self.past_cover = past_cover
        self.folder_lock = Condition()
        self.version, self.cover = 0, b""
        super().__init__((host, port), partial(_Handler, directory=str(folder)))

    @property
    def url(self) -> str:
        """The address of the folder, with a final slash."""
        host, port = self.server_address[:2]
        return f"http://[{host!s}]:{port}/" if self.address_family == socket.AF_INET6 else f"http://{host!s}:{port}/"

    def publish(self, cover: bytes = b"") -> None:
        """Let all open pages reload; with a `cover` (a page in HTML), show it instead of every page."""
        with self.folder_lock:
            # A time, not a count: after the server restarts, an open page must see that its version is old.
            self.version, self.cover = time.time_ns(), cover
            self.folder_lock.notify_all()

    def is_changed(self, version: str, seconds: float) -> bool:
        """Wait up to so many seconds; return whether there is another version."""
        with self.folder_lock:
            return self.folder_lock.wait_for(lambda: str(self.version) != version, seconds)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report an error, unless the browser has closed the connection."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    server: LiveServer
    protocol_version = "HTTP/1.1"
    timeout = IDLE
    extensions_map = _TYPES

    def do_GET(self) -> None:
        if self._is_foreign():
            self._send(HTTPStatus.FORBIDDEN, _TYPES[".txt"], b"403")
            return
        url = urlsplit(self.path)
        if url.path.startswith(EVENTS):
            self._wait(url.path.removeprefix(EVENTS))
            return
        if url.path == SCRIPT:
            self._send(HTTPStatus.OK, _TYPES[".js"], _SCRIPT)
            return
        is_page = url.path.endswith(("/", ".html"))
        with self.server.folder_lock:
            version, cover = self.server.version, self.server.cover
            # `translate_path` stays inside the folder, whatever the address is.
            status, type_, content = self._look_up(Path(self.translate_path(url.path)), url.path)
        if cover and is_page and self.server.past_cover not in url.query:
            status, type_, content = HTTPStatus.OK, _HTML, cover
        if status == HTTPStatus.MOVED_PERMANENTLY:
            self._send(status, type_, content, Location=urlunsplit(url._replace(path=f"{url.path}/")))
            return
        if type_ == _HTML:
            content = _with_script(content, version)
        self._send(status, type_, content)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Print no requests: the terminal is for the results of saves."""

    def _is_foreign(self) -> bool:
        """Return whether a page of a name that leads to this machine asks, where this machine alone is served.

        The browser takes such a name for the page's own server, and would let a stranger's page read drafts.
        """
        asked = re.sub(r":\d*$", "", self.headers.get("Host", "localhost")).lower()
        return _is_loopback(str(self.server.server_address[0])) and not _is_loopback(asked.strip("[]"))

    def _look_up(self, path: Path, asked: str) -> tuple[HTTPStatus, str, bytes]:
        """Return status, type and content for an address. A folder gives its `index.html` (final slash needed)."""
        try:
            if any(part.startswith(".") for part in path.relative_to(self.directory).parts):
                raise FileNotFoundError  # what a build notes there for itself
            if path.is_dir():
                if not asked.endswith("/"):
                    return HTTPStatus.MOVED_PERMANENTLY, "", b""
                path /= "index.html"
            return HTTPStatus.OK, self.guess_type(path), path.read_bytes()
        except (OSError, ValueError):  # no such file, or an impossible name
            missing = Path(self.directory) / "404.html"
            return HTTPStatus.NOT_FOUND, _HTML, missing.read_bytes() if missing.is_file() else b"404"

    def _send(self, status: HTTPStatus, type_: str, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": type_, "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _wait(self, version: str) -> None:
        """Tell a waiting page (by server-sent events) when there is another version than its own."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "HEAD":
            return
        while not self.server.is_changed(version, STILL_THERE):
            self.wfile.write(b":\n\n")
        self.wfile.write(b"data: changed\n\n")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _with_script(html: bytes, version: int) -> bytes:
    """Return a page with the script that waits for another version."""
    before, end, after = html.rpartition(b"</body>")
    script = f'<script src="{SCRIPT}" data-events="{EVENTS}{version}"></script>\n'  # a policy may forbid it in the page
    return (before or after) + script.encode() + (end + after if end else b"")
