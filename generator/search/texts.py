"""The texts by which an activity is found besides its title, and the words of facet values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from generator.language.catalogue import catalogue
from generator.language.quantities import with_unit
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Heading, Measure, Plan, Programme, Row, Target, Unit, Work
from generator.search.abbreviations import other_spellings
from generator.work_fields import TEXT_FIELDS

SEPARATOR = " · "
"""Between the parts of a text: words on both sides of this sign are not neighbours."""

# A comma between digits is a decimal comma; a slash before a number or a unit of time means "per".
_BETWEEN_SOURCES = re.compile(r";|,(?!\d)|/(?!\s*(?:\d|năm|quý|tháng|ngày|người|hộ|xã|đợt|lượt))")
_AMOUNT = re.compile(r"\d[\d.,]*\s*(?:tỷ|tỉ|triệu|nghìn|ngàn|trđ|đồng|đ\b)[^,;]*")

_BETWEEN_NAMES = re.compile(r"[^\w\s-]")

_NO_WORD = {"x", "X", "-", "–", "—"}


def join_texts(parts: Iterable[str | None]) -> str:
    r"""Join the non-empty parts, each once, without line breaks.

    >>> join_texts(["- Một\n- hai", None, "ba", "ba"])
    'Một · hai · ba'
    """
    lines = (_on_one_line(part.strip().removeprefix("- ")) for part in parts if part)
    return SEPARATOR.join(dict.fromkeys(" ".join(part.split()) for part in lines if part))


def more_of(activity: Activity) -> str:
    """Return the text of all fields of an activity except title and time."""
    return join_texts(
        [
            activity.text,
            *_work(activity),
            *activity.roles.values(),
            *(part for row in activity.rows for part in _row(row)),
            *(part for measure in activity.measures for part in _measure(measure)),
            activity.note,
        ]
    )


def fundings_of(activity: Activity) -> list[str]:
    """Return the sources of money of an activity's costs and of its printed cell.

    An amount is kept whole, with decimals and "a year"; beside a source it is left out.

    >>> cells = ("NSNN tỉnh/vận động", "12,5 tỷ đồng/5 năm", "NSNN: 1.200 triệu đồng, xã hội hóa")
    >>> [fundings_of(Activity(plan="p", id="a", title="", section="s", funding=cell)) for cell in cells]
    [['NSNN tỉnh', 'vận động'], ['12,5 tỷ đồng/5 năm'], ['NSNN', 'xã hội hóa']]
    """
    parts = (part.strip() for part in _BETWEEN_SOURCES.split(activity.funding or ""))
    sources = (_AMOUNT.sub("", part).strip(" :-–()") or part for part in parts if part)
    return list(dict.fromkeys([*(cost.source for cost in activity.costs if cost.source), *sources]))


def unit_text(unit: Unit) -> str:
    """Return a unit's full name and all its spellings."""
    return join_texts([unit.name, *unit.aliases])


def names_in(note: str | None) -> list[str]:
    """Return the proper names in a note: two or more capitalised words in a row, each once.

    >>> names_in("Từ ngày 01/07/2025 tỉnh Thái Nguyên hợp nhất với tỉnh Bắc Kạn và giữ tên Thái Nguyên.")
    ['Thái Nguyên', 'Bắc Kạn']
    >>> names_in("Hợp nhất với tỉnh Bà Rịa - Vũng Tàu, Hà Giang (trước năm 2025).")
    ['Bà Rịa - Vũng Tàu', 'Hà Giang']
    """
    found: dict[str, None] = {}
    for part in _BETWEEN_NAMES.split(note or ""):
        for is_name, words in groupby(part.split(), lambda word: word == "-" or word[0].isupper()):
            name = " ".join(words).strip(" -")
            if is_name and " " in name:
                found[name] = None
    return list(found)


def programme_text(programme: Programme) -> str:
    """Return a programme's full name, number and all its spellings."""
    return join_texts([programme.name, programme.number, *programme.aliases])


def plan_text(corpus: Corpus, plan: Plan) -> str:
    """Return a plan's full title and its issuer."""
    issuer = corpus.units[plan.issuer]
    return join_texts([plan.title, issuer.short_name, issuer.name])


def entry_text(entry: Heading | Target) -> str:
    """Return a task's or target's label and title."""
    return join_texts([entry.label, entry.title])


def spellings_of_name(*names: str | None) -> str:
    """Return other spellings of names, with and without abbreviations.

    >>> spellings_of_name("Đề án 939", None)
    'ĐA'
    """
    return join_texts(other_spellings(join_texts(names)))


def year_text(year: int) -> str:
    """Return a year in words.

    >>> year_text(2025)
    'năm 2025'
    """
    return f"năm {year}"


def level_text(level: str) -> str:
    """Return a level's name."""
    return catalogue("vi").text(f"site.level.{level}")


def status_text(status: str) -> str:
    """Return the name of a plan's status."""
    return catalogue("vi").text(f"site.status.{status}")


def _on_one_line(text: str) -> str:
    return re.sub(r"\n+\s*(?:[-+*]\s+)?", SEPARATOR, text) if "\n" in text else text


def _searchable_cells(cells: Iterable[str]) -> list[str]:
    """Return the cells that have words or figures: nobody searches for a cross or a dash."""
    return [cell for cell in cells if cell not in _NO_WORD]


def _row(row: Row) -> Iterator[str | None]:
    yield from (
        " ".join(part for part in (row.label, row.title) if part),
        row.timing,
        *_work(row),
        row.note,
    )


def _work(work: Work) -> Iterator[str | None]:
    """Yield the texts that activities and sub-rows share; units and sources of money are facets instead."""
    yield from (work.levels_text, work.lead_text, work.partners_text)
    yield from (getattr(work, name, None) for name in TEXT_FIELDS)
    yield from (cell.text for cell in work.more)
    yield from (part for cost in work.costs for part in (cost.source, cost.text))
    yield from _searchable_cells([*work.by_year.values(), *work.by_period.values()])


def _measure(measure: Measure) -> Iterator[str | None]:
    value = with_unit(measure.value, measure.unit) if measure.value else measure.unit
    yield from (measure.name, value, *_searchable_cells(measure.by_year.values()))
