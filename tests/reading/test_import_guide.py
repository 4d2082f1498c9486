"""The guide's page on importing: its table becomes a Word file, its command runs, and gives its report."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from guide import PAGES, block, commands_of
from word_file import paragraph, row, table, word_file

from generator.check import check
from generator.cli import main

PAGE = PAGES / "nhap-tu-tep" / "index.md"
UNIT = "id: hoi-lhpn-xa-minh-hoa\nname: Hội LHPN xã Minh Họa\nkind: union\nlevel: commune\n"


def table_of_the_page() -> list[list[str]]:
    lines = re.findall(r"^\| (?:TT|I|1|1\.1|1\.2) \|.*\|$", PAGE.read_text("utf-8"), re.M)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("plans", "units"):
        (tmp_path / "content" / folder).mkdir(parents=True)
    (tmp_path / "content" / "units" / "hoi-lhpn-xa-minh-hoa.yml").write_text(UNIT, encoding="utf-8")
    rows = table(*(row(*cells) for cells in table_of_the_page()))
    head = [paragraph("HỘI LHPN XÃ MINH HỌA"), paragraph("KẾ HOẠCH NHIỆM KỲ 2026-2027")]
    (tmp_path / "ke-hoach.docx").write_bytes(word_file(*head, rows))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_page_tells_what_the_command_says(place: Path) -> None:
    (command,) = commands_of(block(PAGE, "run", "dry-run"))
    done = CliRunner().invoke(main, [*command[1:], "--content", "content"])
    if os.environ.get("UPDATE_GOLDEN"):
        text = PAGE.read_text("utf-8")
        report = re.compile(r'(```\{ \.text data-report="dry-run" \}\n).*?(```)', re.S)
        PAGE.write_text(report.sub(lambda found: found[1] + done.output + found[2], text), encoding="utf-8")
    assert done.output == block(PAGE, "report", "dry-run").text
    assert list((place / "content" / "plans").iterdir()) == []


def test_the_page_maps_columns_as_the_command_reads_them(place: Path) -> None:
    (place / "cot.yml").write_text(block(PAGE, "file", "cot.yml").text, encoding="utf-8")
    (command,) = commands_of(block(PAGE, "run", "dry-run"))
    done = CliRunner().invoke(main, [*command[1:], "--content", "content", "--map", "cot.yml"])
    assert "cột 2: Nội dung hoạt động → title\n" in done.output
    assert "cột 6: Đơn vị thực hiện → partners\n" in done.output


def test_the_draft_is_valid_and_published_once_all_is_answered(place: Path) -> None:
    (command,) = commands_of(block(PAGE, "run", "dry-run"))
    arguments = [word for word in command[1:] if word != "--dry-run"]
    CliRunner().invoke(main, [*arguments, "--content", "content"])
    assert not check(place / "content").errors
    path = place / "content" / "plans" / "minh-hoa-2026-2027.yml"
    published = path.read_text("utf-8").replace("status: draft", "status: published")
    path.write_text(published, encoding="utf-8")
    assert [one.rule for one in check(place / "content").errors] == ["unanswered-review"]
    path.write_text(published[: published.index("\nreview:")] + "\n", encoding="utf-8")
    assert not check(place / "content").errors
