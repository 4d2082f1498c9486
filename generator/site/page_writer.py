"""Writes what tasks yield: pages in their shells, other files as they are, large files from their segments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.incremental.dependency import Tracker
from generator.incremental.output import OutputDirectory
from generator.incremental.segments import SegmentedFile, SegmentIndex
from generator.incremental.task import Written
from generator.pages.html import body_of
from generator.pages.links import origin_of
from generator.pages.page import Rendered
from generator.site.page_shell import PageSource, PageVariant, Theme, fill_shell
from generator.site.tasks import Output
from generator.source.source_files import Kind

FEWEST_SEGMENTS = 2
"""A file with at least this many segments gets an index."""


class WrittenSegments(NamedTuple):
    """Where the segments of a written file lie."""

    path: str
    segments: SegmentIndex


@dataclass
class PageWriter:
    """Writes outputs into a folder.

    `theme` has the shells; `sources` maps kind and id to the path of the YAML file that a page links to;
    `segment_index` returns where the segments of a file lay at the last build.
    """

    directory: OutputDirectory
    theme: Theme
    sources: Mapping[tuple[Kind, str], str]
    segment_index: Callable[[str], SegmentIndex | None]
    tracker: Tracker = field(repr=False)

    def write(self, output: Output) -> Written:
        """Write an output.

        Pending are pages that wait for a shell (`PageSource`) or need a Markdown parser (`Rendered`), and the indexes
        of files (`WrittenSegments`).
        """
        if isinstance(output, Rendered):
            return self._write_page(output)
        path, content = output
        if not isinstance(content, SegmentedFile):
            self.directory.write(path, content)
            return Written(path)
        many = len(content.segments) >= FEWEST_SEGMENTS
        index = content.save(self.directory, path, self.segment_index(path) if many else None)
        return Written(path, WrittenSegments(path, index) if many else None)

    def fill(self, sources: Iterable[PageSource]) -> None:
        """Write pages that waited for shells."""
        for source in sources:
            self.directory.write(source.path, fill_shell(self.theme.shells[source.variant], source))

    def _write_page(self, page: Rendered) -> Written:
        if page.path in self.theme.settings.written:
            return Written(None)
        body = body_of(page.written, self.theme.settings.options.language)
        if body is None:
            return Written(None, page)
        source = PageSource(page, body, self._edit_path(page.path))
        if source.variant not in self.theme.shells:
            return Written(source.path, source)
        self.fill([source])
        return Written(source.path)

    def _edit_path(self, path: str) -> str | None:
        origin = origin_of(path) if self.theme.settings.edited else None
        if not origin:
            return None
        self.tracker.record(("sources", "/".join(origin)))
        return self.sources.get(origin)


class Pending(NamedTuple):
    """Work that is still to be done for outputs, by kind."""

    unshelled: list[PageSource]
    markdown: dict[str, Rendered]
    indexes: dict[str, SegmentIndex]

    @classmethod
    def sort(cls, pending: Iterable[object]) -> Pending:
        """Sort the pending values of `PageWriter.write` by kind."""
        kinds = cls([], {}, {})
        for output in pending:
            if isinstance(output, PageSource):
                kinds.unshelled.append(output)
            elif isinstance(output, Rendered):
                kinds.markdown[output.path] = output
            elif isinstance(output, WrittenSegments):
                kinds.indexes[output.path] = output.segments
        return kinds

    @property
    def variants(self) -> set[PageVariant]:
        """The variants that had no shell, and the same variants with a table of contents."""
        variants = {source.variant for source in self.unshelled}
        return variants | {variant._replace(toc=True) for variant in variants if variant.depth}
