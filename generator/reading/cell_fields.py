"""The cells of a row -> fields of its entry, with their readings where a rule gives one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any, Literal

from generator.language.vietnamese import DASHES, parse_number, parse_years, says_as_above
from generator.reading.column_headings import ColumnField, ColumnMapping
from generator.reading.heading_words import target_number
from generator.reading.known_names import KnownNames
from generator.reading.ledger import Ledger
from generator.reading.level_words import read_levels
from generator.reading.money_cells import of_what, read_cost
from generator.reading.office_document import GridCell, SourceLocation
from generator.reading.own_file import own_text
from generator.reading.placed_rows import PlacedRow
from generator.reading.review_items import ReviewItem
from generator.reading.unit_names import NamesReading, read_names
from generator.reading.year_words import read_years, years_field
from generator.work_fields import WORK_FIELDS

EntryKind = Literal["heading", "target", "activity", "subrow"]

_WORK = {"by_period", "years", "costs", "note", "footnotes"}
FIELD_KEYS: Mapping[EntryKind, Set[str]] = {
    "heading": {"lead", "levels_text", "text", "note", "footnotes"},
    "target": {"lead", "programmes", "note", "footnotes", "short_title"},
    "activity": _WORK | {field.import_name.split(".")[0] for field in WORK_FIELDS.values()} | {"programmes", "text"},
    "subrow": _WORK | {field.import_name for field in WORK_FIELDS.values() if field.of_rows},
}
"""The columns for which each kind of entry has a field. In rows, cells of other columns go to `more`; in headings and
targets the importer asks."""

_FIGURES = {"unit_of_measure": "unit", "by_year": "by_year", "amount": "value"}
"""The columns of figures, with their keys in a target's measure."""
_ADDING = {"footnotes", "when_to", "short_title", "years"}
"""Fields to which cells add; for a short title and years, cells replace the generated value."""
_KEYS = {
    **{"unit_of_measure": ("unit",), "when_from": ("when",), "levels_text": ("levels", "levels_text")},
    **{"lead": ("lead", "lead_text"), "partners": ("partners", "partners_text"), "lead_partners": ("lead", "partners")},
}
"""The keys of an entry that the cells of a field fill, if they differ from the field's name."""
_LAST_YEAR_OF_DISTRICTS = 2025
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_DAYS = re.compile(rf"{_DAY.pattern} *[–-] *{_DAY.pattern}")


@dataclass
class CellReader:
    """Fills entries from the cells of rows. A merged cell applies to each row that it covers."""

    mapping: ColumnMapping
    period: tuple[int, int]
    names: KnownNames
    ledger: Ledger
    notes: frozenset[str]
    mappings: Mapping[int, ColumnMapping] = field(default_factory=dict)
    """The meaning of the columns by table number, if a plan is read from several tables."""
    targets: Mapping[str, str] = field(default_factory=dict)
    """The ids of targets by their printed numbers."""
    level_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """In a file of ours: the printed names of levels, with the levels that they mean."""
    name_sign: str = ", "
    """What separates names of units that the program has printed."""
    _above: dict[str, str] = field(default_factory=dict)  # by column and field the last non-empty words
    _hanging: dict[int, tuple[GridCell, int]] = field(default_factory=dict)
    _names: dict[tuple[str, ...], NamesReading] = field(default_factory=dict)  # a cache: most rows name the same units

    def fill(self, row: PlacedRow, entry: dict[str, Any], path: str, kind: EntryKind) -> list[ReviewItem]:
        """Fill the fields of an entry; return what a person must review."""
        reviews: list[ReviewItem] = []
        columns = self._columns(row.row.location)
        for column, cell in sorted(self._cells(row).items()):
            column_field = columns.get(column)
            name = column_field.field.split(".")[0] if column_field else ""
            if name == "figures":
                lines = "\n".join(cell.lines)
                reviews.append(ReviewItem("figures", cell.location, lines, path, "measures", tokens=cell.tokens))
                continue
            if name == "target_number" and kind == "activity":
                reviews += self._target(cell, entry, path)
            if column_field and kind == "target" and name in _FIGURES:
                reviews += self._figure(column_field, cell, entry, path)
                continue
            field_names = FIELD_KEYS[kind] | {"when_from", "when_to", "lead_partners"}
            if column_field is None or name not in field_names or (name == "due" and not _DAYS.fullmatch(cell.text)):
                reviews += self._without_field(column_field, cell, entry, path, kind)
                continue
            reviews += self._fill_field(column_field, cell, entry, path, kind)
        reviews += self._marks(row, row.row.location, entry, path)
        return [*reviews, *self.settle_years(row, entry, path)]

    def settle_years(self, row: PlacedRow, entry: dict[str, Any], path: str) -> list[ReviewItem]:
        """Drop the years read from words for the time, such as a deadline, if the cells of years say others.

        Ask if the words name a year in which nothing is due by the cells.
        """
        cells = [cell for part in (entry, *entry.get("rows", ())) for cell in part.get("by_year", {}).items()]
        due = {year for year, cell in cells if cell.strip() not in DASHES}
        meant = set(parse_years(entry.get("years", ())))
        if row.row.role or "when" not in entry or not due or not meant or meant == due:
            return []
        del entry["years"]
        asked = ReviewItem("time-unclear", row.row.location, entry["when"], path, "years", years_field(due) or "")
        return [] if meant <= due else [asked]

    def _columns(self, location: SourceLocation) -> Mapping[int, ColumnField]:
        return self.mappings.get(location.table, self.mapping).by_column

    def _target(self, cell: GridCell, entry: dict[str, Any], path: str) -> list[ReviewItem]:
        """Link a row to the target whose number it names; the number itself is kept as printed."""
        id_ = self.targets.get(target_number(cell.text))
        if id_ is None:
            return [self._item("unknown-target", cell, path, "target")]
        entry["target"] = id_
        return []

    def _figure(self, column_field: ColumnField, cell: GridCell, entry: dict[str, Any], path: str) -> list[ReviewItem]:
        """Put a figure in a target's row into a measure of the target."""
        name = column_field.field.split(".")[0]
        if name == "amount" and parse_number(cell.text) is None:
            return self._without_field(column_field, cell, entry, path, "target")
        (measure,) = entry.setdefault("measures", [{"id": "chi-so", "name": entry["title"]}])
        if name == "by_year":
            self.ledger.assign(cell.tokens, "field", f"{path}/measures")
            return self._by_year(column_field, cell, measure, path)
        if _FIGURES[name] in measure:
            return [ReviewItem("second-cell", cell.location, cell.text, path, "measures", tokens=cell.tokens)]
        measure[_FIGURES[name]] = cell.text
        self.ledger.assign(cell.tokens, "field", f"{path}/measures")
        return self._marks(cell, cell.location, entry, path)

    def _cells(self, row: PlacedRow) -> dict[int, GridCell]:
        cells = dict(row.cells)
        number = row.row.location.row
        for column, (cell, last) in list(self._hanging.items()):
            if number > last or row.row.location.table != cell.location.table:
                del self._hanging[column]
            elif column not in cells and row.role in {"activity", "subrow"}:
                cells[column] = cell
        for column, cell in row.cells.items():
            if cell.down > 1:
                self._hanging[column] = (cell, number + cell.down - 1)
        return cells

    def _fill_field(
        self, column_field: ColumnField, cell: GridCell, entry: dict[str, Any], path: str, kind: EntryKind
    ) -> list[ReviewItem]:
        name, _, part = column_field.field.partition(".")
        reviews: list[ReviewItem] = []
        if self._is_filled(column_field, cell, entry):
            reviews.append(ReviewItem("second-cell", cell.location, cell.text, path, name, tokens=cell.tokens))
            return [*reviews, *self._marks(cell, cell.location, entry, path)]
        if name == "by_year":
            reviews += self._by_year(column_field, cell, entry, path)
        elif name in {"when", "when_from", "when_to"}:
            reviews += self._when(name, cell, entry, path)
            name = "when"
        elif name == "levels_text":
            reviews += self._levels(cell, entry, path, kind)
        elif name == "by_period":
            entry.setdefault("by_period", {})[part] = cell.text
            reviews += self._dates(cell, path, name)
        elif name == "footnotes":
            marks = re.findall(r"^\(([^)\s]+)\) ", "\n".join(cell.lines), re.MULTILINE)
            marks = marks or re.split(r"\s*;\s*", cell.text)
            entry["footnotes"] = list(dict.fromkeys([*entry.get("footnotes", []), *marks]))
        elif name == "roles":
            entry.setdefault("roles", {})[part] = cell.text
        elif name in {"lead", "partners"}:
            reviews += self._units(name, cell, entry, path)
        elif name == "lead_partners":
            reviews += self._lead_and_partners(cell, entry, path)
            name = "lead"
        elif name == "programmes":
            reviews += self._programmes(cell, entry, path)
        elif name == "costs":
            entry.setdefault("costs", []).append(read_cost(column_field.heading.words, cell.text, part))
        else:
            name = {"unit_of_measure": "unit", "short_title": "title"}.get(name, name)
            entry[name] = _value(name, cell)
        self.ledger.assign(cell.tokens, "field", f"{path}/{name}")
        reviews += self._pointing_up(column_field.field, cell, path, name)
        return [*reviews, *self._marks(cell, cell.location, entry, path)]

    def _pointing_up(self, field_name: str, cell: GridCell, path: str, name: str) -> list[ReviewItem]:
        """Ask about a cell that says only `như trên`: outside its table that has no meaning."""
        if says_as_above(cell.text):
            return [self._item("as-above", cell, path, name, self._above.get(field_name, ""))]
        self._above[field_name] = cell.text
        return []

    def _is_filled(self, column_field: ColumnField, cell: GridCell, entry: Mapping[str, Any]) -> bool:
        """Return whether another cell has filled the field: its words are never overwritten."""
        name, _, part = column_field.field.partition(".")
        if name in _ADDING:
            return False
        if name == "costs":
            cost = read_cost(column_field.heading.words, cell.text, part)
            return any(of_what(cost) == of_what(other) for other in entry.get("costs", ()))
        if name == "by_year":
            return any(year in entry.get("by_year", {}) for year in self._years(column_field, cell))
        if part:
            return part in entry.get(name, {})
        return any(key in entry for key in _KEYS.get(name, (name,)))

    def _years(self, column_field: ColumnField, cell: GridCell) -> list[int]:
        """Return the years that a cell covers."""
        first = column_field.heading.column  # the cell's own column may have been changed by a repair
        columns = [self._columns(cell.location).get(first + offset) for offset in range(cell.across)]
        return [column.year for column in columns if column is not None and column.year is not None]

    def _by_year(self, column_field: ColumnField, cell: GridCell, entry: dict[str, Any], path: str) -> list[ReviewItem]:
        years = self._years(column_field, cell)
        for year in years:
            entry.setdefault("by_year", {})[year] = cell.text
        if len(years) == 1:
            return self._dates(cell, path, "by_year")
        return [self._item("one-cell-for-years", cell, path, "by_year", ", ".join(map(str, years)))]

    def _dates(self, cell: GridCell, path: str, name: str) -> list[ReviewItem]:
        """Ask about a whole date in a cell of values: Excel turns `9/11` and `3-5` into dates."""
        is_date = re.fullmatch(r"\d\d/\d\d/\d{4}|\d\d/\d{4}", cell.text)
        return [self._item("date-in-cell", cell, path, name)] if is_date else []

    def _when(self, name: str, cell: GridCell, entry: dict[str, Any], path: str) -> list[ReviewItem]:
        before = entry.get("when")
        printed = cell.text if name != "when_to" or not before else f"{before} - {cell.text}"
        entry["when"] = printed
        entry.pop("years", None)
        reading = read_years(printed, *self.period)
        if reading.is_sure and reading.years:
            entry["years"] = reading.years
        if reading.is_sure or name == "when_from":
            return []
        return [self._item("time-unclear", cell, path, "years", reading.years or "")]

    def _levels(self, cell: GridCell, entry: dict[str, Any], path: str, kind: EntryKind) -> list[ReviewItem]:
        if cell.text in self.level_names:
            entry["levels"] = list(self.level_names[cell.text])
            return []
        levels = read_levels(cell.text, self.names.level, self.period[0] <= _LAST_YEAR_OF_DISTRICTS)
        if levels:
            entry["levels"] = list(levels)
        entry["levels_text"] = cell.text
        return [] if levels else [self._item("levels-unclear", cell, path, "levels")]

    def _units(self, name: str, cell: GridCell, entry: dict[str, Any], path: str) -> list[ReviewItem]:
        if cell.lines not in self._names:
            self._names[cell.lines] = read_names([line.lstrip("-–+• ") for line in cell.lines], self.names.is_unit)
        reading = self._names[cell.lines]
        if reading.names:
            entry[name] = list(dict.fromkeys([*entry.get(name, []), *reading.names]))
        # The model shows names as written; in a table of ours, as the site prints the units.
        written = ", ".join(map(self.names.register.words_of, reading.names))
        if cell.text not in {written, self.name_sign.join(map(self.names.short_name, reading.names))}:
            entry[f"{name}_text"] = cell.text
        unknown = () if says_as_above(cell.text) else reading.unknown
        return [self._unknown(text, cell, path, name) for text in unknown]

    def _unknown(self, text: str, cell: GridCell, path: str, name: str) -> ReviewItem:
        meant = self.names.units(text)
        why = "ambiguous-unit" if len(meant) > 1 else "unknown-unit"
        proposal = ", ".join(meant) or self.names.suggest_unit(text) or ""
        return ReviewItem(why, cell.location, text, path, name, proposal)

    def _lead_and_partners(self, cell: GridCell, entry: dict[str, Any], path: str) -> list[ReviewItem]:
        """Fill lead and partners from a column of both; it is split only if its lines say which is which.

        The words of a line that is not a list of known names are kept, because review items are deleted later.
        """
        reviews = []
        printed: dict[str, list[str]] = {}
        name = ""
        for line in cell.lines:
            marked = re.match(r"[-+•\s]*(chủ trì|phối hợp)(?: thực hiện)?\s*:\s*(.*)", line, re.I)
            if marked:
                name = "lead" if marked[1].casefold() == "chủ trì" else "partners"
            if not name:
                reviews.append(self._item("lead-or-partner", cell, path, "lead"))
                name = "lead"
            printed.setdefault(name, []).append(marked[2] if marked else line)
            reading = read_names(printed[name][-1:], self.names.is_unit)
            if reading.names:
                entry[name] = list(dict.fromkeys([*entry.get(name, []), *reading.names]))
            reviews += [self._unknown(text, cell, path, name) for text in reading.unknown]
        for name, lines in printed.items():
            written = ", ".join(map(self.names.register.words_of, entry.get(name, [])))
            if any(question.field == name for question in reviews) and " ".join(lines) != written:
                entry[f"{name}_text"] = " ".join(lines)
        return reviews

    def _programmes(self, cell: GridCell, entry: dict[str, Any], path: str) -> list[ReviewItem]:
        reading = read_names(cell.lines, self.names.is_programme)
        if reading.names:
            entry["programmes"] = list(reading.names)
        return [ReviewItem("unknown-programme", cell.location, text, path, "programmes") for text in reading.unknown]

    def _without_field(
        self, column_field: ColumnField | None, cell: GridCell, entry: dict[str, Any], path: str, kind: EntryKind
    ) -> list[ReviewItem]:
        """Keep a cell of a column without a field under the column's heading; ask if that is not possible."""
        if column_field and column_field.heading.text and not column_field.choices and kind in {"activity", "subrow"}:
            entry.setdefault("more", []).append({"heading": column_field.heading.text, "text": cell.text})
            self.ledger.assign(cell.tokens, "field", f"{path}/more")
            return []
        why = "column-without-field" if column_field and column_field.field else "unknown-column"
        heading = column_field.heading.text if column_field else ""
        proposal = ", ".join(column_field.choices) if column_field else ""
        return [ReviewItem(why, cell.location, cell.text, path, heading, proposal, cell.tokens)]

    def _marks(
        self, holder: PlacedRow | GridCell, location: SourceLocation, entry: dict[str, Any], path: str
    ) -> list[ReviewItem]:
        """Fill the footnotes to which a row or cell refers; ask about marks without a footnote."""
        references = [mark for mark in holder.notes if mark in self.notes]
        if references:
            entry["footnotes"] = list(dict.fromkeys([*entry.get("footnotes", []), *references]))
        unknown = dict.fromkeys(mark for mark in (*holder.notes, *holder.marks) if mark not in references)
        return [ReviewItem("mark-without-note", location, mark, path, "footnotes") for mark in unknown]

    def _item(self, why: str, cell: GridCell, path: str, name: str, proposal: str = "") -> ReviewItem:
        return ReviewItem(why, cell.location, cell.text, path, name, proposal)


def _value(name: str, cell: GridCell) -> Any:
    """Return a cell as a field's value."""
    if name in {"text", "note"}:
        return own_text(cell.paragraphs)
    if name == "years":
        return cell.text.replace("–", "-")
    if name == "due":
        first, last = _DAY.findall(cell.text)
        return {"from": first, "to": last}
    return cell.text
