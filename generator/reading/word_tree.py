"""The tree of a Word document without wrappers: content controls, smart tags, accepted changes, alternatives.

Each level of a document (body, table, row, cell, paragraph) may have such wrappers around its parts; a reader that
handles them at only one level loses whole rows. This module unwraps all levels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from generator.reading.numbering import W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TRANSPARENT = {
    f"{W}{name}" for name in ("customXml", "smartTag", "hyperlink", "fldSimple", "ins", "moveTo", "bdo", "dir")
}
_GONE = {f"{W}del", f"{W}moveFrom"}

OnChange = Callable[[str, Any], None]
"""Called for each tracked change with its kind (`ins`, `del`, `moveTo`, `moveFrom`) and its element."""


def parts_of(element: Any, on_change: OnChange) -> Iterator[Any]:
    """Yield the children of an element with all changes accepted and all wrappers removed."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        tag = child.tag
        if not isinstance(tag, str):
            continue
        if tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            stack.append(iter(() if content is None else content))
        elif tag in _GONE:
            on_change(tag.removeprefix(W), child)
        elif tag in _TRANSPARENT:
            if tag in {f"{W}ins", f"{W}moveTo"}:
                on_change(tag.removeprefix(W), child)
            stack.append(iter(child))
        elif tag == f"{MC}AlternateContent":
            stack.append(iter(_chosen(child)))
        else:
            yield child


def _chosen(alternatives: Any) -> Any:
    """Return the first alternative; some programs write only a fallback."""
    choice = alternatives.find(f"{MC}Choice")
    fallback = alternatives.find(f"{MC}Fallback")
    return choice if choice is not None else fallback if fallback is not None else ()


def text_of(element: Any) -> str:
    """Return all text below an element, also deleted text, for the report of a change."""
    texts = (f"{W}t", f"{W}delText")
    return "".join(node.text or "" for node in element.iter(*texts))
