"""The search's files at their addresses, and which engine a corpus is searched with."""

from __future__ import annotations

from typing import Literal

from generator.link.corpus import Corpus
from generator.pages.links import SCRIPTS, STORE
from generator.search.bundle import as_source, bundle, lunr_script
from generator.search.lunr_index import build_index
from generator.search.store import Store, StoreFile, build_store, hashed_file, manifest_file

Engine = Literal["auto", "lunr", "scan"]

LARGEST_INDEX = 200_000
"""Compressed bytes of an index that is still worth loading before the first result: about 5,000 activities."""


def search_files(corpus: Corpus, engine: Engine = "auto") -> dict[str, str]:
    """Path and text of the store and of the scripts that read it."""
    store = build_store(corpus)
    index = _index(corpus, store, engine)
    kept = [manifest_file(corpus, store, index), *store.files, *([index] if index else [])]
    worker = (lunr_script() if index else "") + bundle("worker-main.js")
    return {f"{STORE}/{file.name}": file.text for file in kept} | {
        f"{SCRIPTS}/worker.js": worker,
        f"{SCRIPTS}/worker-source.js": as_source(worker),
        f"{SCRIPTS}/page.js": bundle("page-main.js"),
    }


def _index(corpus: Corpus, store: Store, engine: Engine) -> StoreFile | None:
    """The index, or none where the texts themselves are searched."""
    if engine == "scan":
        return None
    # An index is about two thirds of the store: what is far too large need not be built to be measured.
    if engine == "auto" and sum(file.bytes for file in store.files) > 3 * LARGEST_INDEX:
        return None
    index = hashed_file("lunr", build_index(corpus, store))
    return index if engine == "lunr" or index.bytes <= LARGEST_INDEX else None
