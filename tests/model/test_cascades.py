"""How the units below answer a target, read from the corpus: only plans in force answer."""

from __future__ import annotations

from golden import sources_of

from generator.cascade.totals import Total
from generator.check import check_files
from generator.data.cascade_table import cascade_sheet, cascades_data
from generator.model.builder import link
from generator.model.cascades import CascadeReader, Reply, units_below
from generator.model.corpus import Corpus
from generator.pages.page import Options

UPPER = """\
id: tren
title: Kế hoạch cấp trên
kind: term
status: published
issuer: hoi-tren
period: {from: 2024, to: 2025}
layout: outline
source: {document: Kế hoạch cấp trên}
outline: [{id: nv1, kind: task, title: Việc}]
targets:
  - id: ct1
    label: Chỉ tiêu 1
    section: nv1
    title: Hộ thoát nghèo
    statement: Mỗi năm giúp 1.000 hộ.
    measures: [{id: ho, name: Hộ, unit: hộ, comparator: "=", value: "1.000", period: each_year, aggregate: sum}]
activities: [{id: a1, target: ct1, title: Việc}]
"""
LOWER = """\
id: {id}
title: Kế hoạch {id}
kind: annual
status: {status}
issuer: {issuer}
period: {{from: 2024, to: 2024}}
layout: outline
source: {{document: Kế hoạch {id}}}
outline: [{{id: nv1, kind: task, title: Việc}}]
activities:
  - id: a1
    section: nv1
    title: Giúp hộ nghèo
    measures: [{{id: ho, name: Hộ, unit: hộ, value: "40"{link}}}]
"""
LINK = ", contributes_to: {measure: tren/ct1/ho, grade: same}"


def plan(id_: str, issuer: str, status: str, measure: str = LINK) -> dict[str, str]:
    return {f"plans/{id_}.yml": LOWER.format(id=id_, issuer=issuer, status=status, link=measure)}


UNION = "units/hoi-tren.yml", "id: hoi-tren\nname: Hội cấp trên\nkind: union\nlevel: central\n"


def corpus_of(files: dict[str, str]) -> Corpus:
    result = check_files(sources_of(files))
    assert result.errors == []
    return link(result)


def reasons(corpus: Corpus) -> dict[str, str]:
    plan_above = corpus.plans["tren"]
    cascade = CascadeReader(corpus).cascade(plan_above, plan_above.targets[0], "ho")
    return {term.answer.promise.issuer: term.reason for term in cascade.slots[0].terms}


def test_a_group_and_its_members_count_once() -> None:
    """A group has a row in the matrix where it answers."""
    files = {"plans/tren.yml": UPPER, **dict([UNION])}
    for name in ("mot", "hai", "nhom", "xa"):
        files |= plan(name, f"hoi-{name}", "published")
    for name in ("mot", "hai"):
        files[f"units/hoi-{name}.yml"] = (
            f"id: hoi-{name}\nname: Hội {name}\nkind: union\nparent: hoi-tren\nmember_of: [hoi-nhom]\n"
        )
    files["units/hoi-nhom.yml"] = "id: hoi-nhom\nname: Nhóm\nkind: group\n"
    files["units/hoi-xa.yml"] = "id: hoi-xa\nname: Hội xã\nkind: union\nparent: hoi-mot\n"
    corpus = corpus_of(files)
    assert reasons(corpus) == {"hoi-nhom": "counted", **dict.fromkeys(("hoi-mot", "hoi-hai", "hoi-xa"), "inside")}
    assert [unit.id for unit in units_below(corpus, corpus.plans["tren"])] == ["hoi-hai", "hoi-mot", "hoi-nhom"]


def test_what_stands_two_levels_down_is_found_through_another_plan_of_the_unit() -> None:
    """The plan of the year counts, the communes answer the plan of the term."""
    term = LOWER.format(id="ky", issuer="hoi-mot", status="published", link=LINK).replace("to: 2024", "to: 2025")
    files = {
        "plans/tren.yml": UPPER,
        "plans/ky.yml": term.replace("kind: annual", "kind: term").replace(
            'value: "40"', 'value: "30", period: each_year, aggregate: sum'
        ),
        **dict([UNION]),
        **plan("nam", "hoi-mot", "published"),
        **plan("xa", "hoi-xa", "published", LINK.replace("tren/ct1/ho", "ky/a1/ho")),
        "units/hoi-mot.yml": "id: hoi-mot\nname: Hội một\nkind: union\nparent: hoi-tren\n",
        "units/hoi-xa.yml": "id: hoi-xa\nname: Hội xã\nkind: union\nparent: hoi-mot\n",
    }
    corpus = corpus_of(files)
    plan_above, reader = corpus.plans["tren"], CascadeReader(corpus)
    slot = reader.cascade(plan_above, plan_above.targets[0], "ho").slots[0]
    assert [(term.answer.promise.plan, term.reason) for term in slot.terms] == [("ky", "same_unit"), ("nam", "counted")]
    assert reader.total_below(slot) == Total(40, "exact")
    found = cascades_data(corpus, plan_above)[0]["slots"][0]
    assert found["sum_below"] == {"number": 40, "bound": "exact"}
    assert [term.get("below", {}).get("units") for term in found["terms"]] == [1, None]
    sheet = cascade_sheet(corpus, plan_above, Options())
    assert sheet
    at = [name for name, _ in sheet.columns].index
    lines = {
        row[at("Dòng")]: (row[at("Số")], row[at("Đơn vị tính")]) for row in sheet.rows if row[at("Năm, kỳ")] == "2024"
    }
    assert lines == {
        "Mức cấp trên": (1000, "hộ"),
        "Cấp dưới": (40, "hộ"),
        "Cộng": (40, "hộ"),
        "Cộng cấp dưới nữa": (40, "hộ"),
    }


def test_a_counterpart_without_a_figure_is_no_missing_target() -> None:
    """Nobody below is asked for what is for the issuer's own level."""
    own = '{id: rieng, name: Đề án của trung ương, unit: đề án, value: "5", period: each_year, per: Hội cấp trung ương}'
    upper = UPPER.replace("aggregate: sum}]", f"aggregate: sum}}, {own}]")
    target = "targets: [{id: ct1, section: nv1, title: Hộ, statement: Giúp hộ nghèo., counterparts: [tren/ct1]}]\n"
    lower = LOWER.format(id="co", issuer="hoi-co", status="published\nimplements: [tren]", link="")
    files = {
        "plans/tren.yml": upper,
        "plans/co.yml": lower.replace("activities:", f"{target}activities:"),
        **dict([UNION]),
        **plan("khong", "hoi-khong", "published", ""),
    }
    for name in ("co", "khong"):
        files[f"units/hoi-{name}.yml"] = f"id: hoi-{name}\nname: Hội {name}\nkind: union\nparent: hoi-tren\n"
    corpus = corpus_of(files)
    plan_above, reader = corpus.plans["tren"], CascadeReader(corpus)
    replies = reader.replies(plan_above, plan_above.targets[0], corpus.children["hoi-tren"])
    assert {unit: reply for unit, (reply, _) in replies.items()} == {"hoi-co": "no_figure", "hoi-khong": "not_in_plan"}
    silent = reader.cascade(plan_above, plan_above.targets[0], "ho").slots[0].silent
    assert {why: list(units) for why, units in silent.items() if units} == {
        "not_in_plan": ["hoi-khong"],
        "no_figure": ["hoi-co"],
    }
    assert not reader.cascade(plan_above, plan_above.targets[0], "rieng").has_units


def test_only_a_plan_in_force_answers() -> None:
    """A unit with a draft alone has no plan; one whose new plan leaves the target out no longer answers it."""
    files = {
        "plans/tren.yml": UPPER,
        **dict([UNION]),
        **plan("moi", "hoi-moi", "published"),
        **plan("du-thao", "hoi-du-thao", "draft"),
        **plan("thay", "hoi-thay", "superseded\nsuperseded_by: thay-2024"),
        **plan("thay-2024", "hoi-thay", "published", ""),
    }
    for name in ("moi", "du-thao", "thay"):
        files[f"units/hoi-{name}.yml"] = f"id: hoi-{name}\nname: Hội {name}\nkind: union\nparent: hoi-tren\n"
    corpus = corpus_of(files)
    plan_above = corpus.plans["tren"]
    units = corpus.children["hoi-tren"]
    replies = CascadeReader(corpus).replies(plan_above, plan_above.targets[0], units)
    told: dict[str, Reply] = {unit: reply for unit, (reply, _) in replies.items()}
    assert told == {"hoi-moi": "answered", "hoi-du-thao": "no_plan", "hoi-thay": "not_in_plan"}
    assert [answer.promise.plan for _, answers in replies.values() for answer in answers] == ["moi"]
