"""Asks the real worker in a real browser: the built scripts and store, served by the test, questions by message."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page, Route

from generator.assets import published_assets
from generator.search.search_files import Engine

WORKER = published_assets().worker
ENGINES: tuple[Engine, ...] = ("lunr", "scan")

ADDRESS = "http://search.test/so-ke-hoach/"

# One worker; a promise for each question, kept with the last answer that is complete.
HARNESS = """
window.messages = []
window.waiting = new Map()
window.start = (script, direct, files) => {
  const worker = new Worker(script)
  worker.onerror = event => messages.push({ type: "error", message: event.message })
  worker.onmessage = ({ data }) => {
    messages.push(data)
    if (data.type === "need") worker.postMessage({ type: "file", name: data.name, data: files?.[data.name] ?? null })
    if (data.type === "failed" && data.id === null) return
    if (data.type === "answer" && !data.complete) return
    waiting.get(data.id)?.(data)
  }
  worker.postMessage({ type: "open", store: new URL("hoat-dong/kho/", location).href, direct })
  window.worker = worker
}
let ids = 0
window.ask = question => new Promise(done => {
  const id = ++ids
  const started = performance.now()
  waiting.set(id, data => { waiting.delete(id); done({ ...data, time: performance.now() - started }) })
  worker.postMessage({ type: "query", id, facets: {}, sort: "relevance", from: 0, size: 10, all: false, ...question })
})
"""


class Asker:
    """A page with a worker over `files` ({path: content}); `broken` names files that the server fails to give."""

    def __init__(self, browser: Browser, files: dict[str, str], broken: tuple[str, ...] = ()) -> None:
        self.files, self.broken = files, list(broken)
        self.asked: list[str] = []
        self.page: Page = browser.new_page()
        self.page.route(f"{ADDRESS}**", self._serve)
        self.page.goto(ADDRESS)
        self.page.add_script_tag(content=HARNESS)
        self.page.evaluate("script => start(script, true)", WORKER)

    def __call__(self, q: str = "", **question: Any) -> dict[str, Any]:
        """The complete answer to a question of the protocol, with the time that it took (milliseconds)."""
        return dict(self.page.evaluate("question => ask(question)", {"q": q, **question}))

    def keys(self, q: str, size: int = 10, **question: Any) -> list[str]:
        """The keys of what is found first."""
        return [hit["key"] for hit in self(q, size=size, **question)["hits"]]

    @property
    def faults(self) -> list[dict[str, Any]]:
        """What the worker has said besides answers: errors, and files that it could not load."""
        return list(self.page.evaluate('messages.filter(message => ["error", "failed"].includes(message.type))'))

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS).split("?")[0]
        self.asked.append(path)
        if path == "":
            route.fulfill(body="<!doctype html><title>search</title>", content_type="text/html")
        elif path in self.files and path not in self.broken:
            route.fulfill(body=self.files[path], content_type="text/javascript; charset=utf-8")
        else:
            route.fulfill(status=404)
