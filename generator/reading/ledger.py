"""Records where every word of the source went: into a field, or to a place that the report names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.reading.office_document import OfficeDocument, SourceLocation

DestinationKind = Literal[
    "field",
    "letterhead",
    "table-head",
    "repeated-head",
    "other-table",
    "note",
    "change",
    "comment",
    "hidden",
    "margin",
    "separator",
    "computed",
    "review",
]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where words went. `path` is the field of the draft, such as `activities/ct1-1/lead`, if there is one."""

    kind: DestinationKind
    path: str = ""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One run of text of the source with all its destinations, the first one first."""

    token: int
    location: SourceLocation
    text: str
    destinations: tuple[Destination, ...]


class Ledger:
    """Collects the destinations of a document's tokens while the draft is made."""

    def __init__(self, document: OfficeDocument) -> None:
        self._runs = {run.token: (location, run.text) for location, run in document.runs()}
        self._destinations: dict[int, list[Destination]] = {}
        for _, run in document.runs():
            if run.hidden:
                self.assign([run.token], "hidden")
        for notice in document.notices:
            kind: DestinationKind = "comment" if notice.kind == "comment" else "change"
            kind = "margin" if notice.kind == "page-margin" else kind
            kind = "hidden" if notice.kind in {"hidden-rows", "hidden-sheet"} else kind
            self.assign([run.token for run in notice.tokens], kind)

    def assign(self, tokens: Iterable[int], kind: DestinationKind, path: str = "") -> None:
        """Record that the words of `tokens` went to `path`. Words may go to several fields."""
        destination = Destination(kind, path)
        for token in tokens:
            destinations = self._destinations.setdefault(token, [])
            if destination not in destinations:
                destinations.append(destination)

    def unassigned(self) -> Sequence[tuple[int, SourceLocation, str]]:
        """Return the words without a destination: token, location, text. Blank runs need none."""
        return [
            (token, location, text)
            for token, (location, text) in self._runs.items()
            if token not in self._destinations and text.strip()
        ]

    def lines(self) -> tuple[LedgerLine, ...]:
        """Return all lines, in the document's order."""
        return tuple(
            LedgerLine(token, location, text, tuple(self._destinations.get(token, ())))
            for token, (location, text) in self._runs.items()
            if text.strip()
        )


def by_destination(lines: Iterable[LedgerLine]) -> Mapping[str, int]:
    """Return how many words went to each kind of destination; the first destination of a word counts."""
    counts: dict[str, int] = {}
    for line in lines:
        kind = line.destinations[0].kind if line.destinations else "none"
        counts[kind] = counts.get(kind, 0) + len(line.text.split())
    return counts
