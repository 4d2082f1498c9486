"""What is packed is what it was, whole or in part."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check import check
from generator.model.bodies import Bodies
from generator.model.builder import build_plan
from generator.model.entities import Body, Unit
from generator.model.packed import Packed, pack
from generator.model.units import Units

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
IDS = st.sampled_from([f"u{number}" for number in range(6)])
UNITS = st.builds(
    Unit,
    id=IDS,
    name=st.sampled_from(["Ban Ă", "Ban A", "ban Ẫ", "Hội Đ", "Hội D"]),
    short_name=st.text(max_size=3),
    kind=st.just("union"),
    parent=st.none() | IDS,
    member_of=st.lists(IDS, max_size=2, unique=True).map(tuple),
    valid_from=st.none() | st.dates(),
    successors=st.lists(IDS, max_size=2, unique=True).map(tuple),
)


@given(st.lists(PLAIN), st.data())
def test_entries_are_those_that_were_packed(entries: list[object], data: st.DataObject) -> None:
    packed: Packed[object] = Packed(pack(entries))
    assert [*packed.at(range(len(entries)))] == entries
    assert len([*packed.parts()]) == len(entries)
    places = data.draw(st.lists(st.sampled_from(range(len(entries))))) if entries else []
    assert [*packed.at(places)] == [entries[place] for place in places]


@given(st.lists(UNITS, unique_by=lambda unit: unit.id), st.lists(UNITS, unique_by=lambda unit: unit.id), st.sets(IDS))
def test_units_are_sorted_and_related_whatever_has_changed(before: list[Unit], new: list[Unit], gone: set[str]) -> None:
    units = Units.of(before).changed({**dict.fromkeys(gone), **{unit.id: unit for unit in new}})
    rest = {unit.id: unit for unit in before if unit.id not in gone} | {unit.id: unit for unit in new}
    assert units == rest
    for some in (units, Units.unpacked(units.packed())):
        assert [*some.items()] == [*Units.of(rest.values()).items()]
        for parent in rest:
            assert some.children.get(parent, []) == [id_ for id_, unit in some.items() if unit.parent == parent]
            assert some.members.get(parent, []) == [id_ for id_, unit in some.items() if parent in unit.member_of]
            assert set(some.predecessors.get(parent, [])) == {id_ for id_ in some if parent in some[id_].successors}


@pytest.fixture(scope="module")
def bodies() -> dict[str, Body]:
    result = check(Path("content"))
    plans = (build_plan(one.tree.data, result.register) for one in result.sources if one.kind == "plan")
    return {plan.id: plan.load() for plan in plans}


@pytest.mark.parametrize("hold", [True, False])
def test_a_body_is_what_it_was(bodies: dict[str, Body], *, hold: bool) -> None:
    some = Bodies(pytest.fail, hold=hold)
    for plan, body in bodies.items():
        some.add(plan, body)
    other = Bodies(lambda plan: some.packed[plan], hold=hold)
    for _ in range(2):
        for plan, body in bodies.items():
            for one in (some.load(plan), other.load(plan)):
                assert (one.headings, one.targets, one.activities) == (body.headings, body.targets, body.activities)
                assert one.tasks == body.tasks
                assert one.of_target == body.of_target
        some.let_go()
