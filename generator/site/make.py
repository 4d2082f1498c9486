"""Does jobs: renders their pages into the theme's shells, writes what they make, and notes what they have read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from generator.data.files import Content
from generator.data.pieces import Index, PieceFile
from generator.link.corpus import Corpus
from generator.link.keep import KeptKind, Put
from generator.link.model import Body, Programme
from generator.link.record import Fact, Record
from generator.link.units import Units
from generator.pages.html import body_of
from generator.pages.origin import origin_of
from generator.pages.page import Rendered
from generator.site.facts import Facts
from generator.site.files import Job
from generator.site.kept import ALL, Kept, digests_of, mask_of
from generator.site.shell import Source, Theme, fill
from generator.site.state import Made, outputs_of
from generator.site.write import Writer

MANY = 2
"""Pieces from which on a file is worth an index."""

T = TypeVar("T")


@dataclass(frozen=True)
class Known:
    """What a corpus is made of, but for the bodies of plans; and the files' paths by kind and id."""

    records: Mapping[str, Record]
    units: Units
    programmes: Mapping[str, Programme]
    paths: Mapping[tuple[str, str], str]


class Past(NamedTuple):
    """What earlier builds have left: by its name the mask of what has changed in each kept value, and the value; by its
    path the index of a file."""

    changed: Mapping[str, int]
    kept: Callable[[str], Any]
    index_of: Callable[[str], Index | None]


class Finished(NamedTuple):
    """What jobs have read and made, what is kept of it, the indexes of files by their paths, the pages for which there
    was no shell, and those that need a Markdown parser."""

    made: dict[str, Made]
    kept: dict[str, Kept]
    indexes: dict[str, Index]
    without_shell: list[Source]
    markdown: dict[str, Rendered]

    @property
    def outputs(self) -> frozenset[str]:
        """The paths of all that was made."""
        return outputs_of(self.made.values())


@dataclass
class Maker:
    """Makes parts of a site in the folder `site`; `load` gives the body of a plan by its id, `past` what there is
    already; `facts` numbers what is read, `stow` takes what is too large to be held.
    """

    known: Known
    theme: Theme
    site: Path
    load: Callable[[str], Body]
    past: Past
    facts: Facts
    stow: Put
    _values: dict[str, Any] = field(default_factory=dict)
    _new: dict[str, Kept] = field(default_factory=dict)
    _facts: set[Fact] = field(default_factory=set)
    _parts: dict[str, list[Sequence[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._writer = Writer(self.site)

    def corpus(self) -> Corpus:
        """The corpus, which tells this maker what is read of it."""
        known = self.known
        return Corpus(
            known.records.values(),
            known.units,
            known.programmes.values(),
            self._note,
            self._keep,
            is_as_before=self._is_as_before,
            load=self.load,
        )

    def make(self, jobs: Iterable[Job], count: Callable[[], None]) -> Finished:
        """Do jobs, one after the other; `count` is called after each."""
        self._new = {}
        finished = Finished({}, self._new, {}, [], {})
        for job in jobs:
            self._facts, self._parts = set(), {}
            made = list(job.make())
            outputs = [path for output in made if (path := self._kept(output, finished))]
            finished.made[job.name] = Made(self.facts.numbers(self._facts), self._masks(), tuple(outputs))
            count()
        return finished

    def try_out(self, jobs: Iterable[Job]) -> Finished:
        """Do jobs in the middle of another one: they will be done again, but what they keep is kept."""
        new, facts, parts = self._new, self._facts, self._parts
        finished = self.make(jobs, lambda: None)
        new |= finished.kept
        self._new, self._facts, self._parts = new, facts, parts
        return finished

    def take(self, kept: Mapping[str, Kept]) -> None:
        """Know what others have made to be kept."""
        self._values.update((name, one.value) for name, one in kept.items())

    def fill(self, source: Source) -> None:
        """Write a page in its shell."""
        self._writer.write(source.path, fill(self.theme.shells[source.shape], source))

    def _kept(self, output: Rendered | tuple[str, Content], finished: Finished) -> str | None:
        """Write a job's output, or put it where it can be written later; its path in the site, if it is the job's."""
        if not isinstance(output, Rendered):
            path, content = output
            if isinstance(content, PieceFile):
                self._put_together(path, content, finished)
            else:
                self._writer.write(path, content)
            return path
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

    def _put_together(self, path: str, file: PieceFile, finished: Finished) -> None:
        """Write a file whose pieces may partly be those of the last build."""
        many = len(file.pieces) >= MANY
        before = self.past.index_of(path) if many else None
        if before and not self._writer.has(path, before.size):
            before = None
        if before:
            parts, index = file.rewrite(before)
            self._writer.rewrite(path, parts)
        else:
            with self._writer.opened(path) as new:
                index = file.write(new.write)
        if many:
            finished.indexes[path] = index

    def _keep(self, kind: KeptKind[T], name: str, make: Callable[[], T], places: Sequence[int] | None = None) -> T:
        key = kind.key(name)
        self._use(key, places)
        if key not in self._values:
            value = self.past.kept(key) if kind.lasting and not self.past.changed.get(key, ALL) else None
            self._values[key] = self._made(kind, key, make) if value is None else value
        kept: T = self._values[key]
        return kept

    def _is_as_before(self, kind: KeptKind[Any], name: str, places: Sequence[int] | None = None) -> bool:
        key = kind.key(name)
        self._use(key, places)
        used = ALL if places is None else mask_of([places])
        return not self.past.changed.get(key, ALL) & used

    def _made(self, kind: KeptKind[T], key: str, make: Callable[[], T]) -> T:
        # Who uses it depends on it, and it on what was read for it: else each user would have to list all of that.
        facts, self._facts = self._facts, set()
        parts, self._parts = self._parts, {}
        value = make()
        read = self.facts.numbers(self._facts | {("kept", used) for used in self._parts})
        digests = digests_of(value, kind)
        value = kind.stow(value, self.stow) if kind.stow else value
        self._new[key] = Kept(read, value, kind.lasting, digests)
        self._facts, self._parts = facts, parts
        return value

    def _use(self, key: str, places: Sequence[int] | None) -> None:
        if places is None:
            self._note(("kept", key))
        else:
            self._parts.setdefault(key, []).append(places)

    def _masks(self) -> Mapping[int, int]:
        numbers = self.facts.numbers(("kept", key) for key in self._parts)
        return dict(zip(numbers, map(mask_of, self._parts.values()), strict=True))

    def _note(self, fact: Fact) -> None:
        self._facts.add(fact)
