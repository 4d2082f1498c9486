"""Content -> finished site, doing only what has changed since the last build.

Nothing here knows what depends on what: each job has noted the facts that it read, each file says to which facts it
contributes; a job is done anew when a fact that it read has changed. The result is that of a build from nothing, byte
for byte (`tests/site/test_incremental.py`).
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import replace
from functools import partial

from generator.check.names import Register
from generator.check.rules import check_whole
from generator.data.pieces import Index
from generator.link.bodies import Bodies
from generator.link.corpus import Corpus
from generator.link.record import Fact, digest
from generator.pages.render import keep_templates
from generator.site.clock import Clock
from generator.site.crew import link_all, make_all
from generator.site.files import Job, Search, jobs_ahead, jobs_of
from generator.site.kept import ALL, Kept
from generator.site.last import MARKER, Last, Look, Unsaved, look
from generator.site.make import Finished, Known, Maker, Past
from generator.site.report import Report
from generator.site.request import Request
from generator.site.shard import Linked, Shard
from generator.site.shell import Theme
from generator.site.shells import THEME, further_shells, no_shells, theme_job
from generator.site.sitemap import write_sitemap
from generator.site.spool import Spool
from generator.site.sqlite_package import installed_package
from generator.site.stale import Stale
from generator.site.state import Details, Made, State, StateFile, outputs_of
from generator.site.stored import facts_from, packed_known, packed_register, register_from
from generator.site.write import empty, remove
from generator.source.files import shown_path
from generator.source.tree import Tree


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
        self.spool = Spool(request.cache)
        self.bodies = Bodies(self.file.body)
        self.shard = Shard(request.content, self.bodies)
        self.remarks: list[str] = []
        self.known: dict[str, bytes] = {}
        self.kept: dict[str, Kept] = {}
        self.indexes: dict[str, Index] = {}
        self.held: list[object] = []

    def run(self) -> Report:
        scan, same = self.seen.scan, self.seen.same
        with self.clock.stage("scan"):
            state = self.file.load(self.seen.last) if same else State(self.seen.version)
        register, linked = self._linked(state, scan)
        self.held.append(state)
        changed = self._changed(state, linked, register, scan)
        self._take(state, linked, scan)
        del register, linked  # what is needed of them is packed now
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
            self.file.save(state, last, Details(self.bodies.packed, self.known, self.kept, self.indexes))
        return self._report(last, done)

    def _linked(self, state: State, scan: Mapping[str, tuple[int, int]]) -> tuple[Register, dict[str, Linked]]:
        """All names, and the files that must be looked at again: those that have changed, or all where names have."""
        changed = [path for path in scan if scan[path] != state.scan.get(path)]
        gone = state.scan.keys() - scan.keys()
        if not state.register or gone or any(state.files.get(path, ("",))[0] != "plan" for path in changed):
            with self.clock.stage("link"):
                sizes = {path: size for path, (_, size) in scan.items()}
                register, linked = link_all(self.shard, sizes, self.request.processes)
                state.register = packed_register(register)
                return register, linked
        with self.clock.stage("read"):
            names, known = self.shard.read(changed), register_from(state.register)
            if names.seen_alike(known):
                register = known.with_plans(names)
            else:
                register = self.shard.read(path for path in scan if path not in set(changed))
        with self.clock.stage("link"):
            if register is not known:
                state.register = packed_register(register)
            return register, self.shard.link(register)

    def _changed(
        self, state: State, linked: Mapping[str, Linked], register: Register, scan: Mapping[str, tuple[int, int]]
    ) -> set[Fact]:
        """The facts to which the content now contributes otherwise, and for each its whole table."""
        changed: set[Fact] = set()
        gone = state.scan.keys() - scan.keys()
        for path in gone:
            changed.update(facts_from(self.file.known(path)[1]))
        alike = not gone
        for path, file in linked.items():
            summary, old = self.file.known(path) if path in state.files else (None, b"")
            alike = alike and summary == file.summary
            if state.made:  # else nobody has read any
                changed.update(_differing(old, file.facts))
            if old != file.facts or summary != file.summary:
                self.known[path] = packed_known(file.summary, file.facts)
        if not alike:
            summaries = [linked[path].summary if path in linked else self.file.known(path)[0] for path in scan]
            state.whole = check_whole([one for one in summaries if one], register, _Trees(self.shard, scan))
        return changed | {(table, "*") for table, _ in changed}

    def _take(self, state: State, linked: Mapping[str, Linked], scan: dict[str, tuple[int, int]]) -> None:
        """Bring the state up to the content."""
        for path in state.scan.keys() - scan.keys():
            entry = state.files.pop(path)
            state.problems.pop(path, None)
            state.things(entry.kind).pop(entry.id)
        for path, file in linked.items():
            state.files[path] = file.entry
            state.problems[path] = list(file.problems)
            if file.thing:
                state.things(file.entry.kind)[file.entry.id] = file.thing
        state.scan = scan
        self.shard.paths = {(entry.kind, entry.id): path for path, entry in state.files.items()}

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
        jobs = jobs_of(corpus, maker.theme.settings.options, maker.search, only_pages=self.only_pages)
        right = state.made.keys() - stale.jobs(state.made) - unsaved.jobs
        missing = [job for job in jobs if job.name not in right]
        self.held += [maker, jobs]
        with self.clock.stage("pages"):
            _collect_from_here()
            finished = self._all(maker, missing, "pages")
            self.held.append(finished)
            self.remarks = finished.remarks
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
        known = Known(state.records, state.units, state.programmes, self.shard.paths)
        past = Past(stale.kept, self.file.kept, self._index)
        return Maker(
            known, theme, self.request.site, self.bodies.load, past, self._search(theme), state.facts, self.spool.put
        )

    def _shared(self, state: State, stale: Stale, maker: Maker, corpus: Corpus) -> dict[str, Kept]:
        """What many jobs share and is not what it was; and the first theme, which takes longer than any of it."""
        with self.clock.stage("forms"):
            ahead = jobs_ahead(corpus, maker.theme.settings.options, maker.search, only_pages=self.only_pages)
            missing = [job for job in ahead if stale.kept.get(job.name, ALL)]
            if not state.theme:
                missing.insert(0, theme_job(self.request, maker, corpus))
            finished = self._all(maker, missing, "forms")
        if theme := finished.kept.pop(THEME.key(""), None):
            maker.theme = theme.value
        stale.take(finished.kept, self.file.digests)
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

    def _search(self, theme: Theme) -> Search:
        engine, from_disk = theme.settings.engine, bool(theme.settings.options.index)
        wanted = engine in ("auto", "sqlite") and not from_disk
        return Search("scan" if from_disk and engine == "sqlite" else engine, installed_package() if wanted else None)

    def _mark(self, state: State) -> Last:
        content = b"".join(b"%s\0%s" % (path.encode(), state.files[path].digest) for path in sorted(state.files))
        mark = digest(content, self.request.offline, self.request.office, self.request.pdf)
        (self.request.site / MARKER).write_text(mark, encoding="utf-8")
        found = (*state.problems.values(), state.whole)
        problems: Counter[str] = Counter(problem.level for problems in found for problem in problems)
        counts: Counter[str] = Counter(entry.kind for entry in state.files.values())
        return Last(state.version, mark, state.scan, {**problems}, {**counts})

    def _report(self, last: Last, jobs: int) -> Report:
        return Report(last.problems, jobs, last.counts, self.clock.seconds, self.remarks)


class _Trees(Mapping[str, Tree]):
    """The trees of the content by the paths that problems name; each is read when a fault is found in it."""

    def __init__(self, shard: Shard, paths: Iterable[str]) -> None:
        self._shard = shard
        self._paths = {shown_path(shard.content / path): path for path in paths}

    def __getitem__(self, path: str) -> Tree:
        return self._shard.tree(self._paths[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _differing(before: bytes, now: bytes) -> Iterable[Fact]:
    """The facts to which a file contributes otherwise than before, of both packed."""
    old, new = facts_from(before), facts_from(now)
    return (fact for fact in old.keys() | new.keys() if old.get(fact) != new.get(fact))


def _used(made: Iterable[Made], kept: Iterable[Sequence[int]]) -> set[int]:
    """The numbers of all that jobs and kept values have read and used."""
    return set().union(*(some for one in made for some in (one.facts, one.parts)), *kept)


def _collect_from_here() -> None:
    """Let Python look for garbage again, of which each page leaves some, but not among what there is already."""
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()
