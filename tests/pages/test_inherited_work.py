"""What a unit takes over: from which units, from which year on, and what of it has no year."""

from __future__ import annotations

import re

import pytest
from golden import sources_of

from generator.check import check_files
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.pages.page import Options
from generator.pages.unit_work import InheritedWork, inherited_work, work_of_unit
from generator.site.tasks import site_files

UNITS = """\
xa-dau valid_to: 31/12/2022, successors: [xa-giua]
xa-giua valid_from: 01/01/2023, valid_to: 31/12/2024, successors: [xa-cuoi]
xa-cuoi valid_from: 01/01/2025
xa-ban
"""
PLAN = """\
id: {id}
title: Kế hoạch {id}
kind: term
status: published
issuer: hoi
period: {{from: {first}, to: {last}}}
layout: outline
source: {{document: Kế hoạch {id}}}
outline: [{{id: nv1, kind: task, title: Việc}}]
activities:
"""
LONG = """\
  - {id: a1, section: nv1, title: Trước khi chia, lead: [xa-dau], years: 2022}
  - {id: a2, section: nv1, title: Trong lúc của xã giữa, lead: [xa-dau], years: 2023-2024}
  - {id: a3, section: nv1, title: Từ năm đầu của xã cuối, lead: [xa-dau], years: 2025}
  - {id: a4, section: nv1, title: Chưa có năm, lead: [xa-dau], years: []}
  - {id: a5, section: nv1, title: Việc của xã giữa, lead: [xa-giua], partners: [xa-ban], years: 2024-2025}
"""
SHORT = """\
  - {id: a1, section: nv1, title: Kế hoạch đã hết, lead: [xa-dau], years: []}
"""
PLANS = {"dai": (2022, 2026, LONG), "ngan": (2021, 2022, SHORT)}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    files = {
        f"plans/{id_}.yml": PLAN.format(id=id_, first=first, last=last) + activities
        for id_, (first, last, activities) in PLANS.items()
    }
    for line in UNITS.splitlines():
        id_, _, life = line.partition(" ")
        files[f"units/{id_}.yml"] = "\n".join(
            [f"id: {id_}", f"name: Hội {id_}", "kind: union", *filter(None, life.split(", ")), ""]
        )
    result = check_files(sources_of(files))
    assert result.errors == []
    return link(result)


@pytest.fixture(scope="module")
def taken_over(corpus: Corpus) -> dict[str, InheritedWork]:
    return {part.unit.id: part for part in inherited_work(corpus, corpus.units["xa-cuoi"])}


def test_what_came_by_two_steps_is_taken_over_from_the_second_end_on(taken_over: dict[str, InheritedWork]) -> None:
    """What fell due before is the work of the unit between."""
    assert {unit: part.years for unit, part in taken_over.items()} == {"xa-giua": [2025], "xa-dau": [2025]}
    assert [activity.id for activity in taken_over["xa-dau"].in_year(2024)] == []


def test_what_is_due_in_the_first_year_is_taken_over(taken_over: dict[str, InheritedWork]) -> None:
    assert [activity.id for activity in taken_over["xa-dau"].due] == ["a3", "a4"]
    assert [activity.id for activity in taken_over["xa-giua"].due] == ["a5"]


def test_what_has_no_year_is_taken_over_of_plans_that_were_not_over(
    corpus: Corpus, taken_over: dict[str, InheritedWork]
) -> None:
    assert [activity.key for activity in taken_over["xa-dau"].undated] == ["dai/a4"]
    page = site_files(corpus, Options())["don-vi/xa-cuoi/index.md"]
    assert "Chưa có năm" in page
    assert not re.search("Kế hoạch đã hết|Trong lúc của xã giữa", page)


def test_what_a_unit_takes_part_in_is_on_its_sheet(corpus: Corpus) -> None:
    work = work_of_unit(corpus, corpus.units["xa-ban"]).in_year(2024)
    assert {share: [activity.id for activity in found] for share, found in work.items() if found} == {"partner": ["a5"]}
