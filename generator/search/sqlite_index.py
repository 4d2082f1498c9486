"""The index for SQLite in the browser: an FTS5 database, cut into parts that any web server gives.

Two tables of words without their texts; a row is a document (`documents.py`), its number plus one. SQLite sees words
only: they are ours, made by `language/folding.py`, and what is typed is never its syntax.

- `words`: folded words. Which activities are found is answered from it alone.
- `places`: where a word stands and how it is written, for the order of what was found. Its terms begin with the word,
  so that what a word asks for lies together: `nu!t` in the title, `phu!p!nu` before the word `nu`, `phu!q!nu` likewise
  in the title, `nu!x!nữ` written so, `phu!r!phụ_nữ` both written so; `!f!11/kh-bch` is a form, such as a document's
  number.

The store beside it is `store.build_split_store`'s. `sqlite-engine.js` reads both.
"""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from generator.language.folding import BREAK, folded, tokens
from generator.link.corpus import Corpus
from generator.search.documents import documents
from generator.search.store import Store

PART = 32_768
"""Bytes of a part, and of a page of the database: a part is one page."""

# Words are separated by spaces; all that our words hold besides letters and figures belongs to them.
_TABLE = """create virtual table {name} using fts5(
    terms, content='', detail=none, columnsize=0 {more}, tokenize="ascii tokenchars '-/.,''&@_!'"
)"""


class Database(NamedTuple):
    """The parts, each compressed, by a name that tells their content; a part's file is `<name>-<number>.bin`.

    The `first` of them hold the roots of all tables.
    """

    name: str
    parts: Sequence[bytes]
    first: int


class Word(NamedTuple):
    """A word of a text as it is compared."""

    exact: str
    folded: str


class Piece(NamedTuple):
    """What stands between two spaces: its words, None where a sentence or a part of it ends, and its forms."""

    words: Sequence[Word | None]
    forms: Sequence[Word]


def sqlite_can_index() -> bool:
    """Whether Python's own SQLite has FTS5; Debian's and python.org's have."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute(_TABLE.format(name="words", more=""))
        except sqlite3.OperationalError:
            return False
        return True


def build_database(corpus: Corpus, store: Store) -> Database:
    """The index of all documents, deterministic for a version of SQLite."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"pragma page_size = {PART}")
        database.execute(_TABLE.format(name="words", more=", prefix='1 2 3'"))
        database.execute(_TABLE.format(name="places", more=""))
        for row, (_, texts) in enumerate(documents(corpus, store), 1):
            words, places = _terms(texts)
            database.execute("insert into words(rowid, terms) values (?, ?)", (row, " ".join(words)))
            database.execute("insert into places(rowid, terms) values (?, ?)", (row, " ".join(places)))
        for table in ("words", "places"):
            database.execute(f"insert into {table}({table}) values ('optimize')")
        database.commit()
        database.execute("vacuum")  # the roots of the tables come first, each table's pages stand together
        first = database.execute("select max(rootpage) from sqlite_master").fetchone()[0]
        data = database.serialize()
    name = f"sqlite-{content_hash(data)}"
    return Database(name, [compressed(data[at : at + PART]) for at in range(0, len(data), PART)], first)


def content_hash(data: bytes) -> str:
    """For the name of a binary file."""
    return sha256(data).hexdigest()[:8]


def compressed(data: bytes) -> bytes:
    """As the browser's modules read a binary file: not every server compresses these itself."""
    return gzip.compress(data, 9, mtime=0)


def _terms(texts: Mapping[str, str]) -> tuple[Mapping[str, None], Mapping[str, None]]:
    """The terms of a document in either table, each once."""
    words: dict[str, None] = {}
    places: dict[str, None] = {}
    for field, text in texts.items():
        in_title = field == "title"
        before: Word | None = None
        for word in _run(text, words, places):
            if word:
                words[word.folded] = None
                places[f"{word.folded}!x!{word.exact}"] = None
                if in_title:
                    places[f"{word.folded}!t"] = None
            if word and before:
                places[f"{before.folded}!p!{word.folded}"] = None
                places[f"{before.folded}!r!{before.exact}_{word.exact}"] = None
                if in_title:
                    places[f"{before.folded}!q!{word.folded}"] = None
            before = word
    return words, places


def _run(text: str, words: dict[str, None], places: dict[str, None]) -> Iterator[Word | None]:
    """The words of a text one after the other; its forms, which have no neighbours, are put down at once."""
    for part in text.split(" "):
        piece = _piece(part)
        for form in piece.forms:
            words[form.folded] = None
            places[f"!f!{form.folded}"] = None
        yield from piece.words


@lru_cache(maxsize=1 << 16)
def _piece(text: str) -> Piece:
    """The same pieces come again and again: each is read once (as in `words.js`)."""
    words: list[Word | None] = []
    forms = []
    stopped = 0
    for token in tokens(text):
        word = Word(token.text, folded(token.text))
        if token.form:
            forms.append(word)
            continue
        if BREAK.search(text[stopped : token.start]):
            words.append(None)
        words.append(word)
        stopped = token.end
    if BREAK.search(text[stopped:]):
        words.append(None)
    return Piece(words, forms)
