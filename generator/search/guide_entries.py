"""Hand-written pages as entries of the header's search: each page, and each part under a heading."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_HEADING = re.compile(r"<h([1-6])([^>]*)>(.*?)</h\1>", re.S)
_ID = re.compile(r'\bid="([^"]*)"')
_INLINE = re.compile(r"</?(?:a|b|code|em|i|kbd|span|strong)\b[^>]*>")
# YAML examples, buttons and links to other pages have no words to search for.
_MARKUP = re.compile(r'<pre\b.*?</pre>|<button\b.*?</button>|<p class="sk-(?:guide-nav|crumbs)">.*?</p>|<[^>]*>', re.S)
_FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.S)


def guide_parts(markdown_text: str) -> Iterator[tuple[str, str, str]]:
    r"""Yield anchor, title and text of each part of a page; the anchor of the page itself is empty.

    >>> list(guide_parts("# Đóng góp\n\nMở đầu.\n\n## Bước 1 {: #buoc-1 }\n\nChọn *mã*."))
    [('', 'Đóng góp', 'Mở đầu.'), ('buoc-1', 'Bước 1', 'Chọn mã.')]
    >>> list(guide_parts("# Đóng góp\n\n<div>\n<button>In</button>\n</div>\n\n[Luật](quy-tac.md)\n{: .sk-guide-nav }"))
    [('', 'Đóng góp', '')]
    """
    import markdown

    converted = markdown.markdown(
        _FRONT_MATTER.sub("", markdown_text, count=1),
        extensions=["attr_list", "toc", "tables", "fenced_code", "md_in_html"],
    )
    headings = list(_HEADING.finditer(converted))
    for index, heading in enumerate(headings):
        end = headings[index + 1].start() if index + 1 < len(headings) else len(converted)
        anchor = _ID.search(heading[2]) if index else None
        yield (anchor[1] if anchor else "", _text(heading[3]), _text(converted[heading.end() : end]))


def _text(markup: str) -> str:
    return " ".join(html.unescape(_MARKUP.sub(" ", _INLINE.sub("", markup))).split())
