"""The search's files with their addresses, and the choice of its engine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from generator.assets import published_assets
from generator.assets.scripts import lunr_script, worker_script
from generator.incremental import Build, MemoKind
from generator.model.corpus import Corpus
from generator.pages.links import STORE
from generator.search.activity_store import (
    ChunkedStore,
    StoreFile,
    build_store,
    chunk_files,
    hashed_file,
    manifest_file,
)
from generator.search.lunr_index import build_index

Engine = Literal["auto", "lunr", "scan"]
WORKER = MemoKind[tuple[str, str]]("worker")

LARGEST_INDEX = 200_000
"""The largest index, in compressed bytes, that is worth loading before the first result: about 5,000 activities."""


def search_files(corpus: Corpus, engine: Engine = "auto", build: Build | None = None) -> dict[str, str]:
    """Return path and content of the store and of the worker that reads it."""
    build = build or Build()
    return shared_search_files(corpus, engine, build) | _by_path(chunk_files(corpus, build))


def shared_search_files(corpus: Corpus, engine: Engine, build: Build) -> dict[str, str]:
    """Return all search files except those of the chunks."""
    store = build_store(corpus, build)
    index = _index(corpus, store, engine)
    path, worker = build.memo(WORKER, ("lunr" if index else "scan",), lambda: _worker(bool(index)))
    files = [manifest_file(corpus, store, index, build), *([index] if index else [])]
    return _by_path(files) | {path: worker}


def _worker(has_index: bool) -> tuple[str, str]:
    return published_assets().worker, worker_script(lunr_script() if has_index else "")


def _by_path(files: Iterable[StoreFile]) -> dict[str, str]:
    return {f"{STORE}/{file.name}": file.text for file in files}


def _index(corpus: Corpus, store: ChunkedStore, engine: Engine) -> StoreFile | None:
    """Return the index for lunr; None if the texts themselves are scanned."""
    if engine == "scan":
        return None
    # An index has more than two thirds of the store's bytes: do not build one that must be too large.
    if engine == "auto" and 2 * store.compressed_size > 3 * LARGEST_INDEX:
        return None
    index = hashed_file("lunr", build_index(corpus, store))
    return index if engine == "lunr" or index.compressed_size <= LARGEST_INDEX else None
