"""Rules about figures: a measure's value must be a number, in the measure's unit, and stated in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.check.entries import entries
from generator.check.rules.rule import Fault, File
from generator.language.quantities import counts_otherwise, split_bound
from generator.language.vietnamese import parse_number
from generator.source.tree import Path

_NUMBER = re.compile(r"\d[\d.,]*(%?)")
_UNIT = re.compile(r"[^\W\d_][\w /]*")
_RANGE = re.compile(r"\d[\d.,]*%?\s*[-–]\s*\d[\d.,]*%?")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+")
_WORDS = {
    **{"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10},
    **{"nửa": 50, "mỗi": 1, "các": 1, "tất cả": 100, "toàn bộ": 100, "mọi": 100},
}
"""Words in a sentence that a measure may give as a number; `mọi cơ sở` is 100 %."""


def value_without_number(file: File) -> Iterator[Fault]:
    """Find `value-without-number`: a value without a number that can be computed with."""
    for path, measure, _ in _measures(file):
        value = measure.get("value") or ""
        if value.strip() and not _RANGE.fullmatch(value.strip()) and parse_number(value) is None:
            yield Fault((*path, "value"), {"found": value, **_apart(value)})


def _apart(value: str) -> dict[str, str]:
    """Return a value's comparator, its number or range, and its unit, as fields of the measure; or why it is unsure."""
    bound, rest = split_bound(value)
    found = _RANGE.search(rest) or _NUMBER.search(rest)
    if not found:
        return {"why": "words"}
    number, unit = found[0].rstrip(".,"), rest[found.end() :].strip(" .,;")
    if _NUMBER.search(rest, found.end()):
        return {"why": "unsure" if _SPACED.search(rest) else "several"}
    if parse_number(number) is None and not _RANGE.fullmatch(number):
        return {"why": "unsure"}
    lines = [*([f'comparator: "{bound}"'] if bound else []), f'value: "{number}"']
    return {"lines": "\n".join([*lines, f"unit: {unit}"] if _UNIT.fullmatch(unit) else lines)}


def other_unit_in_cell(file: File) -> Iterator[Fault]:
    """Find `other-unit-in-cell`: a value or cell prints another unit than its measure's."""
    for path, measure, _ in _measures(file):
        unit = measure.get("unit")
        cells: dict[Path, str | None] = {("value",): measure.get("value")}
        cells |= {("by_year", year): cell for year, cell in (measure.get("by_year") or {}).items()}
        for at, cell in cells.items():
            if unit and cell and counts_otherwise(split_bound(cell)[1], unit):
                yield Fault((*path, *at), {"found": cell, "unit": unit})


def number_not_stated(file: File) -> Iterator[Fault]:
    """Find `number-not-stated`: neither the target's sentence nor a cell has the number of the measure."""
    rows = {activity.get("id"): activity for _, activity in entries(file.data, "activities")}
    for path, measure, entry in _measures(file):
        value = measure.get("value")
        number = parse_number(value or "")
        texts = [text for name in ("statement", "title", "text") if (text := entry.get(name))]
        numbers = {parse_number(text.rstrip(".,")) for each in texts for text in _numbers(each)}
        said = "\n".join(texts).lower()
        words = {number for word, number in _WORDS.items() if word in said}
        cells = _cell_numbers(measure) | _cell_numbers(rows.get(measure.get("row"), {}))
        if number is not None and numbers and number not in numbers | words | cells:
            shown = ", ".join(dict.fromkeys(text.rstrip(".,") for each in texts for text in _numbers(each)))
            yield Fault((*path, "value"), {"found": str(value), "stated": shown})


def _numbers(text: str) -> list[str]:
    return [match[0].rstrip("%") for match in _NUMBER.finditer(text)]


def _cell_numbers(part: dict[str, Any]) -> set[int | float | None]:
    """Return the numbers in the cells of a measure or an activity and its rows."""
    parts = (part, *(row for _, row in entries(part, "rows")))
    return {parse_number(cell or "") for each in parts for cell in (each.get("by_year") or {}).values()}


def _measures(file: File) -> Iterator[tuple[Path, dict[str, Any], dict[str, Any]]]:
    """Yield the measures of targets, each with its path and its target."""
    for path, entry in entries(file.data, "targets"):
        for at, measure in entries(entry, "measures"):
            yield (*path, *at), measure, entry
