"""What a target's page says where nothing serves the target: only what somebody has decided."""

from __future__ import annotations

import pytest
from golden import sources_of

from generator.check import check_files
from generator.language.catalogue import catalogue
from generator.model.builder import link
from generator.pages.target_work import work_of

PLAN = """\
id: p
title: Kế hoạch p
kind: term
status: draft
issuer: hoi
period: {from: 2024, to: 2025}
layout: outline
source: {document: Kế hoạch p}
outline: [{id: nv1, kind: task, title: Việc}]
targets:
  - {id: ct1, section: nv1, title: Trồng cây, statement: Trồng cây.}
  - {id: ct2, section: nv1, title: Trồng hoa, statement: Trồng hoa.}
activities:
"""
STATED = "  - {id: a%d, target: ct2, title: Việc}\n"
DECIDED = "  - {id: a%d, section: nv1, title: Việc, serves: [ct2]}\n"
NONE = "  - {id: a%d, section: nv1, title: Việc, serves: []}\n"
UNDECIDED = "  - {id: a%d, section: nv1, title: Việc}\n"


@pytest.mark.parametrize(
    ("activities", "said"),
    [
        ([STATED], "vào chỉ tiêu này."),
        ([DECIDED, NONE], "đã đối chiếu cả 2 hoạt động của kế hoạch"),
        ([STATED, NONE], "đã đối chiếu 1 hoạt động mà văn bản không xếp vào chỉ tiêu nào"),
        ([STATED, NONE, UNDECIDED], "còn 1 hoạt động của kế hoạch chưa được ban biên tập đối chiếu"),
    ],
)
def test_editors_are_said_to_have_decided_only_what_they_have(activities: list[str], said: str) -> None:
    text = PLAN + "".join(line % number for number, line in enumerate(activities, 1))
    corpus = link(check_files(sources_of({"plans/p.yml": text})))
    plan = corpus.plans["p"]
    summary = work_of(corpus, plan, plan.targets[0], catalogue("vi")).summary
    assert said in summary
    assert ("đối chiếu" in summary) == (activities != [STATED])
