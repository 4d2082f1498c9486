"""The home page, the page of all activities, and the page about open data."""

from __future__ import annotations

from collections.abc import Iterator

from generator.language.catalogue import catalogue
from generator.link.model import Corpus
from generator.pages.activities import activities_page
from generator.pages.links import DATA
from generator.pages.listing import count_by_year
from generator.pages.plan import by_level
from generator.pages.render import Options, Page


def front_pages(corpus: Corpus, options: Options) -> Iterator[Page]:
    """`/`, `/hoat-dong/` and `/du-lieu/`."""
    words = catalogue(options.language)
    year = this_year(corpus, options)
    yield Page(
        "",
        "home.md.j2",
        words.text("site.home.title"),
        words.text("site.home.lead"),
        {
            "groups": by_level(corpus),
            "year": year,
            "due": corpus.of_year.get(year, ()),
            "counts": count_by_year(corpus.activities.values()),
        },
        hide=("navigation", "toc"),
    )
    yield activities_page(corpus, options)
    yield Page(DATA, "data.md.j2", words.text("site.data.title"), words.text("site.data.lead"))


def this_year(corpus: Corpus, options: Options) -> int:
    """The current year if something is due in it, else the nearest year in which something is."""
    return min(corpus.of_year, key=lambda year: (abs(year - options.today.year), year), default=options.today.year)
