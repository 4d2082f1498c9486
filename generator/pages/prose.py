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

# A line without any Markdown; most notes and roles are such lines or lists of them.
_PLAIN = re.compile(r"(?![-+–•\s]|\d+[.)])[^\\`*_\[\]<>&#!|~\x00-\x1f]*(?<!\s)")
_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|])")
_TEXT = re.compile(r"(?<![^>])[^<>]+(?=<|$)")
_CODE = re.compile(r"<code>[^<]*</code>")


# The same text stands on several pages.
@lru_cache(maxsize=1 << 12)
def prose(text: str) -> Markup:
    """Return contributors' Markdown as HTML: emphasis, lists, paragraphs; HTML in the text is shown as text."""
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
    # The parser escapes once more inside code.
    html = _CODE.sub(lambda code: re.sub("&amp;(amp|lt);", r"&\1;", code[0]), html)
    # A link may lead only to a web page; a picture becomes a link.
    html = re.sub(r'<img alt="([^"]*)" src="([^"]*)"[^>]*>', r'<a href="\2">\1</a>', html)
    return re.sub(r'<a href="(?!https?://)[^"]*"', "<a ", html)


@cache
def _parser() -> markdown.Markdown:
    """Return the parser, made and imported on first use: both take longer than parsing most texts."""
    import markdown

    return markdown.Markdown(extensions=["sane_lists", "nl2br"])


def html_text(text: str) -> str:
    """Return a text as escaped HTML; most texts need no change."""
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        return str(escape(text))
    return text


@lru_cache(maxsize=1 << 12)
def unbroken(text: str) -> str:
    """Return a text as HTML in which no line break falls inside a number, year or name."""
    return _keep_whole(text, html_text)


def _keep_whole(text: str, write: Callable[[str], str] = str) -> str:
    """Return HTML without tags, or a text that `write` turns into HTML, with unbreakable pieces marked."""
    segments = split_by_breaks(text)
    if not any(whole for _, whole in segments):
        return write(text)
    return "".join(
        f'<span class="sk-whole">{write(segment)}</span>' if whole else write(segment) for segment, whole in segments
    )


def share_class(share: float) -> str:
    """Return the class for a bar of this height (0 to 1): a content security policy may forbid style attributes."""
    return f"sk-share-{2 * round(50 * share)}"


def escape_markdown(text: str) -> Markup:
    """Return a text escaped for a Markdown line, with numbers and names unbroken."""
    return Markup(_keep_whole(text, lambda segment: _SIGNS.sub(r"\\\1", str(escape(segment)))))


def verbatim(text: str) -> Markup:
    """Return a text for `<pre>`, with indents encoded so that tidying the page keeps them."""
    return Markup(re.sub(r"(?m)^ +", lambda match: "&#32;" * len(match.group()), str(escape(text))))
