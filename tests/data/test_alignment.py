"""The editors' alignment in the JSON of a plan."""

from __future__ import annotations

import json

from golden import sources_of

from generator.check import check_files
from generator.data.data_files import plan_files
from generator.incremental import Build
from generator.incremental.segments import whole
from generator.model.builder import link
from generator.pages.page import Options

PLAN = """\
id: doi-chieu
title: Kế hoạch đối chiếu
kind: term
status: published
issuer: hoi
period: {from: 2024, to: 2025}
layout: outline
source: {document: Kế hoạch đối chiếu}
outline: [{id: nv1, kind: task, label: Nhiệm vụ 1, title: Việc}]
targets:
  - id: ct1
    label: Chỉ tiêu 1
    section: nv1
    title: Chỉ tiêu
    statement: Giúp hộ
    measures:
      - {id: chua-xem, name: Hộ được giúp, unit: hộ, value: "1"}
      - {id: khong-co, name: Lớp, unit: lớp, value: "1", contributes_to: []}
      - {id: gop, name: Hộ thoát nghèo, unit: hộ, value: "1", contributes_to: doi-chieu/ct2/ho}
  - id: ct2
    label: Chỉ tiêu 2
    section: nv1
    title: Chỉ tiêu
    statement: Giúp hộ
    measures: [{id: ho, name: Hộ, unit: hộ, value: "2"}]
activities: [{id: viec, target: ct1, title: Việc, years: []}]
"""


def test_that_a_measure_answers_none_is_told_from_that_nobody_has_looked() -> None:
    corpus = link(check_files(sources_of({"plans/doi-chieu.yml": PLAN})))
    files = plan_files(corpus, corpus.plans["doi-chieu"], Options(), Build())
    target = json.loads(whole(files["du-lieu/ke-hoach/doi-chieu.json"]))["targets"][0]
    links = {measure["id"]: measure.get("contributes_to") for measure in target["measures"]}
    assert links == {"chua-xem": None, "khong-co": [], "gop": [{"measure": "doi-chieu/ct2/ho"}]}
