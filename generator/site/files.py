"""Everything that a corpus is published as: `{path: text or bytes}`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.data.files import data_files
from generator.data.page import data_page
from generator.link.corpus import Corpus
from generator.link.model import Plan
from generator.pages.downloads import plan_file
from generator.pages.links import SCRIPTS
from generator.pages.render import Options, render_page
from generator.pages.site_map import render_site
from generator.pages.static import static_files
from generator.paper.word import plan_docx
from generator.search.files import Engine, SqlitePackage, search_files
from generator.search.header import header_files

# The search's modules are published as bundles; their sources lie among the theme's assets only to be read there.
MODULES = f"{SCRIPTS}/"


PlanFile = Callable[[Corpus, Plan, Options], bytes]

OFFICE_FILES: Mapping[str, PlanFile] = {"docx": plan_docx}
"""What an office opens, beside each plan's page, by the ending of its name."""


def site_files(
    corpus: Corpus, options: Options, engine: Engine = "auto", package: SqlitePackage | None = None
) -> dict[str, str | bytes]:
    """Pages, data files, schemas, the store and scripts of the search, the header's search, and office files."""
    office = [office_files(corpus, plan, options) for plan in corpus.plans.values()]
    return {
        **render_site(corpus, options),
        **{page.path: render_page(page, corpus, options) for page in data_page(corpus, options)},
        **dict(data_files(corpus, options)),
        **static_files(options),
        **search_files(corpus, engine, package),
        **header_files(corpus, options),
        **{path: file for files in office for path, file in files.items()},
    }


def office_files(corpus: Corpus, plan: Plan, options: Options) -> dict[str, bytes]:
    """The office files of one plan; none where the options leave them out."""
    if not options.office:
        return {}
    return {plan_file(plan, ending): make(corpus, plan, options) for ending, make in OFFICE_FILES.items()}
