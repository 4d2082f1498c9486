"""The meaning of a table's columns: from the words of their headings, else from their cells, else a person is asked.

The known words are data (`headings.yml`). An office's mapping file overrides them. No column is dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import yaml

from generator.language.vietnamese import parse_number
from generator.reading.heading_words import (
    heading_key,
    names_money,
    names_total,
    names_what_was_done,
    read_period,
    target_number,
    time_field,
    year_of_what_was_done,
)
from generator.reading.office_document import GridRow
from generator.reading.row_labels import parse_label

MappingReason = Literal[
    "heading", "similar-heading", "cells", "mapping-file", "unknown", "holds-units", "ambiguous", "own-file"
]

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_FITTING = 0.8
"""Share of a column's cells that must fit the field for which they vote."""
_DOUBTFUL = 0.5
"""Share of cells with units' names from which a question about an unknown column is asked."""
_FIGURES = {"by_year", "unit_of_measure", "amount"}
_WORK = {
    "when",
    "when_from",
    "when_to",
    "levels_text",
    "roles",
    "lead",
    "partners",
    "lead_partners",
    "products",
    "costs",
}
"""A table with columns of figures but none of work is a table of targets."""
_OVER_TIMES = {"when", "amount", "title", "target", "by_period"}
"""The fields whose headings may stand above columns of years or periods of the plan itself."""


@dataclass(frozen=True)
class ColumnHeading:
    """The heading of a column: its words from top to bottom, and the tokens of their cells.

    `is_below` says that it is not a column of the table but a line below titles.
    """

    column: int
    words: tuple[str, ...]
    tokens: tuple[int, ...]
    is_below: bool = False

    @property
    def text(self) -> str:
        """The words in one line."""
        return " / ".join(self.words)


@dataclass(frozen=True)
class ColumnField:
    """The meaning given to a column. `field` is empty if it is unknown; `choices` are the possible fields."""

    heading: ColumnHeading
    field: str
    reason: MappingReason
    choices: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The year, if it is a column of a year."""
        return int(self.field[-4:]) if self.field.startswith("by_year.") else None

    @property
    def is_of_time(self) -> bool:
        """Whether it is a column of a year or period, even if it is open whether of the plan."""
        return any(name.startswith(("by_year.", "by_period.")) for name in (self.field, *self.choices))


@dataclass(frozen=True)
class ColumnMapping:
    """The meanings of all columns of a table, from left to right."""

    columns: tuple[ColumnField, ...]

    def first(self, field: str) -> int | None:
        """Return the first column of a field, or None."""
        return next((column_field.heading.column for column_field in self.columns if column_field.field == field), None)

    @property
    def is_of_targets(self) -> bool:
        """Whether this is a table of targets, so that its titles are targets."""
        return self.first("title") is None and self.first("target") is not None

    @property
    def titles(self) -> int | None:
        """The column with the titles of rows, or None if it is unknown."""
        return self.first("target" if self.is_of_targets else "title")

    @cached_property
    def by_column(self) -> Mapping[int, ColumnField]:
        """The columns' fields by column."""
        return {column_field.heading.column: column_field for column_field in self.columns}

    @property
    def periods(self) -> Mapping[str, str]:
        """The titles of the periods below a year that have a column, by id."""
        columns = [column for column in self.columns if column.field.startswith("by_period.")]
        titles = {column.field.removeprefix("by_period."): column.heading for column in columns}
        return {id_: (read_period(heading.words) or ("", heading.words[-1]))[1] for id_, heading in titles.items()}

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have a column."""
        return tuple(sorted({column_field.year for column_field in self.columns if column_field.year is not None}))


def map_columns(
    headings: Sequence[ColumnHeading],
    rows: Sequence[GridRow],
    given: Mapping[str, str],
    is_unit: Callable[[str], bool],
) -> ColumnMapping:
    """Return each column's meaning. `given` is a mapping file: heading -> field; `is_unit` knows names of units."""
    wanted = {heading_key(words): field for words, field in given.items()}
    fields = _without_sums(_without_twins([_by_heading(heading, wanted) for heading in headings]))
    names = {column_field.field.split(".")[0] for column_field in fields}
    titles = "" if "title" in names else "target" if names & _FIGURES and not names & _WORK else "title"
    voted = [
        _by_cells(column_field, _cells(rows, column_field.heading.column), titles, is_unit)
        if column_field.reason == "ambiguous"
        else _without_numbers(column_field, _cells(rows, column_field.heading.column))
        for column_field in fields
    ]
    return ColumnMapping(tuple(_with_doubt(column_field, rows, is_unit) for column_field in voted))


def _without_numbers(column_field: ColumnField, cells: Sequence[str]) -> ColumnField:
    """Return a column of targets as one of target numbers if it holds only numbers: `1` is no target."""
    if column_field.field != "target" or not cells or not all(map(target_number, cells)):
        return column_field
    return replace(column_field, field="target_number")


def _with_doubt(column_field: ColumnField, rows: Sequence[GridRow], is_unit: Callable[[str], bool]) -> ColumnField:
    """Mark an unknown column with names of units: the information who leads must not be lost."""
    cells = _cells(rows, column_field.heading.column)
    if column_field.reason != "unknown" or not cells or _share(cells, is_unit) < _DOUBTFUL:
        return column_field
    return ColumnField(column_field.heading, "", "holds-units")


def _without_twins(fields: Sequence[ColumnField]) -> list[ColumnField]:
    """Leave open two columns of the same year, period or level: one may be what was done, the other the plan.

    The importer does not guess which.
    """
    counts = Counter(column.field for column in fields)
    twins = {field for field, count in counts.items() if count > 1 and "." in field}
    return [_open(column.heading, (column.field, "previous")) if column.field in twins else column for column in fields]


def _without_sums(fields: Sequence[ColumnField]) -> list[ColumnField]:
    """Keep the sum beside columns of money as printed: as an amount it would count the money twice."""
    money = [column.heading.words[0] for column in fields if column.field.split(".")[0] == "costs"]
    return [
        ColumnField(column.heading, "", "unknown")
        if column.field == "costs"
        and money.count(column.heading.words[0]) > 1
        and names_total(column.heading.words[-1])
        else column
        for column in fields
    ]


def is_label_heading(text: str) -> bool:
    """Return whether a text is the heading of the label column, with which most tables begin."""
    return _synonyms().get(heading_key(text)) == "label"


def count_known(headings: Sequence[ColumnHeading]) -> int:
    """Return how many different fields the headings name; an ambiguous one counts, all years count once."""
    fields = [_by_heading(column_field, {}) for column_field in headings if column_field.words]
    return len(
        {
            tuple(name.split(".")[0] for name in (column_field.field, *column_field.choices))
            for column_field in fields
            if column_field.reason != "unknown"
        }
    )


def _by_time(heading: ColumnHeading) -> ColumnField | None:
    """Return the meaning of a column of one year or period from its headings; None for other columns."""
    field = time_field(heading.words)
    if not field:
        return None
    if names_what_was_done(heading.words):
        return _open(heading, (field, "previous"))
    groups = heading.words[-2::-1]
    above = next((meant for text in groups if (meant := _meanings(text) or _meanings(_BRACKETS.sub("", text)))), ())
    is_money = (not above or "costs" in above) and any(map(names_money, groups))
    if is_money and field.startswith("by_year."):
        return ColumnField(heading, field.replace("by_year", "costs"), "heading")
    if is_money or (above and not _OVER_TIMES & set(above)):
        return ColumnField(heading, "", "unknown")
    return ColumnField(heading, field, "heading")


def _meanings(text: str) -> tuple[str, ...]:
    """Return the fields that a heading may mean; none if it is unknown."""
    key = heading_key(text)
    return (_synonyms()[key],) if key in _synonyms() else _ambiguous().get(key, ())


def _open(heading: ColumnHeading, choices: tuple[str, ...]) -> ColumnField:
    return ColumnField(heading, "", "ambiguous", choices)


def _by_heading(heading: ColumnHeading, wanted: Mapping[str, str]) -> ColumnField:
    if not heading.words:
        return ColumnField(heading, "", "unknown")
    last, whole = heading.words[-1], " ".join(heading.words)
    for text in (whole, last):
        if field := wanted.get(heading_key(text)):
            return ColumnField(heading, field, "mapping-file")
    if column_field := _by_time(heading):
        return column_field
    if year := year_of_what_was_done(last):
        return _open(heading, (f"by_year.{year}", "previous"))
    for text in (last, _BRACKETS.sub("", last), whole, heading.words[0]):
        if meant := _meanings(text):
            return ColumnField(heading, meant[0], "heading") if len(meant) == 1 else _open(heading, meant)
    return _by_similar(heading, heading_key(last))


def _by_similar(heading: ColumnHeading, key: str) -> ColumnField:
    """Return the field of the longest known heading whose words make up most of this one."""
    count = len(key.split())
    matches = [
        synonym for synonym in _synonyms() if f" {synonym} " in f" {key} " and len(synonym.split()) * 10 >= count * 6
    ]
    if matches and count > 1:
        return ColumnField(heading, _synonyms()[max(matches, key=len)], "similar-heading")
    return ColumnField(heading, "", "unknown")


def _by_cells(
    column_field: ColumnField, cells: Sequence[str], titles: str, is_unit: Callable[[str], bool]
) -> ColumnField:
    """Let the cells of an ambiguous column vote; without a clear result a person decides.

    `titles` is the field of the rows' titles, empty if another column has them.
    """
    tests: Mapping[str, Callable[[str], bool]] = {
        "lead": is_unit,
        "label": lambda text: parse_label(text) is not None,
        "costs": lambda text: parse_number(text) is not None,
        "funding": lambda text: not re.search(r"\d", text),
        "amount": lambda text: not titles and len(text) < 30 and re.search(r"\d", text) is not None,
        titles: lambda text: len(text) > 8,
    }
    voted = [
        field for field in column_field.choices if field in tests and cells and _share(cells, tests[field]) >= _FITTING
    ]
    return (
        ColumnField(column_field.heading, voted[0], "cells", column_field.choices) if len(voted) == 1 else column_field
    )


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells)


def _cells(rows: Sequence[GridRow], column: int) -> list[str]:
    return [cell.text for row in rows for cell in row.cells if cell.column == column and cell.across == 1 and cell.text]


def count_timed(headings: Sequence[ColumnHeading]) -> int:
    """Return how many different headings name a year or period."""
    return len({heading.text for heading in headings if heading.words and _names_time(heading)})


def _names_time(heading: ColumnHeading) -> bool:
    return bool(re.search(r"\b(?:19|20)\d\d$", heading.text) or read_period(heading.words))


@cache
def _data() -> Mapping[str, Mapping[str, list[str]]]:
    text = files("generator.reading").joinpath("headings.yml").read_text("utf-8")
    data: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(text)
    return data


@cache
def _synonyms() -> Mapping[str, str]:
    return {heading_key(words): field for field, synonyms in _data()["fields"].items() for words in synonyms}


def named_fields() -> Collection[str]:
    """Return the fields that offices' headings name."""
    return set(_synonyms().values()) | {name for names in _ambiguous().values() for name in names}


@cache
def _ambiguous() -> Mapping[str, tuple[str, ...]]:
    return {heading_key(words): tuple(fields) for words, fields in _data()["ambiguous"].items()}
