"""Content -> finished site, doing only what has changed since the last build.

Nothing here knows what depends on what: each job has noted the facts that it read, each file says to which facts it
contributes; a job is done anew when a fact that it read has changed. The result is that of a build from nothing, byte
for byte (`tests/site/test_incremental.py`).
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator.check.rules import check_whole
from generator.check.rules.rule import Summary
from generator.data.pieces import Index
from generator.link.corpus import Corpus
from generator.link.record import Fact, digest
from generator.pages.render import Rendered, keep_templates
from generator.site.clock import Clock
from generator.site.crew import link_all, make_all
from generator.site.files import Job, Search, jobs_ahead, jobs_of
from generator.site.kept import ALL, Kept
from generator.site.last import MARKER, Last, Look, Unsaved, look
from generator.site.make import Finished, Known, Maker, Past
from generator.site.report import Report
from generator.site.request import Request
from generator.site.shard import Linked, Shard
from generator.site.shell import Shape, Theme
from generator.site.sitemap import write_sitemap
from generator.site.sqlite_package import installed_package
from generator.site.stale import Stale
from generator.site.state import State, StateFile
from generator.source.files import shown_path
from generator.source.tree import Tree

_SAMPLED = 2


def build_site(
    request: Request,
    clock: Clock,
    seen: Look | None = None,
    *,
    only_pages: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Build or update a site. With errors in the content nothing is written. `seen`: what is known already of what has
    changed.

    `only_pages` updates no more than pages, as soon as can be, and saves nothing; nor does a build that ends before its
    time because it is to `stop`, which it asks between two jobs. Another must follow, with what the report says is
    left.
    Until then the site counts as none, and if none follows, the next build begins from nothing.

    Raises `BuildError` when MkDocs cannot build, or warns while strict.
    """
    collects, threshold = gc.isenabled(), gc.get_threshold()
    gc.disable()  # what is read and linked is millions of objects that all live until the build ends
    try:
        with clock.stage("scan"):
            seen = seen or look(request)
        if seen.nothing_changed:
            return Report(seen.last.problems, 0, seen.last.counts, clock.seconds)
        return _Build(request, seen, clock, stop, only_pages=only_pages).run()
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
        self.shard = Shard(request.content)
        self.file = StateFile(request.state_file)
        self.remarks: list[str] = []
        self.known: dict[str, tuple[Summary, Mapping[Fact, str]]] = {}
        self.kept: dict[str, Kept] = {}
        self.indexes: dict[str, Index] = {}

    def run(self) -> Report:
        scan, same = self.seen.scan, self.seen.same
        with self.clock.stage("scan"):
            state = self.file.load(self.seen.last) if same else State(self.seen.version)
        linked = self._linked(state, scan)
        changed = self._changed(state, linked, scan)
        self._take(state, linked, scan)
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
            self.file.save(state, last, self.known, self.kept, self.indexes)
        return self._report(last, done)

    def _linked(self, state: State, scan: Mapping[str, tuple[int, int]]) -> dict[str, Linked]:
        """The files that must be looked at again: those that have changed, or all where names have."""
        changed = [path for path in scan if scan[path] != state.scan.get(path)]
        gone = state.scan.keys() - scan.keys()
        if not state.register or gone or any(state.files.get(path, ("",))[0] != "plan" for path in changed):
            with self.clock.stage("link"):
                return link_all(self.shard, {path: size for path, (_, size) in scan.items()}, self.request.processes)
        with self.clock.stage("read"):
            names = self.shard.read(changed)
            if names.seen_alike(state.register):
                register = state.register.with_plans(names)
            else:
                register = self.shard.read(path for path in scan if path not in set(changed))
        with self.clock.stage("link"):
            return self.shard.link(register)

    def _changed(self, state: State, linked: Mapping[str, Linked], scan: Mapping[str, tuple[int, int]]) -> set[Fact]:
        """The facts to which the content now contributes otherwise, and for each its whole table."""
        changed: set[Fact] = set()
        gone = state.scan.keys() - scan.keys()
        for path in gone:
            changed.update(self.file.known(path)[1])
        alike = not gone
        for path, file in linked.items():
            summary, old = self.file.known(path) if path in state.files else (None, {})
            alike = alike and summary == file.summary
            changed.update(fact for fact in old.keys() | file.facts.keys() if old.get(fact) != file.facts.get(fact))
            if old != file.facts or summary != file.summary:
                self.known[path] = file.summary, file.facts
        if not alike:
            summaries = [linked[path].summary if path in linked else self.file.known(path)[0] for path in scan]
            state.whole = check_whole([one for one in summaries if one], self.shard.register, _Trees(self.shard, scan))
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
        state.register = self.shard.register
        self.shard.paths = {(entry.kind, entry.id): path for path, entry in state.files.items()}

    def _made(self, state: State, changed: set[Fact], *, fresh: bool) -> tuple[int, Unsaved | None]:
        """Do the jobs that must be done, and take away what no job makes any more; how many were done, and what of it
        cannot be saved."""
        site, unsaved = self.request.site, self.seen.unsaved
        if fresh:
            _empty(site)
        (site / MARKER).unlink(missing_ok=True)
        if not self.only_pages:
            self.file.begin(anew=fresh)
        known = Known(state.records, state.units, state.programmes, self.shard.paths)
        stale = Stale(state, changed)
        with self.clock.stage("theme"):
            theme = state.theme or self._settings()
        past = Past(stale.kept, self.file.kept, self._index)
        keep_templates(self.request.cache / "templates", theme.settings.options.language)
        maker = Maker(known, theme, site, self.shard.load, past, self._search(theme), state.facts)
        corpus, processes = maker.corpus(), self.request.processes
        with self.clock.stage("forms"):
            ahead = jobs_ahead(corpus, theme.settings.options, maker.search, only_pages=self.only_pages)
            missing = [job for job in ahead if stale.kept.get(job.name, ALL)]
            shared = make_all(maker, missing, processes, partial(self.clock.done, "forms"), self.stop)
        if not state.theme:
            with self.clock.stage("theme"):
                maker.theme, kept = self._first_theme(maker, corpus)
                shared.kept.update(kept)
        jobs = jobs_of(corpus, theme.settings.options, maker.search, only_pages=self.only_pages)
        stale.take(shared.kept, self.file.digests)
        right = state.made.keys() - stale.jobs(state.made) - unsaved.jobs
        missing = [job for job in jobs if job.name not in right]
        with self.clock.stage("pages"):
            _collect_from_here()
            finished = make_all(maker, missing, processes, partial(self.clock.done, "pages"), self.stop)
            self.remarks = finished.remarks
        with self.clock.stage("theme"):
            state.theme = self._completed(maker, finished)
        if self.only_pages or len(finished.made) < len(missing):
            outputs = {path for made in finished.made.values() for path in made.outputs}
            return len(finished.made), Unsaved(unsaved.jobs | finished.made.keys(), unsaved.outputs | outputs)
        before = {path for made in state.made.values() for path in made.outputs} | unsaved.outputs
        self._note(state, finished, shared.kept | finished.kept, {job.name for job in jobs})
        self.indexes = finished.indexes
        after = {path for made in state.made.values() for path in made.outputs}
        gone = before - after - state.theme.files
        _remove(site, gone)
        self.file.forget(paths=gone)
        if state.theme.settings.options.site_url:
            write_sitemap(site, state.theme.settings.options.site_url, after | state.theme.files)
        return len(missing), None

    def _index(self, path: str) -> Index | None:
        """What is known of a file's pieces, if it is as the last build has left it."""
        return None if path in self.seen.unsaved.outputs else self.file.index(path)

    def _note(self, state: State, finished: Finished, kept: Mapping[str, Kept], jobs: Set[str]) -> None:
        """Put into the state what jobs have read and made; values that nothing uses any more are thrown away."""
        state.made |= finished.made
        for name in state.made.keys() - jobs:
            del state.made[name]
        state.kept |= {name: one.facts for name, one in kept.items()}
        names = dict(zip(state.facts.numbers(("kept", name) for name in state.kept), state.kept, strict=True))
        used = (*(facts for made in state.made.values() for facts in (made.facts, made.parts)), *state.kept.values())
        unused = names.keys() - set().union(*used)
        for number in unused:
            del state.kept[names[number]]
        self.file.forget(names[number] for number in unused)
        self.kept = {name: one for name, one in kept.items() if name in state.kept}

    def _settings(self) -> Theme:
        """A theme of which nothing is known but what mkdocs.yml says."""
        from generator.site.theme import configuration, settings_of

        return Theme(settings_of(configuration(self.request), self.request.today))

    def _first_theme(self, maker: Maker, corpus: Corpus) -> tuple[Theme, Mapping[str, Kept]]:
        """The theme for the shapes of some pages of each kind, which are nearly all shapes that there are; and the
        values that were made for these pages, to be kept."""
        theme = maker.theme
        jobs = jobs_of(corpus, theme.settings.options, only_pages=True)
        finished = maker.make(_sample(jobs), lambda: None)
        shapes = {source.shape for source in finished.without_shell}
        return self._theme(theme, shapes, finished.markdown), finished.kept

    def _completed(self, maker: Maker, finished: Finished) -> Theme:
        """The theme with the shells that turned out to be missing; the pages that waited for them are written."""
        theme = maker.theme
        shapes = {source.shape for source in finished.without_shell}
        markdown = {**theme.markdown, **finished.markdown}
        if shapes or markdown != theme.markdown:
            theme = self._theme(theme, shapes | theme.shells.keys(), markdown)
            filler = replace(maker, theme=theme)
            for source in finished.without_shell:
                filler.fill(source)
        return theme

    def _theme(self, theme: Theme, shapes: Iterable[Shape], markdown: Mapping[str, Rendered]) -> Theme:
        # MkDocs takes half a second to load, which a build that needs no new shell has not got.
        from generator.site.theme import configuration, make_theme

        return make_theme(configuration(self.request), theme.settings, self.request.site, shapes, markdown)

    def _search(self, theme: Theme) -> Search:
        engine, from_disk = theme.settings.engine, bool(theme.settings.options.index)
        wanted = engine in ("auto", "sqlite") and not from_disk
        return Search("scan" if from_disk and engine == "sqlite" else engine, installed_package() if wanted else None)

    def _mark(self, state: State) -> Last:
        mark = digest(sorted(state.files.items()), self.request.offline, self.request.office, self.request.pdf)
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


def _sample(jobs: Iterable[Job]) -> list[Job]:
    """The jobs whose pages concern all, and the first of each other kind."""
    taken: dict[str, int] = {}
    sample = []
    for job in jobs:
        kind = job.name.split(":")[0]
        taken[kind] = taken.get(kind, 0) + 1
        if kind == "all" or taken[kind] <= _SAMPLED:
            sample.append(job)
    return sample


def _collect_from_here() -> None:
    """Let Python look for garbage again, of which each page leaves some, but not among what there is already."""
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()


def _empty(site: Path) -> None:
    """A folder for a site, emptied as MkDocs does it: what begins with a dot (`.git`, `.nojekyll`) is not a site's."""
    from mkdocs.utils import clean_directory

    site.mkdir(parents=True, exist_ok=True)
    (site / MARKER).unlink(missing_ok=True)
    clean_directory(str(site))


def _remove(site: Path, paths: Iterable[str]) -> None:
    """Take files away, and the folders that they leave empty."""
    for name in paths:
        path = site / name
        path.unlink(missing_ok=True)
        for folder in path.relative_to(site).parents:
            if folder == Path() or any((site / folder).iterdir()):
                break
            (site / folder).rmdir()
