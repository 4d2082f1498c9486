"""Runs an engine's files in real Chromium: served over HTTP, asked by `engines.js`, slowed down where wanted."""

from __future__ import annotations

import gzip
import json
import math
import os
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_ENGINES = Path(__file__).parent / "engines.js"


@dataclass(frozen=True)
class Run:
    """What the visits measured: milliseconds, compressed bytes. None: the bound came first, or there was a fault."""

    first_ms: float | None = None
    first_bytes: int | None = None
    all_bytes: int | None = None
    median_ms: float | None = None
    worst_ms: float | None = None
    keystrokes: int = 0
    slowest: str = ""
    cut: bool = False
    totals: Sequence[int] = ()
    visits: int = 1
    fault: str = ""


@dataclass(frozen=True)
class Visit:
    """What a page said of itself (`bench` in engines.js), and what it asked for, and when."""

    said: Mapping[str, Any]
    asked: Sequence[tuple[float, str]]

    def asked_until(self, at: float) -> set[str]:
        """The addresses asked for until a point in time."""
        return {path for when, path in self.asked if when <= at}


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder and notes what was asked for, and when."""

    asked: list[tuple[float, str]]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/":
            body = b"<!doctype html><meta charset=utf-8><title>search</title>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        elif path == "/favicon.ico":
            self.send_error(404)
        else:
            self.asked.append((time.time(), path))
            super().do_GET()

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def best_of(visits: int, folder: Path, engine: str, queries: Sequence[str], *, throttle: float, bound: float) -> Run:
    """Several visits, each in a fresh browser; of the first result and of every keystroke the fastest counts, because
    what other programs take from the processor only ever adds. One that takes long is not repeated."""
    found: list[Visit] = []
    while len(found) < visits:
        started = time.monotonic()
        found.append(visit(folder, engine, queries, throttle=throttle, bound=bound))
        if "typed" not in found[-1].said or time.monotonic() - started > bound / 2:
            break
    return _run(folder, found)


def visit(folder: Path, engine: str, queries: Sequence[str], *, throttle: float, bound: float) -> Visit:
    """Open a fresh browser on `folder`, let it find a first result, and type all queries letter by letter."""
    with _served(folder) as (address, asked), _browser() as browser:
        page = browser.new_page()
        said: dict[str, Any] = {}
        page.on("console", lambda message: said.update(_measured(message.text)))
        page.goto(address)
        page.add_script_tag(path=_ENGINES)
        if throttle > 1:
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttle})
        worker = [path.relative_to(folder).as_posix() for path in folder.glob("assets/search/worker.*.js")]
        setup = {"engine": engine, "inline": throttle > 1, "queries": list(queries), "seconds": bound, "worker": worker}
        page.evaluate("setup => void bench(setup)", setup)
        # Typing stops by itself after the bound, but not within a keystroke.
        for wanted, seconds in (("first", bound), ("typed", bound * 1.5 + 5)):
            end = time.monotonic() + seconds
            while not said.keys() & {wanted, "fault"} and time.monotonic() < end:
                page.wait_for_timeout(50)
            if wanted not in said:
                break
        return Visit(dict(said), tuple(asked))


def _measured(text: str) -> dict[str, Any]:
    return dict(json.loads(text.removeprefix("bench:"))) if text.startswith("bench:") else {}


def _run(folder: Path, visits: Sequence[Visit]) -> Run:
    """The visits as one. Bytes are those of the visit that needed most."""
    if faults := [visit.said["fault"] for visit in visits if "fault" in visit.said]:
        return Run(fault=faults[0])
    opened = [visit for visit in visits if "first" in visit.said]
    if not opened:
        return Run()
    run = Run(
        first_ms=min(visit.said["first"]["ms"] for visit in opened),
        first_bytes=max(_compressed(folder, visit.asked_until(visit.said["first"]["at"])) for visit in opened),
    )
    typed = [visit.said["typed"] for visit in opened if visit.said.get("typed", {}).get("times")]
    if not typed:
        return run
    times = [min(times) for times in zip(*(one["times"] for one in typed), strict=False)]
    return replace(
        run,
        all_bytes=max(_compressed(folder, visit.asked_until(math.inf)) for visit in opened),
        median_ms=statistics.median(times),
        worst_ms=max(times),
        slowest=typed[0]["typed"][times.index(max(times))],
        keystrokes=len(times),
        cut=len(times) < typed[0]["wanted"],
        totals=typed[0]["totals"],
        visits=len(typed),
    )


def _compressed(folder: Path, paths: set[str]) -> int:
    """What a server that compresses well sends."""
    return sum(_gzipped(folder / path.lstrip("/")) for path in paths)


@cache
def _gzipped(path: Path) -> int:
    content = path.read_bytes() if path.is_file() else b""
    return min(len(content), len(gzip.compress(content, 9, mtime=0)))


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, list[tuple[float, str]]]]:
    asked: list[tuple[float, str]] = []
    handler = partial(type("Handler", (_Handler,), {"asked": asked}), directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()
