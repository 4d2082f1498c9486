"""Which shells a build needs: MkDocs, which takes half a second to load, makes those that the last build did not."""

from __future__ import annotations

from collections.abc import Iterable

from generator.incremental.task import Task
from generator.site.page_shell import Theme
from generator.site.page_writer import PageWriter, Pending
from generator.site.request import Request
from generator.site.tasks import Output

SAMPLED = 2
"""Tasks of each kind whose pages show which shells a first build will need."""


def bare_theme(request: Request) -> Theme:
    """Return a theme without shells: only what `mkdocs.yml` says."""
    from generator.site.mkdocs_theme import configuration, settings_of

    return Theme(settings_of(configuration(request)))


def complete_theme(request: Request, writer: PageWriter, pending: Pending, *, anew: bool = False) -> None:
    """Give the writer the shells that were missing, and write the pages that have waited for them.

    `anew`: the theme's own files are made in any case.
    """
    theme = writer.theme
    # A page that stands for itself may be of another variant than before; its former one has the same path, and goes.
    new_paths = {variant.path for variant in pending.variants} | pending.markdown.keys()
    markdown = {path: page for path, page in theme.markdown.items() if path not in new_paths} | pending.markdown
    if anew or pending.variants or markdown != theme.markdown:
        from generator.site.mkdocs_theme import configuration, make_theme

        variants = pending.variants | {variant for variant in theme.shells if variant.path not in new_paths}
        writer.theme = make_theme(configuration(request), theme.settings, writer.directory.staging, variants, markdown)
    writer.fill(pending.unshelled)


def sample(tasks: Iterable[Task[Output]]) -> list[Task[Output]]:
    """Return the tasks whose pages concern all, and the first of each other kind."""
    counts: dict[str, int] = {}
    chosen = []
    for task in tasks:
        kind = task.name.split(":")[0]
        counts[kind] = counts.get(kind, 0) + 1
        if kind == "all" or counts[kind] <= SAMPLED:
            chosen.append(task)
    return chosen
