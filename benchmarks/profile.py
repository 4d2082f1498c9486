"""Where the time of a build goes: `python -m benchmarks.profile --plans 1000`.

A site is built from nothing in this process alone; the functions that do one part of the work each are timed. What they
call of each other counts for the inner one only. Prints a table (Markdown).
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

from benchmarks.corpus import write_corpus
from generator.site.build import build_site
from generator.site.progress import Clock
from generator.site.request import Request

PARTS = {
    "reading YAML": ["generator.site.content:read", "generator.site.content:read_file"],
    "checking": ["generator.site.content:check_source", "generator.site.content:check_whole"],
    "linking": [
        "generator.site.content:build_plan",
        "generator.site.content:build_unit",
        "generator.site.content:summary_of",
        "generator.site.content:plan_contributions",
    ],
    "open data: JSON, CSV, calendars of each activity": ["generator.data.serialised:_serialise"],
    "open data: files": [
        *(f"generator.site.tasks:{name}_files" for name in ("unit", "year", "corpus")),
        "generator.site.tasks:corpus_tables",
        "generator.incremental.segments:SegmentedFile._assemble",
    ],
    "bodies, read again": ["generator.site.snapshot:Snapshot._load_body"],
    "saving the snapshot": [
        "generator.site.snapshot:Snapshot.save_content",
        "generator.site.snapshot:Snapshot.save_theme",
        "generator.incremental.engine:Engine.commit",
    ],
    "search: texts and columns": ["generator.search.activity_store:_chunk_text"],
    "search: the rest, header": ["generator.site.tasks:shared_search_files", "generator.site.tasks:header_files"],
    "items of lists": ["generator.pages.items:ItemWriter.activities_of", "generator.pages.items:ItemWriter.targets_of"],
    "fingerprints of memos": ["generator.incremental.memo:part_fingerprints"],
    "pages": ["generator.site.tasks:render_page"],
    "pages: text as HTML, into the shell": [
        "generator.site.page_writer:body_of",
        "generator.site.page_writer:fill_shell",
    ],
    "writing": ["generator.incremental.output:OutputDirectory.write"],
    "MkDocs and the theme": ["generator.site.build:complete_theme", "generator.site.build:bare_theme"],
}
"""The functions of each part, as `module:name`, where they are called from."""


class Stopwatch:
    """Shares the time out among parts: an inner part's time is not that of the part around it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._inside: list[str] = []
        self._since = 0.0

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted for a part; what a generator gives is taken to its end."""

        @wraps(function)
        def run(*given: Any, **named: Any) -> Any:
            self._switch(push=part)
            try:
                found = function(*given, **named)
                return list(found) if isinstance(found, Iterator) else found
            finally:
                self._switch()

        return run

    def _switch(self, push: str = "") -> None:
        now = time.process_time()
        if self._inside:
            self.seconds[self._inside[-1]] += now - self._since  # type: ignore[assignment]
        self._since = now
        if push:
            self._inside.append(push)
        else:
            self._inside.pop()


def measure(plans: int, work: Path) -> tuple[Stopwatch, float]:
    """Build a corpus of so many plans; the parts, and the processor time of all."""
    watch = Stopwatch()
    for part, names in PARTS.items():
        for name in names:
            _watch(watch, part, name)
    write_corpus(work / "content", plans)
    request = Request(work / "content", work / "site", work / "cache", office=False, processes=1)
    began = time.process_time()
    build_site(request, Clock())
    return watch, time.process_time() - began


def _watch(watch: Stopwatch, part: str, name: str) -> None:
    module, _, path = name.partition(":")
    *outer, last = path.split(".")
    place: Any = importlib.import_module(module)
    for attribute in outer:
        place = getattr(place, attribute)
    found = place.__dict__[last]
    if hasattr(found, "func"):  # a cached property
        found.func = watch.timed(part, found.func)
    else:
        setattr(place, last, watch.timed(part, found))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--plans", type=int, default=100)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        watch, whole = measure(given.plans, Path(folder))
    rows = [*watch.seconds.most_common(), ("all else", whole - sum(watch.seconds.values())), ("whole", whole)]
    lines = ["| part | CPU s | share |", "| :--- | ---: | ---: |"]
    lines += [f"| {part} | {seconds:.1f} | {seconds / whole:.0%} |" for part, seconds in rows]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
