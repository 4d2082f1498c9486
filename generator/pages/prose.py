"""Contributors' texts as HTML."""

from __future__ import annotations

import re

import markdown
from markupsafe import Markup, escape

# A line in which nothing means anything to Markdown; most notes and roles are such.
_PLAIN = re.compile(r"(?![-+\s]|\d+[.)])[^\\`*_\[\]<>&#!|~\x00-\x1f]*(?<!\s)")


def prose(text: str) -> Markup:
    """Contributors' Markdown as HTML: emphasis, lists and paragraphs; HTML in it is shown, not obeyed."""
    if text and _PLAIN.fullmatch(text):
        return Markup(f"<p>{text}</p>")
    return Markup(_parsed(text))


def _parsed(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    html = markdown.markdown(safe, extensions=["sane_lists", "nl2br"])
    # A link that a contributor writes may lead to a web page, nowhere else.
    return re.sub(r'href="(?!https?://)[^"]*"', "", html)


def escape_markdown(text: str) -> Markup:
    """Text that shall stand in a Markdown line as it is."""
    return Markup(re.sub(r"([\\`*_{}\[\]()#+\-.!|])", r"\\\1", str(escape(text))))


def verbatim(text: str) -> Markup:
    """Text for `<pre>`, its indents written so that they outlast the tidying of a page."""
    return Markup(re.sub(r"(?m)^ +", lambda found: "&#32;" * len(found.group()), str(escape(text))))
