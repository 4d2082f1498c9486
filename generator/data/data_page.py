"""`/du-lieu/`: which files there are, how to read them, and the data dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from generator.data.calendar_days import MOST_A_YEAR
from generator.data.feed import FEED, MOST_ENTRIES
from generator.data.objects import FIELDS
from generator.data.package import PACKAGE
from generator.data.table_columns import TableColumn, all_columns, lines_of
from generator.data.year_cells import Cell
from generator.language.catalogue import catalogue
from generator.language.vietnamese import format_number
from generator.model.corpus import Corpus
from generator.pages.downloads import MOST_ACTIVITIES, corpus_downloads, plan_downloads, year_downloads
from generator.pages.guide import Field, parts
from generator.pages.links import DATA
from generator.pages.listing import MOST_PLANS
from generator.pages.page import Options, Page

PLANS_FOR_EXAMPLES = 5
"""Plans used for the columns' examples: the page must not read a thousand plans."""


_TIME_RULE = "site.data.time_rule."
"""The catalogue section that explains the time rules, similar rules together."""


@dataclass(frozen=True)
class ColumnExample:
    """A column with an example cell."""

    column: TableColumn
    example: str


def data_page(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Make `/du-lieu/`."""
    words = catalogue(options.language)
    plans = list(islice(corpus.plans.values(), MOST_PLANS))
    context = {
        "all": corpus_downloads(corpus, options),
        "plans": [(plan, plan_downloads(plan, options)) for plan in plans],
        "more_plans": len(corpus.plans) - len(plans),
        "years": [(year, files) for year in sorted(corpus.of_year) if (files := year_downloads(corpus, year, options))],
        "activity_count": sum(plan.size.activities for plan in corpus.plans.values()),
        "most": format_number(MOST_ACTIVITIES),
        "most_entries": MOST_ENTRIES,
        "most_a_year": MOST_A_YEAR,
        "subscribed": bool(options.site_url),
        "feed": FEED,
        "package": PACKAGE,
        "columns": columns_with_examples(corpus, options),
        "fields": FIELDS,
        "time_rules": [key.removeprefix(_TIME_RULE) for key in words.texts if key.startswith(_TIME_RULE)],
        "dictionary": [(part, list(flat_fields(part.fields))) for part in parts()],
        "office": options.office,
    }
    yield Page(DATA, "data.md.j2", words.text("site.data.title"), words.text("site.data.lead"), context)


def columns_with_examples(corpus: Corpus, options: Options) -> Sequence[ColumnExample]:
    """Return all columns that a table may have, with an example if there is one."""
    plans = islice(corpus.plans.values(), PLANS_FOR_EXAMPLES)
    lines = list(lines_of(activity for plan in plans for activity in plan.activities))
    columns = all_columns(corpus, lines, options)
    return [
        ColumnExample(
            column, _shorten(next((cell for line in lines if (cell := column.value(line)) is not None), None))
        )
        for column in columns
    ]


def flat_fields(fields: Iterable[Field], above: str = "") -> Iterator[tuple[str, Field]]:
    """Yield fields with their names; the fields of a group follow it.

    So `issued` is followed by `issued.date` and `issued.place`.
    """
    for field in fields:
        yield above + field.name, field
        yield from flat_fields(field.fields, f"{above}{field.name}.")


def _shorten(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"
