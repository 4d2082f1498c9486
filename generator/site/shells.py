"""Which shells a build needs: MkDocs, which takes half a second to load, makes those that the last build did not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.link.corpus import Corpus
from generator.link.keep import KeptKind
from generator.pages.page import Rendered
from generator.site.files import Job, Output, jobs_of
from generator.site.make import Finished, Maker
from generator.site.request import Request
from generator.site.shell import Shape, Theme

_SAMPLED = 2
THEME = KeptKind[Theme]("theme", lasting=False, cut=lambda theme: ((), None))
"""Kept until all processes have it."""


def no_shells(request: Request) -> Theme:
    """A theme of which nothing is known but what `mkdocs.yml` says."""
    from generator.site.theme import configuration, settings_of

    return Theme(settings_of(configuration(request), request.today))


def theme_job(request: Request, maker: Maker, corpus: Corpus) -> Job:
    """The job of making the first theme. It takes longer than any other, so some process should begin with it."""

    def make() -> Iterator[Output]:
        corpus.keep(THEME, "", lambda: _first(request, maker, corpus))
        return iter(())

    return Job(THEME.key(""), make)


def _first(request: Request, maker: Maker, corpus: Corpus) -> Theme:
    """The theme with the shells of some pages of each kind, which are nearly all that there are."""
    finished = maker.try_out(_sample(jobs_of(corpus, maker.theme.settings.options, only_pages=True)))
    return _made(request, maker.theme, {source.shape for source in finished.without_shell}, finished.markdown)


def further_shells(request: Request, maker: Maker, finished: Finished) -> Theme:
    """The theme with the shells that turned out to be missing; the pages that waited for them are written."""
    theme = maker.theme
    shapes = {source.shape for source in finished.without_shell}
    markdown = {**theme.markdown, **finished.markdown}
    if shapes or markdown != theme.markdown:
        theme = _made(request, theme, shapes | theme.shells.keys(), markdown)
        filler = replace(maker, theme=theme)
        for source in finished.without_shell:
            filler.fill(source)
    return theme


def _made(request: Request, theme: Theme, shapes: Iterable[Shape], markdown: Mapping[str, Rendered]) -> Theme:
    from generator.site.theme import configuration, make_theme

    return make_theme(configuration(request), theme.settings, request.site, shapes, markdown)


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
