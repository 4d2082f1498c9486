"""Keeps shells between builds: MkDocs takes half a second to load and is used only for missing shells."""

from __future__ import annotations

from collections.abc import Iterable

from generator.incremental.task import Task
from generator.site.page_shell import Theme
from generator.site.page_writer import PageWriter, Pending
from generator.site.request import Request
from generator.site.tasks import Output

SAMPLED = 2
"""Tasks of each kind that are run first, to learn which shells a first build needs."""


def bare_theme(request: Request) -> Theme:
    """Return a theme without shells: only the settings of `mkdocs.yml`."""
    from generator.site.mkdocs_theme import configuration, settings_of

    return Theme(settings_of(configuration(request)))


def complete_theme(request: Request, writer: PageWriter, pending: Pending, *, anew: bool = False) -> None:
    """Give the writer the missing shells, and write the pages that waited for them.

    `anew`: make the theme's own files again in any case.
    """
    theme = writer.theme
    # A page that is its own variant may have changed its variant: the former one has the same path and is dropped.
    new_paths = {variant.path for variant in pending.variants} | pending.markdown.keys()
    markdown = {path: page for path, page in theme.markdown.items() if path not in new_paths} | pending.markdown
    if anew or pending.variants or markdown != theme.markdown:
        from generator.site.mkdocs_theme import configuration, make_theme

        variants = pending.variants | {variant for variant in theme.shells if variant.path not in new_paths}
        writer.theme = make_theme(configuration(request), theme.settings, writer.directory.staging, variants, markdown)
    writer.fill(pending.unshelled)


def sample(tasks: Iterable[Task[Output]]) -> list[Task[Output]]:
    """Return all tasks for general pages, and the first ones of each other kind."""
    counts: dict[str, int] = {}
    chosen = []
    for task in tasks:
        kind = task.name.split(":")[0]
        counts[kind] = counts.get(kind, 0) + 1
        if kind == "all" or counts[kind] <= SAMPLED:
            chosen.append(task)
    return chosen
