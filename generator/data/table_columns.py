"""The table of activities: its columns, defined once for CSV, Excel, the data package and the data dictionary.

A line is an activity or a sub-row; a sub-row repeats the activity's names and places, so that a filter keeps both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Literal, get_args

from generator.data.year_cells import Cell, cell_of_year, year_cell
from generator.language.catalogue import catalogue
from generator.language.quantities import common_unit
from generator.language.time_spans import dated
from generator.language.vietnamese import format_years
from generator.model.corpus import Corpus
from generator.model.entities import LEVELS, STATUSES, Activity, Entry, Plan, Row, Unit
from generator.pages.cell_texts import money_lines, served_text
from generator.pages.links import Links
from generator.pages.page import Options
from generator.pages.plan_amounts import PlanAmounts, measures_text
from generator.pages.sheet_rows import quantity_unit
from generator.pages.unit_work import Part, Share
from generator.work_fields import TEXT_FIELDS, WORK_FIELDS

Kind = Literal["string", "integer", "date", "any"]
Group = Literal["plan", "unit", "main", "year", "pen", "more", "context", "code"]

YEAR_WIDTH, LONG_WIDTH = 7, 20
"""The width of a year's column in letters: if its cells are short, and otherwise."""


@dataclass(frozen=True)
class Line:
    """A line of the table: an activity, or its sub-row number `number` (from 1).

    `entry` is the activity or sub-row; in a unit's file `reader` is the unit, `part` its part in the activity.
    """

    activity: Activity
    entry: Activity | Row
    number: int = 0
    part: Part | Share | None = None
    reader: Unit | None = None


def lines_of(
    activities: Iterable[Activity], year: int | None = None, part: Part | Share | None = None
) -> Iterator[Line]:
    """Yield activities with their sub-rows.

    With a year, only the sub-rows that name it or no year.
    """
    for activity in activities:
        yield Line(activity, activity, 0, part)
        for number, row in enumerate(activity.rows, 1):
            if year is None or not row.years or year in row.years:
                yield Line(activity, row, number, part)


@dataclass(frozen=True)
class TableColumn:
    """A column: heading and meaning for people, type as in Table Schema, width in letters.

    `group` is its purpose: `plan` columns tell plans apart; the `unit` column is only in files of a unit; `main` and
    `year` columns make the printed table; `pen` columns are left empty for handwriting; `more` are further texts of the
    line; `context` is shared by many lines; `code` columns are for joins by programs.
    """

    name: str
    title: str
    description: str
    group: Group
    width: int
    value: Callable[[Line], Cell]
    kind: Kind = "string"


@dataclass(frozen=True)
class ActivityTable:
    """Columns and lines; a cell is a column's value for a line."""

    columns: Sequence[TableColumn]
    lines: Sequence[Line]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the cells as one list for each line."""
        values = [column.value for column in self.columns]
        for line in self.lines:
            yield [value(line) for value in values]


def table_of(corpus: Corpus, lines: Iterable[Line], options: Options, year: int | None = None) -> ActivityTable:
    """Return the table of some lines.

    It has a column for each year with a printed cell, or for `year` alone.
    """
    lines = list(lines)
    years: dict[int, list[tuple[Cell, str | None]]] = {}
    for line in lines:
        for due in line.entry.by_year:
            if year in (None, due):
                years.setdefault(due, []).append(year_cell(line.entry, due, shares=False))
    wide = {due: max(len(str(cell)) for cell, _ in cells) > YEAR_WIDTH for due, cells in years.items()}
    printed = {due: any(text for _, text in cells) for due, cells in years.items()}
    return ActivityTable(columns_of(corpus, options, printed, wide, part=any(line.part for line in lines)), lines)


SHEET_COLUMNS = (
    "part title year printed by_period unit area measures target when lead partners plan label result".split()
)


def sheet_table(corpus: Corpus, lines: Iterable[Line], options: Options, year: int) -> ActivityTable:
    """Return the table of a unit's year, with the columns of its sheet in their order."""
    table = table_of(corpus, lines, options, year)
    columns = {column.name: column for column in (*table.columns, *ColumnMaker(corpus, options).sheet(year))}
    shown = [columns[name] for name in SHEET_COLUMNS if name in columns]
    printed = [replace(column, group="main") if column.group in {"more", "context"} else column for column in shown]
    return ActivityTable(printed, table.lines)


def columns_of(
    corpus: Corpus,
    options: Options,
    years: Mapping[int, bool],
    wide: Mapping[int, bool] | None = None,
    *,
    part: bool = False,
) -> Sequence[TableColumn]:
    """Return the columns of a table.

    `years` are those with cells, and whether some printed cell says more than its number. `wide` are years with a long
    cell, in a spreadsheet, where percentages stay as printed. `part` says whether the table is a unit's.
    """
    maker = ColumnMaker(corpus, options)
    columns = [*maker.front()]
    for year in sorted(years):
        pair = maker.year(year, LONG_WIDTH if wide and wide[year] else YEAR_WIDTH, shares=wide is None)
        columns += pair if years[year] else pair[:1]
    columns += [*maker.texts(), *maker.codes()]
    return [column for column in columns if part or column.group != "unit"]


def all_columns(corpus: Corpus, lines: Sequence[Line], options: Options) -> Sequence[TableColumn]:
    """Return all columns that a table may have.

    The year columns are for the latest year with cells.
    """
    years = sorted({year for line in lines for year in line.entry.by_year})
    maker = ColumnMaker(corpus, options)
    of_year = maker.year(years[-1]) if years else []
    return [*maker.front(), *of_year, *maker.texts(), *maker.codes()]


class ColumnMaker:
    """Makes the columns; keeps what their cells look up."""

    def __init__(self, corpus: Corpus, options: Options) -> None:
        """Keep the corpus and options."""
        self.corpus = corpus
        self.options = options
        self.words = catalogue(options.language)
        self.levels = {level: self._text(f"level.{level}") for level in LEVELS}
        self.statuses = {status: self._text(f"status.{status}") for status in STATUSES}
        self._amounts = cache(lambda plan: PlanAmounts(corpus, corpus.plans[plan]))
        parts: list[Part | Share] = [*get_args(Part), *get_args(Share)]
        self.parts = {part: self._text(f"data.part.{part}") for part in parts}

    def front(self) -> list[TableColumn]:
        """Return the columns that identify a line for people."""
        return [
            self._column("plan", "plan", 18, lambda line: self._plan(line).short_title),
            self._column("part", "unit", 11, lambda line: self.parts[line.part] if line.part else None),
            self._column("label", "main", 7, lambda line: line.entry.label),
            self._column("title", "main", 46, lambda line: line.entry.title),
            self._field("unit", self._unit),
            self._column("area", "unit", 14, self._area),
        ]

    def year(self, year: int, width: int = YEAR_WIDTH, *, shares: bool = True) -> list[TableColumn]:
        """Return the two columns of a year; for `shares` see `year_cell`."""
        return [
            self._column("year", "year", width, cell_of_year(year, 0, shares), "any", year=year),
            self._column("printed", "year", 8, cell_of_year(year, 1, shares), year=year),
        ]

    def sheet(self, year: int) -> list[TableColumn]:
        """Return the columns that only the sheet of a unit's year has: time, unit of measure, results."""
        return [
            self._column("when", "main", 12, lambda line: line.entry.timing),
            self._column(
                "unit",
                "main",
                12,
                lambda line: quantity_unit(line.entry, year, line.activity, self._measured(line)),
            ),
            self._column("result", "pen", 30, lambda line: None),
        ]

    def texts(self) -> list[TableColumn]:
        """Return the columns for when, who and what for, and further texts."""
        # Many lines share few values: each value is put into words once.
        units, programmes, years = cache(self._units), cache(self._programmes), cache(format_years)
        target = cache(partial(self._entry, entries=self.corpus.targets))
        heading = cache(partial(self._entry, entries=self.corpus.headings))
        return [
            self._field("when"),
            self._column("by_period", "main", 16, self._periods),
            self._field("levels", self._levels),
            *(self._role(role) for role in ("central", "local", "province", "district", "commune", "branch")),
            self._field("lead", lambda line: (who := _who(line, "lead")).lead_text or units(who.lead)),
            self._field("partners", lambda line: (who := _who(line, "partners")).partners_text or units(who.partners)),
            self._field("funding", self._money),
            *map(self._field, TEXT_FIELDS),
            self._column("more", "main", 24, self._more),
            self._column("due_from", "more", 12, lambda line: _day(line, 0), "date"),
            self._column("due_to", "more", 12, lambda line: _day(line, -1), "date"),
            self._column("years", "more", 14, lambda line: years(line.entry.years) or None),
            self._column("text", "more", 70, lambda line: None if line.number else line.activity.text),
            self._column("measures", "more", 36, self._measures),
            self._column("footnotes", "more", 36, self._footnotes),
            self._column("note", "more", 40, lambda line: line.entry.note),
            self._column("target", "context", 36, lambda line: target(line.activity.plan, line.activity.target)),
            self._column("serves", "context", 36, lambda line: served_text(self.corpus, line.activity, self.words)),
            self._column("ground", "context", 40, lambda line: line.activity.ground),
            self._column("task", "context", 36, lambda line: heading(line.activity.plan, line.activity.task)),
            self._column("section", "context", 36, lambda line: heading(line.activity.plan, line.activity.section)),
            self._column("programmes", "context", 24, lambda line: programmes(line.activity.programmes)),
            self._column("status", "context", 14, lambda line: self.statuses[self._plan(line).status]),
        ]

    def codes(self) -> list[TableColumn]:
        """Return the columns for joining tables.

        Plan, activity and sub-row together identify a line.
        """
        address = Links()
        return [
            self._column("plan_id", "code", 22, lambda line: line.activity.plan),
            self._column("id", "code", 14, lambda line: line.activity.id),
            self._column("row", "code", 9, lambda line: line.number, "integer"),
            self._column("parent_id", "code", 14, lambda line: line.activity.parent),
            self._column("section_id", "code", 12, lambda line: line.activity.section),
            self._column("target_id", "code", 12, lambda line: line.activity.target),
            self._column("serves_ids", "code", 22, lambda line: "; ".join(line.activity.serves or ()) or None),
            self._column("task_id", "code", 12, lambda line: line.activity.task),
            self._column("lead_ids", "code", 22, lambda line: "; ".join(_who(line, "lead").lead) or None),
            self._column("lead_from", "code", 12, lambda line: line.activity.lead_from),
            self._column("partner_ids", "code", 22, lambda line: "; ".join(_who(line, "partners").partners) or None),
            self._column("level_unit_ids", "code", 22, lambda line: "; ".join(line.entry.levels_units) or None),
            self._column("programme_ids", "code", 22, lambda line: "; ".join(line.activity.programmes) or None),
            self._column("url", "code", 40, lambda line: self.options.absolute(address.activity(line.activity))),
        ]

    def _column(
        self,
        name: str,
        group: Group,
        width: int,
        value: Callable[[Line], Cell],
        kind: Kind = "string",
        **values: object,
    ) -> TableColumn:
        title, description = (self._text(f"data.column.{name}.{part}", **values) for part in ("title", "description"))
        return TableColumn(name, title, description, group, width, value, kind)

    def _field(self, name: str, value: Callable[[Line], Cell] | None = None) -> TableColumn:
        """Return the column of a field; without `value` its cells are the text as printed."""
        field = WORK_FIELDS[name]

        def text(line: Line) -> Cell:
            return getattr(line.entry, name, None) or (getattr(line.activity, name) if field.is_repeated else None)

        return self._column(name, "main", field.excel, value or text)

    def _role(self, role: str) -> TableColumn:
        return self._column(
            f"roles_{role}", "main", 24, lambda line: None if line.number else line.activity.roles.get(role)
        )

    def _text(self, key: str, **values: object) -> str:
        return self.words.text(f"site.{key}", **values)

    def _plan(self, line: Line) -> Plan:
        return self.corpus.plans[line.activity.plan]

    def _units(self, ids: Sequence[str]) -> Cell:
        return "; ".join(self.corpus.units[id_].short_name for id_ in ids) or None

    def _unit(self, line: Line) -> Cell:
        """Return what the numbers of a line count: from the plan, from a measure of it, or from the cells."""
        entry, activity = line.entry, line.activity
        measured = None if line.number else self._measured(line).get(activity.id)
        return entry.unit or measured or common_unit(entry.by_year.values()) or activity.unit

    def _area(self, line: Line) -> Cell:
        amounts = self._amounts(line.activity.plan)
        cells = (*line.entry.by_year.values(), *line.entry.by_period.values())
        return amounts.area(line.activity, cells, line.reader, self.words) if line.reader else None

    def _measured(self, line: Line) -> Mapping[str, str]:
        return self._plan(line).load().units_of_measure

    def _programmes(self, ids: Sequence[str]) -> Cell:
        return "; ".join(self.corpus.programmes[id_].short_name for id_ in ids) or None

    def _levels(self, line: Line) -> Cell:
        who = _who(line, "levels")
        return who.levels_text or "; ".join(self.levels[level] for level in who.levels) or None

    def _periods(self, line: Line) -> Cell:
        titles = {period.id: period.title for period in self._plan(line).periods} if line.entry.by_period else {}
        return "; ".join(f"{titles[id_]}: {cell}" for id_, cell in line.entry.by_period.items()) or None

    def _money(self, line: Line) -> Cell:
        who = line.entry if line.entry.funding or line.entry.costs else line.activity
        return "\n".join(money_lines(who)) or None

    def _more(self, line: Line) -> Cell:
        return "\n".join(f"{cell.heading}: {cell.text}" for cell in line.entry.more) or None

    def _entry(self, plan: str, id_: str | None, entries: Mapping[str, Entry]) -> Cell:
        return entries[f"{plan}/{id_}"].full_title if id_ else None

    def _measures(self, line: Line) -> Cell:
        measures = () if line.number else line.activity.measures
        return measures_text(self.corpus, self._plan(line), measures, line.reader, self.words) or None

    def _footnotes(self, line: Line) -> Cell:
        if not line.entry.footnotes:
            return None
        texts = {note.id: note.text for note in self._plan(line).footnotes}
        return "\n".join(f"({id_}) {texts[id_]}" for id_ in line.entry.footnotes)


def _who(line: Line, field: str) -> Activity | Row:
    """Return the entry whose units or levels apply to a line: its own, or the activity of a sub-row without any."""
    entry = line.entry
    return entry if getattr(entry, field) or getattr(entry, f"{field}_text") else line.activity


def _day(line: Line, end: Literal[0, -1]) -> Cell:
    """Return the first or last of the days that a line names; of a deadline only the last is known."""
    spans = dated(line.entry.spans)
    days = [span.first if end == 0 else span.last for span in spans]
    dates = sorted(day for day in days if day)
    return dates[end] if dates else None
