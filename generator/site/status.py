"""Whether anything has changed since the last build. Imports nothing that only a build needs."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.incremental.store import Store, is_busy
from generator.site.progress import BuildReport, Clock
from generator.site.request import MARK, Request, program_version
from generator.source.source_files import Published, Stat, file_stat, read_published, scan_files


class BuildRecord(NamedTuple):
    """What is stored about the last build.

    The program's version, the mark in the site, the content's files, the numbers of problems by level and of files by
    kind, the site's files, and whether the theme was made strictly.
    """

    version: str
    mark: str
    scan: dict[str, Stat]
    problems: dict[str, int]
    counts: dict[str, int]
    outputs: dict[str, Stat]
    strict: bool


@dataclass(frozen=True)
class BuildStatus:
    """The present state and the last build; `clean`: the site is that build's, made by the same program.

    `published` is the content's list of addresses; `touched` are files of the site that somebody else has changed or
    removed since that build; `strict` says that the theme must be made strictly and was not.
    """

    version: str
    scan: dict[str, Stat]
    published: Published
    record: BuildRecord
    clean: bool
    touched: frozenset[str]
    mark: Stat
    strict: bool

    @property
    def unchanged(self) -> bool:
        """Whether the site is what a build would make."""
        is_as_left = self.clean and not self.touched and self.record.scan == self.scan
        return is_as_left and not self.published.fault and not self.strict


NO_RECORD = BuildRecord("", "", {}, {}, {}, {}, False)
_FIELDS = len(BuildRecord._fields)


def build_status(request: Request) -> BuildStatus:
    """Compare the files of the content and of the program with those of the last build."""
    version = program_version(request)
    try:
        with Store(request.store_path) as store:
            with suppress(OSError):  # the store is in use, though an unchanged site leaves nothing to write
                os.utime(request.store_path)
            record = read_record(store)
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
        record = NO_RECORD  # once that build has ended, this is asked again
    mark = request.site / MARK
    mark_stat = file_stat(str(mark))
    is_of_record = bool(record.mark) and _first_line(mark) == record.mark
    clean = not request.anew and record.version == version and is_of_record
    outputs = record.outputs if clean else {}
    touched = frozenset(path for path, stat in outputs.items() if file_stat(f"{request.site}/{path}") != stat)
    scan, published = scan_files(request.content), read_published(request.content)
    strict = request.strict and not record.strict
    return BuildStatus(version, scan, published, record, clean, touched, mark_stat, strict)


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
