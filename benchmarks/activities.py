"""The activities of a content tree as every engine of the benchmark gets them, and the floor under all of them:
`python -m benchmarks.activities CONTENT OUT`."""

from __future__ import annotations

import gzip
import json
import pickle
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator.check import check
from generator.language.folding import folded, tokens
from generator.model.builder import corpus_of, link
from generator.model.corpus import Corpus
from generator.model.entities import Body
from generator.search.texts import join_texts, more_of

Texts = dict[str, list[str]]


def prepare(content: Path, out: Path) -> None:
    """Check and link a tree once; leave the corpus for our own builds (`corpus.pickle`), the texts for the others
    (`texts.json`), and the bytes of the floor (`floor`)."""
    result = check(content)
    if result.errors:
        raise ValueError(f"{content}: {len(result.errors)} errors, the first: {result.errors[0]}")
    corpus = link(result)
    texts = texts_of(corpus)
    out.mkdir(parents=True, exist_ok=True)
    _write_corpus(out / "corpus.pickle", corpus)
    (out / "texts.json").write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    (out / "floor").write_text(str(floor_bytes(texts)))


def _write_corpus(path: Path, corpus: Corpus) -> None:
    """Plans and bodies apart: how a plan loads its body is a function, which no file can hold."""
    plans = [(replace(plan, load=Body), plan.load()) for plan in corpus.plans.values()]
    path.write_bytes(pickle.dumps((plans, list(corpus.units.values()), list(corpus.programmes.values()))))


def read_corpus(path: Path) -> Corpus:
    """The corpus that `prepare` has left."""
    plans, units, programmes = pickle.loads(path.read_bytes())
    return corpus_of((replace(plan, load=partial(_same, body)) for plan, body in plans), units, programmes)


def _same(body: Body) -> Body:
    return body


def texts_of(corpus: Corpus) -> Texts:
    """Columns: key, title, and all else that an activity says."""
    activities = list(corpus.activities.values())
    return {
        "key": [one.key for one in activities],
        "title": [" ".join(one.title.split()) for one in activities],
        "text": [join_texts([one.when, more_of(one)]) for one in activities],
    }


def floor_bytes(texts: Texts) -> int:
    """The least that a search in the browser needs: the texts, and for each folded word the gaps between the numbers
    of the activities that have it, seven bits to a byte; both compressed."""
    postings: dict[str, list[int]] = {}
    for number, parts in enumerate(zip(texts["title"], texts["text"], strict=True)):
        for word in {folded(token.text) for part in parts for token in tokens(part)}:
            postings.setdefault(word, []).append(number)
    words = sorted(postings)
    gaps = bytearray()
    for word in words:
        before = 0
        for number in postings[word]:
            gap, before = number - before + 1, number
            while gap > 127:
                gaps.append(gap & 127 | 128)
                gap >>= 7
            gaps.append(gap)
        gaps.append(0)
    written = json.dumps(texts, ensure_ascii=False).encode()
    return sum(len(gzip.compress(part, 9, mtime=0)) for part in (written, "\n".join(words).encode(), bytes(gaps)))


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]))
