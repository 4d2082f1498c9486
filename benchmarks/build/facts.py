"""Whether two builders made the same site: the same pages, and on a page the same words in one order, links and cells.

Markup does not count. What is compared stands in the page's article; the shell around it is the same file.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from lxml import html

KINDS = {
    "plan": r"ke-hoach/[^/]+/",
    "task": r"nhiem-vu/[^/]+/[^/]+/",
    "target": r"chi-tieu/[^/]+/[^/]+/",
    "year": r"nam/\d+/",
    "unit": r"don-vi/[^/]+/",
    "sheet": r"don-vi/[^/]+/\d+/",
    "programme": r"chuong-trinh/[^/]+/",
    "matrix": r"doi-chieu/[^/]+/",
    "index": r"|(ke-hoach|nhiem-vu|chi-tieu|nam|don-vi|chuong-trinh|hoat-dong|du-lieu|doi-chieu)/",
    "data": r"du-lieu/(ke-hoach/[^/]+|hoat-dong)\.json",
}
"""What is compared, by its path in the site (without index.html)."""

_NO_FACTS = " | ".join(
    [".//script", ".//form", ".//*[@data-filters]", ".//a[@class='headerlink']"]
    + [f".//*[@class='{name}']" for name in ("sk-actions", "sk-printed")]
)
"""Parts of an article that only serve it: the search, a heading's link to itself, buttons, where it was printed."""

_WORD = re.compile(r"[\w%.,/-]+")


_MANUAL = "du-lieu/"
"""Describes the fields of all our files, of which the other builders make only some."""


@dataclass(frozen=True)
class Pages:
    """Paths of a site's pages and data files by kind, and their bytes."""

    paths: Mapping[str, Sequence[str]]
    bytes: int
    other_bytes: int


def pages_of(site: Path) -> Pages:
    """What a builder left; `other_bytes` are those of files that are no such page: assets, search, other formats.

    Hidden folders are no output: after an edit ours has one with what `sokehoach rollback` would put back.
    """
    paths: dict[str, list[str]] = {kind: [] for kind in KINDS}
    found = others = 0
    for file in sorted(site.rglob("*")):
        if not file.is_file() or file.relative_to(site).parts[0].startswith("."):
            continue
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        kind = next((kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, path)), None)
        if kind:
            paths[kind].append(path)
            found += file.stat().st_size
        else:
            others += file.stat().st_size
    return Pages(paths, found, others)


def differences(ours: Path, theirs: Path, sample: int, seed: str = "") -> Iterator[str]:
    """How another builder's site differs from ours, one line each: pages that only one has, and for `sample` pages of
    each kind the words, links and cells that only one shows, or their order.

    Half of the pages are the longest, on which everything is that lists and parts can have; the others are drawn.
    """
    mine, other = pages_of(ours).paths, pages_of(theirs).paths
    for kind in KINDS:
        for name, only in (("ours", {*mine[kind]} - {*other[kind]}), ("theirs", {*other[kind]} - {*mine[kind]})):
            if only:
                yield f"{kind}: {len(only)} pages only in {name}, e.g. {min(only)}"
        for path in _chosen(ours, {*mine[kind]} & {*other[kind]} - {_MANUAL}, sample, f"{kind} {seed}"):
            compare = _data_differences if kind == "data" else _page_differences
            yield from (f"{path}: {line}" for line in compare(ours, theirs, path))


def _chosen(site: Path, paths: Iterable[str], most: int, seed: str) -> Sequence[str]:
    def size(path: str) -> int:
        file = site / path
        return (file / "index.html" if file.is_dir() else file).stat().st_size

    ordered = sorted(sorted(paths), key=size, reverse=True)
    longest, others = ordered[: (most + 1) // 2], ordered[(most + 1) // 2 :]
    return [*longest, *random.Random(seed).sample(others, min(most - len(longest), len(others)))]


def _page_differences(ours: Path, theirs: Path, path: str) -> Iterator[str]:
    mine, other = (facts_of((site / path / "index.html").read_text(encoding="utf-8"), path) for site in (ours, theirs))
    counts, others = Counter(mine), Counter(other)
    for name, only in (("ours", counts - others), ("theirs", others - counts)):
        if only:
            yield f"{only.total()} facts only in {name}, e.g. {list(only)[:3]}"
    if counts == others and mine != other:
        place = next(place for place, (one, two) in enumerate(zip(mine, other, strict=True)) if one != two)
        yield f"another order, ours {mine[place : place + 5]}, theirs {other[place : place + 5]}"


def facts_of(page: str, path: str) -> Sequence[object]:
    """The words, links (address from the root, text) and cells of a page's article, each in the order of the page."""
    article = html.fromstring(page).find(".//article")
    if article is None:
        return []
    for other in article.xpath(_NO_FACTS):
        other.drop_tree()
    found: list[object] = [*_WORD.findall(" ".join(article.itertext()))]
    for link in article.iter("a"):
        found.append((_address(link.get("href", ""), path), " ".join(link.text_content().split())))
    for cell in article.iter("td", "th"):
        found.append(("cell", " ".join(" ".join(cell.itertext()).split())))
    return found


def _address(href: str, path: str) -> str:
    return unquote(urljoin(f"https://site/{path}", href)).removeprefix("https://site")


def _data_differences(ours: Path, theirs: Path, path: str) -> Iterator[str]:
    mine, other = (json.loads((site / path).read_text(encoding="utf-8")) for site in (ours, theirs))
    yield from _fields_that_differ(*({**content, "activities": None} for content in (mine, other)))
    if len(mine["activities"]) != len(other["activities"]):
        yield f"{len(mine['activities'])} and {len(other['activities'])} activities"
    for one, two in zip(mine["activities"], other["activities"], strict=False):
        if different := list(_fields_that_differ(one, two)):
            yield f"{one['id']}: {different[0]}"
            return


def _fields_that_differ(mine: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    for field in sorted({*mine, *other}):
        if _without_blanks(mine.get(field)) != _without_blanks(other.get(field)):
            yield f"{field} is {mine.get(field)!r} and {other.get(field)!r}"


def _without_blanks(value: Any) -> Any:
    """Return a value without what says nothing: builders may leave out a field or write that it is empty."""
    if isinstance(value, dict):
        return {key: filled for key, inner in value.items() if (filled := _without_blanks(inner)) is not None} or None
    if isinstance(value, list):
        return [_without_blanks(inner) for inner in value] or None
    return None if value == "" else value
