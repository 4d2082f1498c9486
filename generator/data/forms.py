"""What the files of open data say of an activity, made once: its plan's files, its units', its years' and those of all
are put together from it."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from generator.data.calendar import CalendarWriter
from generator.data.columns import ColumnMaker, Line, lines_of, number_and_print
from generator.data.csv_table import csv_cells
from generator.data.objects import activity_data
from generator.link.corpus import Corpus
from generator.link.keep import Held, KeptKind, Parts, Put
from generator.link.model import Activity, Plan
from generator.pages.page import Options

TableLine = tuple[bytes, dict[int, tuple[bytes, bytes]], bytes]
"""A line of a table as CSV, in the pieces between which a table has columns of its own: the columns before the years,
for each year with a cell the number and the cell as printed (empty where the number shows it), the columns behind. A
plain tuple: it is kept on disk."""


class Forms(NamedTuple):
    """The forms of a plan's activities, by their places in its body: a line of JSON, the entries of a calendar, and the
    lines of a table (its own and those of its sub-rows, to be read by `lines_in`); and the years of all lines
    (`years_of`)."""

    json: Parts
    events: Parts
    lines: Parts
    years: Mapping[int, bool]


def lines_in(parts: Iterable[bytes]) -> Iterator[TableLine]:
    """The lines of a table that are the forms of activities."""
    return (line for part in parts for line in marshal.loads(part))


def _cut(forms: Forms) -> tuple[Sequence[Any], Any]:
    return list(zip(forms.json, forms.events, forms.lines, strict=True)), forms.years


def _stow(forms: Forms, put: Put) -> Forms:
    return Forms(put(forms.json), put(forms.events), put(forms.lines), forms.years)


# Not lasting: after an edit the files take the pieces of other plans from what they were (`PieceFile`).
FORMS = KeptKind[Forms]("forms", lasting=False, cut=_cut, stow=_stow)
YEARS = KeptKind[Mapping[int, bool]]("years")


def forms_of(corpus: Corpus, plan: str, options: Options, places: Sequence[int] | None = None) -> Forms:
    """The forms of one plan's activities, by the plan's id; of use are those at the given places, else all."""

    def made() -> Forms:
        return _made(corpus, corpus.plans[plan], options)

    return corpus.keep(FORMS, forms_name(plan, options), made, places)


def forms_name(plan: str, options: Options) -> str:
    """The name under which forms are kept: of a plan's activities, and all that they depend on besides the corpus."""
    return f"{plan} {options.language} {options.site_url}"


def years_of_plan(corpus: Corpus, plan: str, options: Options) -> Mapping[int, bool]:
    """The years of a plan's table, without its forms."""
    return corpus.keep(YEARS, forms_name(plan, options), lambda: forms_of(corpus, plan, options).years)


def years_of(lines: Iterable[TableLine]) -> dict[int, bool]:
    """The years of which lines have cells, and whether a number does not show one of its cells."""
    years: dict[int, bool] = {}
    for _, cells, _ in lines:
        for year, (_, printed) in cells.items():
            years[year] = years.get(year, False) or bool(printed)
    return years


def joined_years(said: Iterable[Mapping[int, bool]]) -> dict[int, bool]:
    """The years of several."""
    years: dict[int, bool] = {}
    for one in said:
        for year, printed in one.items():
            years[year] = years.get(year, False) or printed
    return years


def _made(corpus: Corpus, plan: Plan, options: Options) -> Forms:
    writer, maker = CalendarWriter(corpus, options), LineMaker(corpus, options)
    activities = plan.activities
    lines = [list(maker.lines(activity)) for activity in activities]
    return Forms(
        Held(orjson.dumps(activity_data(activity)) for activity in activities),
        Held(writer.entries(activity) for activity in activities),
        Held(marshal.dumps(some, 2) for some in lines),  # version 2: alike when they are alike
        years_of(line for some in lines for line in some),
    )


class LineMaker:
    """Makes lines of tables; holds what their cells look up."""

    def __init__(self, corpus: Corpus, options: Options) -> None:
        maker = ColumnMaker(corpus, options)
        front = maker.front()
        self._plan = [column.value for column in front if column.group == "plan"]
        self._plans: dict[str, bytes] = {}
        self._own = [column.value for column in front if column.group == "main"]
        self._rest = [column.value for column in (*maker.texts(), *maker.codes())]

    def lines(self, activity: Activity) -> Iterator[TableLine]:
        """The lines of an activity: its own, and one for each sub-row."""
        for line in lines_of([activity]):
            own, rest = (csv_cells([value(line) for value in values]) for values in (self._own, self._rest))
            front = b"%b,%b" % (self._of_plan(line), own)
            cells = dict(self._cells(line.own.by_year.items()))
            yield front, cells, rest

    def _of_plan(self, line: Line) -> bytes:
        # The same in all lines of a plan.
        if line.activity.plan not in self._plans:
            self._plans[line.activity.plan] = csv_cells([value(line) for value in self._plan])
        return self._plans[line.activity.plan]

    def _cells(self, cells: Iterable[tuple[int, str]]) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
        for year, cell in cells:
            number, printed = number_and_print(cell)
            yield year, (csv_cells([number]), csv_cells([printed]) if printed is not None else b"")
