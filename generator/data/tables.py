"""The table of each subject: one plan, one unit, one year, everything."""

from __future__ import annotations

from generator.data.columns import Table, lines_of, table_of
from generator.link.corpus import Corpus
from generator.link.model import Plan, Unit
from generator.pages.downloads import activities_of_unit
from generator.pages.render import Options


def plan_table(corpus: Corpus, plan: Plan, options: Options) -> Table:
    """All activities of a plan, in the document's order."""
    return table_of(corpus, lines_of(plan.activities), options)


def unit_table(corpus: Corpus, unit: Unit, options: Options) -> Table:
    """What a unit leads, partners in, and what its departments lead."""
    parts = activities_of_unit(corpus, unit)
    lines = (line for activity, part in parts.values() for line in lines_of([activity], part=part))
    return table_of(corpus, lines, options)


def year_table(corpus: Corpus, year: int, options: Options) -> Table:
    """What is due in a year, with the cells of that year only."""
    return table_of(corpus, lines_of(corpus.of_year.of(year), year), options, year)


def corpus_table(corpus: Corpus, options: Options) -> Table:
    """All activities of all plans."""
    return table_of(corpus, lines_of(corpus.activities.values()), options)
