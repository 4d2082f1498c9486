"""Paragraphs of a plan in prose -> rows of its table: targets, work, and lines that state only when, where or who.

`- Thời gian: Ngày 07/3` below `1. Tuyên truyền` is a cell of that work, not work of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from generator.language.folding import exact
from generator.reading.column_headings import ColumnHeading, map_columns
from generator.reading.heading_words import heading_key
from generator.reading.office_document import GridCell, GridRow, OfficeParagraph, OfficeRun
from generator.reading.row_labels import RowLabel, split_label

_TITLE_HEADING = "Nội dung"
_LABEL_HEADING = "TT"
_DECIDING = {"when", "when_from", "when_to", "lead", "partners", "lead_partners", "place"}
"""Fields of which a line must state at least one to be a cell of the work above."""
_DETAILS = {*_DECIDING, "levels_text", "funding", "costs", "products", "audience", "form", "person", "remark"}
_KEY = re.compile(r"([^:;\n]{2,40}?)\s*:\s*(\S.*)", re.DOTALL)
_PIECES = re.compile(r";\s*(?=[^:;]{2,40}:\s)")
_TARGETS = re.compile(r"chỉ tiêu")
_WORK = re.compile(r"nhiệm vụ|giải pháp|nội dung|hoạt động|biện pháp|thực hiện")
_NO_TARGETS = re.compile(rf"{_WORK.pattern}|mục tiêu")
_FARTHEST = 40
"""Lines above a detail in which its work is looked for."""
_RANKS = {"word": 0, "roman": 0, "capital": 0, "number": 1, "dotted": 2, "bracket": 3, "letter": 4, "small-roman": 4}
_BULLET_RANK = 5


@dataclass(frozen=True)
class ProseTable:
    """The rows of a plan in prose, and the headings of their columns."""

    headings: tuple[ColumnHeading, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True)
class _Line:
    paragraph: OfficeParagraph
    label: RowLabel | None
    rest: str

    @property
    def label_text(self) -> str:
        """The label without its full stop; empty for a bullet."""
        return self.label.printed.rstrip(".") if self.label and self.label.kind != "bullet" else ""

    @property
    def rank(self) -> int:
        """The depth of a line with such a label."""
        if self.label is None or self.label.kind == "bullet":
            return _BULLET_RANK + (self.label is not None and self.label.printed in "+*•o◦")
        return _RANKS[self.label.kind] + (len(self.label.parts) > 2)  # 1.1.1 stands below 1.1


def prose_table(paragraphs: Sequence[OfficeParagraph]) -> ProseTable:
    """Return the paragraphs of a plan's body as a table: one row each, except cells of other rows."""
    lines = [_Line(paragraph, *split_label(_printed(paragraph))) for paragraph in paragraphs]
    owned = _owned(lines)
    targets = _targets(lines, owned)
    details: dict[int, list[tuple[str, OfficeParagraph]]] = {}
    for index, owner in owned.items():
        details.setdefault(owner, []).extend(_cells(lines[index]))
    keys = dict.fromkeys(heading_key(key) for cells in details.values() for key, _ in cells if not _is_title(key))
    shown = {heading_key(key): key for cells in details.values() for key, _ in cells}
    with_labels = any(lines[index].label_text for index in targets)
    headings = [_TITLE_HEADING, *([_LABEL_HEADING] if with_labels else []), *(shown[key] for key in keys)]
    columns = {heading_key(heading): column for column, heading in enumerate(headings)}
    rows = [
        _row(line, details.get(index, []), columns, is_target=index in targets)
        for index, line in enumerate(lines)
        if index not in owned
    ]
    return ProseTable(tuple(ColumnHeading(i, (text,), ()) for i, text in enumerate(headings)), tuple(rows))


def lone_details(rows: Sequence[GridRow]) -> Iterator[OfficeParagraph]:
    """Yield rows that state when, where or who for unknown work: `2. Địa điểm: Nhà văn hóa`."""
    for row in rows:
        paragraph = row.cells[0].paragraphs[0]
        _, rest = split_label(_printed(paragraph))
        if not row.role and any(_fields(key) & _DECIDING for key, _ in _pieces(rest)):
            yield paragraph


def _printed(paragraph: OfficeParagraph) -> str:
    return f"{paragraph.label.text} {paragraph.text}" if paragraph.label else paragraph.text


def _owned(lines: Sequence[_Line]) -> Mapping[int, int]:
    """Return the lines that are cells of another line, each with that line."""
    owned: dict[int, int] = {}
    for index, line in enumerate(lines):
        if line.rank < _RANKS["letter"] or not any(_pieces(line.rest)):
            continue
        owner = next(
            (
                i
                for i in range(index - 1, max(-1, index - _FARTHEST), -1)
                if i not in owned and _may_own(lines[i], line)
            ),
            None,
        )
        if owner is not None and lines[owner].rank > 0:
            owned[index] = owner
    decided = {
        owner
        for index, owner in owned.items()
        if any(_fields(key) & _DECIDING for key, _ in _pieces(lines[index].rest))
    }
    return {index: owner for index, owner in owned.items() if owner in decided}


def _may_own(line: _Line, detail: _Line) -> bool:
    return line.label is not None and (detail.label is None or line.rank < detail.rank)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a line by the words before its colons; nothing if these are no headings of columns."""
    found: list[tuple[str, str]] = []
    for piece in _PIECES.split(text):
        match = _KEY.fullmatch(piece)
        if match and (_is_title(match[1]) or (_fields(match[1]) and _fields(match[1]) <= _DETAILS)):
            found.append((match[1], match[2].rstrip(" .;")))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}; {piece.rstrip(' .;')}")
        else:
            return
    yield from found


def _is_title(key: str) -> bool:
    return heading_key(key) == heading_key(_TITLE_HEADING)


@lru_cache(maxsize=1024)
def _fields(key: str) -> frozenset[str]:
    """Return the fields that the words before a colon may mean as a column's heading."""
    (column,) = map_columns([ColumnHeading(0, (key,), ())], (), {}, lambda _: False).columns
    return frozenset({column.field} if column.reason == "heading" else column.choices)


def _targets(lines: Sequence[_Line], owned: Collection[int]) -> set[int]:
    """Return the labelled lines below a heading of targets that have no labelled lines below them."""
    targets: set[int] = set()
    leaves: set[int] = set()
    above: list[_Line] = []
    labelled = [(index, line) for index, line in enumerate(lines) if line.label is not None and index not in owned]
    for place, (index, line) in enumerate(labelled):
        while above and above[-1].rank >= line.rank:
            above.pop()
        following = labelled[place + 1][1] if place + 1 < len(labelled) else None
        is_leaf = following is None or following.rank <= line.rank
        inner, _ = split_label(line.rest)
        is_named = any(label is not None and label.word for label in (line.label, inner))
        leaves |= {index} if is_leaf else set()
        if is_leaf and not is_named and _is_of_targets([exact(upper.rest) for upper in above], exact(line.rest)):
            targets.add(index)
        above.append(line)
    return targets if targets < leaves else set()  # a plan must have work: the schema requires it


def _is_of_targets(above: Sequence[str], text: str) -> bool:
    """Return whether a heading above announces targets, and no heading below that one announces something else."""
    start = next((i for i, heading in enumerate(above) if _TARGETS.search(heading) and not _WORK.search(heading)), None)
    below = () if start is None else above[start + 1 :]
    return start is not None and not any(map(_NO_TARGETS.search, below)) and not text.startswith("mục tiêu")


def _cells(line: _Line) -> list[tuple[str, OfficeParagraph]]:
    """Return the cells that a line gives; further words about the work become a bullet below its title."""
    return [
        (key, _with_text(line.paragraph, f"- {text}" if _is_title(key) else text)) for key, text in _pieces(line.rest)
    ]


def _with_text(paragraph: OfficeParagraph, text: str) -> OfficeParagraph:
    """Return a paragraph with other words; its tokens and marks are those of the whole paragraph."""
    label = (OfficeRun("", paragraph.label.token),) if paragraph.label else ()
    rest = tuple(run if run.note else replace(run, text="") for run in paragraph.runs)
    first = next(i for i, run in enumerate(rest) if not run.note)
    runs = (*rest[:first], replace(rest[first], text=text, raised=False, hidden=False), *rest[first + 1 :])
    return replace(paragraph, runs=(*label, *runs), label=None)


def _row(
    line: _Line, details: Sequence[tuple[str, OfficeParagraph]], columns: Mapping[str, int], *, is_target: bool
) -> GridRow:
    """Return the row of a line; a target's label has its own cell."""
    location = line.paragraph.location
    titles = [line.paragraph, *(paragraph for key, paragraph in details if _is_title(key))]
    cells: dict[int, list[OfficeParagraph]] = {}
    if is_target and line.label:
        titles[0] = _with_text(line.paragraph, line.rest)
        if line.label_text:
            cells[columns[heading_key(_LABEL_HEADING)]] = [_with_text(line.paragraph, line.label_text)]
    for key, paragraph in details:
        if not _is_title(key):
            cells.setdefault(columns[heading_key(key)], []).append(paragraph)
    every = sorted({0: titles, **cells}.items())
    return GridRow(
        tuple(GridCell(column, 1, 1, tuple(paragraphs), location) for column, paragraphs in every),
        location,
        role="target" if is_target else "",
    )
