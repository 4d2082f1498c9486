"""The sheet of a unit's year: what it leads, shares with its groups and takes part in; to print and fill in."""

from __future__ import annotations

from collections.abc import Iterator

from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Unit
from generator.pages.downloads import unit_year_downloads
from generator.pages.links import UNITS, Links
from generator.pages.page import Options, Page
from generator.pages.quick_code import quick_code
from generator.pages.trails import trail_of_unit, unit_step
from generator.pages.unit_work import departments_of, end_of, searched_units, work_of_unit


def unit_year_pages(corpus: Corpus, unit: Unit, options: Options) -> Iterator[Page]:
    """Yield the sheet of each year in which a unit has work."""
    words = catalogue(options.language)
    title = corpus.unit_title(unit)
    unit_work = work_of_unit(corpus, unit)
    for year in unit_work.years:
        work = unit_work.in_year(year)
        departments = (
            (child, corpus.led_by.of(child.id).in_force.in_year(year)) for child in departments_of(corpus, unit)
        )
        yield Page(
            f"{UNITS}/{unit.id}/{year}",
            "unit_year.md.j2",
            words.text("site.sheet.title", unit=title, year=year),
            words.text("site.sheet.lead", unit=unit.name, year=year),
            {
                "unit": unit,
                "title": title,
                "year": year,
                "years": unit_work.years,
                "downloads": unit_year_downloads(unit, year, options),
                "work": {share: activities for share, activities in work.items() if share != "inside"},
                "end": end_of(unit, year),
                "counts": unit_work.count(year, work),
                "searched": searched_units(corpus, unit, year),
                "departments": [(child, activities) for child, activities in departments if activities],
                "code": quick_code(options.absolute(Links().sheet(unit, year))) if options.site_url else "",
            },
            hide=("navigation", "toc"),
            trail=[*trail_of_unit(corpus, unit, words), unit_step(corpus, unit)],
        )
