"""Lists in contributors' texts, read line by line as offices type them, so that every printed number and sign is kept.

Markdown would renumber a list from its first number, take `2024.` at the start of a line for a list number, and need
four spaces before an inner list, where offices type two and a plus.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

_ITEM = re.compile(r"([ \t]*)(?:([-+*–•])|(\d{1,3})([.)]))[ \t]+(\S.*)")
_SIGN_IN_TEXT = re.compile(r"(?m)^([ ]{0,3}\d*)([-+*.)])(?=\s)")
_PLAIN_SIGNS = {"-": "-", "*": "-"}
"""Signs that become a list's usual bullet."""


@dataclass
class _Item:
    """An item: its sign or number as printed, its text, and its inner items."""

    sign: str
    number: int | None
    lines: list[str]
    inner: list[_Item] = field(default_factory=list)


def with_lists(text: str, inline: Callable[[str], str]) -> str:
    """Return a text as HTML; `inline` returns the HTML of a text without lists.

    A sign or number that HTML would not show itself is in `data-sign`.
    """

    def literal(part: str) -> str:
        return inline(_SIGN_IN_TEXT.sub(r"\1\\\2", part))

    return "\n".join(literal(block) if isinstance(block, str) else _list(block, literal) for block in _blocks(text))


def _blocks(text: str) -> Iterator[str | list[_Item]]:
    """Yield the texts between lists, and the items of each list."""
    prose: list[str] = []
    items: list[_Item] = []
    levels: list[tuple[int, list[_Item]]] = []
    after_blank = False
    for line in text.split("\n"):
        match = _ITEM.fullmatch(line.rstrip())
        if match:
            if prose and "".join(prose).strip():
                yield "\n".join(prose)
            prose = []
            _add(match, items, levels)
        elif items and line.strip() and not after_blank:
            levels[-1][1][-1].lines.append(line.strip())
        elif not items or line.strip():
            if items:
                yield items
                items, levels = [], []
            prose.append(line)
        after_blank = not line.strip()
    if items:
        yield items
    elif "".join(prose).strip():
        yield "\n".join(prose)


def _add(match: re.Match[str], items: list[_Item], levels: list[tuple[int, list[_Item]]]) -> None:
    """Put an item at the level of its indent. A plus is one level below a dash, even without an indent."""
    blanks, sign, number, end, text = match.groups()
    depth = 2 * (len(blanks.expandtabs(2)) // 2) + (sign == "+")
    while levels and levels[-1][0] > depth and len(levels) > 1:
        levels.pop()
    if not levels:
        levels.append((depth, items))
    elif levels[-1][0] < depth:
        levels.append((depth, levels[-1][1][-1].inner))
    levels[-1][1].append(_Item(sign or f"{number}{end}", int(number) if number else None, [text]))


def _list(items: Sequence[_Item], inline: Callable[[str], str]) -> str:
    """Return items as lists: one for each run of numbers or signs."""
    parts: list[str] = []
    index = 0
    while index < len(items):
        numbered = items[index].number is not None
        run = [items[index]]
        while index + len(run) < len(items) and (items[index + len(run)].number is not None) == numbered:
            run.append(items[index + len(run)])
        index += len(run)
        first = run[0].number
        start = f' start="{first}"' if first not in {None, 1} else ""
        tag = "ol" if numbered else "ul"
        # A browser counts on from the number before, so any other number needs its value.
        expected = [first, *(None if item.number is None else item.number + 1 for item in run[:-1])]
        shown = (_item(item, number, inline) for item, number in zip(run, expected, strict=True))
        parts.append("\n".join([f"<{tag}{start}>", *shown, f"</{tag}>"]))
    return "\n".join(parts)


def _item(item: _Item, expected: int | None, inline: Callable[[str], str]) -> str:
    sign = item.sign if item.number is not None else _PLAIN_SIGNS.get(item.sign, item.sign)
    attributes = f' value="{item.number}"' if item.number != expected else ""
    attributes += f' data-sign="{sign}"' if sign not in {"-", f"{item.number}."} else ""
    text = inline("\n".join(item.lines)).removeprefix("<p>").removesuffix("</p>")
    inner = f"\n{_list(item.inner, inline)}\n" if item.inner else ""
    return f"<li{attributes}>{text}{inner}</li>"
