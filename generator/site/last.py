"""Whether there is anything to do since the last build. Loads nothing that a build would need."""

from __future__ import annotations

import marshal
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from generator.site.request import Request, program_version
from generator.source.source_files import scan_files

Stat = tuple[int, int]
"""When a file was last changed, in nanoseconds, and its size in bytes."""

MARKER = ".sokehoach"
"""A file in the site that tells which content it was made from."""


class Last(NamedTuple):
    """What must be known of the last build: the program's version, the mark that it left in the site, the content's
    files, and how many problems and files there were, by level and kind."""

    version: str
    mark: str
    scan: dict[str, Stat]
    problems: dict[str, int]
    counts: dict[str, int]


class Unsaved(NamedTuple):
    """What has been done to a site since its last build was saved: the names of jobs, and the paths of what they made.
    All of it must be done again, or taken away."""

    jobs: frozenset[str] = frozenset()
    outputs: frozenset[str] = frozenset()


NOTHING_UNSAVED = Unsaved()


@dataclass(frozen=True)
class Look:
    """What there is now, and the last build; `same` tells that the site is that build's, by the same program, but for
    what is `unsaved`."""

    version: str
    scan: dict[str, Stat]
    last: Last
    same: bool
    unsaved: Unsaved = NOTHING_UNSAVED

    @property
    def nothing_changed(self) -> bool:
        """Whether the site is what a build would make."""
        return self.same and self.last.scan == self.scan and not self.unsaved.jobs

    def since(self, before: Look) -> Look:
        """This look for the build that follows one which was left unfinished: `before` is what that one has reported,
        and knows what is still right of a site that counts as none."""
        return replace(before, scan=self.scan) if self.version == before.version else self


def look(request: Request) -> Look:
    """Look at the content's files, the program's files, and what the last build left behind."""
    version = program_version(request)
    last = _last(request.state_file)
    marker = request.site / MARKER
    mark = marker.read_text(encoding="utf-8") if marker.is_file() else ""
    return Look(version, scan_files(request.content), last, last.version == version and "" != mark == last.mark)


def opened(path: Path) -> sqlite3.Connection:
    """The file of a state. What is spoilt is thrown away: it costs a build from nothing, no more."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connected(path)
    except sqlite3.DatabaseError:
        path.unlink()
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma page_size = 65536")  # some values are many megabytes
    connection.execute("pragma synchronous = off")
    connection.execute("create table if not exists thing (name text primary key, value blob)")
    return connection


def _last(path: Path) -> Last:
    connection = opened(path)
    row = connection.execute("select value from thing where name = 'last'").fetchone()
    connection.close()
    try:
        return Last(*marshal.loads(row[0]))
    except (TypeError, ValueError, EOFError):  # none, or that of an earlier version of this program
        return Last("", "", {}, {}, {})
