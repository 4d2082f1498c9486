"""What the importer could not settle: each doubt with its location, the printed words, the reason and a proposal.

They stand in the draft's `review` list; `check` refuses a published plan that still has one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.language.catalogue import Catalogue
from generator.reading.office_document import SourceLocation


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


def new_reviews(items: Sequence[ReviewItem], before: Sequence[ReviewItem]) -> tuple[ReviewItem, ...]:
    """Return the doubts that were not there before, wherever they stand."""

    def key(item: ReviewItem) -> tuple[str, ...]:
        return (item.why, item.at, item.field, item.printed)

    keys = {key(item) for item in before}
    return tuple(item for item in items if key(item) not in keys)


def location_text(location: SourceLocation, words: Catalogue) -> str:
    """Return a location of the source as people say it: `bảng 2, hàng 41, cột 3`."""
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
