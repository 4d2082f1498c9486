"""Guesses at faults inside braces and brackets: a comma between fields, a colon or `#` in a value."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from generator.problem import Span
from generator.source.yaml_lines import FIELD, ITEM, Mend, is_inside_brackets, value_of, without_note
from generator.source.yaml_writer import quoted

_NEXT_FIELD = r"(?:[a-z_]+|\d{4}): "
_TEXT = r"""(?:[^\s\[\]{},"']|"[^"]*" *(?=[^\s,\]}])|'[^']*' *(?=[^\s,\]}]))"""
"""The first letter of a value without quotes, or quoted words with text after them."""
# A field's value continues after a comma, up to the next field; a list's item ends at the comma.
_PIECE = re.compile(
    rf"(?:^ *|[\[{{,] *)(?:{_NEXT_FIELD} *(?P<value>{_TEXT}[^\[\]{{}}]*?)(?=, *{_NEXT_FIELD}|[\]}}]|$)"
    rf"|(?P<item>{_TEXT}[^\[\]{{}},]*?)(?=[\],}}]))"
)
_COLON = re.compile(r":(?= |$)")
_HASH = re.compile(r"(?<= )#(?=\w)")
_UNPARTED = re.compile(rf"(?<=[^\s,\[{{:;])(?: *; *| +)(?=({_NEXT_FIELD}))")
_FIELDS = re.compile(r"([a-z_]+): \S.*?, *([a-z_]+): ")


def guess_commas(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess fields in one line that lack commas, have semicolons instead, or lack braces around them."""
    line = without_note(lines[index])
    head, value = value_of(line)
    if item := ITEM.match(line):
        whole = item[2]
        head, value = (line[: len(line) - len(whole)], whole) if _FIELDS.match(whole) else (head, value)
    match = _FIELDS.match(value)
    if match and {match[1], match[2]} <= set(fields):
        span = Span(index + 1, len(head) + 1)
        mended = f"{head}{{{value}}}"
        yield Mend("yaml-bracket", span, {index: mended}, {"example": mended.strip()})
    if not value.startswith("{") and not is_inside_brackets(lines, index):
        return
    begin = len(head) if value.startswith("{") else 0
    gaps = [gap for gap in _UNPARTED.finditer(line, begin) if gap[1].rstrip(": ") in fields or gap[1][0].isdecimal()]
    if gaps:
        mended = _replaced(line, [(*gap.span(), ", ") for gap in gaps])
        yield Mend("yaml-bracket", Span(index + 1, gaps[0].start() + 1), {index: mended}, {"example": mended.strip()})


def guess_pieces(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a colon or `#` in values inside braces or brackets: only these values need quotes."""
    line = lines[index].rstrip()
    if not _begins_bracket(line) and not is_inside_brackets(lines, index):
        return
    for sign, rule in ((_COLON, "yaml-colon"), (_HASH, "hash-in-text")):
        text = without_note(line)
        found: list[tuple[int, int, int]] = []
        for match in _PIECE.finditer(text):
            name = "value" if match["value"] else "item"
            start, end = match.start(name), match.start(name) + len(match[name].rstrip())
            if at := sign.search(text, start, end):
                found.append((start, end, at.start()))
        if not found:
            continue
        mended = _replaced(text, [(start, end, quoted(text[start:end])) for start, end, _ in found])
        lost = text[found[0][2] :] if rule == "hash-in-text" else ":"
        span = Span(index + 1, found[0][2] + 1, len(lost))
        yield Mend(rule, span, {index: mended}, {"found": lost, "example": mended.strip()})


def _replaced(text: str, pieces: Sequence[tuple[int, int, str]]) -> str:
    """Return a text with pieces of it replaced; each piece is (start, end, new text)."""
    ends = [0, *(end for _, end, _ in pieces)]
    starts = [*(start for start, _, _ in pieces), len(text)]
    others = [*(other for _, _, other in pieces), ""]
    return "".join(text[end:start] + other for end, start, other in zip(ends, starts, others, strict=True))


def _begins_bracket(line: str) -> bool:
    match = FIELD.match(line) or ITEM.match(line)
    return bool(match and match[match.lastindex or 0].startswith(("[", "{")))
