"""A site of another body: its name, lead and footer are its own, and no page mentions the Women's Union."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from golden import source_of
from small_site import content_in, sokehoach

from generator.check import check_files
from generator.language.catalogue import catalogue
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.pages.letterhead import title_parts
from generator.pages.page import Options
from generator.paper.paper_document import plan_document
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


UNION = re.compile("LHPN|Liên hiệp Phụ nữ|Hội Phụ nữ")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    result = check_files([source_of(*item) for item in CONTENT.items()])
    assert result.problems == []
    return link(result)


def test_nothing_speaks_of_the_womens_union(corpus: Corpus) -> None:
    files = site_files(corpus, OPTIONS)
    assert len(files) > 25
    spoken = {path for path, text in files.items() if UNION.search(str(text))}
    assert spoken == set()
    examples = ("dong-gop/", "schema/", "du-lieu/index.md")  # of the schemas
    own = {path: text for path, text in files.items() if not path.startswith(examples)}
    assert {path for path, text in own.items() if re.search(r"\bHội\b|\b[Cc]hi hội\b", str(text))} == set()


def test_name_and_lead_are_the_bodys(corpus: Corpus) -> None:
    files = site_files(corpus, OPTIONS)
    assert "# Kế hoạch Công đoàn" in files["index.md"].replace("\\", "")
    assert "Việc của Công đoàn Trường Mầm non Hoa Mai." in files["index.md"]
    assert "In từ Kế hoạch Công đoàn, bản tóm lược." in files["nam/2026/index.md"]
    paper = plan_document(corpus, corpus.plans["nam-2026"], OPTIONS)
    assert paper.closing[0].startswith("Bản tóm lược từ Kế hoạch Công đoàn,")
    assert not any("Sổ kế hoạch" in str(text) for path, text in files.items() if path.endswith(".md"))


@pytest.mark.parametrize(
    ("title", "kind", "subject"),
    [
        ("Chương trình công tác năm 2027", "CHƯƠNG TRÌNH CÔNG TÁC", "Năm 2027"),
        ("Chương trình phối hợp với Công an", "CHƯƠNG TRÌNH", "Phối hợp với Công an"),
        ("Việc năm 2027", None, "Việc năm 2027"),
    ],
)
def test_the_kind_of_a_document_has_a_line_of_its_own(title: str, kind: str | None, subject: str) -> None:
    assert title_parts(title, catalogue("vi")) == (kind and title[: len(kind)], subject)
    assert kind is None or title[: len(kind)].upper() == kind


def test_indexes_without_an_entry_say_so() -> None:
    files = site_files(link(check_files([])), OPTIONS)
    empty = {path for path, text in files.items() if "Chưa kế hoạch nào có mục này." in str(text)}
    assert empty == {f"{folder}/index.md" for folder in ("chi-tieu", "chuong-trinh", "nam", "nhiem-vu")}
    for path in ("index.md", "ke-hoach/index.md"):
        assert "Chưa có kế hoạch nào." in files[path]
    assert "#nam" not in files["index.md"]


def test_one_plan_alone_is_not_offered_to_stand_beside_itself(corpus: Corpus) -> None:
    page = str(site_files(corpus, OPTIONS)["so-sanh/index.md"])
    assert "Chưa có hai kế hoạch để so sánh." in page
    assert "<select" not in page
    assert "cấp trên:" not in page


class Body:
    """The content of another body somewhere on this machine, and the commands that show it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content = folder, content_in(folder / "content")

    def names(self, text: bytes) -> None:
        """Write `site.txt`."""
        (self.content / "site.txt").write_bytes(text)

    def builds(self, *options: str) -> str:
        """Build; return the home page."""
        place = ("--site", self.folder / "site", "--cache", self.folder / "cache")
        done = sokehoach("build", "--no-office", "--content", self.content, *place, *options)
        assert done.returncode == 0, done.stderr
        return (self.folder / "site" / "index.html").read_text("utf-8")


@pytest.fixture
def body(tmp_path: Path) -> Body:
    return Body(tmp_path)


def test_content_that_says_nothing_stands_under_nobodys_name(body: Body) -> None:
    body.builds()
    site = body.folder / "site"
    pages = [path for path in site.rglob("*.html") if "dong-gop" not in path.parts]  # the guide has examples
    assert len(pages) > 15
    assert {str(path) for path in pages if UNION.search(path.read_text("utf-8"))} == set()
    guide = (site / "dong-gop" / "index.html").read_text("utf-8")
    assert "Nội dung tóm lược từ văn bản của đơn vị ban hành;" in guide


def test_a_file_beside_the_plans_names_the_site_at_the_next_build(body: Body) -> None:
    body.builds()
    body.names('Kế hoạch "Đoàn & Đội"\r\n\r\nViệc của Đoàn.\r\nTheo văn bản của Đoàn <phường>.\r\n'.encode())
    home = body.builds()
    assert '<meta property="og:site_name" content="Kế hoạch &#34;Đoàn &amp; Đội&#34;">' in home
    assert '<meta name="description" content="Việc của Đoàn.">' in home
    assert '<p class="sk-hero__lead">Việc của Đoàn.</p>' in home
    assert "Theo văn bản của Đoàn &lt;phường&gt;." in home
    assert 'Kế hoạch "Đoàn &amp; Đội"' in (body.folder / "site" / "du-lieu" / "atom.xml").read_text("utf-8")
    tree = body.folder / "tree"
    done = sokehoach("pages", "--project", "--no-office", "--content", body.content, "--out", tree)
    assert done.returncode == 0, done.stderr
    assert '"copyright": "Theo văn bản của Đoàn &lt;phường&gt;."' in (tree / "mkdocs.yml").read_text("utf-8")


def test_a_file_in_another_encoding_is_told_by_every_command(body: Body) -> None:
    body.names("Đoàn phường".encode("utf-16"))
    place = ("--site", body.folder / "site", "--cache", body.folder / "cache")
    for words in (("check",), ("build", *place)):
        done = sokehoach(*words, "--content", body.content)
        assert done.returncode == 1
        assert "site.txt:1:1: lỗi[not-utf8]" in done.stdout + done.stderr
