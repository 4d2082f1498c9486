"""Whether there is anything to do since the last build. Loads nothing that a build would need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from generator.incremental.store import Store
from generator.site.progress import BuildReport, Clock
from generator.site.request import MARK, Request, program_version
from generator.source.source_files import scan_files

Stat = tuple[int, int]
"""When a file was last changed, in nanoseconds, and its size in bytes."""


class BuildRecord(NamedTuple):
    """What must be known of the last build.

    The program's version, the mark that it left in the site, the content's files, and how many problems and files there
    were, by level and kind.
    """

    version: str
    mark: str
    scan: dict[str, Stat]
    problems: dict[str, int]
    counts: dict[str, int]


@dataclass(frozen=True)
class BuildStatus:
    """What there is now, and the last build; `clean` tells that the site is that build's, by the same program."""

    version: str
    scan: dict[str, Stat]
    record: BuildRecord
    clean: bool

    @property
    def unchanged(self) -> bool:
        """Whether the site is what a build would make."""
        return self.clean and self.record.scan == self.scan


NO_RECORD = BuildRecord("", "", {}, {}, {})


def build_status(request: Request) -> BuildStatus:
    """Compare the content's files and the program's with what the last build left behind."""
    version = program_version(request)
    with Store(request.store_path) as store:
        record = BuildRecord(*(store.record or NO_RECORD))
    mark = request.site / MARK
    text = mark.read_text(encoding="utf-8") if mark.is_file() else ""
    return BuildStatus(
        version, scan_files(request.content), record, record.version == version and "" != text == record.mark
    )


def unchanged_report(status: BuildStatus, clock: Clock) -> BuildReport:
    """Return the report of a build that has nothing to do."""
    return BuildReport(status.record.problems, 0, status.record.counts, clock.seconds)
