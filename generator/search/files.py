"""The search's files at their addresses, and which engine a corpus is searched with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from generator.assets import published_assets
from generator.assets.scripts import lunr_script, worker_script
from generator.incremental import Build
from generator.model.corpus import Corpus
from generator.pages.links import STORE
from generator.search.lunr_index import build_index
from generator.search.store import Store, StoreFile, build_store, chunk_files, hashed_file, manifest_file

Engine = Literal["auto", "lunr", "scan"]

LARGEST_INDEX = 200_000
"""Compressed bytes of an index that is still worth loading before the first result: about 5,000 activities."""


def search_files(corpus: Corpus, engine: Engine = "auto", build: Build | None = None) -> dict[str, str]:
    """Path and content of the store and of the worker that reads it."""
    build = build or Build()
    return shared_search_files(corpus, engine, build) | _at(chunk_files(corpus, build))


def shared_search_files(corpus: Corpus, engine: Engine, build: Build) -> dict[str, str]:
    """The same without the files of the chunks, each of which can be made alone (`store.chunk_file`)."""
    store = build_store(corpus, build)
    index = _index(corpus, store, engine)
    library = lunr_script() if index else ""
    return _at([manifest_file(corpus, store, index, build), *([index] if index else [])]) | _worker(library)


def _at(files: Iterable[StoreFile]) -> dict[str, str]:
    return {f"{STORE}/{file.name}": file.text for file in files}


def _worker(library: str) -> dict[str, str]:
    """The worker with the library that its engine needs."""
    return {published_assets().worker: worker_script(library)}


def _index(corpus: Corpus, store: Store, engine: Engine) -> StoreFile | None:
    """The index for lunr, or none where the texts themselves are searched."""
    if engine == "scan":
        return None
    # An index has more than two thirds of the store's bytes: one that is too large need not be built to be measured.
    if engine == "auto" and 2 * store.bytes > 3 * LARGEST_INDEX:
        return None
    index = hashed_file("lunr", build_index(corpus, store))
    return index if engine == "lunr" or index.bytes <= LARGEST_INDEX else None
