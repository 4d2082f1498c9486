"""What stands at the addresses of earlier ids: pages that lead on, and files as they are now."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from generator.assets import published_assets
from generator.language.catalogue import Catalogue
from generator.model.entities import Plan, Programme, Unit
from generator.pages.links import TARGETS, TASKS, Links
from generator.pages.prose import html_text

_ENTRIES = (TASKS, TARGETS)
"""Folders in which each entry of a plan has a page."""

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="canonical" href="{address}">
<script src="{script}"></script>
<meta http-equiv="refresh" content="0; url={address}">
</head>
<body>
<main>
<h1>{title}</h1>
<p><a href="{address}">{said}</a></p>
</main>
</body>
</html>
"""


def former_paths(path: str, subject: object) -> Iterator[str]:
    """Yield the paths that a page or file of a plan, unit or programme had under earlier ids.

    An id is a part of the path, with or without an ending: `don-vi/x/index.html`, `du-lieu/don-vi/x.ics`. Below a
    plan's tasks and targets the next part is the id of one, which may have had others, too.
    """
    if not isinstance(subject, Plan | Unit | Programme):
        return
    folder, *parts = path.split("/")
    inner: tuple[str, ...] = ()
    if isinstance(subject, Plan) and folder in _ENTRIES and len(parts) > len(_ENTRIES):
        inner = next((entry.formerly for entry in (*subject.tasks, *subject.targets) if entry.id == parts[1]), ())
    for id_, entry in product((subject.id, *subject.formerly), ("", *inner)):
        former = [id_ + part[len(subject.id) :] if part.partition(".")[0] == subject.id else part for part in parts]
        if entry:
            former[1] = entry
        if former != parts:
            yield "/".join((folder, *former))


def moved_page(former: str, now: str, title: str, index: str, words: Catalogue) -> str:
    """Return the page at a former path that leads to where the page is now, with the part that the address names."""
    to = Links(former.rpartition("/")[0], index)
    return _PAGE.format(
        language=words.language,
        title=html_text(title),
        address=to.page(now.rpartition("/")[0]),
        script=to.file(published_assets().moved_script),
        said=html_text(words.text("site.moved")),
    )
