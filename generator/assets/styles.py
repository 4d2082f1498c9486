"""Style sheets: the chapters of a folder, joined, flattened for older browsers and minified."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import tinycss2
from lightningcss import calc_parser_flags, process_stylesheet
from tinycss2.ast import Node

from generator.installation import ROOT

_BETWEEN_SELECTORS = re.compile(r",(?![^(]*\))")

STYLES = ROOT / "overrides" / "styles"


def _theme_sheet(name: str) -> Traversable | None:
    try:
        sheets = files("material").joinpath("templates/assets/stylesheets")
    except ImportError:
        return None
    return next(path for path in sheets.iterdir() if path.name.startswith(name) and path.name.endswith(".css"))


_PALETTE, _MAIN = _theme_sheet("palette."), _theme_sheet("main.")
PALETTE, MAIN = (f"assets/stylesheets/{sheet.name}" if sheet else "" for sheet in (_PALETTE, _MAIN))
"""The folders of Material's colours and styles, if it is installed.

The colours go into our style sheet, because each further sheet delays the first rendering. A third of the styles is
for parts that no page has; they are published without it, under another name."""

UNUSED_PARTS = (
    *("md-annotation", "md-author", "md-consent", "md-feedback", "md-post", "md-search", "md-select", "md-version"),
    *("admonition", "critic", "keys", "tabbed"),
)
"""Classes of Material, or beginnings of their names, that no page has: its blog, its search, some of Markdown.

Remove a name here if mkdocs.yml turns that part on. Named colours are not published either: ours are `custom`."""

_UNUSED = re.compile(rf"\.(?:{'|'.join(UNUSED_PARTS)})(?![a-z])|data-md-color-(?:primary|accent)=")

OLDEST_BROWSERS = ["chrome 90", "firefox 91", "safari 14"]
"""Browsers of 2021. The chapters use nesting, which browsers know since 2023: offices have older machines."""


def stylesheet(name: str) -> str:
    """Return the style sheet of the folder `name`: its chapters in the order of their file names.

    Each chapter is parsed separately, so that a missing brace does not change the next one. Raises `ValueError` with
    the file's name and the place if a chapter is not valid CSS.
    """
    return "".join(_flattened(path) for path in sorted((STYLES / name).glob("*.css")))


def palette() -> str:
    """Return Material's colours, without the named ones."""
    return _without_unused(_PALETTE)


def sizes() -> str:
    """Return a class for each height of a bar and each width of a year on paper.

    A style attribute would need a policy that permits them all.
    """
    heights = (f".sk-share-{share}{{--share:{share}%}}" for share in range(0, 101, 2))
    widths = (f".sk-table--cells-{width}{{--cells:{width}%}}" for width in range(3, 13))
    return "".join((*heights, *widths))


def theme_styles() -> str:
    """Return Material's styles, without parts that no page has."""
    return _without_unused(_MAIN)


def _without_unused(sheet: Traversable | None) -> str:
    text = sheet.read_text(encoding="utf-8") if sheet else ""
    return "".join(_used(tinycss2.parse_stylesheet(text, skip_comments=True)))


def _used(rules: Sequence[Node]) -> Iterator[str]:
    """Yield the rules without unused selectors, also inside other rules."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = _BETWEEN_SELECTORS.split(tinycss2.serialize(rule.prelude))
            if used := [selector for selector in selectors if not _UNUSED.search(selector)]:
                yield f"{','.join(used)}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in {"media", "supports"}:
            if inner := "".join(_used(tinycss2.parse_rule_list(rule.content))):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        else:
            yield rule.serialize()


def _flattened(chapter: Path) -> str:
    return process_stylesheet(
        chapter.read_text(encoding="utf-8"),
        filename=chapter.name,
        parser_flags=calc_parser_flags(nesting=True),
        browsers_list=OLDEST_BROWSERS,
    )
