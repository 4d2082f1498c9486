"""Mends of fields that do not stand below their parent field, so that YAML reads them as fields beside it.

`signer:` with `name:` in the same column is an empty field and an unknown one; the cause is the indent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from generator.problem import Span
from generator.source.yaml_lines import FIELD, ITEM, MOST_RUN, Mend, depth_of, without_note

_CHILDREN = {
    "by_year": r"(?:19|20)\d\d",
    "issued": "date|place",
    "signer": "name|position|on_behalf_of",
    "period": "from|to",
    "due": "from|to",
    "source": "document|url",
    "roles": "central|local|province|district|commune|branch",
    "measures": "id|name|unit|comparator|value|baseline|per|period|by_year|row|aggregate|contributes_to",
}
"""Fields that have fields of their own, with the names of these: none of them may stand beside their parent."""
_LISTS = {"measures"}
_TOP_LISTS = re.compile(r"( +)(outline|targets|activities): *(?:#.*)?$")


def fields_beside(lines: Sequence[str], texts: Collection[int]) -> Iterator[Mend]:
    """Yield mends of fields that stand beside their parent field, and of the plan's lists inside an entry.

    `texts` are the lines of texts, in which nothing is a field.
    """
    for index, line in enumerate(lines):
        if index in texts or not line.rstrip().endswith(":"):
            continue
        if (top := _TOP_LISTS.match(line)) and ITEM.match(_next(lines, index)):
            values = {"why": "top", "column": "1", "found": str(len(top[1]) + 1), "field": top[2]}
            yield Mend("yaml-indent", Span(index + 1, len(top[1]) + 1, len(top[2])), {index: line.lstrip()}, values)
        field = FIELD.match(line)
        if field and not without_note(field[4]) and field[3] in _CHILDREN:
            yield from _children(lines, index, field[3], len(field[1]) + len(field[2]))


def is_of_mapping(lines: Sequence[str], index: int) -> bool:
    """Return whether a line stands below a field that has fields, not items: then it is no item without its dash."""
    depth = depth_of(lines[index])
    above = next((n for n in range(index - 1, -1, -1) if lines[n].strip() and depth_of(lines[n]) < depth), None)
    field = FIELD.match(lines[above]) if above is not None else None
    return bool(field and field[3] in _CHILDREN and field[3] not in _LISTS)


def _children(lines: Sequence[str], index: int, name: str, column: int) -> Iterator[Mend]:
    """Yield the mend for lines in the column of their parent field: its fields, or the first item of its list."""
    first = next((n for n in range(index + 1, len(lines)) if lines[n].strip()), index)
    item = ITEM.match(lines[first]) if name in _LISTS else None
    if item and FIELD.match(item[2]):
        column = len(item[1])
        first = next((n for n in range(first + 1, len(lines)) if lines[n].strip()), first)
    run = _run(lines, first, name, column)
    if not run:
        return
    found = {"field": name, "found": str(column + 1)}
    span = Span(run[0] + 1, column + 1, max(1, len(lines[run[0]].strip().split(":")[0])))
    if name in _LISTS and not item:
        mended = {n: " " * 4 + lines[n] for n in run} | {run[0]: f"{' ' * (column + 2)}- {lines[run[0]].lstrip()}"}
        values = {**found, "why": "first", "column": str(column + 3), "example": f"- {lines[run[0]].strip()}"}
        yield Mend("yaml-dash", span, mended, values)
    else:
        values = {**found, "why": "rest" if item else "children", "column": str(column + 3)}
        yield Mend("yaml-indent", span, {n: f"  {lines[n]}" for n in run}, values)


def _run(lines: Sequence[str], first: int, name: str, column: int) -> list[int]:
    """Return the lines from `first` on that are fields of `name` in a column, with what stands below them."""
    run: list[int] = []
    for index in range(first, min(first + MOST_RUN, len(lines))):
        line = lines[index]
        field = FIELD.match(line)
        is_child = field and not field[2] and len(field[1]) == column and re.fullmatch(_CHILDREN[name], field[3])
        if not is_child and not (run and line.strip() and depth_of(line) > column):
            break
        run.append(index)
    return run


def _next(lines: Sequence[str], index: int) -> str:
    return next((line for line in lines[index + 1 : index + MOST_RUN] if line.strip()), "")
