"""Every file of open data, by what it is about: the one table of who makes what.

Each maker is pure and needs the corpus and one subject, so that a builder may make again what a change concerns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.data.about import About, corpus_about, plan_about, unit_about, year_about
from generator.data.activity_tables import (
    corpus_csv,
    corpus_table,
    plan_csv,
    plan_table,
    unit_table,
    year_table,
)
from generator.data.calendar_file import plan_ics, unit_ics
from generator.data.feed import FEED, atom_feed
from generator.data.json_file import corpus_json, plan_json
from generator.data.package import PACKAGE, data_package
from generator.data.table_columns import ActivityTable
from generator.incremental import Build
from generator.incremental.segments import SegmentedFile, whole
from generator.model.corpus import Corpus
from generator.model.entities import Plan, Unit
from generator.pages.downloads import (
    DownloadKind,
    activities_of_unit,
    corpus_downloads,
    plan_downloads,
    unit_downloads,
    year_downloads,
)
from generator.pages.page import Options

Content = str | bytes | SegmentedFile[Any]
"""Some large files are still to be put together (`whole`)."""


def plan_xlsx(corpus: Corpus, plan: Plan, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/ke-hoach/<plan>.xlsx`.

    It lacks the columns that would tell this plan from others.
    """
    table = plan_table(corpus, plan, options)
    without_plan = ActivityTable([column for column in table.columns if column.group != "plan"], table.lines)
    return _workbook(without_plan, plan_about(corpus, plan, options))


def unit_xlsx(corpus: Corpus, unit: Unit, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/don-vi/<unit>.xlsx`."""
    activities = [activity for activity, _ in activities_of_unit(corpus, unit).values()]
    return _workbook(unit_table(corpus, unit, options), unit_about(corpus, unit, activities, options))


def year_xlsx(corpus: Corpus, year: int, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/nam/<year>.xlsx`."""
    return _workbook(year_table(corpus, year, options), year_about(corpus, year, options))


def corpus_xlsx(corpus: Corpus, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/hoat-dong.xlsx`."""
    return _workbook(corpus_table(corpus, options), corpus_about(corpus, options))


PLAN_MAKERS: Mapping[DownloadKind, Callable[[Corpus, Plan, Options, Build], Content]] = {
    "json": plan_json,
    "csv": plan_csv,
    "excel": plan_xlsx,
    "calendar": plan_ics,
}
UNIT_MAKERS: Mapping[DownloadKind, Callable[[Corpus, Unit, Options, Build], Content]] = {
    "excel": unit_xlsx,
    "calendar": unit_ics,
}
YEAR_MAKERS: Mapping[DownloadKind, Callable[[Corpus, int, Options, Build], Content]] = {"excel": year_xlsx}
CORPUS_MAKERS: Mapping[DownloadKind, Callable[[Corpus, Options, Build], Content]] = {
    "json": corpus_json,
    "csv": corpus_csv,
    "excel": corpus_xlsx,
}
CORPUS_FILES: Mapping[str, Callable[[Corpus, Options, Build], Content]] = {
    FEED: lambda corpus, options, build: atom_feed(corpus, options),
    PACKAGE: data_package,
}
"""Files about everything that are no form of the table."""


def plan_files(corpus: Corpus, plan: Plan, options: Options, build: Build) -> dict[str, Content]:
    """Make the files of one plan's data, by their paths."""
    files = [file for file in plan_downloads(plan, options) if file.kind in PLAN_MAKERS]
    return {file.path: PLAN_MAKERS[file.kind](corpus, plan, options, build) for file in files}


def unit_files(corpus: Corpus, unit: Unit, options: Options, build: Build) -> dict[str, Content]:
    """Make the files of one unit, by their paths."""
    files = unit_downloads(corpus, unit, options)
    return {file.path: UNIT_MAKERS[file.kind](corpus, unit, options, build) for file in files}


def year_files(corpus: Corpus, year: int, options: Options, build: Build) -> dict[str, Content]:
    """Make the files of one year, by their paths."""
    files = year_downloads(corpus, year, options)
    return {file.path: YEAR_MAKERS[file.kind](corpus, year, options, build) for file in files}


def corpus_tables(corpus: Corpus, options: Options, build: Build) -> dict[str, Content]:
    """Make the table of everything in each format, by their paths."""
    files = corpus_downloads(corpus, options)
    return {file.path: CORPUS_MAKERS[file.kind](corpus, options, build) for file in files}


def corpus_files(corpus: Corpus, options: Options, build: Build) -> dict[str, Content]:
    """Make the other files about everything, by their paths."""
    return {path: make(corpus, options, build) for path, make in CORPUS_FILES.items()}


def data_files(corpus: Corpus, options: Options) -> Iterator[tuple[str, str | bytes]]:
    """Yield path and content of every file of open data."""
    build = Build()
    files_by_subject = (
        corpus_tables(corpus, options, build),
        corpus_files(corpus, options, build),
        *(plan_files(corpus, plan, options, build) for plan in corpus.plans.values()),
        *(unit_files(corpus, unit, options, build) for unit in corpus.units.values()),
        *(year_files(corpus, year, options, build) for year in corpus.of_year),
    )
    return ((path, whole(content)) for files in files_by_subject for path, content in files.items())


def _workbook(table: ActivityTable, about: About) -> bytes:
    # loaded late: half of all builds, the quick ones, make no workbook
    from generator.data.workbook import workbook_of

    return workbook_of(table, about)
