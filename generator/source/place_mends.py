"""Mends of lines in the wrong place: an indent that no line around shares, a text that continues in further lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from generator.problem import Span
from generator.source.yaml_lines import FIELD, ITEM, MOST_RUN, Mend, depth_of, value_of, without_note
from generator.source.yaml_writer import quoted


def indented_beginning(lines: Sequence[str]) -> Iterator[Mend]:
    """Yield mends of a file's first fields if they are indented and later ones are not."""
    first = next((n for n, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), 0)
    depth = depth_of(lines[first])
    if not depth or not FIELD.match(lines[first]):
        return
    end = next((n for n in range(first + 1, len(lines)) if FIELD.match(lines[n]) and lines[n][0] not in " -"), first)
    for index in range(first, end):
        match = FIELD.match(lines[index])
        if match and 0 < len(match[1]) <= depth and not match[2]:
            values = {"column": "1", "found": str(len(match[1]) + 1), "field": match[3]}
            span = Span(index + 1, len(match[1]) + 1, len(match[3]))
            yield Mend("yaml-indent", span, {index: lines[index].lstrip()}, values)


def outdented_items(lines: Sequence[str], fields: Collection[str], texts: Collection[int]) -> Iterator[Mend]:
    """Yield mends of texts left of the field whose items they are: else they would be entries themselves.

    `texts` are the lines of texts, in which nothing is a sign of YAML.
    """
    for index, line in enumerate(lines):
        match = FIELD.match(line)
        if not match or match[3] not in fields or without_note(match[4]) or index in texts:
            continue
        column = len(match[1]) + len(match[2])
        run: list[int] = []
        for below in range(index + 1, min(index + MOST_RUN, len(lines))):
            item = ITEM.match(lines[below])
            if not item or len(item[1]) >= column or FIELD.match(item[2]) or item[2].startswith("{"):
                break
            run.append(below)
        if run:
            depth = depth_of(lines[run[0]])
            values = {"why": "items", "field": match[3], "found": str(depth + 1), "column": str(column + 3)}
            mended = {below: " " * (column + 2) + lines[below].lstrip() for below in run}
            yield Mend("yaml-indent", Span(run[0] + 1, depth + 1), mended, values)


def guess_outdented(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess that the line above is too far left: the lines around it share a column."""
    before = [n for n in range(max(0, index - MOST_RUN), index) if lines[n].strip()][-2:]
    match, *around = (FIELD.match(lines[n]) for n in (*before[::-1], index)) if len(before) == 2 else (None,)
    columns = {len(field[1]) + len(field[2]) for field in around if field}
    if not match or match[2] or not all(around) or len(columns) > 1 or not without_note(match[4]):
        return
    column, depth = columns.pop(), len(match[1])
    name = f"{match[1]}{match[3]}:"
    # If this field stands in this column elsewhere too, it is in the right place.
    if depth < column and not any(line.startswith(name) for n, line in enumerate(lines) if n != before[1]):
        values = {"column": str(column + 1), "found": str(depth + 1), "field": match[3]}
        mended = {before[1]: " " * column + lines[before[1]].lstrip()}
        yield Mend("yaml-indent", Span(before[1] + 1, depth + 1, len(match[3])), mended, values)


def guess_text_below(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a text with a colon that continues in the lines below, such as a list printed in a title."""
    match = FIELD.match(lines[index])
    value = without_note(match[4]) if match else ""
    if not match or not re.search(r":(?: |$)", value) or value[0] in "\"'[{":
        return
    column = len(match[1]) + len(match[2])
    run: list[int] = []
    for below in range(index + 1, min(index + MOST_RUN, len(lines))):
        item = ITEM.match(lines[below])
        if depth_of(lines[below]) + bool(item) <= column or _is_field(item[2] if item else lines[below], fields):
            break
        run.append(below)
    if run:
        head, _ = value_of(lines[index])
        text = quoted(" ".join([value, *(lines[below].strip() for below in run)]))
        mended = {index: head + text, **dict.fromkeys(run, "")}
        span = Span(index + 1, len(head) + value.rindex(":") + 1)
        yield Mend("yaml-colon", span, mended, {"why": "lines", "example": f"{head.strip()} {text}"})


def guess_continued(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess that this line continues a text, or is a list item without its dash."""
    line = lines[index]
    if not (_is_text(line, fields) or _is_below_text(lines, index, fields)) or line.lstrip()[0] in "[{?%":
        return
    before = next((n for n in range(index - 1, -1, -1) if lines[n].strip()), 0)
    if ITEM.match(lines[before]) and depth_of(lines[before]) == depth_of(line):
        values = {"why": "missing", "example": f"- {quoted(line.strip())}"}
        mended = {index: f"{' ' * depth_of(line)}- {quoted(line.strip())}"}
        yield Mend("yaml-dash", Span(index + 1, depth_of(line) + 1, len(line.strip())), mended, values)
    run: list[int] = []
    for below in range(index, min(index + MOST_RUN, len(lines))):
        if lines[below].strip() and not (_is_text(lines[below], fields) or _is_below_text(lines, below, fields)):
            break
        run.append(below)
    span = Span(index + 1, depth_of(line) + 1, max(1, len(line.strip())))
    values = {"found": line.strip()[:60], **_joined(lines, [before, *run], fields)}
    yield Mend("yaml-continued", span, dict.fromkeys(run, ""), values)


def _joined(lines: Sequence[str], run: Sequence[int], fields: Collection[str]) -> dict[str, str]:
    """Return an example in which a plain value and its further lines are one line; empty if they cannot be joined."""
    head, value = value_of(lines[run[0]])
    value = without_note(value)
    begins = _is_field(lines[run[0]], fields) or ITEM.match(lines[run[0]])
    goes_on = lines[run[1]].lstrip()[:1].isalnum()
    # A single word may be an id, number or day, which has no further lines.
    if not begins or not goes_on or " " not in value or value[0] in "\"'[{":
        return {}
    text = " ".join(filter(None, [value, *(lines[n].strip() for n in run[1:])]))
    return {"example": f"{head.strip()} {quoted(text) if re.search(r':(?: |$)| #', text) else text}"}


def _is_below_text(lines: Sequence[str], index: int, fields: Collection[str]) -> bool:
    """Return whether an item stands below a field whose value is a text, so that it cannot have a list."""
    item = ITEM.match(lines[index])
    if not item or FIELD.match(item[2]) or item[2].startswith("{"):
        return False
    above = (line for line in lines[max(0, index - MOST_RUN) : index][::-1] if line.strip() and not ITEM.match(line))
    match = FIELD.match(next(above, ""))
    value = without_note(match[4]) if match and match[3] in fields else ""
    return bool(match and value and value[0] not in "[{|>" and len(item[1]) >= len(match[1]) + len(match[2]))


def _is_field(line: str, fields: Collection[str]) -> bool:
    match = FIELD.match(line)
    return bool(match and match[3] in fields)


def _is_text(line: str, fields: Collection[str]) -> bool:
    """Return whether a line begins like a sentence, with or without a colon, and not like a field or item."""
    match = FIELD.match(line)
    if match and (match[2] or match[3] in fields or re.fullmatch(r"[a-z_\d]+", match[3])):
        return False
    return not ITEM.match(line)
