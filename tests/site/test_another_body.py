"""A site of another body: its name, lead and footer are its own, and no page speaks of the Women's Union."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from golden import source_of

from generator.check import check_files
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.pages.page import Options
from generator.paper.paper_document import plan_document
from generator.site.mkdocs_theme import configuration, settings_of
from generator.site.request import CONFIGURATION, Request
from generator.site.tasks import site_files

CONTENT = {
    "plans/nam-2026.yml": """\
id: nam-2026
title: Kế hoạch hoạt động công đoàn năm 2026
kind: annual
status: published
issuer: cong-doan
period: {from: 2026, to: 2026}
layout: outline
source: {document: Kế hoạch số 3/KH-CĐCS}
outline: [{id: viec, kind: task, label: Nhiệm vụ 1, title: Chăm lo đoàn viên}]
targets:
  - {id: ct1, label: Chỉ tiêu 1, section: viec, title: Đoàn viên, statement: 100% đoàn viên được khám sức khỏe}
activities:
  - {id: a1, target: ct1, title: Khám sức khỏe, lead: [Ban Nữ công]}
""",
    "units/cong-doan.yml": "id: cong-doan\nname: Công đoàn Trường Mầm non Hoa Mai\nkind: union\nlevel: commune\n",
    "units/ban-nu-cong.yml": "id: ban-nu-cong\nname: Ban Nữ công\nkind: department\nparent: cong-doan\n",
}
OPTIONS = Options(site_name="Kế hoạch Công đoàn", site_description="Việc của Công đoàn Trường Mầm non Hoa Mai.")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    result = check_files([source_of(*item) for item in CONTENT.items()])
    assert result.problems == []
    return link(result)


def test_nothing_speaks_of_the_womens_union(corpus: Corpus) -> None:
    files = site_files(corpus, OPTIONS)
    assert len(files) > 25
    spoken = {path for path, text in files.items() if re.search("LHPN|Liên hiệp Phụ nữ|Hội Phụ nữ", str(text))}
    assert spoken == set()


def test_name_and_lead_are_the_bodys(corpus: Corpus) -> None:
    files = site_files(corpus, OPTIONS)
    assert "# Kế hoạch Công đoàn" in files["index.md"].replace("\\", "")
    assert "Việc của Công đoàn Trường Mầm non Hoa Mai." in files["index.md"]
    assert "In từ Kế hoạch Công đoàn, bản tóm lược." in files["nam/2026/index.md"]
    paper = plan_document(corpus, corpus.plans["nam-2026"], OPTIONS)
    assert paper.closing[0].startswith("Bản tóm lược từ Kế hoạch Công đoàn,")
    assert not any("Sổ kế hoạch" in str(text) for path, text in files.items() if path.endswith(".md"))


def test_mkdocs_yml_says_whose_site_it_is(tmp_path: Path) -> None:
    written = yaml.load(CONFIGURATION.read_text("utf-8"), yaml.BaseLoader)
    options = settings_of(configuration(Request(Path("content"), tmp_path / "site"))).options
    assert (options.title, options.lead) == (written["site_name"], written["site_description"])
