"""Pasted text -> rows of cells and paragraphs.

Excel quotes a cell of several lines and doubles the quotes in it. Word quotes nothing: a row of several lines is found
only by the number of its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.reading.column_headings import is_label_heading
from generator.reading.plan_tables import ENDING_WORDS
from generator.reading.row_labels import parse_label, split_label

_QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")
_FEWEST_COLUMNS = 3
"""With fewer columns it is no table of a plan: a list pasted from Word has a tab after each number."""
_FEWEST_WORDS = 3
"""With fewer words, capitals alone make no heading."""


class PastedLine(NamedTuple):
    """A row of cells, or a paragraph, which is one text."""

    cells: tuple[str, ...]
    is_row: bool


def pasted_lines(text: str) -> list[PastedLine]:
    """Return the rows and paragraphs of a text, without blank ones."""
    lines: list[list[str]] = []
    for line in _split(text):
        if "".join(line).strip():
            lines.append(line)
        elif len(line) == 1 and lines and lines[-1] != [""]:  # a blank line separates two rows
            lines.append([""])
    rows: list[PastedLine] = []
    for start, end in pairwise([0, *(i for i, line in enumerate(lines) if i and _is_head(line)), len(lines)]):
        table = lines[start:end]
        rows += _joined(table, max(map(len, table), default=1))
    return rows


def _split(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line as pasted."""
    place = 0
    while place <= len(text):
        end = text.find("\n", place)
        end = end if end >= 0 else len(text)
        if '"' in text[place:end]:
            cells, end = _cells(text, place)
            yield cells
        else:
            yield text[place:end].split("\t")
        place = end + 1


def _cells(text: str, place: int) -> tuple[list[str], int]:
    """Return the cells from a place to the end of their row, and where that is."""
    cells: list[str] = []
    while True:
        match = _QUOTED.match(text, place)
        if match and _is_of_excel(text, match):
            cells.append(match[1].replace('""', '"'))
        else:
            match = _PLAIN.match(text, place)
            assert match  # the pattern also matches an empty text
            cells.append(match[0])
        if text[match.end() : match.end() + 1] != "\t":
            return cells, match.end()
        place = match.end() + 1


def _is_of_excel(text: str, match: re.Match[str]) -> bool:
    """Return whether Excel put the quotes around a cell, which it does only if the cell needs them.

    Quotes around both line breaks and tabs do not belong together.
    """
    is_cell = text[match.start() - 1 : match.start()] == "\t" or text[match.end() : match.end() + 1] == "\t"
    return is_cell and (("\n" in match[1]) != ("\t" in match[1]) or '""' in match[1])


def _joined(lines: Sequence[list[str]], width: int) -> Iterator[PastedLine]:
    """Yield the lines of one table and those around it; the lines of one row are joined."""
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if not _begins_row(line, width):
            if any(line):
                yield PastedLine(tuple(line), len(line) > 1)
            continue
        ends = (i for i in range(index, len(lines)) if _begins_row(lines[i], width) or _ends_table(lines[i]))
        end = next(ends, len(lines))
        rest = _completing(line, lines[index:end], width)
        row = _appended(line, lines[index : index + rest])
        index += rest
        rows = [row]
        is_followed = end < len(lines) and not _ends_table(lines[end])
        if is_followed and all(len(one) == 1 for one in lines[index:end]):
            for (text,) in lines[index:end]:
                if _is_heading(text, is_alone=len(rows[-1]) == width):
                    rows.append([text])
                else:
                    rows[-1] = _appended(rows[-1], [[text]])
            index = end
        yield from (PastedLine(tuple(cells), True) for cells in rows)


def _completing(line: Sequence[str], rest: Sequence[list[str]], width: int) -> int:
    """Return how many further lines a row needs to have all its cells; 0 if it never has."""
    count = len(line)
    for number, more in enumerate(rest, 1):
        if count >= width:
            break
        count += len(more) - 1
        if count == width:
            return number
    return 0


def _appended(row: Sequence[str], lines: Sequence[Sequence[str]]) -> list[str]:
    """Return a row with lines appended to its last cell."""
    cells = list(row)
    for first, *others in lines:
        cells[-1] = f"{cells[-1]}\n{first}"
        cells += others
    return cells


def _begins_row(line: Sequence[str], width: int) -> bool:
    """Return whether a line certainly begins a row: its first cell is a label, or is empty and no cell is missing."""
    if width < _FEWEST_COLUMNS or len(line) == 1:
        return False
    first = line[0].strip()
    return _is_head(line) or parse_label(first) is not None or (not first and len(line) == width)


def _ends_table(line: Sequence[str]) -> bool:
    """Return whether no further line belongs to the row above: the line is blank, or begins the signers' table."""
    return not any(line) or any(ENDING_WORDS.match(cell.strip()) for cell in line)


def _is_head(line: Sequence[str]) -> bool:
    return len(line) >= _FEWEST_COLUMNS - 1 and is_label_heading(line[0])


def _is_heading(text: str, *, is_alone: bool) -> bool:
    """Return whether a line between two rows is a row of one cell: the end of a cell does not look so.

    Capitals may be short names of units (`VNPT`), or continue a heading above: `is_alone` says that there is none.
    """
    label, _ = split_label(text.strip())
    is_shouted = is_alone and text.isupper() and len(text.split()) >= _FEWEST_WORDS and not {*text} & {*",;"}
    return is_shouted or (label is not None and label.kind in {"word", "roman", "capital"})
