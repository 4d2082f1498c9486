"""Contributors' texts as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator.language.letter_widths import split_by_breaks
from generator.pages.text_lists import with_lists

if TYPE_CHECKING:
    import markdown

# A line in which nothing means anything to Markdown; most notes and roles are such, or lists of such.
_PLAIN = re.compile(r"(?![-+–•\s]|\d+[.)])[^\\`*_\[\]<>&#!|~\x00-\x1f]*(?<!\s)")
_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|])")
_TEXT = re.compile(r"(?<![^>])[^<>]+(?=<|$)")
_CODE = re.compile(r"<code>[^<]*</code>")


# The same text stands on several pages.
@lru_cache(maxsize=1 << 12)
def prose(text: str) -> Markup:
    """Contributors' Markdown as HTML: emphasis, lists and paragraphs; HTML in it is shown, not obeyed."""
    if text and _PLAIN.fullmatch(text):
        return Markup(f"<p>{_keep_whole(text)}</p>")
    items = text.removeprefix("- ").split("\n- ") if text.startswith("- ") else []
    if items and all(item and _PLAIN.fullmatch(item) for item in items):
        return Markup("\n".join(["<ul>", *(f"<li>{_keep_whole(item)}</li>" for item in items), "</ul>"]))
    return Markup(_TEXT.sub(lambda part: _keep_whole(part[0]), with_lists(text, _parsed)))


def _parsed(text: str) -> str:
    """Return a text without lists as HTML."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    html = _parser().reset().convert(safe)
    # What the parser takes for code it escapes once more.
    html = _CODE.sub(lambda code: re.sub("&amp;(amp|lt);", r"&\1;", code[0]), html)
    # A link that a contributor writes may lead to a web page, nowhere else; a picture elsewhere is a link to it.
    html = re.sub(r'<img alt="([^"]*)" src="([^"]*)"[^>]*>', r'<a href="\2">\1</a>', html)
    return re.sub(r'<a href="(?!https?://)[^"]*"', "<a ", html)


@cache
def _parser() -> markdown.Markdown:
    """To set up a parser takes longer than most texts do, and to load its modules longer than to look for a change."""
    import markdown

    return markdown.Markdown(extensions=["sane_lists", "nl2br"])


def html_text(text: str) -> str:
    """Return a text as HTML, letter by letter; most need nothing."""
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        return str(escape(text))
    return text


@lru_cache(maxsize=1 << 12)
def unbroken(text: str) -> str:
    """Return a text as HTML in which no number, year or name is cut inside at the end of a line."""
    return _keep_whole(text, html_text)


def _keep_whole(text: str, write: Callable[[str], str] = str) -> str:
    """Return HTML without tags, or a text that `write` makes HTML, with what must not be cut inside marked."""
    segments = split_by_breaks(text)
    if not any(whole for _, whole in segments):
        return write(text)
    return "".join(
        f'<span class="sk-whole">{write(segment)}</span>' if whole else write(segment) for segment, whole in segments
    )


def share_class(share: float) -> str:
    """Return the class that makes a bar as tall as a share of 1: a policy may forbid style attributes."""
    return f"sk-share-{2 * round(50 * share)}"


def escape_markdown(text: str) -> Markup:
    """Return a text that shall stand in a Markdown line as it is, its numbers and names uncut."""
    return Markup(_keep_whole(text, lambda segment: _SIGNS.sub(r"\\\1", str(escape(segment)))))


def verbatim(text: str) -> Markup:
    """Text for `<pre>`, its indents written so that they outlast the tidying of a page."""
    return Markup(re.sub(r"(?m)^ +", lambda match: "&#32;" * len(match.group()), str(escape(text))))
