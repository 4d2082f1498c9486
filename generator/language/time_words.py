"""Printed words for a time -> spans of days, by named rules. Words that no rule reads stay words.

A reading never guesses. Words with an unknown part, an impossible day (31/02), or a range that ends before it begins
give no span at all. The year is the one in the words, else those given by the caller.

A rule's name is a unit (`day`, `month`, `quarter`, `half`, `year`) with its form: `month-range`, `until-quarter` (the
unit's end is the last day), `before-month` (the day before the unit), `from-day` (no end is stated), `part-of-year`
("cuối năm": some time in it); or one of the repeated times in `REPEATED`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, NamedTuple

from generator.language.folding import exact
from generator.language.vietnamese import year_runs

SpanKind = Literal["day", "month", "quarter", "half", "year", "deadline", "recurrence"]
TimeUnit = Literal["day", "month", "quarter", "half", "year"]


class TimeSpan(NamedTuple):
    """Days from `first` to `last`, both included. A deadline has only its last day, and `first` is None."""

    first: date | None
    last: date
    kind: SpanKind
    rule: str

    @property
    def begin(self) -> date:
        """The first known day: of a deadline its day."""
        return self.first or self.last


_Y = r"(?:19|20)\d\d"
_IN_YEAR = rf"(?: ?/ ?(?:năm )?| năm | )({_Y})"
_UNITS: Mapping[str, TimeUnit] = {"day": "day", "month": "month", "quarter": "quarter", "half": "half", "year": "year"}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_ON = r"(?:(?:(?:trước|chậm nhất|vào) )?(?:ngày|thứ|tuần) \S+ )?"

_LONGEST = 200  # letters; a longer text is no time

REPEATED: Sequence[tuple[str, re.Pattern[str]]] = (
    ("whole-plan", re.compile(r"(?:cả|toàn|trong|suốt) (?:nhiệm kỳ|khoá|giai đoạn)")),
    ("every-year", re.compile(r"(?:các )?(?:hàng|mỗi|từng) năm|(?:1 lần/|1 năm/lần|mỗi )năm(?: 1 lần)?")),
    ("every-half", re.compile(r"6 tháng(?:/lần| 1 lần|/1 lần)|(?:2 lần/năm)|(?:mỗi|hàng) 6 tháng")),
    ("every-quarter", re.compile(r"(?:hàng|mỗi|từng) quý(?: 1 lần)?|1 lần/quý|quý/lần|3 tháng/lần")),
    ("every-month", re.compile(rf"{_ON}(?:hàng|mỗi|từng) tháng(?: 1 lần)?|1 lần/tháng|tháng/lần")),
    ("every-week", re.compile(rf"{_ON}(?:hàng|mỗi|từng) tuần(?: 1 lần)?|1 lần/tuần|tuần/lần")),
    ("every-day", re.compile(r"(?:hàng|mỗi) ngày")),
    (
        "regularly",
        re.compile(r"(?:thực hiện )?(?:thường xuyên|thường kỳ|định kỳ|liên tục)(?:[,;]? (?:trong|hàng|cả) năm)?"),
    ),
    ("when-needed", re.compile(r"theo yêu cầu.*|khi (?:có|được|cần) .*|theo kế hoạch.*|đột xuất.*")),
)
"""Repeated times, for the whole of the years: name and words."""

_YEARLY = re.compile(r",? (?:hàng|mỗi|từng) năm$|^(?:hàng|mỗi) năm[,:]? (?:vào )?")
_SCHOOL_YEAR = re.compile(r"năm học|học kỳ|niên học")
_IDLE = re.compile(
    r"(?:(?:dự kiến|khoảng|thời gian|thực hiện|triển khai|tổ chức|vào|lúc|các)[ :]+|\d{1,2} ?(?:giờ|h) ?\d{0,2},? )+"
)
_DEADLINE = re.compile(
    r"(?:(?:hoàn thành|xong|chậm nhất|muộn nhất|hạn chót|thời hạn|hạn|không quá|kết thúc|"
    r"cho đến|đến|hết|trước|là|vào|trong)[ :]+)+"
)
_ONLY_IN = re.compile(r"(?:(?:trong|vào) )+")
_PART = re.compile(
    r"(?:đầu|giữa|cuối|nửa đầu|nửa cuối|(?:thượng|trung|hạ) tuần|tuần (?:[1-5]|i{1,3}|iv|đầu|cuối|thứ \S+)) "
    r"(?=tháng|quý|năm|t\d)"
)
_SEPARATOR = re.compile(r" ?[,;&+] ?| và ")
_TO = re.compile(r" ?- ?| (?:đến|tới)(?: hết)? ")
_POINTS: Sequence[tuple[TimeUnit | Literal["number", "date"], re.Pattern[str]]] = (
    ("day", re.compile(rf"(?:ngày )?(\d{{1,2}})/(\d{{1,2}})(?:/({_Y}))?")),
    ("day", re.compile(rf"(?:ngày )?(\d{{1,2}}) tháng (\d{{1,2}})(?:{_IN_YEAR})?")),
    ("date", re.compile(r"ngày (\d{1,2})")),
    ("month", re.compile(rf"(?:tháng |t\.? ?)(\d{{1,2}})(?:{_IN_YEAR})?")),
    ("quarter", re.compile(rf"quý (iv|i{{1,3}}|[1-4])(?:{_IN_YEAR})?")),
    ("half", re.compile(rf"(?:6 tháng|nửa) (đầu|cuối) năm(?: ({_Y}))?")),
    ("year", re.compile(rf"(?:cả |các )?(?:năm |giai đoạn |nhiệm kỳ )?({_Y})")),
    ("year", re.compile(r"(?:cả )?năm()")),
    ("number", re.compile(rf"(iv|i{{1,3}}|\d{{1,2}})(?:(?:/| năm )({_Y}))?")),
)


@dataclass(frozen=True)
class _Point:
    """A named part of the calendar. `number` is its number in the year; unit "number" means not yet known."""

    unit: TimeUnit | Literal["number", "date"]
    number: str = ""
    day: int = 0
    year: int | None = None
    is_part: bool = False

    def days(self, year: int) -> tuple[date, date] | None:
        """Return the first and last day in a year; None if the part does not exist."""
        if self.unit not in _UNITS:
            return None
        if self.unit == "year":
            return date(year, 1, 1), date(year, 12, 31)
        if self.unit == "half":
            first, months = (1 if self.number == "đầu" else 7), 6
        elif self.unit == "quarter":
            first, months = _QUARTERS.get(self.number, 0) * 3 - 2, 3
        else:
            first, months = int(self.number) if self.number.isdecimal() else 0, 1
        if not 1 <= first <= 12:
            return None
        last = first + months - 1
        end = monthrange(year, last)[1]
        if self.unit != "day":
            return date(year, first, 1), date(year, last, end)
        return (date(year, first, self.day), date(year, first, self.day)) if 1 <= self.day <= end else None


@dataclass(frozen=True)
class _Phrase:
    """One point, or two with the days between them; `form` is how it is said ("range", "until", "before", …)."""

    first: _Point
    last: _Point
    form: str = ""

    @property
    def points(self) -> tuple[_Point, _Point]:
        return self.first, self.last


def read_spans(printed: str, years: Sequence[int], period: tuple[int, int]) -> tuple[TimeSpan, ...]:
    """Return the spans that a printed time means, in the order of the words; none if no rule reads it.

    `years` apply to words without a year; `period` is the first and last year of the plan.

    >>> [(str(span.first), str(span.last), span.rule) for span in read_spans("Quý I", [2026], (2026, 2026))]
    [('2026-01-01', '2026-03-31', 'quarter')]
    >>> read_spans("trước 31/02/2026", [2026], (2026, 2026))
    ()
    """
    words = _plain(printed)
    if not words or len(words) > _LONGEST or _SCHOOL_YEAR.search(words):
        return ()
    for rule, pattern in REPEATED:
        if pattern.fullmatch(words):
            whole = year_runs(
                years or range(period[0], period[1] + 1) if rule in {"every-year", "whole-plan"} else years
            )
            return tuple(TimeSpan(date(a, 1, 1), date(b, 12, 31), "recurrence", rule) for a, b in whole)
    if (yearly := _YEARLY.sub("", words)) != words:
        if named_years(words):
            return ()
        words, years = yearly, years or range(period[0], period[1] + 1)
    parts = [_phrase(part) for part in _SEPARATOR.split(words)]
    phrases = [phrase for phrase in parts if phrase]
    if len(phrases) < len(parts):
        return ()
    spans = [span for phrase in _completed(phrases) for span in _spans_of(phrase, years, period)]
    return () if None in spans else tuple(span for span in spans if span)


def is_school_year(printed: str) -> bool:
    """Return whether the words name a school year, whose years are not two years of a plan's work."""
    return bool(_SCHOOL_YEAR.search(exact(printed)))


def named_years(printed: str) -> tuple[int, ...]:
    """Return the years in the words, in their order.

    >>> named_years("Trước ngày 15/3/2025, 2026-2027")
    (2025, 2026, 2027)
    """
    return tuple(int(year) for year in re.findall(rf"(?<!\d){_Y}(?!\d)", exact(printed)))


def says_every_year(printed: str) -> bool:
    """Return whether the words say that something is yearly, whatever else they say.

    >>> says_every_year("Trước Tết Nguyên đán hằng năm"), says_every_year("Năm 2026")
    (True, False)
    """
    return bool(_YEARLY.search(_plain(printed)))


def impossible_days(printed: str) -> tuple[str, ...]:
    """Return the impossible days, months and quarters in the words, as printed.

    >>> impossible_days("Từ 31/02/2026 đến 30/4/2026"), impossible_days("29/02/2027"), impossible_days("29/02")
    (('31/02/2026',), ('29/02/2027',), ())
    >>> impossible_days("Tháng 13"), impossible_days("Quý V/2026"), impossible_days("Quý IV, quý 1")
    (('Tháng 13',), ('Quý V',), ())
    """
    matches = re.finditer(rf"(?<![\d/.])(\d{{1,2}})([/.-])(\d{{1,2}})(?:\2({_Y}))?(?![\d/])", exact(printed))
    days = ((match[0], int(match[1]), int(match[3]), match[4], match[2]) for match in matches)
    months = re.finditer(r"tháng (\d{1,2})(?![\d.,])", printed, re.IGNORECASE)
    quarters = re.finditer(r"qu[ýí] (\d{1,2}(?!\d)|[ivx]{1,5}(?!\w))", printed, re.IGNORECASE)
    return (
        *(text for text, day, month, year, sign in days if (year or sign == "/") and _is_no_day(day, month, year)),
        *(match[0] for match in months if not 1 <= int(match[1]) <= 12),
        *(match[0] for match in quarters if match[1].casefold().lstrip("0") not in _QUARTERS),
    )


def _is_no_day(day: int, month: int, year: str | None) -> bool:
    if not year and month > 12:
        return False  # a fraction or a number of lessons, not a day and month
    return not 1 <= month <= 12 or not 1 <= day <= monthrange(int(year) if year else 2024, month)[1]


def _plain(printed: str) -> str:
    """Return words in one spelling, without those that say nothing about time."""
    words = exact(re.sub(r"\((?:dự kiến)\)", " ", exact(printed)))
    words = re.sub(r"\s+", " ", words).strip(" .;,")
    words = words.replace("hằng", "hàng").replace("quí", "quý").replace("sáu tháng", "6 tháng")
    words = re.sub(rf"(?<!\d)(\d{{1,2}})([.-])(\d{{1,2}})\2({_Y})", r"\1/\3/\4", words)
    words = re.sub(rf"(?<!\d{{4}}),(?= năm {_Y})", "", words)
    return re.sub(r" ?([-/]) ?", r"\1", words)


def _phrase(words: str) -> _Phrase | None:
    words = words.removeprefix("hoặc ")
    words = words[len(prefix[0]) :] if (prefix := _IDLE.match(words)) else words
    begins, rest = words.startswith(("từ ", "bắt đầu từ ")), re.sub(r"^(?:bắt đầu )?từ ", "", words)
    ends = _TO.split(rest)
    if len(ends) == 2 and (first := _point(ends[0])) and (last := _point(ends[1])):
        return _Phrase(first, last, "range")
    if begins:
        point = _point(re.sub(r" (?:trở đi|về sau|trở về sau)$", "", rest))
        return _Phrase(point, point, "from") if point else None
    if point := _point(words):
        return _Phrase(point, point)
    if (
        (deadline := _DEADLINE.match(words))
        and not _ONLY_IN.fullmatch(deadline[0])
        and (point := _point(words[deadline.end() :]))
    ):
        return _Phrase(point, point, "before" if "trước" in deadline[0] else "until")
    return None


def _point(words: str) -> _Point | None:
    words = words[len(prefix[0]) :] if (prefix := _ONLY_IN.match(words)) else words
    part = _PART.match(words)
    words = words[part.end() :] if part else words
    for unit, pattern in _POINTS:
        if not (match := pattern.fullmatch(words)):
            continue
        if unit == "year":
            return _Point("year", year=int(match[1]) if match[1] else None, is_part=bool(part))
        if unit == "date":
            return _Point("date", day=int(match[1]))
        if unit == "day":
            return _Point("day", match[2], int(match[1]), int(match[3]) if match[3] else None)
        return _Point(unit, match[1], year=int(match[2]) if match[2] else None, is_part=bool(part))
    return None


def _completed(phrases: list[_Phrase]) -> list[_Phrase]:
    """Return phrases whose points take the unit, month and year that the words leave out from their neighbours.

    "ngày 15, 16/3/2026" has the month and year once, "quý I, II/2026" the unit and year.
    """
    printed = [point for phrase in phrases for point in phrase.points]
    points = list(printed)
    for at, point in enumerate(printed):
        before = points[at - 1] if at else _Point("number")
        if point.unit != "number":
            continue
        if at % 2 and point == printed[at - 1]:  # one point is both start and end of its phrase
            points[at] = before
            continue
        if before.unit == "quarter" and not (before.year and point.year):
            points[at] = replace(point, unit="quarter")
        elif before.unit == "month" or (point.year and point.number.isdecimal()):
            points[at] = replace(point, unit="month")
    for at in reversed(range(len(points) - 1)):
        points[at] = _from_next(points[at], points[at + 1])
    for at in range(1, len(points)):
        if points[at].year is None:
            points[at] = replace(points[at], year=points[at - 1].year)
    pairs = zip(points[::2], points[1::2], strict=True)
    return [replace(phrase, first=a, last=b) for phrase, (a, b) in zip(phrases, pairs, strict=True)]


def _from_next(point: _Point, after: _Point) -> _Point:
    """Return a point with the parts that only the next one states: "15-20/3", "3-5/2023", "quý I, II/2026"."""
    if after.unit == "day" and (point.unit == "date" or (point.unit == "number" and point.number.isdecimal())):
        point = _Point("day", after.number, point.day or int(point.number))
    elif after.unit == "month" and point.unit == "number":
        point = replace(point, unit="month")
    return replace(point, year=after.year) if point.year is None else point


def _spans_of(phrase: _Phrase, years: Sequence[int], period: tuple[int, int]) -> list[TimeSpan | None]:
    """Return a phrase's span for each of its years; None for days that do not exist."""
    first, last = phrase.points
    if first.year is not None and last.year is not None:
        return [_span(phrase, first.year, last.year, period)]
    return [_span(phrase, year, year, period) for year in years]


def _span(phrase: _Phrase, first_year: int, last_year: int, period: tuple[int, int]) -> TimeSpan | None:
    unit = _UNITS.get(phrase.last.unit)
    begin, end = phrase.first.days(first_year), phrase.last.days(last_year)
    if not unit or not begin or not end or begin[0] > end[1]:
        return None
    rule = f"{phrase.form}-{unit}" if phrase.form in {"until", "before", "from"} else unit
    if phrase.form == "range":
        rule = f"{unit}-range"
    elif phrase.last.is_part:
        rule = f"part-of-{unit}" if not phrase.form else rule
    if phrase.form == "from":
        return TimeSpan(begin[0], date(max(period[1], begin[0].year), 12, 31), unit, rule)
    if phrase.form == "until":
        return TimeSpan(None, end[1], "deadline", rule)
    if phrase.form == "before":
        # The last day of "trước ngày 30/6" is that day itself; of "trước tháng 6" the day before June.
        return TimeSpan(None, end[1] if unit == "day" else begin[0] - timedelta(days=1), "deadline", rule)
    return TimeSpan(begin[0], end[1], unit, rule)
