"""Content → finished site, doing only what has changed since the last build.

Nothing here knows what depends on what: tasks record what they read, files say what they contribute to. The result is
that of a build from nothing, byte for byte (`tests/site/test_incremental.py`).
"""

from __future__ import annotations

import gc
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from generator.incremental import Engine, Tracker
from generator.incremental.output import ForeignDirectoryError, OutputDirectory
from generator.incremental.packing import fingerprint_of
from generator.incremental.store import Store, discard, is_spoilt, prune
from generator.language.catalogue import catalogue
from generator.pages.render import cache_templates
from generator.site.content import ContentLoader
from generator.site.page_writer import PageWriter, Pending
from generator.site.progress import BuildReport, Clock
from generator.site.request import MARK, STORE_NAMES, BuildError, Request
from generator.site.sitemap import write_sitemap
from generator.site.snapshot import Snapshot
from generator.site.status import BuildRecord, BuildStatus, build_status, unchanged_report
from generator.site.tasks import Output, page_tasks, shared_tasks, site_tasks
from generator.site.theme_cache import bare_theme, complete_theme, sample

STORE_DAYS = 30
"""Days after which the store of a site that is built no more is taken away."""


def build_site(request: Request, clock: Clock, status: BuildStatus | None = None) -> BuildReport:
    """Build or update a site. With errors in the content (while strict: warnings, too) nothing is written.

    `status` is what is known already of what has changed.

    Raises `BuildError` where MkDocs cannot build, or warns while strict, or the site's folder is somebody else's.
    """
    with clock.stage("scan"):
        status = status or build_status(request)
    if status.unchanged:
        return unchanged_report(status, clock)
    with _no_garbage_collection():
        try:
            return _build_changed(request, clock, status)
        except sqlite3.DatabaseError as error:
            if not is_spoilt(error):
                raise
            discard(request.store_path)  # as a power cut may leave it; costs a build from nothing and no more
            return _build_changed(request, clock, build_status(request))


def _build_changed(request: Request, clock: Clock, status: BuildStatus) -> BuildReport:
    with Store(request.store_path) as store:
        with clock.stage("scan"):
            snapshot = Snapshot(store)
            if status.clean:
                snapshot.load(status.record.scan)
        changed = ContentLoader(request.content, snapshot, clock, request.processes).load(status.scan)
        problems = snapshot.count_problems()
        if problems["error"] or (request.strict and problems["warning"]):
            return BuildReport(problems, seconds=clock.seconds)

        directory = _claim(request)
        store.mark_dirty(empty=not status.clean)
        if not status.clean:
            directory.clean()
        with clock.stage("save"), store.transaction():  # else each row would be one of its own
            snapshot.save_content()
        tracker = Tracker()
        corpus = snapshot.corpus(tracker)
        with clock.stage("theme"):
            theme = snapshot.theme or bare_theme(request)
        cache_templates(request.cache / "templates", theme.settings.options.language)
        writer = PageWriter(directory, theme, snapshot.sources(), snapshot.segment_index, tracker)
        engine = Engine[Output](store, changed, writer.write, tracker, request.processes)
        options, search = theme.settings.options, theme.settings.engine
        tasks = site_tasks(corpus, options, engine.build, search)

        def first_shells() -> None:
            """Run a sample of the tasks, whose pages have nearly all variants that there are."""
            if snapshot.theme is None:
                pages = page_tasks(corpus, options, engine.build)
                complete_theme(request, writer, Pending.sort(engine.run(sample(pages), alone=True)))

        with clock.stage("shared"):
            shared = shared_tasks(corpus, options, engine.build)
            engine.run_shared(shared, partial(clock.advance, "shared"), meanwhile=first_shells)
        with clock.stage("pages"):
            stale = engine.stale(tasks)
            pending = Pending.sort(engine.run(stale, partial(clock.advance, "pages")))
        with clock.stage("theme"):
            complete_theme(request, writer, pending)
        with clock.stage("save"), store.transaction():
            gone = engine.commit(tasks) - writer.theme.files
            directory.remove(gone)
            snapshot.theme = writer.theme
            snapshot.save_theme()
            snapshot.save_segment_indexes(pending.indexes, gone)
            if options.site_url:
                write_sitemap(request.site, options.site_url, engine.outputs | writer.theme.files)
            record = _record(request, status, snapshot)
            directory.mark(record.mark)
            store.mark_clean(tuple(record))
        prune(request.cache, STORE_NAMES, STORE_DAYS)
    return BuildReport(problems, len(stale), record.counts, clock.seconds, (snapshot, corpus, engine, tasks))


def _claim(request: Request) -> OutputDirectory:
    directory = OutputDirectory(request.site, MARK)
    try:
        if request.content.is_relative_to(request.site):  # it would be swept away with what an earlier build has left
            raise ForeignDirectoryError(request.site)
        directory.claim()
    except ForeignDirectoryError as error:
        raise BuildError(catalogue("vi").text("build.foreign_site", path=request.site)) from error
    return directory


def _record(request: Request, status: BuildStatus, snapshot: Snapshot) -> BuildRecord:
    files = [(path, entry.fingerprint) for path, entry in sorted(snapshot.files.items())]
    mark = fingerprint_of(files, request.offline, request.office, request.pdf)
    kinds: Counter[str] = Counter(entry.kind for entry in snapshot.files.values())
    return BuildRecord(status.version, mark, {**status.scan}, dict(snapshot.count_problems()), dict(kinds))


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Keep Python from looking for garbage: what is read and linked is millions of objects that live until the end."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
