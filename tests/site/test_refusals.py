"""Foreign files and odd content: refused with words or built completely, never a traceback."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import lxml.etree
import lxml.html
import openpyxl
import pytest
from built_site import ROOT
from slow import rest_slow
from small_site import content_in, even, sokehoach, tree

PLACES = ["documents", "the content", "its parent", "a folder in it", "a link to documents", "a home", "the root"]


@pytest.mark.parametrize(
    ("command", "place"),
    [*(("build", place) for place in PLACES), *rest_slow(("pages", place) for place in PLACES)],
)
def test_a_folder_that_is_somebodys_is_refused_and_untouched(command: str, place: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    content = content_in(home / "content")
    (home / "documents" / "photos").mkdir(parents=True)
    (home / "documents" / "thu-moi.docx").write_bytes(b"PK\x03\x04")
    (home / "documents" / "mkdocs.yml").write_text("site_name: Khác\n", encoding="utf-8")
    (home / "documents" / "photos" / "2024.jpg").write_bytes(b"\xff\xd8\xff")
    (home / "link").symlink_to("documents")
    (tmp_path / "empty" / "home").mkdir(parents=True)
    site = {
        "documents": home / "documents",
        "the content": content,
        "its parent": home,
        "a folder in it": content / "site",
        "a link to documents": home / "link",
        "a home": tmp_path / "empty",  # one that holds nothing yet
        "the root": Path("/"),
    }[place]
    before = tree(home)
    option, *more = ("--site", "--cache", tmp_path / "cache") if command == "build" else ("--out", "--project")
    words = (command, "--content", content, option, site, *more)
    done = sokehoach(*words, HOME=str(tmp_path / "empty" / "home"))
    assert done.returncode == 1
    said = " ".join(done.stderr.split())
    assert "nên không ghi gì vào đó" in said
    assert f"{option} <thư mục>" in said
    assert tree(home) == before
    assert tree(tmp_path / "empty") == {"home": None}


def test_a_tree_of_pages_is_written_again_and_only_over_one(tmp_path: Path) -> None:
    content = content_in(tmp_path / "content")
    words = ("pages", "--no-office", "--content", content, "--out", tmp_path / "tree")
    assert sokehoach(*words).returncode == 0
    before = tree(tmp_path / "tree")
    (tmp_path / "tree" / "index.md").write_text("cũ", encoding="utf-8")
    assert sokehoach(*words).returncode == 0
    assert tree(tmp_path / "tree") == before
    build = ("build", "--content", content, "--site", tmp_path / "tree", "--cache", tmp_path / "cache")
    assert sokehoach(*build).returncode == 1
    (tmp_path / "tree" / "ghi-chu.txt").write_text("của ai đó", encoding="utf-8")
    shutil.move(content / "plans" / "thu.yml", tmp_path)
    assert sokehoach(*words).returncode == 0
    left = tree(tmp_path / "tree")
    assert [path for path in left if "thu" in Path(path).parts] == [], "whoever builds the tree would publish the plan"
    assert left["ghi-chu.txt"] == "của ai đó".encode()
    (tmp_path / "tep").touch()
    done = sokehoach(*words[:-1], tmp_path / "tep" / "tree")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: không ghi được")
    assert "không phải thư mục" in done.stderr


def test_content_inside_of_a_site_is_not_swept_away_with_it(tmp_path: Path) -> None:
    """Somebody built into an empty folder, and later began to keep the plans there."""
    first = content_in(tmp_path / "content")
    site = tmp_path / "site"
    build = ("build", "--no-office", "--site", site, "--cache", tmp_path / "cache", "--content")
    assert sokehoach(*build, first).returncode == 0
    shutil.copytree(first, site / "content")
    before = tree(site)
    done = sokehoach(*build, site / "content")
    assert done.returncode == 1
    assert tree(site) == before


@pytest.mark.parametrize("name", ["published.txt", "site.txt"])
def test_what_the_check_refuses_beside_the_plans_is_not_published(name: str, tmp_path: Path) -> None:
    content = content_in(tmp_path / "content")
    build = ("build", "--no-office", "--site", tmp_path / "site", "--cache", tmp_path / "cache", "--content", content)
    assert sokehoach(*build).returncode == 0
    before = tree(tmp_path / "site")
    (content / name).write_bytes(b"\xff\xfe")
    checked, built = sokehoach("check", "--content", content), sokehoach(*build)
    assert (checked.returncode, built.returncode) == (1, 1)
    assert f"{name}:1:1" in checked.stdout
    assert f"{name}:1:1" in built.stderr
    assert tree(tmp_path / "site") == before
    (content / name).unlink()
    assert sokehoach(*build).returncode == 0


CONFIGURATIONS = {
    "no plugin": ("plugins:\n  - sokehoach", "plugins:\n  - search", 'plugins phải có "sokehoach"'),
    "no such language": ("  language: vi", "  language: xx", "giao diện không có mẫu"),
}


@pytest.mark.parametrize("case", rest_slow(CONFIGURATIONS))
def test_a_configuration_that_cannot_be_built_with_is_told(case: str, tmp_path: Path) -> None:
    """By a program of its own, whose mkdocs.yml somebody has changed."""
    for name in ("generator", "schema", "overrides", "content/pages", "mkdocs.yml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        (tmp_path / name).parent.mkdir(exist_ok=True)
        copy(ROOT / name, tmp_path / name)
    before, after, said = CONFIGURATIONS[case]
    configuration = (tmp_path / "mkdocs.yml").read_text("utf-8")
    assert before in configuration
    (tmp_path / "mkdocs.yml").write_text(configuration.replace(before, after, 1), encoding="utf-8")
    content_in(tmp_path / "one")
    command = [sys.executable, "-m", "generator", "build", "--content", "one", "--no-office"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"Error: mkdocs.yml: {said}"), done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()


TEXTS = {
    "signs of XML": {"title": "]]> & <b> &#1;", "activity": "<r>]]></r> & \"'", "unit": "<&>"},
    "beyond the first plane": {"title": "Kế hoạch \U0001f600", "unit": "Hội \U0001f600"},
    "a control character": {"title": "Kế\x01hoạch"},
    "no character": {"activity": "Họp \uffff"},
    "half a character": {"title": "Kế hoạch \ud83d"},
    "a line's end of another sort": {"title": "Kế\u2028hoạch", "unit": "Hội\x85"},
    "a mark alone": {"unit": "\u0301"},
    "a document of 400 letters": {"document": "Kế hoạch số 1 của Hội " * 18},
    "a title of 600 letters": {"title": "Kế hoạch công tác năm " * 27},
    "a name of 300 letters": {"unit": "Hội Liên hiệp Phụ nữ " * 14},
    "a mark first": {"unit": "\u0301Hội"},
    "a mark as title": {"title": "\u0301", "activity": "\u0301"},
    "signs of attributes": {"title": "Kế hoạch {: #a }", "activity": "Họp {2024}"},
    "blank lines in a title": {"title": "Kế hoạch\n\n\nnăm 2024", "activity": "Họp\n\n\nban", "document": "Văn\n\nbản"},
}
# JSON writes what is beyond the first plane as two halves, which are none in YAML.
REFUSED = {
    *("a control character", "no character", "half a character"),
    *("a line's end of another sort", "beyond the first plane"),
}


@pytest.mark.parametrize("case", rest_slow(TEXTS, plain=3))
def test_what_is_accepted_is_built_and_what_is_not_is_refused_at_its_line(case: str, tmp_path: Path) -> None:
    texts = TEXTS[case]
    content = content_in(tmp_path / "content", **texts)
    checked = sokehoach("check", "--content", content)
    site = tmp_path / "site"
    done = sokehoach("build", "--pdf", "--content", content, "--site", site, "--cache", tmp_path / "cache")
    assert done.returncode == checked.returncode, checked.stdout + checked.stderr + done.stderr
    if case in REFUSED:
        assert checked.returncode == 1
        assert re.search(r"(thu|hoi)\.yml:\d+:\d+", checked.stdout + checked.stderr)
        return
    assert checked.returncode == 0, checked.stdout + checked.stderr
    page, office = _shown(site)
    for text in texts.values():
        assert even(text) in page
        assert even(text) in office
    assert (site / "ke-hoach" / "thu" / "thu.pdf").read_bytes().startswith(b"%PDF")


def _shown(site: Path) -> tuple[str, str]:
    """What a plan's page and its unit's show, and what its files for an office."""
    pages = [site / "ke-hoach" / "thu" / "index.html", site / "don-vi" / "hoi" / "index.html"]
    with zipfile.ZipFile(site / "ke-hoach" / "thu" / "thu.docx") as word:
        xml = word.read("word/document.xml")
    # A paragraph that is broken over lines has an element for each.
    paper = " ".join(text for text in lxml.etree.fromstring(xml).itertext())
    book = openpyxl.load_workbook(site / "du-lieu" / "ke-hoach" / "thu.xlsx")
    cells = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    html = " ".join(lxml.html.document_fromstring(page.read_bytes()).text_content() for page in pages)
    return even(html), even(f"{paper} {cells}")
