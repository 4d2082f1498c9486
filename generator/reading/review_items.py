"""Doubts that the importer could not settle: location, printed words, reason, proposal.

They are stored in the draft's `review` list; `check` refuses a published plan that still has one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.language.catalogue import Catalogue
from generator.reading.column_headings import ColumnField, ColumnMapping
from generator.reading.office_document import GridRow, Notice, OfficeDocument, SourceLocation

_TO_REVIEW = set(
    "tracked-change comment hidden-text struck-text legacy-font-guess nested-table unknown-symbol unknown-font".split()
    + "formula-without-value number-format figure-format".split()
)
"""Notices that a person must settle before the plan is published; the others are only in the report."""

_OF_PEOPLE = {"tracked-change", "comment"}
"""Notices whose words come from an author; in others they are the reader's proposal."""


@dataclass(frozen=True)
class ReviewItem:
    """A doubt. `at` is the entry (`activities/ct12-2`), `field` its field, `why` a key of `import.why`."""

    why: str
    location: SourceLocation
    printed: str = ""
    at: str = ""
    field: str = ""
    proposal: str = ""
    tokens: tuple[int, ...] = ()

    def as_fields(self, words: Catalogue) -> Mapping[str, str]:
        """Return the item as the schema has it."""
        fields = {
            "at": self.at,
            "field": self.field,
            "from": location_text(self.location, words),
            "printed": self.printed,
            "why": self.why,
            "proposal": self.proposal,
        }
        return {name: value for name, value in fields.items() if value}


def document_reviews(document: OfficeDocument) -> list[ReviewItem]:
    """Return questions about the document as a whole, from its reader's notices."""

    def review(notice: Notice) -> ReviewItem:
        printed = notice.text or notice.kind
        if notice.kind in _OF_PEOPLE:
            return ReviewItem(notice.kind, notice.location, f"{notice.author}: {printed}".removeprefix(": "))
        return ReviewItem(notice.kind, notice.location, printed, proposal=notice.author)

    return [review(notice) for notice in document.notices if notice.kind in _TO_REVIEW]


def column_reviews(head: GridRow, mapping: ColumnMapping) -> list[ReviewItem]:
    """Return questions about columns: about meanings that come from the cells, and about columns of units."""

    def column(column_field: ColumnField, why: str, choices: str) -> ReviewItem:
        location = replace(head.location, row=0, column=column_field.heading.column + 1)
        return ReviewItem(why, location, column_field.heading.text, "", column_field.field, choices)

    return [
        column(column_field, "column-by-cells", ", ".join(column_field.choices))
        if column_field.reason == "cells"
        else column(column_field, "column-of-units", "lead, partners")
        for column_field in mapping.columns
        if column_field.reason in {"cells", "holds-units"}
    ]


def new_reviews(items: Sequence[ReviewItem], before: Sequence[ReviewItem]) -> tuple[ReviewItem, ...]:
    """Return the doubts that were not there before, wherever they stand."""

    def key(item: ReviewItem) -> tuple[str, ...]:
        return (item.why, item.at, item.field, item.printed)

    keys = {key(item) for item in before}
    return tuple(item for item in items if key(item) not in keys)


def location_text(location: SourceLocation, words: Catalogue) -> str:
    """Return a location of the source in words: `bảng 2, hàng 41, cột 3`."""
    parts = [
        words.text(f"import.location.{name}", number=number)
        for name, number in (
            ("table", location.table),
            ("row", location.row),
            ("column", location.column),
            ("paragraph", location.paragraph),
        )
        if number
    ]
    return ", ".join([*([location.part] if location.part else []), *parts])
