"""Folding in the browser: the vectors, and the same results as Python for any text."""

from __future__ import annotations

import json
import random
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from generator.language.folding import exact, folded, pairs, tokens

pytestmark = pytest.mark.browser

MODULE = Path(__file__).parents[2] / "overrides/assets/search/folding.js"
VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "folding.json").read_text(encoding="utf-8"))
ADDRESS = "http://folding.test/"

# Compares in the browser: a lone half of a pair does not survive the way to Python and back.
COMPARE = """
import * as folding from "./folding.js"
const call = (name, text) => {
  const found = folding[name](text)
  if (name !== "tokens") return found
  const signs = place => [...text.slice(0, place)].length // Python counts code points
  return found.map(({ text, start, end, form }) => [text, signs(start), signs(end), form])
}
export const faults = rows => rows.flatMap(([name, text, expected]) => {
  const found = JSON.stringify(call(name, text))
  const wanted = JSON.stringify(expected)
  return found === wanted ? [] : [JSON.stringify([name, text]) + ": " + found + ", not " + wanted]
})
"""
WORKER = """
import { faults } from "./compare.js"
onmessage = async ({ data }) => postMessage(faults(data))
"""
IN_PAGE = 'async rows => (await import("./compare.js")).faults(JSON.parse(rows)).slice(0, 20)'
IN_WORKER = """rows => new Promise((done, failed) => {
  const worker = new Worker("worker.js", { type: "module" })
  worker.onerror = failed
  worker.onmessage = ({ data }) => { worker.terminate(); done(data.slice(0, 20)) }
  worker.postMessage(JSON.parse(rows))
})"""

Row = tuple[str, str, Any]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    files = {"": "<!doctype html>", "compare.js": COMPARE, "worker.js": WORKER}
    files["folding.js"] = MODULE.read_text(encoding="utf-8")

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        kind = "text/javascript" if name else "text/html"
        route.fulfill(body=files[name], content_type=f"{kind}; charset=utf-8")

    context = browser.new_context()
    context.route(f"{ADDRESS}**", answer)
    opened = context.new_page()
    opened.goto(ADDRESS)
    yield opened
    context.close()


def faults(page: Page, rows: list[Row], where: str = IN_PAGE) -> list[str]:
    found: list[str] = page.evaluate(where, json.dumps(rows))  # ASCII, so that halves of pairs arrive
    return found


def vector_rows() -> list[Row]:
    rows: list[Row] = []
    for vector in VECTORS["forms"]:
        rows += [(name, vector["text"], vector[name]) for name in ("exact", "folded")]
    for spellings in VECTORS["placement"]:
        typed = [unicodedata.normalize(form, each) for each in spellings for form in ("NFC", "NFD")]  # type: ignore[arg-type]
        rows += [("exact", each, spellings[0]) for word in typed for each in (word, word.upper())]
    rows += [("exact", word, word) for word in VECTORS["kept"]]
    for vector in VECTORS["tokens"]:
        found = [(text, start, end, bool(form)) for text, start, end, *form in vector["tokens"]]
        rows += [("tokens", vector["text"], found), ("syllables", vector["text"], [text for text, *_ in found])]
    rows += [("pairs", vector["text"], vector["pairs"]) for vector in VECTORS["pairs"]]
    return rows


def python_rows(texts: list[str]) -> list[Row]:
    return [
        row
        for text in texts
        for row in (
            ("exact", text, exact(text)),
            ("folded", text, folded(text)),
            ("tokens", text, tokens(text)),
            ("pairs", text, pairs(text)),
        )
    ]


@pytest.mark.parametrize("where", [IN_PAGE, IN_WORKER], ids=["page", "worker"])
def test_vectors(page: Page, where: str) -> None:
    assert faults(page, vector_rows(), where) == []


@pytest.mark.slow
def test_every_letter_is_folded_as_in_python(page: Page) -> None:
    """All signs that this Python knows (its Unicode is older than the browser's)."""
    signs = [sign for sign in map(chr, range(sys.maxunicode)) if unicodedata.category(sign) not in ("Cn", "Co")]
    assert len(signs) > 140_000
    rows = [(name, " ".join(signs[at : at + 64])) for at in range(0, len(signs), 64) for name in ("exact", "folded")]
    assert faults(page, [(name, text, {"exact": exact, "folded": folded}[name](text)) for name, text in rows]) == []
    assert faults(page, python_rows([f"á{' á'.join(signs[at : at + 64])}" for at in range(0, len(signs), 64)])) == []


def test_any_text_is_folded_as_in_python(page: Page) -> None:
    chosen = random.Random(1989)
    words = [text for vector in VECTORS["tokens"] for text in vector["text"].split()]
    words += [word for spellings in VECTORS["placement"] for word in spellings]
    signs = list(
        "\u0300\u0301\u0309\u0323\u031b\u0302\u200b\u00ad\u00a0 \n\0.,-/'’–_@:0125"
        "ßİſﬁ½đÐ👩𝐇\u1100\u1161\u11a8\uff9e\ud83d"
    )
    texts = []
    for _ in range(3000):
        parts = [chosen.choice(words if chosen.random() < 0.4 else signs) for _ in range(chosen.randrange(1, 16))]
        text = chosen.choice(("", " ", "")).join(parts)
        texts.append(unicodedata.normalize(chosen.choice(("NFC", "NFD")), text))  # type: ignore[arg-type]
    assert faults(page, python_rows(texts)) == []


def test_long_texts_take_time_in_proportion(page: Page) -> None:
    for vector in VECTORS["long"]:
        text = json.dumps([vector.get("before", ""), vector["text"], vector["times"]])
        counted = page.evaluate(
            """async given => {
              const folding = await import("./folding.js")
              const [before, text, times] = JSON.parse(given)
              const whole = before + text.repeat(times)
              const started = performance.now()
              const words = folding.tokens(whole).filter(token => !token.form).length
              const pairs = folding.pairs(whole).length
              return [words, pairs, performance.now() - started]
            }""",
            text,
        )
        assert counted[:2] == [vector["tokens"], vector["pairs"]], vector["about"]
        assert counted[2] < 3000, vector["about"]  # a pattern that tries all ways takes minutes
