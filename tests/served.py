"""Serves a folder over HTTP as GitHub Pages does: below a sub-path, and nothing above it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SUB_PATH = "/so-ke-hoach/"


class _SubPathHandler(SimpleHTTPRequestHandler):
    """Serves the site below a sub-path and nothing above it, so that an address from the root fails."""

    def do_GET(self) -> None:
        if self.path.startswith(SUB_PATH):
            self.path = self.path.removeprefix(SUB_PATH.rstrip("/"))
            super().do_GET()
        else:
            self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """As page servers do, show the site's own page for an address that is none."""
        missing = Path(self.directory) / "404.html"
        if code != 404 or not missing.exists():
            return super().send_error(code, message, explain)
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(missing.read_bytes())
        return None

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the browser tests tell what they miss."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the served folder, with a slash at its end."""
    handler = partial(_SubPathHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        server.shutdown()
        thread.join()
