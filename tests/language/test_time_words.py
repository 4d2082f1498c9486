"""Words for a time: each line of `times.yml` is a case, and no text makes the reading fail."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.language.time_words import TimeSpan, impossible_days, named_years, read_spans

# Every value stays as it is typed, keys too.
TABLE: dict[str, dict[str, str]] = yaml.load(
    (Path(__file__).parent / "times.yml").read_text(encoding="utf-8"), yaml.BaseLoader
)
PLANS = {"annual": ((2026,), (2026, 2026)), "term": ((), (2022, 2027)), "in-2023": ((2023,), (2022, 2027))}
WORDS = (
    "ngày tháng quý năm 6 tháng đầu cuối trước hết đến từ hàng mỗi lần chậm nhất trong và cả t I II iv 0 3 5 12 13 30 "
    "31 2026 2022 / - – , ; . & + 31/02 29/2 15/3/2026 30/6 tuần học kỳ dự kiến (dự kiến) giờ h"
).split(" ")


def written(span: TimeSpan) -> str:
    return f"{span.first or ''}..{span.last} {span.rule}"


@pytest.mark.parametrize(
    ("plan", "words", "spans"), [(plan, words, spans) for plan in TABLE for words, spans in TABLE[plan].items()]
)
def test_words_of_the_table(plan: str, words: str, spans: str) -> None:
    assert ", ".join(map(written, read_spans(words, *PLANS[plan]))) == spans


@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=9),
    st.sampled_from(["", " "]),
    st.sampled_from(list(PLANS.values())),
)
def test_no_words_break_it(pieces: list[str], between: str, plan: tuple[tuple[int, ...], tuple[int, int]]) -> None:
    words = between.join(pieces)
    spans = read_spans(words, *plan)
    assert all(span.begin <= span.last for span in spans)
    assert all((span.first is None) == (span.kind == "deadline") for span in spans)
    # A year that neither the words nor the plan have is nobody's.
    years = {*named_years(words), *range(plan[1][0], plan[1][1] + 1)}
    assert all({span.last.year} <= years | {year - 1 for year in years} for span in spans)


@given(st.integers(0, 99), st.integers(0, 19), st.integers(1900, 2099), st.sampled_from(["/", "-", "."]))
def test_days_are_days_of_the_calendar(day: int, month: int, year: int, sign: str) -> None:
    words = f"{day}{sign}{month:02}{sign}{year}"
    try:
        real = date(year, month, day)
    except ValueError:
        assert read_spans(words, (2026,), (2026, 2026)) == ()
        assert impossible_days(f"trước {words}") == (words,)
    else:
        assert [span[:2] for span in read_spans(words, (2026,), (2026, 2026))] == [(real, real)]
        assert impossible_days(words) == ()
