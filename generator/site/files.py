"""Everything that a corpus is published as: `{path: text}`."""

from __future__ import annotations

from generator.link.model import Corpus
from generator.pages.links import SCRIPTS
from generator.pages.render import Options
from generator.pages.site_map import render_site
from generator.pages.static import static_files
from generator.search.files import Engine, search_files
from generator.search.header import header_files

# The search's modules are published as bundles; their sources lie among the theme's assets only to be read there.
MODULES = f"{SCRIPTS}/"


def site_files(corpus: Corpus, options: Options, engine: Engine = "auto") -> dict[str, str]:
    """Pages, data files, schemas, the store and scripts of the search, and the header's search."""
    return {
        **render_site(corpus, options),
        **static_files(),
        **search_files(corpus, engine),
        **header_files(corpus, options),
    }
