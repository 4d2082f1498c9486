"""The data package (Frictionless, Data Package v1): all tables, with the meaning of their columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.data.csv_table import guard
from generator.data.segment_files import corpus_columns, plan_columns
from generator.data.table_columns import TableColumn
from generator.incremental import Build
from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.pages.downloads import Download, corpus_downloads, plan_downloads
from generator.pages.links import DATA
from generator.pages.listing import MOST_PLANS
from generator.pages.page import Options

PACKAGE = f"{DATA}/datapackage.json"

KEY = ("plan_id", "id", "row")
"""The columns that together identify a line."""


def data_package(corpus: Corpus, options: Options, build: Build) -> str:
    """Return the descriptor of the table of all activities.

    If plans are few, it describes every plan's table too.
    """
    words = catalogue(options.language)
    resources = list(_resources(corpus, options, build))
    content = {
        "name": "so-ke-hoach",
        "title": words.text("site.data.title"),
        "description": f"{words.text('site.data.lead')} {words.text('site.data.guard')}",
        **({"homepage": options.absolute("")} if options.site_url else {}),
        "resources": resources,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _resources(corpus: Corpus, options: Options, build: Build) -> Iterator[dict[str, Any]]:
    words = catalogue(options.language)
    for file in _tables(corpus_downloads(corpus, options)):
        yield _resource(file, words.text("site.about.all"), corpus_columns(corpus, options, build), described=True)
    if len(corpus.plans) > MOST_PLANS:
        return
    for plan in corpus.plans.values():
        for file in _tables(plan_downloads(plan, options)):
            yield _resource(file, plan.title, plan_columns(corpus, plan, options, build))


def _tables(files: Iterable[Download]) -> Iterator[Download]:
    return (file for file in files if file.kind == "csv")


def _resource(file: Download, title: str, columns: Sequence[TableColumn], described: bool = False) -> dict[str, Any]:
    """Return the resource of a CSV file.

    Columns are `described` only in the table of all activities; the other tables use the same names.
    """
    path = file.path.removeprefix(f"{DATA}/")
    return {
        "name": path.removesuffix(".csv").replace("/", "-"),
        "title": title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n"},
        "schema": {
            "fields": [_field(column, described) for column in columns],
            "missingValues": [""],
            "primaryKey": [column.title for column in columns if column.name in KEY],
        },
    }


def _field(column: TableColumn, described: bool) -> dict[str, Any]:
    required = {"constraints": {"required": True}} if column.name in {*KEY, "title"} else {}
    field = {"name": guard(column.title), "type": column.kind, **required}
    return {**field, "description": column.description} if described else field
