"""Does jobs: renders their pages into the theme's shells, writes what they make, and notes what they have read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from generator.link.corpus import Corpus
from generator.link.model import Body, Programme, Unit
from generator.link.record import Fact, Record
from generator.pages.html import body_of
from generator.pages.origin import origin_of
from generator.pages.render import Rendered
from generator.site.files import SEARCH_JOB, Job, Search, lacks_sqlite
from generator.site.shell import Source, Theme, fill
from generator.site.state import Facts, Made

T = TypeVar("T")


@dataclass(frozen=True)
class Known:
    """What a corpus is made of, but for the bodies of plans; and the files' paths by kind and id."""

    records: Mapping[str, Record]
    units: Mapping[str, Unit]
    programmes: Mapping[str, Programme]
    paths: Mapping[tuple[str, str], str]


class Kept(NamedTuple):
    """A value that is kept for other jobs and builds, and the numbers of the facts that were read for it."""

    facts: tuple[int, ...]
    value: Any


class Finished(NamedTuple):
    """What jobs have read and made, what is kept of it, the pages for which there was no shell, those that need a
    Markdown parser, and what is worth saying (keys of the catalogue)."""

    made: dict[str, Made]
    kept: dict[str, Kept]
    without_shell: list[Source]
    markdown: dict[str, Rendered]
    remarks: list[str]


@dataclass
class Maker:
    """Makes parts of a site in the folder `site`; `load` gives the body of a plan by its id, `kept` what earlier builds
    have kept under a name (else None), `search` is what the search of activities runs on; `facts` numbers what is read.
    """

    known: Known
    theme: Theme
    site: Path
    load: Callable[[str], Body]
    kept: Callable[[str], Any]
    search: Search
    facts: Facts
    _values: dict[str, Any] = field(default_factory=dict)
    _new: dict[str, Kept] = field(default_factory=dict)
    _facts: set[Fact] = field(default_factory=set)
    _folders: set[str] = field(default_factory=set)

    def corpus(self) -> Corpus:
        """The corpus, which tells this maker what is read of it."""
        known = self.known
        records = [
            replace(record, plan=replace(record.plan, load=partial(self.load, id_)))
            for id_, record in known.records.items()
        ]
        return Corpus(records, known.units.values(), known.programmes.values(), self._note, self._keep)

    def make(self, jobs: Iterable[Job], count: Callable[[], None]) -> Finished:
        """Do jobs, one after the other; `count` is called after each."""
        self._new = {}
        finished = Finished({}, self._new, [], {}, [])
        for job in jobs:
            self._facts = set()
            made = list(job.make())
            if job.name == SEARCH_JOB and lacks_sqlite(self.search, self.theme.settings.options, made):
                finished.remarks.append("search.outgrown")
            outputs = [path for output in made if (path := self._kept(output, finished))]
            finished.made[job.name] = Made(self.facts.numbers(self._facts), tuple(outputs))
            count()
        return finished

    def take(self, kept: Mapping[str, Kept]) -> None:
        """Know what others have made to be kept."""
        self._values.update((name, one.value) for name, one in kept.items())

    def fill(self, source: Source) -> None:
        """Write a page in its shell."""
        self._write(source.path, fill(self.theme.shells[source.shape], source))

    def _kept(self, output: Rendered | tuple[str, str | bytes], finished: Finished) -> str | None:
        """Write a job's output, or put it where it can be written later; its path in the site, if it is the job's."""
        if not isinstance(output, Rendered):
            self._write(*output)
            return output[0]
        if output.path in self.theme.settings.written:
            return None
        body = body_of(output.written, self.theme.settings.options.language)
        if body is None:
            finished.markdown[output.path] = output
            return None
        source = Source(output, body, self._edited(output.path))
        if source.shape in self.theme.shells:
            self.fill(source)
        else:
            finished.without_shell.append(source)
        return source.path

    def _edited(self, path: str) -> str | None:
        origin = origin_of(path) if self.theme.settings.edited else None
        if not origin:
            return None
        self._note(("sources", "/".join(origin)))
        return self.known.paths.get(origin)

    def _write(self, path: str, content: str | bytes) -> None:
        # Of 25,000 files, which a thousand plans are, `pathlib` would take a fifth of the time.
        target = f"{self.site}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._folders.add(folder)
        with open(target, "wb") as file:  # noqa: PTH123
            file.write(content if isinstance(content, bytes) else content.encode())

    def _keep(self, kind: str, name: str, make: Callable[[], T]) -> T:
        key = f"{kind} {name}"
        self._note(("kept", key))
        if key not in self._values:
            value = self.kept(key)
            self._values[key] = self._made(key, make) if value is None else value
        kept: T = self._values[key]
        return kept

    def _made(self, key: str, make: Callable[[], T]) -> T:
        # Who uses it depends on it, and it on what was read for it: else each user would have to list all of that.
        facts, self._facts = self._facts, set()
        value = make()
        self._new[key] = Kept(self.facts.numbers(self._facts), value)
        self._facts = facts
        return value

    def _note(self, fact: Fact) -> None:
        self._facts.add(fact)
