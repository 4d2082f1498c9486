"""Words for a time -> years, by rules that have names. What no rule reads is left as printed and asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.language.folding import exact
from generator.language.vietnamese import format_years

_Y = r"(?:19|20)\d\d"
_AND = r"(?: ?[,;] ?| và | ?& ?)"
_YEAR = rf"(?:năm )?({_Y})"
_LIST = re.compile(rf"(?:các )?(?:năm )?{_Y}(?:{_AND}(?:năm )?{_Y})+")
_RANGE = re.compile(rf"(?:giai đoạn |nhiệm kỳ |từ năm |từ |các năm |năm )?({_Y}) ?(?:-|đến(?: năm)?) ?({_Y})")
_ONE = re.compile(rf"(?:trong |cả )?{_YEAR}")
_FROM = re.compile(rf"từ {_YEAR}(?: trở đi| về sau)?")
_UNTIL = re.compile(rf"(?:đến|đến hết|hết) {_YEAR}")
_WHOLE = re.compile(r"(?:hàng|hằng|mỗi|từng) năm|(?:cả|toàn|trong|suốt) (?:nhiệm kỳ|khóa|giai đoạn)|toàn khoá")
_PART_OF_YEAR = re.compile(
    rf"(?:(?:trước|chậm nhất|đến hết|hết|xong|xong trong|xong trước|hoàn thành|trong|từ|đến|dự kiến|ngày|đầu|cuối) )*"
    rf"(?:ngày )?(?:quý|tháng|t|6 tháng|ngày|\d{{1,2}}[-/])? ?(?:đầu |cuối )?"
    rf"[ivx\d]{{0,4}}(?: ?(?:-|,|/|và|đến|đến tháng|đến quý) ?[ivx\d]{{1,4}}){{0,4}}"
    rf"(?: ?/ ?(?:năm )?| ?năm )({_Y})"
)
_REPEATED = re.compile(r"(?:hàng|hằng) (?:tháng|quý|tuần)|thường xuyên|định kỳ|theo yêu cầu|khi có .*|theo kế hoạch.*")
_SCHOOL = re.compile(r"năm học|học kỳ")


@dataclass(frozen=True)
class TimeReading:
    """The years that words mean, as the field `years` has them; `rule` names how they were read.

    `is_sure` is false where a person must look; `years` then is only a proposal.
    """

    years: str | None
    rule: str
    is_sure: bool = True


def read_time(printed: str, first: int, last: int) -> TimeReading:
    """Return the years that a printed time means in a plan of the years `first` to `last`.

    >>> [read_time(words, 2022, 2027).years for words in ("2022 - 2025", "Quý I/2023", "Hàng năm", "2023, 2025")]
    ['2022-2025', '2023', '2022-2027', '2023, 2025']
    """
    words = re.sub(r" ?([-/,;]) ?", r"\1", re.sub(r"\s+", " ", exact(printed))).strip(" .")
    words = re.sub(r"[,;]", r"\g<0> ", words).removeprefix("dự kiến ")
    years = [int(year) for year in re.findall(rf"(?<!\d){_Y}(?!\d)", words)]
    found = _by_rules(words, years, first, last)
    if any(year < first or year > last for year in years):
        return TimeReading(found.years, found.rule, is_sure=False)
    return found


def _by_rules(words: str, years: list[int], first: int, last: int) -> TimeReading:
    if _SCHOOL.search(words):
        return TimeReading(None, "school-year", is_sure=False)
    if first == last and set(years) <= {first}:
        return TimeReading(None, "one-year-plan")
    for rule, pattern, reading in _RULES:
        if (match := pattern.fullmatch(words)) and (text := reading(match, first, last)):
            return TimeReading(text, rule)
    if _REPEATED.fullmatch(words):
        return TimeReading(_span(first, last), "repeated", is_sure=False)
    return TimeReading(format_years(set(years)).replace("–", "-") or None, "unread", is_sure=False)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}" if first < last else ""


_Reading = Callable[[re.Match[str], int, int], str]
_RULES: tuple[tuple[str, re.Pattern[str], _Reading], ...] = (
    ("one-year", _ONE, lambda found, first, last: found[1]),
    ("range", _RANGE, lambda found, first, last: _span(int(found[1]), int(found[2]))),
    ("list", _LIST, lambda found, first, last: ", ".join(re.findall(_Y, found[0]))),
    ("from-year", _FROM, lambda found, first, last: _span(int(found[1]), last)),
    ("until-year", _UNTIL, lambda found, first, last: _span(first, int(found[1]))),
    ("whole-plan", _WHOLE, lambda found, first, last: _span(first, last)),
    ("part-of-year", _PART_OF_YEAR, lambda found, first, last: found[1]),
)
