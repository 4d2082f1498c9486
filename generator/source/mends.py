"""Mends of lines that YAML cannot read: each is a guess at what was meant, and names the cause.

`generator.source.recovery` tries them and accepts one that lets the parser go on. Then the cause is certain and is
reported by its own rule at its own place; the rest of the entry is still checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from generator.problem import Span
from generator.source.bracket_mends import guess_commas, guess_pieces
from generator.source.child_mends import fields_beside, is_of_mapping
from generator.source.place_mends import (
    guess_continued,
    guess_outdented,
    guess_text_below,
    indented_beginning,
    outdented_items,
)
from generator.source.value_mends import guess_brackets, guess_colons, guess_list, guess_quotes, guess_signs
from generator.source.yaml_lines import (
    BLOCK_START,
    BULLET,
    FIELD,
    ITEM,
    MOST_RUN,
    Mend,
    columns_of,
    depth_of,
    text_lines,
    without_note,
)
from generator.source.yaml_writer import quoted

_GLUED_DASH = re.compile(r"^( *)-([a-z_]+): ")
_GLUED = re.compile(r"^( *(?:- +)*[A-Za-z_]+):(?=[^\s:/])(.*)$")
_NO_COLON = re.compile(r"^( *(?:- +)*)([a-z_]+)(?: *[=;：] *| +)(\S.*)$")
_CONFLICT = re.compile(r"^(<{7}|\|{7}|={7}|>{7})( |$)")


def certain_mends(lines: Sequence[str], fields: Collection[str]) -> Iterator[Mend]:
    """Yield mends of lines that YAML reads differently: in the wrong column, with a bullet or a dash without space."""
    yield from indented_beginning(lines)
    texts = text_lines(lines)
    yield from outdented_items(lines, fields, texts)
    yield from fields_beside(lines, texts)
    list_begins = False
    for index, line in enumerate(lines):
        if not line.strip() or line.lstrip().startswith("#") or index in texts:
            continue
        bullet, glued = BULLET.match(line), _GLUED_DASH.match(line)
        if glued and glued[2] in fields:
            values = {"why": "glued", "example": f"- {line.strip()[1:]}"}
            mended = {index: f"{glued[1]}- {line.lstrip()[1:]}"}
            yield Mend("yaml-dash", Span(index + 1, len(glued[1]) + 1), mended, values)
        elif list_begins and bullet and bullet[2] not in "-*+":
            rest = bullet[4] if FIELD.match(bullet[4]) else quoted(bullet[4])
            values = {"found": bullet[2], "example": f"- {rest}"}
            mended = {index: f"{bullet[1]}- {rest}"}
            yield Mend("yaml-bullet", Span(index + 1, len(bullet[1]) + 1), mended, values)
        else:
            match = FIELD.match(line)
            list_begins = bool(match and not without_note(match[4])) or (list_begins and bool(ITEM.match(line)))


def mends_of(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Yield guesses at the fault in a line, the likeliest first; `fields` are the names of all fields."""
    line = lines[index]
    if not line.strip() or line.lstrip().startswith("#"):
        return
    for guess in _GUESSES:
        yield from guess(lines, index, fields)


def _conflict(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess marks of a merge conflict: the first side is kept."""
    if not _CONFLICT.match(lines[index]):
        return
    start = next((i for i in range(index, -1, -1) if lines[i].startswith("<<<<<<<")), index)
    mended: dict[int, str] = {}
    second = False
    for line_index in range(start, len(lines)):
        mark = _CONFLICT.match(lines[line_index])
        second = second or bool(mark and mark[1][0] in "|=")
        if mark or second:
            mended[line_index] = ""
        if mark and mark[1][0] == ">":
            break
    yield Mend("yaml-conflict", Span(start + 1, 1, max(1, len(lines[start]))), mended)


def _tab(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    line = lines[index]
    if "\t" not in line[: len(line) - len(line.lstrip())]:
        return
    run = [i for i in range(index, min(index + MOST_RUN, len(lines))) if "\t" in lines[i][: depth_of(lines[i])]]
    for width in (2, 4, 1, 8):
        mended = {i: lines[i][: depth_of(lines[i])].replace("\t", " " * width) + lines[i].lstrip() for i in run}
        yield Mend("yaml-tab", Span(index + 1, line.index("\t") + 1), mended)
        yield Mend("yaml-tab", Span(index + 1, line.index("\t") + 1), {index: mended[index]})
    for column in columns_of(lines, index):
        yield Mend("yaml-tab", Span(index + 1, line.index("\t") + 1), {index: " " * column + line.lstrip()})


def _bullet(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a dash without its space, a long dash, a bullet of a word processor."""
    match = BULLET.match(lines[index])
    if not match or (match[2] == "-" and match[3]):
        return
    indent, sign, _, rest = match.groups()
    rule, values = ("yaml-dash", {"why": "glued"}) if sign == "-" else ("yaml-bullet", {"found": sign})
    span = Span(index + 1, len(indent) + 1)
    columns = dict.fromkeys((len(indent), *columns_of(lines, index)))
    for column in columns:
        for text in (rest, quoted(rest)):
            yield Mend(rule, span, {index: f"{' ' * column}- {text}"}, {**values, "example": f"- {rest}"})


def _colon(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a missing colon, a missing space after it, another sign in its place."""
    line = lines[index]
    if match := _GLUED.match(line):
        mended = f"{match[1]}: {match[2]}"
        values = {"why": "glued", "example": mended.strip()}
        yield Mend("yaml-no-colon", Span(index + 1, len(match[1]) + 1), {index: mended}, values)
    if (match := _NO_COLON.match(line)) and match[2] in fields:
        span = Span(index + 1, len(match[1]) + 1, len(match[2]))
        for text in (match[3], quoted(match[3])):
            mended = f"{match[1]}{match[2]}: {text}"
            yield Mend("yaml-no-colon", span, {index: mended}, {"why": "missing", "example": mended.strip()})
    if (name := line.strip().removeprefix("- ")) in fields:
        example = f"{name}: …"
        values = {"why": "missing", "example": example}
        span = Span(index + 1, line.index(name) + 1, len(name))
        yield Mend("yaml-no-colon", span, {index: f"{line.rstrip()}:"}, values)
        yield Mend("yaml-no-colon", span, {index: f"{line.rstrip()}: ''"}, values)


def _block(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a text after `|` or `>` that is not indented, seen at the sign or at the first line below it."""
    if not FIELD.match(lines[index]) and not ITEM.match(lines[index]):
        index = next((above for above in range(index - 1, -1, -1) if lines[above].strip()), index)
    match = FIELD.match(lines[index])
    value = match and without_note(match[4])
    if not match or not value or not BLOCK_START.match(value):
        return
    column = len(match[1]) + len(match[2])
    mended: dict[int, str] = {}
    for line_index in range(index + 1, min(index + 1 + MOST_RUN, len(lines))):
        line = lines[line_index]
        inner = FIELD.match(line)
        if inner and (inner[3] in fields or inner[2]) and depth_of(line) <= column:
            break
        if line.strip():
            mended[line_index] = " " * (column + 2) + line.lstrip()
    if mended:
        first = min(mended)
        values = {"field": match[3], "sign": value[0]}
        yield Mend("yaml-block", Span(first + 1, depth_of(lines[first]) + 1), mended, values)


def _indent(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a line, or the rest of its entry, in the wrong column; a key in the column of dashes lacks a dash."""
    line = lines[index]
    match, item = FIELD.match(line), ITEM.match(line)
    if not match and not item:
        return
    depth = depth_of(line)
    run = [index]
    for line_index in range(index + 1, min(index + MOST_RUN, len(lines))):
        if lines[line_index].strip() and (depth_of(lines[line_index]) < depth or ITEM.match(lines[line_index])):
            break
        run.append(line_index)
    dashes = {len(above[1]) for i in range(index) if (above := ITEM.match(lines[i]))} if match and not item else set()
    if match and not item and match[3] == "id" and depth in dashes:
        mended = {index: f"{' ' * depth}- {line.lstrip()}"}
        yield Mend("yaml-dash", Span(index + 1, depth + 1, len(line.strip())), mended, _dash_values(line))
    for column in columns_of(lines, index):
        if column == depth:
            continue
        values = {"column": str(column + 1), "found": str(depth + 1), "field": match[3] if match else "-"}
        span = Span(index + 1, depth + 1, max(1, len(match[3]) if match else 1))
        yield Mend("yaml-indent", span, {index: " " * column + line.lstrip()}, values)
        shifted = {i: " " * max(0, depth_of(lines[i]) + column - depth) + lines[i].lstrip() for i in run}
        yield Mend("yaml-indent", span, shifted, values)
    if depth in dashes and not is_of_mapping(lines, index):
        mended = {index: f"{' ' * depth}- {line.lstrip()}"}
        yield Mend("yaml-dash", Span(index + 1, depth + 1, len(line.strip())), mended, _dash_values(line))


def _dash_values(line: str) -> Mapping[str, str]:
    return {"why": "missing", "example": f"- {line.strip()}"}


_GUESSES: tuple[Callable[[Sequence[str], int, Collection[str]], Iterator[Mend]], ...] = (
    _conflict,
    _tab,
    _bullet,
    _colon,
    _block,
    guess_list,
    guess_commas,
    guess_pieces,
    guess_quotes,
    guess_signs,
    guess_brackets,
    guess_text_below,
    guess_colons,
    guess_continued,
    guess_outdented,
    _indent,
)
