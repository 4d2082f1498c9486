"""Pages and files at addresses with former ids: they redirect to the present page; and pages for removed entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import product

from generator.assets import published_assets
from generator.language.catalogue import Catalogue
from generator.model.entities import Plan, Programme, Unit
from generator.model.summary import PlanSummary
from generator.pages.links import MATRICES, PLANS, PROGRAMMES, TARGETS, TASKS, UNITS, Links
from generator.pages.prose import html_text

_ENTRIES = (TASKS, TARGETS)
"""Folders in which each entry of a plan has a page."""
_OF_PLAN = (PLANS, *_ENTRIES, MATRICES)
"""Folders in which a plan has pages."""

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="canonical" href="{address}">
{leading}</head>
<body>
<main>
<h1>{heading}</h1>
<p><a href="{address}">{text}</a></p>
</main>
</body>
</html>
"""

_LEADING = """<script src="{script}"></script>
<meta http-equiv="refresh" content="0; url={address}">
"""


def former_paths(path: str, subject: object) -> Iterator[str]:
    """Yield the paths that a page or file of a plan, unit or programme had under former ids.

    An id is a part of the path, with or without an ending: `don-vi/x/index.html`, `du-lieu/don-vi/x.ics`. In the paths
    of tasks and targets the next part is the id of an entry, which may have former ids too.
    """
    if not isinstance(subject, Plan | Unit | Programme):
        return
    folder, *parts = path.split("/")
    inner: tuple[str, ...] = ()
    match parts:
        case [_, entry_id, _] if isinstance(subject, Plan) and folder in _ENTRIES:
            inner = next((entry.formerly for entry in (*subject.tasks, *subject.targets) if entry.id == entry_id), ())
    for id_, entry in product((subject.id, *subject.formerly), ("", *inner)):
        former = [id_ + part[len(subject.id) :] if part.partition(".")[0] == subject.id else part for part in parts]
        if entry:
            former[1] = entry
        if former != parts:
            yield "/".join((folder, *former))


def former_folders(plans: Iterable[PlanSummary], units: Iterable[Unit], programmes: Iterable[Programme]) -> Set[str]:
    """Return the folders in which all pages redirect or say that an entry is removed."""
    summaries = list(plans)
    of_subjects = (
        *((_OF_PLAN, summary.plan.formerly) for summary in summaries),
        *(((UNITS,), unit.formerly) for unit in units),
        *(((PROGRAMMES,), programme.formerly) for programme in programmes),
    )
    of_entries = (
        f"{folder}/{summary.plan.id}/{id_}"
        for summary in summaries
        for folder, id_ in product(_ENTRIES, (*summary.former, *summary.plan.removed))
    )
    return {f"{folder}/{id_}" for folders, ids in of_subjects for folder, id_ in product(folders, ids)}.union(
        of_entries
    )


def moved_page(former: str, now: str, title: str, index: str, words: Catalogue) -> str:
    """Return the page at a former path; it leads to the present path and keeps the address's anchor."""
    to = Links(former.rpartition("/")[0], index)
    address = to.page(now.rpartition("/")[0])
    return _PAGE.format(
        language=words.language,
        title=html_text(title),
        address=address,
        leading=_LEADING.format(script=to.file(published_assets().moved_script), address=address),
        heading=html_text(title),
        text=html_text(words.text("site.moved")),
    )


def removed_pages(plan: Plan, index: str, words: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield path and page for each removed entry of a plan, in both its folders: of tasks and of targets.

    Which of the two it was is not stored. The page says that the entry is removed, and does not redirect.
    """
    for folder, id_ in product(_ENTRIES, plan.removed):
        path = f"{folder}/{plan.id}/{id_}/index.html"
        for former in (path, *former_paths(path, plan)):
            page = _PAGE.format(
                language=words.language,
                title=html_text(plan.title),
                address=Links(former.rpartition("/")[0], index).page(f"{PLANS}/{plan.id}"),
                leading="",
                heading=html_text(words.text("site.removed")),
                text=html_text(plan.title),
            )
            yield former, page
