"""The home page, and the page about open data."""

from __future__ import annotations

from collections.abc import Iterator

from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.pages.page import Options, Page
from generator.pages.plan import by_level


def home_page(corpus: Corpus, options: Options) -> Iterator[Page]:
    """`/`."""
    words = catalogue(options.language)
    year = this_year(corpus, options)
    yield Page(
        "",
        "home.md.j2",
        words.text("site.home.title"),
        words.text("site.home.lead"),
        {
            "groups": by_level(corpus, corpus.plans.values()),
            "year": year,
            "target_count": sum(plan.size.targets for plan in corpus.plans.values()),
            "due": corpus.of_year.of(year),
            "counts": {year: len(due) for year, due in corpus.of_year.items()},
        },
        hide=("navigation", "toc"),
    )


def this_year(corpus: Corpus, options: Options) -> int:
    """The current year if something is due in it, else the nearest year in which something is."""
    return min(corpus.of_year, key=lambda year: (abs(year - options.today.year), year), default=options.today.year)
