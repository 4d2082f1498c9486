"""What the linked model adds to the content: inheritance, years, links in both directions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check import check, check_files
from generator.data.objects import activity_data
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.source.source_files import SourceFile

HEAD = """\
id: thu
title: Kế hoạch thử
kind: term
status: published
issuer: hoi
period: {from: 2022, to: 2024}
layout: years
source: {document: Kế hoạch thử}
outline:
  - {id: nv1, kind: task, title: Nhiệm vụ, lead: [Ban Tổ chức], levels: [province]}
  - {id: nv1-1, kind: section, title: Mục, parent: nv1}
  - {id: khac, kind: section, title: Mục khác}
targets:
  - {id: ct1, label: Chỉ tiêu 1, section: khac, task: nv1, title: Chỉ tiêu, statement: Giúp hộ, lead: [van-phong]}
activities:
"""
UNITS = {
    "hoi": "id: hoi\nname: Hội\nkind: union\n",
    "ban-to-chuc": "id: ban-to-chuc\nname: Ban Tổ chức\nkind: department\nparent: hoi\n",
    "van-phong": "id: van-phong\nname: Văn phòng\nkind: department\nparent: hoi\n",
    "khac-ban-to-chuc": "id: khac-ban-to-chuc\nname: Ban Tổ chức\nkind: department\n",
}


def corpus_of(activities: str, units: dict[str, str] = UNITS) -> Corpus:
    files = [SourceFile("unit", f"units/{id_}.yml", id_, text.encode()) for id_, text in units.items()]
    result = check_files([*files, SourceFile("plan", "plans/thu.yml", "thu", (HEAD + activities).encode())])
    assert result.errors == []
    return link(result)


@pytest.fixture(scope="module")
def real() -> Corpus:
    result = check(Path("content"))
    assert result.problems == []
    return link(result)


def test_lead_and_levels_come_from_the_nearest_heading() -> None:
    activity = corpus_of("  - {id: a, section: nv1-1, title: Việc, years: 2022}\n").activities["thu/a"]
    assert activity.lead == ("ban-to-chuc",)
    assert activity.levels == ("province",)
    assert activity.task == "nv1"


def test_lead_comes_from_the_target_before_the_heading_and_the_task_from_the_target() -> None:
    activity = corpus_of("  - {id: a, target: ct1, title: Việc, years: 2022}\n").activities["thu/a"]
    assert activity.lead == ("van-phong",)
    assert (activity.section, activity.task) == ("khac", "nv1")


def test_own_lead_wins_and_a_name_means_the_issuers_department() -> None:
    corpus = corpus_of("  - {id: a, section: nv1, title: Việc, years: 2022, lead: [ban tổ chức, van-phong]}\n")
    assert corpus.activities["thu/a"].lead == ("ban-to-chuc", "van-phong")
    assert "khac-ban-to-chuc" not in corpus.led_by


def test_names_are_shown_as_they_are_written_and_ids_by_the_short_name() -> None:
    office = "name: Văn phòng Hội\nshort_name: Văn phòng\naliases: [VP, Vp Hội]\n"
    units = UNITS | {"van-phong": f"id: van-phong\n{office}kind: department\nparent: hoi\n"}
    corpus = corpus_of(
        """\
  - {id: a, section: khac, title: Việc, lead: [VP, ban-to-chuc], partners: [Văn phòng]}
  - {id: b, section: khac, title: Việc, lead: [van-phong], rows: [{title: Dòng, partners: [ban tổ chức]}]}
  - {id: c, section: khac, title: Việc, lead: [VP], lead_text: Các ban, levels_units: [Vp Hội]}
  - {id: d, section: khac, title: Việc, levels: [province], levels_units: [VP]}
""",
        units,
    )
    shown = [(one.lead_text, one.partners_text, one.levels_text) for one in corpus.activities.values()]
    nothing = (None, None, None)
    assert shown == [("VP, Ban Tổ chức", None, None), nothing, ("Các ban", None, "Vp Hội"), nothing]
    assert corpus.activities["thu/b"].rows[0].partners_text == "ban tổ chức"
    assert corpus.activities["thu/a"].lead == ("van-phong", "ban-to-chuc")


def test_a_printed_cell_of_levels_names_units_of_the_issuer() -> None:
    corpus = corpus_of("  - {id: a, section: khac, title: Việc, levels: [province], levels_text: 'Hội, Văn phòng'}\n")
    activity = corpus.activities["thu/a"]
    assert (activity.levels_text, activity.levels_units) == ("Hội, Văn phòng", ("hoi", "van-phong"))


@pytest.mark.parametrize(
    ("given", "years"),
    [
        ("years: 2022-2024", (2022, 2023, 2024)),
        ("years: []", ()),
        ('by_year: {2022: x, 2023: "-", 2024: "5"}', (2022, 2024)),
        ('rows: [{title: Cấp tỉnh, by_year: {2023: "25", 2024: "-"}}]', (2023,)),
        ("when: Theo yêu cầu", ()),
    ],
)
def test_years(given: str, years: tuple[int, ...]) -> None:
    corpus = corpus_of(f"  - {{id: a, section: nv1, title: Việc, {given}}}\n")
    assert corpus.activities["thu/a"].years == years


def test_an_inherited_lead_says_whose_it_is() -> None:
    corpus = corpus_of(
        """\
  - {id: a, section: nv1-1, title: Việc, years: 2022}
  - {id: b, target: ct1, title: Việc, years: 2022}
  - {id: c, section: nv1-1, title: Việc, years: 2022, lead: [van-phong]}
  - {id: d, section: khac, title: Việc, years: 2022}
"""
    )
    assert [activity.lead_from for activity in corpus.activities.values()] == ["nv1", "ct1", None, None]


def test_serves_tells_undecided_from_none() -> None:
    corpus = corpus_of(
        """\
  - {id: a, section: nv1, title: Việc, years: 2022, serves: [ct1, thu/ct1]}
  - {id: b, section: nv1, title: Việc, years: 2022, serves: []}
  - {id: c, section: nv1, title: Việc, years: 2022}
"""
    )
    assert [activity.serves for activity in corpus.activities.values()] == [("thu/ct1", "thu/ct1"), (), None]
    data = [activity_data(activity).get("serves") for activity in corpus.activities.values()]
    assert data == [["thu/ct1", "thu/ct1"], [], None]


def test_a_name_is_understood_in_the_plans_of_its_scope() -> None:
    """The body is not subordinate: it stands under nobody."""
    units = {**UNITS, "ubnd": "id: ubnd\nname: UBND các cấp\nkind: partner\nscope: hoi\n"}
    units |= {"khac-ubnd": "id: khac-ubnd\nname: UBND các cấp\nkind: partner\n"}
    corpus = corpus_of("  - {id: a, section: nv1, title: Việc, years: 2022, partners: [UBND các cấp]}\n", units)
    assert corpus.activities["thu/a"].partners == ("ubnd",)
    assert "ubnd" not in [unit.id for unit in corpus.children["hoi"]]


def test_roles_tell_levels_where_nothing_else_does() -> None:
    corpus = corpus_of(
        "  - {id: a, section: khac, title: Việc, years: [], roles: {central: Chủ trì, local: Tham gia}}\n"
    )
    assert corpus.activities["thu/a"].levels == ("central", "province")


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_documents_order_is_kept(order: list[str]) -> None:
    rows = "".join(f"  - {{id: {id_}, section: nv1, title: Việc, years: 2022}}\n" for id_ in order)
    corpus = corpus_of(rows)
    assert [activity.id for activity in corpus.plans["thu"].activities] == order
    assert [activity.id for activity in corpus.of_year[2022]] == order


def test_every_link_of_the_real_content_goes_both_ways(real: Corpus) -> None:
    for activity in real.activities.values():
        assert all(activity in real.led_by[unit] for unit in activity.lead)
        assert all(activity in real.partnered_by[unit] for unit in activity.partners if unit not in activity.lead)
        assert all(activity in real.of_year[year] for year in activity.years)
        assert all(activity in real.of_programme[programme] for programme in activity.programmes)
        served = {*(activity.serves or ()), *([f"{activity.plan}/{activity.target}"] if activity.target else [])}
        assert served == {target for target in real.of_target if activity in real.of_target[target]}
        if activity.task:
            assert activity in real.of_task[f"{activity.plan}/{activity.task}"]
    for key, others in real.counterparts.items():
        assert all(key in real.counterparts[other] for other in others)
    for plan in real.plans.values():
        assert all(plan in real.implemented_by[other] for other in plan.implements)


def test_sizes_of_the_real_plans(real: Corpus) -> None:
    """As the documents count them."""
    sizes = {
        plan.id: (len(plan.activities), len(plan.targets), len(plan.tasks), sum(len(a.rows) for a in plan.activities))
        for plan in real.plans.values()
    }
    assert sizes["national-2022-2027"][:3] == (94, 8, 3)
    assert sum(heading.kind == "breakthrough" for heading in real.plans["national-2022-2027"].headings) == 2
    assert sizes["thai-nguyen-2021-2026"] == (88, 8, 3, 8)
    assert sizes["dong-nai-2017-2021"][:3] == (81, 14, 3)
    assert sizes["national-2020"][:2] == (105, 0)
    assert sizes["da-nang-2023"][:3] == (36, 0, 3)


def test_departments_of_two_provinces_are_two_units(real: Corpus) -> None:
    plans = real.plans
    offices = {
        plan: {unit for activity in plans[plan].activities for unit in activity.lead if "van-phong" in unit}
        for plan in ("thai-nguyen-2021-2026", "dong-nai-2017-2021", "da-nang-2023")
    }
    assert len(set.union(*offices.values())) == 3


def test_one_department_however_it_is_spelled(real: Corpus) -> None:
    text = Path("content/plans/thai-nguyen-2021-2026.yml").read_text("utf-8")
    assert "Ban TG- CSLP" in text and "Ban TG-CSLP" in text
    assert not [
        unit for unit in real.units if unit.startswith("thai-nguyen-ban-tg") and unit != "thai-nguyen-ban-tg-cslp"
    ]
