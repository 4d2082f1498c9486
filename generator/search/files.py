"""The search's files at their addresses, and which engine a corpus is searched with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from generator.assets import published_assets
from generator.assets.scripts import lunr_script, sqlite_script, worker_script
from generator.link.corpus import Corpus
from generator.pages.links import STORE
from generator.search.lunr_index import build_index
from generator.search.sqlite_index import PART, build_database, compressed, content_hash
from generator.search.store import (
    ACTIVITIES_A_TEXT,
    MANIFEST,
    IndexFiles,
    Store,
    StoreFile,
    build_split_store,
    build_store,
    chunk_files,
    hashed_file,
    manifest_file,
)

Engine = Literal["auto", "lunr", "scan", "sqlite"]

LARGEST_INDEX = 200_000
"""Compressed bytes of an index that is still worth loading before the first result: about 5,000 activities."""
LARGEST_SCAN = 6_000_000
"""Compressed bytes of a store that is still worth loading whole: about 120,000 activities."""


class SqlitePackage(NamedTuple):
    """What the installed package of SQLite for browsers holds: its module's text, and the engine in WebAssembly."""

    module: str
    engine: bytes


def search_files(
    corpus: Corpus, engine: Engine = "auto", package: SqlitePackage | None = None
) -> dict[str, str | bytes]:
    """Path and content of the store and of the scripts that read it.

    Without the package `auto` never takes SQLite (`outgrown` tells where it would have); `sqlite` is a `ValueError`.
    """
    files = shared_search_files(corpus, engine, package)
    return files if is_split(corpus, engine, package) else files | _at(chunk_files(corpus))


def shared_search_files(
    corpus: Corpus, engine: Engine = "auto", package: SqlitePackage | None = None
) -> dict[str, str | bytes]:
    """The same without the files of the chunks, each of which can be made alone (`store.chunk_file`)."""
    if engine == "sqlite":
        if package is None:
            raise ValueError("the engine sqlite needs its package")
        return _with_sqlite(corpus, package)
    store = build_store(corpus)
    if engine == "auto" and package and store.bytes > LARGEST_SCAN:
        return _with_sqlite(corpus, package)
    index = _index(corpus, store, engine)
    named = IndexFiles("lunr", {"lunr": index.name}, index.bytes) if index else None
    library = lunr_script() if index else ""
    return _at([manifest_file(corpus, store, named), *([index] if index else [])]) | _worker(library)


def is_split(corpus: Corpus, engine: Engine, package: SqlitePackage | None) -> bool:
    """Whether SQLite searches: then there are no chunks."""
    return engine == "sqlite" or (engine == "auto" and package is not None and build_store(corpus).bytes > LARGEST_SCAN)


def outgrown(files: Mapping[str, str | bytes]) -> bool:
    """Whether files that `auto` chose are searched by a scan of more than is good for it, for want of SQLite."""
    manifest = str(files[f"{STORE}/{MANIFEST}"])
    content = json.loads(manifest[manifest.index(",") + 1 : manifest.rindex(")")])
    return bool(content["engine"] == "scan" and content["bytes"]["store"] > LARGEST_SCAN)


def _with_sqlite(corpus: Corpus, package: SqlitePackage) -> dict[str, str | bytes]:
    store, files = build_split_store(corpus)
    database = build_database(corpus, store)
    engine = f"sqlite-engine-{content_hash(package.engine)}.bin"
    settings = {
        "engine": engine,
        "index": database.name,
        "parts": len(database.parts),
        "first": database.first,
        "part": PART,
    }
    named = IndexFiles("sqlite", {"sqlite": settings, "text": ACTIVITIES_A_TEXT}, sum(map(len, database.parts)))
    parts = {f"{STORE}/{database.name}-{number}.bin": part for number, part in enumerate(database.parts)}
    return (
        _at([manifest_file(corpus, store, named), *files])
        | {**parts, f"{STORE}/{engine}": compressed(package.engine)}
        | _worker(sqlite_script(package.module))
    )


def _at(files: Iterable[StoreFile]) -> dict[str, str | bytes]:
    return {f"{STORE}/{file.name}": file.text for file in files}


def _worker(library: str) -> dict[str, str | bytes]:
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
