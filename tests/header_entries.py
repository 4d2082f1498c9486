"""The entries of the header's search, as the browser reads them."""

from __future__ import annotations

import json

from generator.incremental import Build
from generator.model.corpus import Corpus
from generator.pages.page import Options
from generator.search.header import HeaderEntry, header_files

BEFORE, AFTER = "sokehoachEntries(", ")\n"


def header_entries(corpus: Corpus, options: Options) -> list[HeaderEntry]:
    """Return all entries in their order: of two that match alike the first comes first."""
    text = header_files(corpus, options, Build())["assets/search/header-entries.js"]
    script = text.decode() if isinstance(text, bytes) else text
    assert script.startswith(BEFORE) and script.endswith(AFTER)
    return [HeaderEntry(*entry) for entry in json.loads(script.removeprefix(BEFORE).removesuffix(AFTER))]
