"""Turns a generated page's Markdown into HTML without a Markdown parser: only its headings are Markdown.

The parser of a site builder reads every table three times and finds nothing to do. Pages with a Markdown paragraph,
list or table go to the parser. `tests/pages/test_html.py` checks that both give the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import escape

from generator.language.catalogue import catalogue

TOC_DEPTH = 4
"""Headings down to this level are in the table of contents (as in mkdocs.yml for other pages)."""

_HEADING = re.compile(r"(#{1,6}) (.*) \{: (.*?) \}")
_TITLE = re.compile(r"^# .*$", re.M)
_TAG = re.compile(r"<[^>]*>")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|])")


@dataclass(frozen=True)
class Anchor:
    """A heading in the table of contents: its level, id, title (as HTML), and the headings under it."""

    level: int
    id: str
    title: str
    children: list[Anchor] = field(default_factory=list)


@dataclass(frozen=True)
class PageBody:
    """The HTML of a page's text, and its table of contents."""

    html: str
    toc: Sequence[Anchor]


def body_of(text: str, language: str = "vi") -> PageBody | None:
    """Return the body of a page's text, tidied or not; None if it has Markdown other than headings."""
    permalink = catalogue(language).text("site.permalink")
    parts: list[str] = []
    top: list[Anchor] = []
    open_: list[Anchor] = []
    begins = True  # whether this line is the first of a paragraph
    for line in map(str.strip, text.split("\n")):
        if not line:
            begins = True
        elif line[0] == "#" and (match := _HEADING.fullmatch(line if top else named(line))):
            anchor, html = _heading(match, permalink)
            parts.append(html)
            if anchor.level <= TOC_DEPTH:
                while open_ and open_[-1].level >= anchor.level:
                    open_.pop()
                (open_[-1].children if open_ else top).append(anchor)
                open_.append(anchor)
            begins = True
        elif begins and line[0] != "<":
            return None
        else:
            parts.append(line)
            begins = False
    return PageBody("\n".join(parts), top)


def tidied(text: str) -> str:
    """Return a page's text for a Markdown parser, with an id for its title."""
    # The parser would take an indented line for code.
    lines = (line.strip() for line in text.strip().split("\n"))
    shown = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"
    return _TITLE.sub(lambda match: named(match[0]), shown, count=1)


def named(heading: str) -> str:
    """Return a heading with an id: the page's title gets one that no other part of a page has."""
    return heading if _HEADING.fullmatch(heading) else f"{heading} {{: #dau-trang }}"


def _heading(match: re.Match[str], permalink: str) -> tuple[Anchor, str]:
    signs, title, attributes = match.groups()
    title = _ESCAPED.sub(r"\1", title)
    words = attributes.split()
    id_ = words[0].removeprefix("#")
    classes = " ".join(word.removeprefix(".") for word in words[1:])
    tag = f"h{len(signs)}"
    shown = f' class="{classes}"' if classes else ""
    link = f'<a class="headerlink" href="#{escape(id_)}" title="{escape(permalink)}">#</a>'
    return Anchor(len(signs), id_, _TAG.sub("", title)), f'<{tag}{shown} id="{escape(id_)}">{title}{link}</{tag}>'


def toc_html(anchors: Sequence[Anchor]) -> str:
    """Return the entries of a table of contents, in the form of `overrides/partials/toc-item.html`."""
    return "\n".join(map(_toc_item, anchors))


def _toc_item(anchor: Anchor) -> str:
    inner = ""
    if anchor.children:
        items = toc_html(anchor.children)
        inner = f'<div class="md-nav">\n<ul class="md-nav__list">\n{items}\n</ul>\n</div>\n'
    return (
        f'<li class="md-nav__item">\n<a href="#{anchor.id}" class="md-nav__link">\n<span class="md-ellipsis">\n'
        f"{anchor.title}\n</span>\n</a>\n{inner}</li>"
    )
