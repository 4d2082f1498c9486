"""Whether anything has changed since the last build. Imports nothing that only a build needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.incremental.store import Store
from generator.site.progress import BuildReport, Clock
from generator.site.request import MARK, Request, program_version
from generator.source.source_files import Stat, file_stat, scan_files


class BuildRecord(NamedTuple):
    """What is stored about the last build.

    The program's version, the mark in the site, the content's files, the numbers of problems by level and of files by
    kind, and the site's files.
    """

    version: str
    mark: str
    scan: dict[str, Stat]
    problems: dict[str, int]
    counts: dict[str, int]
    outputs: dict[str, Stat]


@dataclass(frozen=True)
class BuildStatus:
    """The present state and the last build; `clean`: the site is that build's, made by the same program.

    `touched` are files of the site that somebody else has changed or removed since that build.
    """

    version: str
    scan: dict[str, Stat]
    record: BuildRecord
    clean: bool
    touched: frozenset[str]
    mark: Stat

    @property
    def unchanged(self) -> bool:
        """Whether the site is what a build would make."""
        return self.clean and not self.touched and self.record.scan == self.scan


NO_RECORD = BuildRecord("", "", {}, {}, {}, {})
_FIELDS = len(BuildRecord._fields)


def build_status(request: Request) -> BuildStatus:
    """Compare the files of the content and of the program with those of the last build."""
    version = program_version(request)
    with Store(request.store_path) as store:
        record = read_record(store)
    mark = request.site / MARK
    mark_stat = file_stat(str(mark))
    is_of_record = bool(record.mark) and _first_line(mark) == record.mark
    clean = not request.anew and record.version == version and is_of_record
    outputs = record.outputs if clean else {}
    touched = frozenset(path for path, stat in outputs.items() if file_stat(f"{request.site}/{path}") != stat)
    return BuildStatus(version, scan_files(request.content), record, clean, touched, mark_stat)


def read_record(store: Store) -> BuildRecord:
    """Return the record of the last finished build; an empty one if another version of the program made it."""
    fields = store.record or ()
    return BuildRecord(*fields) if len(fields) == _FIELDS else NO_RECORD


def is_current(status: BuildStatus, store: Store, request: Request) -> bool:
    """Return whether no other build has finished since a status was read."""
    return status.mark == file_stat(str(request.site / MARK)) and status.record == read_record(store)


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline().removesuffix("\n")
    except FileNotFoundError:
        return ""


def unchanged_report(status: BuildStatus, clock: Clock) -> BuildReport:
    """Return the report of a build that has nothing to do."""
    return BuildReport(status.record.problems, 0, status.record.counts, clock.seconds)
