"""All that a corpus becomes: `{path: text}`."""

from __future__ import annotations

from generator.link.model import Corpus
from generator.pages.data import data_files
from generator.pages.front import front_pages
from generator.pages.plan import plan_pages
from generator.pages.render import Options, PageMaker, render_page
from generator.pages.subjects import programme_pages, target_pages, task_pages, unit_pages, year_pages

PAGE_MAKERS: tuple[PageMaker, ...] = (
    front_pages,
    plan_pages,
    task_pages,
    target_pages,
    year_pages,
    unit_pages,
    programme_pages,
)


def render_site(corpus: Corpus, options: Options) -> dict[str, str]:
    """Every Markdown page and data file by its path in the site."""
    pages = {page.path: render_page(page, corpus, options) for maker in PAGE_MAKERS for page in maker(corpus, options)}
    return {**pages, **dict(data_files(corpus))}
