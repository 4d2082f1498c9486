"""Content -> finished site, doing only what has changed since the last build.

Nothing here knows what depends on what: each job has noted the facts that it read, each file says to which facts it
contributes; a job is done anew when a fact that it read has changed. The result is that of a build from nothing, byte
for byte (`tests/site/test_incremental.py`).
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import replace
from functools import partial

from generator.data.pieces import Index
from generator.link.bodies import Bodies
from generator.link.corpus import Corpus
from generator.link.record import Fact, digest
from generator.pages.render import keep_templates
from generator.site.clock import Clock
from generator.site.crew import make_all
from generator.site.files import Job, jobs_ahead, jobs_of
from generator.site.intake import Intake
from generator.site.kept import ALL, Kept
from generator.site.last import MARKER, Last, Look, Unsaved, look
from generator.site.make import Finished, Known, Maker, Past
from generator.site.report import Report
from generator.site.request import Request
from generator.site.shell import Theme
from generator.site.shells import THEME, further_shells, no_shells, theme_job
from generator.site.sitemap import write_sitemap
from generator.site.spool import Spool
from generator.site.stale import Stale
from generator.site.state import Details, Made, State, StateFile, outputs_of
from generator.site.write import empty, remove


def build_site(
    request: Request,
    clock: Clock,
    seen: Look | None = None,
    *,
    only_pages: bool = False,
    stop: Callable[[], bool] = lambda: False,
    hold: Callable[[object], None] = lambda _: None,
) -> Report:
    """Build or update a site. With errors in the content nothing is written. `seen`: what is known already of what has
    changed.

    `only_pages` updates no more than pages, as soon as can be, and saves nothing; nor does a build that ends before its
    time because it is to `stop`, which it asks between two jobs. Another must follow, with what the report says is
    left. Until then the site counts as none, and if none follows, the next build begins from nothing.

    `hold` is given what holds all that is read and made. A process that ends with the build should keep it: to take
    millions of objects apart, one by one, takes longer than to look for changes.

    Raises `BuildError` when MkDocs cannot build, or warns while strict.
    """
    collects, threshold = gc.isenabled(), gc.get_threshold()
    gc.disable()  # what is read and linked is millions of objects that all live until the build ends
    try:
        with clock.stage("scan"):
            seen = seen or look(request)
        if seen.nothing_changed:
            return Report(seen.last.problems, 0, seen.last.counts, clock.seconds)
        build = _Build(request, seen, clock, stop, only_pages=only_pages)
        hold(build)
        with closing(build.spool):
            return build.run()
    finally:
        gc.unfreeze()
        gc.set_threshold(*threshold)
        if collects:
            gc.enable()
        else:
            gc.disable()


class _Build:
    def __init__(
        self, request: Request, seen: Look, clock: Clock, stop: Callable[[], bool], *, only_pages: bool
    ) -> None:
        self.request, self.seen, self.clock, self.stop, self.only_pages = request, seen, clock, stop, only_pages
        self.file = StateFile(request.state_file)
        self.spool = Spool(request.cache, shared=request.processes > 1)
        self.bodies = Bodies(self.file.body, hold=request.processes == 1)
        self.intake = Intake(request, self.file, self.bodies, clock)
        self.kept: dict[str, Kept] = {}
        self.indexes: dict[str, Index] = {}
        self.held: list[object] = []

    def run(self) -> Report:
        scan, same = self.seen.scan, self.seen.same
        with self.clock.stage("scan"):
            state = self.file.load(self.seen.last) if same else State(self.seen.version)
        self.held.append(state)
        changed = self.intake.take(state, scan)
        problems: Counter[str] = Counter(
            problem.level for found in (*state.problems.values(), state.whole) for problem in found
        )
        if problems["error"] or (self.request.strict and problems["warning"]):
            return Report({**problems}, seconds=self.clock.seconds)
        done, left = self._made(state, changed, fresh=not same)
        if left:
            return Report({**problems}, done, seconds=self.clock.seconds, left=replace(self.seen, unsaved=left))
        with self.clock.stage("save"):
            last = self._mark(state)
            self.file.save(state, last, Details(self.bodies.packed, self.intake.known, self.kept, self.indexes))
        return self._report(last, done)

    def _made(self, state: State, changed: set[Fact], *, fresh: bool) -> tuple[int, Unsaved | None]:
        """Do the jobs that must be done, and take away what no job makes any more; how many were done, and what of it
        cannot be saved."""
        unsaved = self.seen.unsaved
        (self.request.site / MARKER).unlink(missing_ok=True)
        if fresh:
            empty(self.request.site)
        if not self.only_pages:
            self.file.begin(anew=fresh)
        stale = Stale(state, changed)
        maker = self._maker(state, stale)
        corpus = maker.corpus()
        shared = self._shared(state, stale, maker, corpus)
        settings = maker.theme.settings
        jobs = jobs_of(corpus, settings.options, settings.engine, only_pages=self.only_pages)
        right = state.made.keys() - stale.jobs(state.made) - unsaved.jobs
        missing = [job for job in jobs if job.name not in right]
        self.held += [maker, jobs]
        with self.clock.stage("pages"):
            _collect_from_here()
            finished = self._all(maker, missing, "pages")
            self.held.append(finished)
        with self.clock.stage("theme"):
            state.theme = further_shells(self.request, maker, finished)
        if self.only_pages or len(finished.made) < len(missing):
            return len(finished.made), Unsaved(unsaved.jobs | finished.made.keys(), unsaved.outputs | finished.outputs)
        self.indexes = finished.indexes
        gone = self._note(state, finished, shared | finished.kept, {job.name for job in jobs})
        self._tidy(gone - state.theme.files, state, state.theme)
        return len(missing), None

    def _maker(self, state: State, stale: Stale) -> Maker:
        with self.clock.stage("theme"):
            theme = state.theme or no_shells(self.request)
        keep_templates(self.request.cache / "templates", theme.settings.options.language)
        known = Known(state.records, state.units, state.programmes, self.intake.paths)
        past = Past(stale.kept, self.file.kept, self._index)
        return Maker(known, theme, self.request.site, self.bodies.load, past, state.facts, self.spool.put)

    def _shared(self, state: State, stale: Stale, maker: Maker, corpus: Corpus) -> dict[str, Kept]:
        """What many jobs share and is not what it was; and the first theme, which takes longer than any of it."""
        with self.clock.stage("forms"):
            ahead = jobs_ahead(corpus, maker.theme.settings.options, only_pages=self.only_pages)
            missing = [job for job in ahead if stale.kept.get(job.name, ALL)]
            if not state.theme:
                missing.insert(0, theme_job(self.request, maker, corpus))
            finished = self._all(maker, missing, "forms")
        if theme := finished.kept.pop(THEME.key(""), None):
            maker.theme = theme.value
        stale.take(finished.kept, self.file.digests)
        self.bodies.let_go()
        return finished.kept

    def _all(self, maker: Maker, jobs: Sequence[Job], stage: str) -> Finished:
        return make_all(maker, jobs, self.request.processes, partial(self.clock.done, stage), self.stop)

    def _tidy(self, gone: Set[str], state: State, theme: Theme) -> None:
        """Take away what nothing makes any more, and list what there is."""
        remove(self.request.site, gone)
        self.file.forget(paths=gone)
        if site_url := theme.settings.options.site_url:
            write_sitemap(self.request.site, site_url, state.outputs | theme.files)

    def _index(self, path: str) -> Index | None:
        """What is known of a file's pieces, if it is as the last build has left it."""
        return None if path in self.seen.unsaved.outputs else self.file.index(path)

    def _note(self, state: State, finished: Finished, kept: Mapping[str, Kept], jobs: Set[str]) -> frozenset[str]:
        """Put into the state what jobs have read and made; the paths of what is made no more.

        Only what jobs have used or made before and do not now may be out of use: to look at all takes long.
        """
        redone = [made for name, made in state.made.items() if name in finished.made or name not in jobs]
        remade = [state.kept[name] for name in kept.keys() & state.kept.keys()]
        new = state.facts.numbers(("kept", name) for name in kept.keys() - state.kept.keys())
        for name in state.made.keys() - jobs:
            del state.made[name]
        state.made |= finished.made
        state.kept |= {name: one.facts for name, one in kept.items()}
        lost = _used(redone, remade) - _used(finished.made.values(), (one.facts for one in kept.values()))
        self._forget_unused(state, lost.union(new))
        self.kept = {name: one for name, one in kept.items() if name in state.kept}
        gone = (outputs_of(redone) | self.seen.unsaved.outputs) - finished.outputs
        return gone - state.outputs if gone else gone

    def _forget_unused(self, state: State, suspects: Set[int]) -> None:
        """Throw away kept values that nothing uses any more, and what only these have used, of the suspected ones."""
        while suspects:
            numbers = state.facts.numbers(("kept", name) for name in state.kept)
            names = dict(zip(numbers, state.kept, strict=True))
            unused = (names.keys() & suspects) - _used(state.made.values(), state.kept.values())
            self.file.forget(names[number] for number in unused)
            suspects = set().union(*(state.kept.pop(names[number]) for number in unused))

    def _mark(self, state: State) -> Last:
        content = b"".join(b"%s\0%s" % (path.encode(), state.files[path].digest) for path in sorted(state.files))
        mark = digest(content, self.request.offline, self.request.office, self.request.pdf)
        (self.request.site / MARKER).write_text(mark, encoding="utf-8")
        found = (*state.problems.values(), state.whole)
        problems: Counter[str] = Counter(problem.level for problems in found for problem in problems)
        counts: Counter[str] = Counter(entry.kind for entry in state.files.values())
        return Last(state.version, mark, state.scan, {**problems}, {**counts})

    def _report(self, last: Last, jobs: int) -> Report:
        return Report(last.problems, jobs, last.counts, self.clock.seconds)


def _used(made: Iterable[Made], kept: Iterable[Sequence[int]]) -> set[int]:
    """The numbers of all that jobs and kept values have read and used."""
    return set().union(*(some for one in made for some in (one.facts, one.parts)), *kept)


def _collect_from_here() -> None:
    """Let Python look for garbage again, of which each page leaves some, but not among what there is already."""
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()
