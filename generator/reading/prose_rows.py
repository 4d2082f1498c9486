"""A plan without a table: its paragraphs become rows of one column, by their labels and bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.language.folding import exact
from generator.reading.office_document import Grid, OfficeDocument, OfficeParagraph
from generator.reading.plan_tables import PlanTable
from generator.reading.prose_table import prose_table
from generator.reading.row_labels import RowLabel, split_label

_FEWEST = 3
"""Labelled paragraphs that make a text a plan."""
_PURPOSE = re.compile(r"mục đích|yêu cầu|căn cứ")
_WORK = re.compile(r"chỉ tiêu|nhiệm vụ|giải pháp|nội dung|hoạt động")
_NO_WORK = re.compile(r"mục đích|yêu cầu|tổ chức thực hiện|kinh phí|căn cứ|kết quả")
_LONGEST_HEADING = 80
_FEWEST_WORKS = 2
"""Labelled paragraphs below a heading from which the importer asks about it."""
_END = re.compile(r"nơi nhận|(?:tm|kt|tl)\. ")


@dataclass(frozen=True)
class WorkPart:
    """A heading in prose above work or targets, and the number of labelled paragraphs below it."""

    heading: OfficeParagraph
    count: int


def work_parts(document: OfficeDocument) -> list[WorkPart]:
    """Return the parts of the prose that name work or targets."""
    parts: list[WorkPart] = []
    open_label: RowLabel | None = None
    for block in document.blocks:
        label = _label(block)
        if label is None or not isinstance(block, OfficeParagraph):
            continue
        if label.kind in {"roman", "capital"} or (open_label and label.kind == open_label.kind):
            open_label = None
        if open_label is not None:
            parts[-1] = replace(parts[-1], count=parts[-1].count + 1)
        elif label.kind != "bullet" and _names_work(block.text):
            open_label = label
            parts.append(WorkPart(block, 0))
    return [part for part in parts if part.count >= _FEWEST_WORKS]


def _names_work(text: str) -> bool:
    words = exact(text)
    return len(text) < _LONGEST_HEADING and bool(_WORK.search(words)) and not _NO_WORK.search(words)


def prose_plan(document: OfficeDocument) -> PlanTable | None:
    """Return the document's paragraphs as a table with one column; None if too few of them have a label."""
    blocks = document.blocks
    body = [index for index, block in enumerate(blocks) if isinstance(block, OfficeParagraph)]
    labels = {index: label for index in body if (label := _label(blocks[index]))}
    if len(labels) < _FEWEST:
        return None
    start = _start(blocks, labels)
    end = next((index for index in body if index > start and _is_end(blocks[index])), len(blocks))
    body_lines = [block for block in blocks[start:end] if isinstance(block, OfficeParagraph) and block.text]
    table = prose_table(body_lines)
    tables = [block for block in blocks[start:end] if isinstance(block, Grid)]
    return PlanTable(
        number=0,
        headings=table.headings,
        rows=table.rows,
        head=(),
        repeated=(),
        width=len(table.headings),
        before=blocks[:start],
        after=(*tables, *blocks[end:]),
    )


def _start(blocks: Sequence[OfficeParagraph | Grid], labels: dict[int, RowLabel]) -> int:
    """Return the index of the first heading of work; purpose and basis belong to the plan's head."""
    first = min(labels)
    label = labels[first]
    block = blocks[first]
    if isinstance(block, OfficeParagraph) and _PURPOSE.search(exact(block.text)) and len(block.text) < _LONGEST_HEADING:
        later = [index for index in labels if index > first and labels[index].kind == label.kind]
        return later[0] if later else first
    return first


def _label(block: OfficeParagraph | Grid) -> RowLabel | None:
    if not isinstance(block, OfficeParagraph) or not block.text:
        return None
    label, rest = split_label(f"{block.label.text} {block.text}" if block.label else block.text)
    return label if rest else None


def _is_end(block: OfficeParagraph | Grid) -> bool:
    return isinstance(block, OfficeParagraph) and _END.match(exact(block.text)) is not None
