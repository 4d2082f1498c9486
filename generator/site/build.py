"""Builds the finished site from the content, doing only what has changed since the last build.

This module has no rules about what depends on what: tasks record what they read, files say what they contribute to.
The result equals a build from nothing, byte for byte (`tests/site/test_incremental.py`).
"""

from __future__ import annotations

import gc
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.check import faults_beside
from generator.incremental import Dependency, Engine, Tracker
from generator.incremental.engine import Committed
from generator.incremental.output import OutputDirectory
from generator.incremental.packing import fingerprint_of
from generator.incremental.segments import SegmentIndex
from generator.incremental.store import Store, discard, is_spoilt, prune
from generator.pages.moved import former_folders
from generator.pages.render import cache_templates
from generator.site.claim import claimed_directory
from generator.site.content import ContentLoader
from generator.site.page_shell import Theme
from generator.site.page_writer import PageWriter, Pending
from generator.site.progress import BuildReport, Clock
from generator.site.request import MARK, PREVIEW_NAMES, STORE_NAMES, Request, pdf_folder
from generator.site.sitemap import sitemap_files
from generator.site.snapshot import Snapshot
from generator.site.status import BuildRecord, BuildStatus, build_status, is_current, unchanged_report
from generator.site.tasks import Output, page_tasks, shared_tasks, site_tasks
from generator.site.theme_cache import bare_theme, complete_theme, sample
from generator.source.source_files import Stat, file_stat

NEW_OBJECTS = 50_000
"""Objects between two runs of Python's garbage collector while pages are made. At 700 it takes 5 % of a build."""
KEPT_DAYS = 30
"""Days after their last use when a site's store and a plan's PDF are deleted."""


def build_site(request: Request, clock: Clock, status: BuildStatus | None = None) -> BuildReport:
    """Build or update a site. If the content has errors (if strict: or warnings), nothing is written.

    `status` is the build status, if it is known already.

    Raises `BuildError` if MkDocs cannot build, or warns while strict, or the site's folder belongs to somebody else.
    """
    with clock.stage("scan"):
        status = status or build_status(request)
    if status.unchanged:
        return unchanged_report(status, clock)
    waiting = partial(clock.stage, "wait")
    claim = claimed_directory(request.site, request.content, MARK, "--site", waiting)
    with _no_garbage_collection(), claim as directory:
        with clock.stage("scan"), Store(request.store_path) as store:
            if not is_current(status, store, request):
                status = build_status(request)
        if status.unchanged:
            return unchanged_report(status, clock)
        try:
            return _build_changed(request, clock, status, directory)
        except sqlite3.DatabaseError as error:
            if not is_spoilt(error):
                raise
            discard(request.store_path)  # damaged, perhaps by a power cut: build from nothing
            return _build_changed(request, clock, build_status(request), directory)


def _build_changed(request: Request, clock: Clock, status: BuildStatus, directory: OutputDirectory) -> BuildReport:
    """Read changed files; if the content has no errors, update the site."""
    with Store(request.store_path) as store:
        with clock.stage("scan"):
            snapshot = Snapshot(store)
            if status.clean:
                snapshot.load(status.record.scan)
        changed = ContentLoader(request.content, snapshot, clock, request.processes).load(status.scan)
        beside = faults_beside(request.content, status.published)
        problems = snapshot.count_problems() + Counter(fault.level for fault in beside)
        if problems["error"] or (request.strict and problems["warning"]):
            return BuildReport(problems, seconds=clock.seconds)

        store.mark_dirty(empty=not status.clean)
        with clock.stage("save"), store.transaction():  # else each row would be a transaction
            snapshot.save_content()
        return _update(_Session(request, clock, status, directory, store, snapshot), changed)


class _Session(NamedTuple):
    """The parts of a running build, from its request to the content that it has read."""

    request: Request
    clock: Clock
    status: BuildStatus
    directory: OutputDirectory
    store: Store
    snapshot: Snapshot


def _update(session: _Session, changed: Iterable[Dependency]) -> BuildReport:
    """Run the stale tasks, and publish."""
    request, clock, status, directory, store, snapshot = session
    tracker = Tracker()
    corpus = snapshot.corpus(tracker)
    with clock.stage("theme"):
        theme = snapshot.theme or bare_theme(request)
    cache_templates(request.cache / "templates", theme.settings.options.language)
    index = partial(_segment_index, snapshot, status.touched)
    writer = PageWriter(directory, theme, snapshot.sources(), index, tracker)
    engine = Engine[Output](store, changed, writer.write, tracker, request.processes)
    options = theme.settings.options
    tasks = site_tasks(corpus, options, engine.build, theme.settings.engine, request.cache)

    def first_shells() -> None:
        """Run a sample of tasks, whose pages need nearly all page variants."""
        if snapshot.theme is not None:
            return
        with clock.stage("theme"):
            pages = page_tasks(corpus, options, engine.build)
            complete_theme(request, writer, Pending.sort(engine.run(sample(pages), alone=True)))

    with clock.stage("shared"):
        shared = shared_tasks(corpus, options, engine.build)
        engine.run_shared(shared, partial(clock.advance, "shared"), meanwhile=first_shells)
    _look_for_new_garbage()
    with clock.stage("pages"):
        stale = engine.stale(tasks, status.touched)
        pending = Pending.sort(engine.run(stale, partial(clock.advance, "pages")))
    with clock.stage("theme"):
        anew = status.strict or not status.touched.isdisjoint(theme.files)
        complete_theme(request, writer, pending, anew=anew)
    with clock.stage("save"), store.transaction():
        record, lost = _publish(session, writer.theme, pending, engine.commit(tasks))
        store.mark_clean(tuple(record))
    _prune(request.cache)
    in_memory = snapshot, corpus, engine, tasks
    return BuildReport(snapshot.count_problems(), len(stale), record.counts, clock.seconds, lost, in_memory)


def _prune(cache: Path) -> None:
    """Take away what was kept of sites that are built no more; of a preview the site, too."""
    prune(cache, STORE_NAMES, KEPT_DAYS)
    prune(pdf_folder(cache), "*/*", KEPT_DAYS)
    for site in cache.glob(PREVIEW_NAMES):
        if not any(cache.glob(f"{site.name}-*.sqlite")):
            shutil.rmtree(site, ignore_errors=True)


def _publish(session: _Session, theme: Theme, pending: Pending, done: Committed) -> tuple[BuildRecord, Sequence[str]]:
    """Put what was written in place; return the record for the next build, and the pages that are gone."""
    request, _, status, directory, _, snapshot = session
    strict = request.strict or (status.clean and status.record.strict and theme is snapshot.theme)
    snapshot.theme = theme
    snapshot.save_theme()
    snapshot.save_segment_indexes(pending.indexes, done.gone - theme.files)
    files = _with_sitemap(directory, theme.settings.options.site_url, done.outputs | theme.files, snapshot)
    record = _record(request, status, snapshot, strict=strict)
    lost = sorted(path for path in directory.files - files if path.endswith(".html"))
    written = directory.publish(record.mark, files)
    record.outputs.update(_stats(request.site, files, written, status))
    return record, lost


def _segment_index(snapshot: Snapshot, touched: Set[str], path: str) -> SegmentIndex | None:
    return None if path in touched else snapshot.segment_index(path)


def _with_sitemap(directory: OutputDirectory, site_url: str, files: Set[str], snapshot: Snapshot) -> Set[str]:
    """Write the sitemap if the site's address is known; return the paths of all files."""
    if not site_url:
        return files
    former = former_folders(snapshot.plans.values(), snapshot.units, snapshot.programmes.values())
    sitemap = sitemap_files(site_url, files, former)
    for path, content in sitemap.items():
        directory.write(path, content)
    return files | sitemap.keys()


def _stats(site: Path, files: Set[str], written: Set[str], status: BuildStatus) -> dict[str, Stat]:
    """Return what shows later whether somebody else has changed a file of the site."""
    before = status.record.outputs if status.clean else {}
    return {
        path: before[path] if path in before and path not in written else file_stat(f"{site}/{path}") for path in files
    }


def _record(request: Request, status: BuildStatus, snapshot: Snapshot, *, strict: bool) -> BuildRecord:
    files = [(path, entry.fingerprint) for path, entry in sorted(snapshot.files.items())]
    mark = fingerprint_of(files, request.offline, request.office, request.pdf)
    kinds: Counter[str] = Counter(entry.kind for entry in snapshot.files.values())
    return BuildRecord(status.version, mark, {**status.scan}, dict(snapshot.count_problems()), dict(kinds), {}, strict)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Turn off garbage collection: the content is millions of objects that live until the end of the build."""
    enabled, thresholds = gc.isenabled(), gc.get_threshold()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
        (gc.enable if enabled else gc.disable)()


def _look_for_new_garbage() -> None:
    """Turn on garbage collection for new objects only: pages leave reference cycles behind."""
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    gc.enable()
