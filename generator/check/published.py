"""Reports published addresses that no longer lead anywhere.

A content tree keeps a list of them (`published.txt`, written by `sokehoach record`). A page's address contains the id
of what it shows: `don-vi/<unit>/`, `chi-tieu/<plan>/<target>/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.check.entries import entries, words
from generator.check.ids import meant_ids
from generator.check.rules.rule import Summary
from generator.problem import Problem, Span
from generator.source.source_files import Kind, Published
from generator.source.tree import Tree

_KINDS: Mapping[str, Kind] = {"ke-hoach": "plan", "don-vi": "unit", "chuong-trinh": "programme"}
"""Folders of the site with a page for each file."""
_ENTRIES: Mapping[str, str] = {"nhiem-vu": "outline", "chi-tieu": "targets"}
"""Folders of the site with a page for each entry of a plan's list."""


def lost_addresses(published: Published, summaries: Sequence[Summary], trees: Mapping[str, Tree]) -> Iterator[Problem]:
    """Yield `lost-address`: for a file at its line of the list; for a plan's entries once, at the plan's id.

    Each lost id is reported once: if a plan is gone, its entries are not reported, nor a unit's years.
    """
    known_ids = {(summary.kind, id_) for summary in summaries for id_ in _ids(summary)}
    entry_addresses: dict[str, list[tuple[str, str]]] = {}
    for number, line in enumerate(published.text.split("\n"), 1):
        folder, id_, entry, *rest = (*line.strip().split("/"), "", "", "")
        if folder in _ENTRIES and entry:
            entry_addresses.setdefault(id_, []).append((folder, entry))
        kind = _KINDS.get(folder)
        if kind and id_ and not any((entry, *rest)) and (kind, id_) not in known_ids:
            span = Span(number, 1, len(line.strip()))
            yield Problem("lost-address", published.path, span, {"why": kind, "id": id_}, (kind, id_))
    for summary in summaries if entry_addresses else ():
        tree = trees[summary.path]
        if summary.kind != "plan" or not summary.read:
            continue
        answered = _entry_pages(tree)
        pages = [page for id_ in _ids(summary) for page in entry_addresses.get(id_, ())]
        if gone := list(dict.fromkeys(entry for page in pages for entry in page[1:] if page not in answered)):
            values = {"ids": ", ".join(gone), "n": str(len(gone))}
            yield Problem("lost-address", summary.path, tree.at(("id",)), values, ("plan", summary.id))


def _ids(summary: Summary) -> Sequence[str]:
    """Return all ids, former ones too, at whose addresses a file's pages are found."""
    return (*meant_ids(summary.id), *(id_ for _, id_ in (*summary.agencies, *summary.formerly)))


def _entry_pages(tree: Tree) -> set[tuple[str, str]]:
    """Return folder and id of each page of a plan's entries, with former ids; a removed entry has two."""
    pages = {(folder, id_) for folder in _ENTRIES for _, id_ in words(tree.data, "removed")}
    for folder, name in _ENTRIES.items():
        for _, entry in entries(tree.data, name):
            written = (id_ for field in ("id", "formerly") for _, id_ in words(entry, field))
            pages |= {(folder, known) for id_ in written for known in meant_ids(id_)}
    return pages
