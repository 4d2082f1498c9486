"""How Vietnamese offices write numbers, years, dates and names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
# A comparator, one number, a percent sign, then words without another number: `≥ 60`, `342 hộ`,
# `2 (Định Quán, Vĩnh Cửu)`. A cell with a second number (`50% đăng ký, 30% đạt`) is a sentence.
_CELL = re.compile(rf"^\s*(?:>=|<=|[≥≤><=~])?\s*({_NUMBER})\s*%?(?:\s+[^\d]*)?$")
DASHES = frozenset({"-", "–"})
"""What documents print in cells if nothing is due."""
MULTIPLIERS = frozenset({"chục", "trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ"})
"""Words of a unit of measure that make its number larger."""
_SPELLED = {"ngàn": "nghìn", "tỉ": "tỷ"}
LEVEL_WORDS: Mapping[str, str] = {
    "central": r"trung ương|\btw\b",
    "province": r"\btỉnh\b",
    "district": r"\bhuyện\b|\bquận\b|\bthị xã\b",
    "commune": r"\bxã\b|\bphường\b|\bđặc khu\b|\bthị trấn\b|\bcơ sở\b",
    "branch": r"\bchi hội\b|\bchi đoàn\b|\btổ phụ nữ\b|\btổ công đoàn\b",
}
"""Lower-case names of units by level: one pattern for each. A town, "thị xã", was a district."""
_DIGITS = 15
"""The digits that a spreadsheet keeps."""
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_AS_ABOVE = re.compile(r"[-–—.(\s]*(?:n\.?t|như trên|//|[\"”“″〃]|'')[-–—.)\s]*")
_RANGE = re.compile(r"^\s*(\d{4})\s*(?:[-–]\s*(\d{4}))?\s*$")


@lru_cache(maxsize=4096)
def parse_number(cell: str) -> int | float | None:
    """Return the number that a printed cell states, or None.

    A point before exactly three digits separates thousands, any other is a decimal point; a comma is a decimal comma.
    `12,000` may be twelve or twelve thousand, so it is no number. A number has at most 15 digits, as many as
    spreadsheets keep.

    >>> [parse_number(cell) for cell in ("2.500", "88,3%", "0.5%", ">80%", "01", "342 hộ", "x", "-", "12,000")]
    [2500, 88.3, 0.5, 80, 1, 342, None, None, None]
    """
    match = _CELL.match(cell)
    if not match:
        return None
    digits = match.group(1)
    if digits.endswith(",000"):
        return None
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", digits):
        digits = digits.replace(".", "")
    digits = digits.replace(",", ".")
    if len(digits.replace(".", "")) > _DIGITS:
        return None
    return float(digits) if "." in digits else int(digits)


def format_number(number: int | float) -> str:
    """Return a number as Vietnamese offices write it, with all its digits; a fraction with at most 15.

    >>> format_number(2500), format_number(88.3), format_number(12345678901.5)
    ('2.500', '88,3', '12.345.678.901,5')
    """
    # A Decimal is written without an exponent.
    text = f"{number:,}" if isinstance(number, int) else f"{Decimal(f'{number:.{_DIGITS}g}'):,f}"
    return text.translate(str.maketrans(",.", ".,"))


@lru_cache(maxsize=4096)
def are_same_units(unit: str, other: str) -> bool:
    """Return whether two printed units of measure count the same thing; one name may be longer than the other.

    >>> are_same_units("dự thảo", "dự thảo văn bản"), are_same_units("chính sách/đề án", "chính sách, đề án")
    (True, True)
    >>> are_same_units("hộ", "hội viên"), are_same_units("%", "cơ sở")
    (False, False)
    >>> are_same_units("nghìn đồng", "đồng"), are_same_units("nghìn đồng", "ngàn đồng")
    (False, True)
    """
    words, others = _words_of_unit(unit), _words_of_unit(other)
    return bool(words) and words & MULTIPLIERS == others & MULTIPLIERS and (words <= others or others <= words)


@lru_cache(maxsize=4096)
def levels_named(words: str) -> frozenset[str]:
    """Return the levels of the units in words such as "mỗi cơ sở Hội".

    >>> levels_named("mỗi cơ sở Hội"), levels_named("từng thị xã"), levels_named("mỗi hội viên")
    (frozenset({'commune'}), frozenset({'district'}), frozenset())
    """
    text = words.casefold()
    if re.search(r"\bthị xã\b", text):
        return levels_named(text.replace("thị xã", "huyện"))
    return frozenset(level for level, pattern in LEVEL_WORDS.items() if re.search(pattern, text))


def name_same_level(words: str, others: str) -> bool:
    """Return whether two texts name units of the same levels.

    >>> name_same_level("mỗi cơ sở Hội", "từng xã/phường"), name_same_level("mỗi hội viên", "mỗi hội viên")
    (True, False)
    """
    levels = levels_named(words)
    return bool(levels) and levels == levels_named(others)


@lru_cache(maxsize=4096)
def is_share(unit: str | None, value: str | None) -> bool | None:
    """Return whether a figure is a percentage, from its unit of measure and value; None if neither is known.

    >>> is_share("%", None), is_share("hộ", "80%"), is_share("hộ", "80"), is_share("hộ", None)
    (True, True, False, None)
    """
    if unit == "%":
        return True
    return "%" in value if value and parse_number(value) is not None else None


@lru_cache(maxsize=4096)
def _words_of_unit(unit: str) -> frozenset[str]:
    return frozenset(_SPELLED.get(word, word) for word in re.findall(r"\w+|%", name_key(unit)))


def parse_years(years: object) -> tuple[int, ...]:
    """Return the years of a valid `years` field, sorted.

    The field is `"2025"`, `"2022-2024"`, `"2023, 2025"` or a list of these.

    >>> parse_years("2022-2024, 2027")
    (2022, 2023, 2024, 2027)
    """
    parts = years if isinstance(years, list) else str(years).split(",")
    parsed: set[int] = set()
    for part in parts:
        if bounds := _RANGE.match(str(part)):
            first = int(bounds.group(1))
            parsed.update(range(first, int(bounds.group(2) or first) + 1))
    return tuple(sorted(parsed))


def format_years(years: Iterable[int]) -> str:
    """Return years in words.

    >>> format_years((2022, 2023, 2024, 2027))
    '2022–2024, 2027'
    """
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in year_runs(years))


def year_runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Return years as runs without a gap: of each the first and the last."""
    runs: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if runs and runs[-1][1] == year - 1:
            runs[-1] = runs[-1][0], year
        else:
            runs.append((year, year))
    return runs


def format_validity(first: date | None, last: date | None) -> str:
    """Return the years from and until which something exists; an empty text if neither is known.

    >>> format_validity(date(2025, 7, 1), None), format_validity(None, date(2025, 6, 30))
    ('từ 2025', 'đến 2025')
    """
    if first and last:
        return format_years(range(first.year, last.year + 1))
    return f"từ {first.year}" if first else f"đến {last.year}" if last else ""


def parse_date(text: str) -> date | None:
    """Return the day of a text such as `31/12/2021`; None if it is no day.

    >>> parse_date("9/5/2017"), parse_date("31/02/2021"), parse_date("tháng 5")
    (datetime.date(2017, 5, 9), None, None)
    """
    match = _DATE.fullmatch(text)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


def format_date(day: date) -> str:
    """Return a date as Decree 30/2020/NĐ-CP prescribes.

    Days, and the months 1 and 2, have two digits.

    >>> format_date(date(2017, 9, 5)), format_date(date(2021, 2, 1))
    ('05/9/2017', '01/02/2021')
    """
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def plain_date(day: date) -> str:
    """Return a date as tables print it, without the zeros that `format_date` adds.

    >>> plain_date(date(2017, 9, 5)), plain_date(date(2021, 2, 1))
    ('5/9/2017', '1/2/2021')
    """
    return f"{day.day}/{day.month}/{day.year}"


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Return a key that is equal for all spellings of a name.

    Spellings differ in case, spaces or the kind of dash.

    >>> name_key("Ban TG- CSLP") == name_key("ban TG–CSLP")
    True
    """
    text = unicodedata.normalize("NFC", name).replace("–", "-").casefold()
    text = re.sub(r"\s*([-/,.&])\s*", r"\1", text)
    return re.sub(r"\s+", " ", text).strip()


def says_as_above(text: str) -> bool:
    """Return whether a cell only refers to the one above it: `nt`, `như trên`, `-//-`.

    >>> [says_as_above(text) for text in ("nt", "-nt-", "(Như trên)", "-//-", "x", "-")]
    [True, True, True, True, False, False]
    """
    return _AS_ABOVE.fullmatch(text.casefold()) is not None


def toned(name: str) -> str:
    """Return a name's key that ignores the place of the tone mark in a syllable.

    >>> toned("Thuỷ Hoà") == toned("thủy hòa"), toned("Hoà") == toned("Hoá")
    (True, False)
    """
    return " ".join(_toned_word(word) for word in name_key(name).split())


def _toned_word(word: str) -> str:
    """Return a word with its tone mark at the end."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in decomposed if mark in _MARKS)
    return "".join(letter for letter in decomposed if letter not in _MARKS) + tones


_MARKS = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_WORD = re.compile(rf"[^\W\d_]+|\d{{1,{_DIGITS}}}|\S")
"""A syllable, a number, or another sign."""
_LETTERS = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}


SortKey = tuple[tuple[tuple[int, ...], ...], ...]
"""For each word the ranks of its letters, then those of their tone marks."""


@lru_cache(maxsize=4096)
def sort_key(text: str) -> SortKey:
    """Return the sort key for the order of Vietnamese dictionaries.

    Syllables are compared one after the other: first their letters (a < ă < â, d < đ), then the tone marks (none, `̀`,
    `̉`, `̃`, `́`, `̣`). Numbers come before letters, smaller ones first.

    >>> sorted(["Cao Bằng", "Cần Thơ", "Cà Mau", "Đề án 279", "Đề án 32", "Đề án 02-ĐA/TU"], key=sort_key)
    ['Cà Mau', 'Cao Bằng', 'Cần Thơ', 'Đề án 02-ĐA/TU', 'Đề án 32', 'Đề án 279']
    """
    return tuple(map(_word_key, _WORD.findall(unicodedata.normalize("NFC", text.casefold()))))


@cache
def _word_key(word: str) -> tuple[tuple[int, ...], ...]:
    """Return the ranks of a word's letters and of their tone marks; numbers rank before all letters."""
    if word.isdecimal():
        return (int(word) - 10 ** (_DIGITS + 1),), ()
    letters, tones = zip(*map(_letter_key, word), strict=True)
    return letters, tones


@cache
def _letter_key(letter: str) -> tuple[int, int]:
    """Return the rank of a letter and the rank of its tone mark."""
    decomposed = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in decomposed if mark in _MARKS), "")
    base = unicodedata.normalize("NFC", decomposed.replace(tone, "")) or letter  # the letter may be a mark alone
    return _LETTERS.get(base, ord(base[0]) - 0x110000), _MARKS[tone]  # other signs rank before letters
