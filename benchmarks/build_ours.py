"""One build of our own search files, for a process of its own: `python -m benchmarks.build_ours PICKLE ENGINE OUT`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

from benchmarks.activities import read_corpus
from generator.search.search_files import Engine, search_files


def main(corpus: str, engine: str, out: str) -> None:
    linked = read_corpus(Path(corpus))
    for path, content in search_files(linked, cast(Engine, engine)).items():
        target = Path(out) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="")


if __name__ == "__main__":
    main(*sys.argv[1:])
