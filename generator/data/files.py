"""Every file of open data, by what it is about: the one table of who makes what.

Each maker is pure and needs the corpus and one subject, so that a builder may make again what a change concerns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.data.about import About, corpus_about, plan_about, unit_about, unit_title, year_about
from generator.data.calendar import calendar_of
from generator.data.columns import Table
from generator.data.feed import FEED, atom_feed
from generator.data.forms import forms_by_place, forms_of
from generator.data.json_file import corpus_json, plan_json
from generator.data.package import PACKAGE, data_package
from generator.data.tables import (
    corpus_csv_table,
    corpus_table,
    plan_csv_table,
    plan_table,
    unit_csv_table,
    unit_table,
    year_csv_table,
    year_table,
)
from generator.link.corpus import Corpus
from generator.link.model import Plan, Unit
from generator.pages.downloads import (
    DownloadKind,
    activities_of_unit,
    corpus_downloads,
    parts_of_unit,
    plan_downloads,
    unit_downloads,
    year_downloads,
)
from generator.pages.render import Options

Content = str | bytes


def plan_csv(corpus: Corpus, plan: Plan, options: Options) -> bytes:
    """`/du-lieu/ke-hoach/<plan>.csv`."""
    return plan_csv_table(corpus, plan, options).content


def plan_xlsx(corpus: Corpus, plan: Plan, options: Options) -> bytes:
    """`/du-lieu/ke-hoach/<plan>.xlsx`; without the columns that would tell this plan from others."""
    table = plan_table(corpus, plan, options)
    own = Table([column for column in table.columns if column.group != "plan"], table.lines)
    return _workbook(own, plan_about(corpus, plan, options))


def plan_ics(corpus: Corpus, plan: Plan, options: Options) -> bytes:
    """`/du-lieu/ke-hoach/<plan>.ics`."""
    return calendar_of(plan.title, forms_of(corpus, plan.id, options).events)


def unit_csv(corpus: Corpus, unit: Unit, options: Options) -> bytes:
    """`/du-lieu/don-vi/<unit>.csv`."""
    return unit_csv_table(corpus, unit, options).content


def unit_xlsx(corpus: Corpus, unit: Unit, options: Options) -> bytes:
    """`/du-lieu/don-vi/<unit>.xlsx`."""
    activities = [activity for activity, _ in activities_of_unit(corpus, unit).values()]
    return _workbook(unit_table(corpus, unit, options), unit_about(corpus, unit, activities, options))


def unit_ics(corpus: Corpus, unit: Unit, options: Options) -> bytes:
    """`/du-lieu/don-vi/<unit>.ics`."""
    entries: dict[tuple[str, int], bytes] = {}
    for _, activities in parts_of_unit(corpus, unit):
        for place, events, _ in forms_by_place(corpus, activities, options):
            entries.setdefault(place, events)
    return calendar_of(unit_title(corpus, unit, options), entries.values())


def year_csv(corpus: Corpus, year: int, options: Options) -> bytes:
    """`/du-lieu/nam/<year>.csv`."""
    return year_csv_table(corpus, year, options).content


def year_xlsx(corpus: Corpus, year: int, options: Options) -> bytes:
    """`/du-lieu/nam/<year>.xlsx`."""
    return _workbook(year_table(corpus, year, options), year_about(corpus, year, options))


def corpus_csv(corpus: Corpus, options: Options) -> bytes:
    """`/du-lieu/hoat-dong.csv`."""
    return corpus_csv_table(corpus, options).content


def corpus_xlsx(corpus: Corpus, options: Options) -> bytes:
    """`/du-lieu/hoat-dong.xlsx`."""
    return _workbook(corpus_table(corpus, options), corpus_about(corpus, options))


PLAN_MAKERS: Mapping[DownloadKind, Callable[[Corpus, Plan, Options], Content]] = {
    "json": plan_json,
    "csv": plan_csv,
    "excel": plan_xlsx,
    "calendar": plan_ics,
}
UNIT_MAKERS: Mapping[DownloadKind, Callable[[Corpus, Unit, Options], Content]] = {
    "csv": unit_csv,
    "excel": unit_xlsx,
    "calendar": unit_ics,
}
YEAR_MAKERS: Mapping[DownloadKind, Callable[[Corpus, int, Options], Content]] = {"csv": year_csv, "excel": year_xlsx}
CORPUS_MAKERS: Mapping[DownloadKind, Callable[[Corpus, Options], Content]] = {
    "json": corpus_json,
    "csv": corpus_csv,
    "excel": corpus_xlsx,
}
CORPUS_FILES: Mapping[str, Callable[[Corpus, Options], Content]] = {FEED: atom_feed, PACKAGE: data_package}
"""Files about everything that are no form of the table."""


def plan_files(corpus: Corpus, plan: Plan, options: Options) -> dict[str, Content]:
    """The files of one plan's data by their paths."""
    files = [file for file in plan_downloads(plan, options) if file.kind in PLAN_MAKERS]
    return {file.path: PLAN_MAKERS[file.kind](corpus, plan, options) for file in files}


def unit_files(corpus: Corpus, unit: Unit, options: Options) -> dict[str, Content]:
    """The files of one unit by their paths."""
    files = unit_downloads(corpus, unit, options)
    return {file.path: UNIT_MAKERS[file.kind](corpus, unit, options) for file in files}


def year_files(corpus: Corpus, year: int, options: Options) -> dict[str, Content]:
    """The files of one year by their paths."""
    files = year_downloads(corpus, year, options)
    return {file.path: YEAR_MAKERS[file.kind](corpus, year, options) for file in files}


def corpus_files(corpus: Corpus, options: Options) -> dict[str, Content]:
    """The files of everything by their paths."""
    tables = corpus_downloads(corpus, options)
    made = {file.path: CORPUS_MAKERS[file.kind](corpus, options) for file in tables}
    return {**made, **{path: make(corpus, options) for path, make in CORPUS_FILES.items()}}


def data_files(corpus: Corpus, options: Options) -> Iterator[tuple[str, Content]]:
    """Path and content of every file of open data."""
    yield from corpus_files(corpus, options).items()
    for plan in corpus.plans.values():
        yield from plan_files(corpus, plan, options).items()
    for unit in corpus.units.values():
        yield from unit_files(corpus, unit, options).items()
    for year in corpus.of_year:
        yield from year_files(corpus, year, options).items()


def _workbook(table: Table, about: About) -> bytes:
    # loaded late: half of all builds, the quick ones, make no workbook
    from generator.data.workbook import workbook_of

    return workbook_of(table, about)
