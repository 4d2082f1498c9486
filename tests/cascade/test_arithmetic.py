"""The arithmetic over plans: cases computed by hand in `cases/`, and properties of all plans.

A case is a YAML file: an upper measure, the units below and their answers, and for each slot the upper figure, the sum,
the reason of each term, and the silent units; or the measures of one plan and the numbers of units that they imply.
A new file is a new case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cascade.arithmetic import Cascade, SlotResult, cascade_of, holder_of
from generator.cascade.promises import Promise
from generator.cascade.proof import disagreements, implied_numbers, products_of
from generator.cascade.terms import Answer, UnitBelow

CASES = sorted((Path(__file__).parent / "cases").glob("*.yml"))


def promise_of(data: Mapping[str, Any]) -> Promise:
    fields = {name: value for name, value in data.items() if name not in {"years", "grade", "status"}}
    first, last = data["years"]
    return Promise(first_year=first, last_year=last, **fields)


def answer_of(data: Mapping[str, Any]) -> Answer:
    return Answer(promise_of(data), data["grade"], status=data.get("status", "published"))


def unit_of(data: Mapping[str, Any]) -> UnitBelow:
    plans = [(first, last) for first, last in data.get("plans", ())]
    lists = {name: tuple(data.get(name, ())) for name in ("successors", "above")}
    return UnitBelow(data["id"], plans, **lists, **{name: data.get(name) for name in ("since", "until", "level")})


def seen(result: SlotResult) -> dict[str, Any]:
    """Return a slot's result in the form of the cases."""
    found: dict[str, Any] = {
        "upper": result.upper.value,
        "terms": {
            term.answer.promise.key: [term.reason, term.verdict] if term.verdict else term.reason
            for term in result.terms
        },
    }
    if result.total:
        found["total"] = [result.total.value, result.total.bound]
    if result.other_periods:
        found["other_periods"] = [list(period) for period in result.other_periods]
    if silent := {silence: list(units) for silence, units in result.silent.items() if units}:
        found["silent"] = silent
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    if "slots" in case:
        found = cascade_of(promise_of(case["upper"]), map(answer_of, case["answers"]), map(unit_of, case["units"]))
        assert {result.slot: seen(result) for result in found.slots} == case["slots"]
        return
    numbers = implied_numbers(map(promise_of, case["plan"]))
    assert [
        [
            number.norm_key,
            number.total_key,
            *(None if bound is None else str(bound) for bound in (number.least, number.most)),
        ]
        for number in numbers
    ] == case["implied"]
    assert [
        [pair.first.norm_key, pair.second.norm_key if pair.second else None] for pair in disagreements(numbers)
    ] == case["disagreements"]
    assert [
        {"norm": product.norm_key, "units": product.units, "value": product.value, "falls_short": product.falls_short}
        for product in products_of(numbers)
    ] == case["products"]


HELD = settings(max_examples=60)

YEARS = st.sampled_from([(2022, 2022), (2022, 2027), (2021, 2026), (2023, 2023), (2017, 2021)])
NUMBERS = st.sampled_from(
    ["0,1", "0,2", "1", "01", "7", "2.500", "≥ 30", "<5", "~ 40", "80%", "x", "-", "2-3", "342 hộ"]
)
UNITS = st.sampled_from("abcde")


@st.composite
def promises(draw: st.DrawFn, issuer: str | None = None) -> Promise:
    first, last = draw(YEARS)
    unit = issuer or draw(UNITS)
    years = range(first, last + 1)
    return Promise(
        key=f"{unit}-{first}-{last}/t{draw(st.integers(1, 9))}/m",
        issuer=unit,
        first_year=first,
        last_year=last,
        unit=draw(st.sampled_from(["hộ", "Hộ", "%", "người", None])),
        comparator=draw(st.sampled_from([">=", ">", "=", "<=", "<", "about", None])),
        value=draw(st.none() | NUMBERS),
        period=draw(st.sampled_from(["each_year", "term", "by_end", None])),
        per=draw(st.sampled_from([None, None, "cơ sở Hội"])),
        aggregate=draw(st.sampled_from(["sum", "none", None])),
        cells=draw(st.dictionaries(st.sampled_from(years), NUMBERS, max_size=3)),
    )


ANSWERS = st.lists(
    st.builds(
        Answer,
        promises(),
        st.sampled_from(["same", "same", "partly", None]),
        status=st.sampled_from(["published", "published", "published", "draft", "superseded", "withdrawn"]),
    ),
    unique_by=lambda answer: answer.promise.key,
    max_size=6,
)
BELOW = st.lists(
    st.builds(
        UnitBelow,
        UNITS,
        st.lists(YEARS, max_size=2),
        st.lists(UNITS, max_size=2, unique=True).map(tuple),
        st.none() | st.just(2024),
        st.none() | st.just(2025),
        st.lists(UNITS, max_size=1).map(tuple),
    ),
    unique_by=lambda unit: unit.id,
    max_size=5,
)


def figures(found: Cascade) -> list[Any]:
    """Every computed figure of a cascade, without who is silent."""
    return [(result.slot, result.upper, result.total, list(result.terms)) for result in found.slots]


@HELD
@given(promises("vn"), ANSWERS, BELOW, st.randoms(use_true_random=False))
def test_order_does_not_matter(upper: Promise, answers: list[Answer], below: list[UnitBelow], chance: Any) -> None:
    found = cascade_of(upper, answers, below)
    chance.shuffle(answers)
    chance.shuffle(below)
    assert cascade_of(upper, answers, below) == found


@HELD
@given(promises("vn"), ANSWERS, BELOW, st.lists(YEARS, max_size=2))
def test_a_silent_unit_changes_words_and_no_figure(
    upper: Promise, answers: list[Answer], below: list[UnitBelow], plans: Sequence[tuple[int, int]]
) -> None:
    found, more = cascade_of(upper, answers, below), cascade_of(upper, answers, [*below, UnitBelow("silent", plans)])
    assert figures(more) == figures(found)
    for before, after in zip(found.slots, more.slots, strict=True):
        added = [silence for silence, units in after.silent.items() if "silent" in units]
        assert len(added) == 1
        others = {silence: [id_ for id_ in units if id_ != "silent"] for silence, units in after.silent.items()}
        assert others == before.silent


@HELD
@given(promises("vn"), ANSWERS, BELOW)
def test_the_sum_of_the_terms_is_the_total(upper: Promise, answers: list[Answer], below: list[UnitBelow]) -> None:
    for result in cascade_of(upper, answers, below).slots:
        counted = [term.figure for term in result.counted]
        if result.total:
            terms = [Fraction(str(figure.value)) for figure in counted if figure]
            assert Fraction(str(result.total.value)) == sum(terms)
            floors = {">=", ">"} & {figure.comparator for figure in counted if figure}
            assert result.total.bound.startswith("at_least") == bool(floors)


@HELD
@given(promises("vn"), ANSWERS, BELOW)
def test_only_like_is_added_to_like(upper: Promise, answers: list[Answer], below: list[UnitBelow]) -> None:
    """No norm, no percentage, no draft, no link that is not `same`, no other unit of measure; of each unit one plan."""
    for result in cascade_of(upper, answers, below).slots:
        for term in result.counted:
            promise = term.answer.promise
            assert not upper.per
            assert not promise.per
            assert "%" not in f"{promise.unit}{upper.unit}{term.figure and term.figure.cell}"
            assert upper.aggregate == "sum"
            assert (term.answer.grade, term.answer.status) == ("same", "published")
            assert (promise.unit or "").lower() == (upper.unit or "").lower()
            assert result.slot == "end" or promise.first_year <= result.slot <= promise.last_year
        plans = {(term.answer.promise.issuer, term.answer.promise.plan) for term in result.counted}
        assert len(plans) == len({unit for unit, _ in plans})


@HELD
@given(promises("vn"), ANSWERS, BELOW)
def test_what_is_not_in_force_changes_no_sum_and_no_silence(
    upper: Promise, answers: list[Answer], below: list[UnitBelow]
) -> None:
    upper = replace(upper, unit="hộ", per=None, aggregate="sum")
    alike = [replace(answer, promise=replace(answer.promise, unit="hộ", per=None)) for answer in answers]
    in_force = [answer for answer in alike if answer.in_force]
    all_slots, slots = (cascade_of(upper, some, below).slots for some in (alike, in_force))
    assert [(slot.total, slot.silent) for slot in all_slots] == [(slot.total, slot.silent) for slot in slots]


@HELD
@given(promises("vn"), ANSWERS, BELOW)
def test_every_unit_answers_or_is_silent_in_one_way(
    upper: Promise, answers: list[Answer], below: list[UnitBelow]
) -> None:
    for result in cascade_of(upper, answers, below).slots:
        silent = [unit for units in result.silent.values() for unit in units]
        assert len(silent) == len(set(silent))
        assert not set(silent) & set(result.answering)


@HELD
@given(promises("vn"), ANSWERS, BELOW)
def test_the_boundary_names_promises_and_changes_no_sum(
    upper: Promise, answers: list[Answer], below: list[UnitBelow]
) -> None:
    """After mergers, too, each term is listed under one unit: the sums of the units are the whole sum."""
    found = cascade_of(upper, answers, below)
    for result in found.slots:
        held: dict[str, Fraction] = {}
        for term in result.counted:
            holder = holder_of(term.answer.promise.issuer, found.units)
            assert term.figure
            held[holder] = held.get(holder, Fraction()) + Fraction(str(term.figure.value))
        if result.total:
            assert sum(held.values()) == Fraction(str(result.total.value))
