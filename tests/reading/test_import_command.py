"""The import command: what it writes, and what happens when a changed file is imported again."""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import nullcontext
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from full_disk import full_disk
from small_site import tree
from word_file import cell, paragraph, run, word_file, years_table

from generator.check import check
from generator.cli import main

ROWS = (
    ("I", "THỰC HIỆN CHỈ TIÊU"),
    ("1", "Tập huấn cán bộ", "x", "", "Cấp tỉnh", "Ban KT"),
    ("2", "Giám sát chính sách", "01", "01", "Các cấp Hội", "Ban KT"),
    ("3", "Cho vay vốn khởi nghiệp", "x", "x", "Các cấp Hội", "Ban KT"),
)

HEAD = ("TT", "Nội dung hoạt động", "Năm 2022", "Năm 2023", "Cấp thực hiện", "Đơn vị thực hiện")
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")


def run_import(content: Path, *rows: tuple[str, ...], options: tuple[str, ...] = (), room: int | None = None) -> Result:
    file = content.parent / "ke-hoach.docx"
    file.write_bytes(word_file(paragraph("KẾ HOẠCH NĂM"), years_table(*rows)))
    with full_disk(room) if room else nullcontext():
        return CliRunner().invoke(
            main, ["import", str(file), "--id", "moi", "--issuer", "hoi", "--content", str(content), *options]
        )


def changed(rows: tuple[tuple[str, ...], ...], number: int, column: int, text: str) -> tuple[tuple[str, ...], ...]:
    row = rows[number]
    return (*rows[:number], (*row[:column], text, *row[column + 1 :]), *rows[number + 1 :])


def test_a_clean_file_gives_a_valid_draft_and_reports(content: Path) -> None:
    done = run_import(content, *ROWS)
    assert done.exit_code == 0, done.output
    assert not check(content).errors
    names = sorted(path.name for path in (content / "plans").iterdir())
    assert names == ["moi.import.html", "moi.import.json", "moi.yml"]
    assert json.loads((content / "plans" / "moi.import.json").read_text("utf-8"))["review"] == []
    assert "Tập huấn cán bộ" in (content / "plans" / "moi.import.html").read_text("utf-8")


def test_a_dry_run_writes_nothing(content: Path) -> None:
    assert run_import(content, *ROWS, options=("--dry-run",)).exit_code == 0
    assert list((content / "plans").iterdir()) == []
    assert not (content / ".imports").exists()


def test_doubts_give_status_1_and_unreadable_files_2(content: Path) -> None:
    assert run_import(content, *changed(ROWS, 1, 5, "Ban Lạ")).exit_code == 1
    file = content.parent / "hong.docx"
    file.write_bytes(b"PK\x03\x04")
    done = CliRunner().invoke(main, ["import", str(file), "--id", "khac", "--content", str(content)])
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert not (content / "plans" / "khac.yml").exists()


def test_the_same_file_again_changes_nothing(content: Path) -> None:
    run_import(content, *ROWS)
    path = content / "plans" / "moi.yml"
    before = path.read_text("utf-8")
    assert run_import(content, *ROWS).exit_code == 0
    assert path.read_text("utf-8") == before


def test_changes_of_the_office_and_of_editors_are_joined(content: Path) -> None:
    run_import(content, *ROWS)
    path = content / "plans" / "moi.yml"
    text = path.read_text("utf-8")
    edited = text.replace("title: Tập huấn cán bộ", "title: Tập huấn cán bộ Hội # gọn hơn")
    path.write_text(edited.replace("  - id: i-2", "  # hai nơi cùng làm\n  - id: i-2"), encoding="utf-8")
    new = ("2", "Biểu dương phụ nữ tiêu biểu", "x", "", "Cấp tỉnh", "Ban KT")
    rows = (*changed(ROWS, 2, 2, "02")[:2], new, ("3", *changed(ROWS, 2, 2, "02")[2][1:]), ("4", *ROWS[3][1:]))
    run_import(content, *rows)
    merged = path.read_text("utf-8")
    assert "title: Tập huấn cán bộ Hội # gọn hơn" in merged
    assert "# hai nơi cùng làm" in merged
    plan = next(source.tree.data for source in check(content).sources if source.kind == "plan")
    assert [(one["id"], one["label"], one["title"], one["by_year"]["2022"]) for one in plan["activities"]] == [
        ("i-1", "1", "Tập huấn cán bộ Hội", "x"),
        ("i-4", "2", "Biểu dương phụ nữ tiêu biểu", "x"),
        ("i-2", "3", "Giám sát chính sách", "02"),
        ("i-3", "4", "Cho vay vốn khởi nghiệp", "x"),
    ]
    assert "review" not in plan
    assert not check(content).errors


def test_a_plan_with_line_ends_of_windows_keeps_them(content: Path) -> None:
    run_import(content, *ROWS)
    path = content / "plans" / "moi.yml"
    before = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    assert "moi.yml không đổi" in run_import(content, *ROWS).output
    assert path.read_bytes() == before
    run_import(content, *changed(ROWS, 2, 2, "02"))
    lines = zip(before.splitlines(keepends=True), path.read_bytes().splitlines(keepends=True), strict=True)
    ((_, line),) = [pair for pair in lines if pair[0] != pair[1]]
    assert b"02" in line
    assert line.endswith(b"\r\n")


def test_a_conflict_and_a_row_that_is_gone_are_asked(content: Path) -> None:
    run_import(content, *ROWS)
    path = content / "plans" / "moi.yml"
    path.write_text(path.read_text("utf-8").replace("title: Giám sát chính sách", "title: Giám sát"), encoding="utf-8")
    run_import(content, *changed(ROWS, 2, 1, "Giám sát các chính sách")[:3])
    plan = next(source.tree.data for source in check(content).sources if source.kind == "plan")
    assert [one["title"] for one in plan["activities"]] == ["Tập huấn cán bộ", "Giám sát", "Cho vay vốn khởi nghiệp"]
    assert [(one["why"], one["at"], one["printed"]) for one in plan["review"]] == [
        ("merge-conflict", "activities/i-2", "Giám sát các chính sách"),
        ("row-gone", "activities/i-3", "Cho vay vốn khởi nghiệp"),
    ]
    assert not check(content).errors


def report_of(content: Path) -> tuple[list[tuple[str, str, str]], dict[str, list[str]], str]:
    """Return the questions of the report in JSON, where the words went, and the page."""
    report = json.loads((content / "plans" / "moi.import.json").read_text("utf-8"))
    asked = [(one["why"], one.get("at", ""), one.get("from", "")) for one in report["review"]]
    page = (content / "plans" / "moi.import.html").read_text("utf-8")
    return asked, {line["text"]: line["to"] for line in report["ledger"]}, page


def test_the_report_shows_what_was_written_after_answers_and_a_second_import(content: Path) -> None:
    rows = changed(ROWS, 1, 5, "Ban Lạ")
    run_import(content, *rows)
    asked, went, page = report_of(content)
    assert asked == [("unknown-unit", "activities/i-1", "bảng 1, hàng 3, cột 6")]
    assert went["Ban Lạ"] == ["field:activities/i-1/lead"]
    path = content / "plans" / "moi.yml"
    text = path.read_text("utf-8").replace("title: Giám sát chính sách", "title: Giám sát")
    text = text[: text.index("review:")].replace("lead_text: Ban Lạ", "lead: [Ban KT]")
    path.write_text(text, encoding="utf-8")
    run_import(content, *rows)
    asked, went, page = report_of(content)
    assert asked == []
    assert "chưa có đơn vị nào" not in page
    assert went["Giám sát chính sách"] == ["edited:activities/i-2/title"]
    assert went["Ban Lạ"] == ["edited:activities/i-1/lead"]
    assert 'class="edited">Giám sát chính sách<small>activities/i-2/title: kế hoạch ghi theo người sửa' in page
    run_import(content, *changed(rows, 2, 1, "Giám sát các chính sách")[:3])
    asked, went, page = report_of(content)
    assert asked == [
        ("merge-conflict", "activities/i-2", "bảng 1, hàng 4, cột 2"),
        ("row-gone", "activities/i-3", ""),
    ]
    assert went["Giám sát các chính sách"] == ["edited:activities/i-2/title"]
    assert "giữ lời người sửa" in page


def test_of_rows_with_one_title_the_one_that_is_gone_is_known_by_the_cells(content: Path) -> None:
    courses = [(str(n), "Tập huấn", *years, "Cấp tỉnh", "Ban KT") for n, years in ((1, "x-"), (2, "-x"), (3, "57"))]
    run_import(content, ROWS[0], *courses)
    run_import(content, ROWS[0], ("1", *courses[1][1:]), ("2", *changed(courses, 2, 3, "8")[2][1:]))
    plan = next(source.tree.data for source in check(content).sources if source.kind == "plan")
    assert [(one["id"], one["label"], *one["by_year"].values()) for one in plan["activities"]] == [
        ("i-1", "1", "x", "-"),
        ("i-2", "1", "-", "x"),
        ("i-3", "2", "5", "8"),
    ]
    assert [(one["why"], one["at"]) for one in plan["review"]] == [("row-gone", "activities/i-1")]


def test_rows_that_carry_their_ids_are_known_whatever_their_words(content: Path) -> None:
    run_import(content, *ROWS)
    mark = '<w:bookmarkStart w:id="1" w:name="skh_i_2"/><w:bookmarkEnd w:id="1"/>'
    title = cell(paragraph(f"{mark}{run('Kiểm tra việc thực hiện nghị quyết')}"))
    rows = (ROWS[0], ROWS[1], ("2", title, *ROWS[2][2:]), ROWS[3])
    run_import(content, *rows)
    plan = next(source.tree.data for source in check(content).sources if source.kind == "plan")
    assert [(one["id"], one["title"]) for one in plan["activities"]] == [
        ("i-1", "Tập huấn cán bộ"),
        ("i-2", "Kiểm tra việc thực hiện nghị quyết"),
        ("i-3", "Cho vay vốn khởi nghiệp"),
    ]
    assert "review" not in plan


def test_a_plan_without_a_kept_import_is_never_overwritten(content: Path) -> None:
    run_import(content, *ROWS)
    (content / ".imports" / "moi.json").unlink()
    run_import(content, *changed(ROWS, 1, 2, "500"))
    plan = next(source.tree.data for source in check(content).sources if source.kind == "plan")
    assert plan["activities"][0]["by_year"] == {"2022": "x"}
    assert [(one["why"], one["at"], one["field"]) for one in plan["review"]] == [
        ("merge-conflict", "activities/i-1", "by_year")
    ]


@pytest.mark.parametrize("name", ["moi.yaml", "xa/moi.yml"])
def test_a_plan_is_found_under_any_name_that_a_file_of_it_may_have(name: str, content: Path) -> None:
    run_import(content, *ROWS)
    path = content / "plans" / name
    path.parent.mkdir(exist_ok=True)
    (content / "plans" / "moi.yml").rename(path)
    run_import(content, *changed(ROWS, 1, 2, "500"))
    assert "500" in path.read_text("utf-8")
    assert not (content / "plans" / "moi.yml").exists()
    assert not check(content).errors


@pytest.mark.parametrize("broken", ["id: moi\ntitle: [\n", "- moi\n", "id: moi\nactivities: {a: b}\nperiods: x\n"])
def test_a_plan_with_errors_is_not_merged_and_stays_as_it_is(broken: str, content: Path) -> None:
    path = content / "plans" / "moi.yml"
    path.write_text(broken, encoding="utf-8")
    done = run_import(content, *ROWS)
    assert done.exit_code == 1
    assert "đang có lỗi" in done.output
    assert path.read_text("utf-8") == broken


def test_years_in_the_wrong_order_are_refused(content: Path) -> None:
    done = run_import(content, *ROWS, options=("--years", "2027-2026"))
    assert done.exit_code == 2
    assert "năm đầu 2027 đứng sau năm cuối 2026" in done.output
    assert not list((content / "plans").iterdir())


def test_a_full_disk_leaves_the_plan_as_it_was(content: Path) -> None:
    run_import(content, *ROWS)
    before = tree(content)
    done = run_import(content, *changed(ROWS, 1, 2, "500"), room=300)
    assert done.exit_code == 1
    assert done.output.splitlines()[-1].startswith('Error: không ghi được "')
    assert "moi.yml" in done.output.splitlines()[-1]
    assert tree(content) == before


def test_a_full_disk_leaves_no_new_plan(content: Path) -> None:
    before = tree(content)
    assert "đĩa đã đầy" in run_import(content, *ROWS, room=300).output
    assert tree(content) == before


def test_line_ends_and_mark_of_an_editor_of_windows_are_kept(content: Path) -> None:
    run_import(content, *ROWS)
    path = content / "plans" / "moi.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    assert "không đổi" in run_import(content, *ROWS).output
    assert path.read_bytes() == before
    run_import(content, *changed(ROWS, 1, 2, "500"))
    after = path.read_bytes()
    assert after != before
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\n") == after.count(b"\r\n")


def test_new_rows_stand_where_the_document_has_them_and_new_fields_before_the_rows(content: Path) -> None:
    run_import(content, *ROWS)
    path = content / "plans" / "moi.yml"
    before = path.read_text("utf-8").replace("  - id: i-1", "  # việc đầu tiên\n  - id: i-1")
    path.write_text(before, encoding="utf-8")
    rows = [(str(int(label) + 1), *rest) for label, *rest in ROWS[1:]]
    first = ("1", "Họp đầu năm", "x", "", "Cấp tỉnh", "Ban KT")
    last = ("5", "Mở lớp", "x", "", "Cấp tỉnh", "Ban KT")
    file = content.parent / "ke-hoach.docx"
    goal = ("", "Chỉ tiêu 1: Kết nạp 1.200 hội viên")
    blocks = (paragraph("Số: 15/KH-HLH"), paragraph("KẾ HOẠCH NĂM"), years_table(ROWS[0], first, *rows, goal, last))
    end = [paragraph(text) for text in ("Nơi nhận:", "- Tỉnh ủy;", "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Nguyễn Văn Mẫu")]
    file.write_bytes(word_file(*blocks, *end))
    command = ["import", str(file), "--id", "moi", "--issuer", "hoi", "--content", str(content)]
    CliRunner().invoke(main, command)
    merged = path.read_text("utf-8")
    plan = next(source.tree.data for source in check(content).sources if source.kind == "plan")
    assert [one["title"] for one in plan["activities"]] == [
        *("Họp đầu năm", "Tập huấn cán bộ", "Giám sát chính sách", "Cho vay vốn khởi nghiệp", "Mở lớp")
    ]
    assert [one["statement"] for one in plan["targets"]] == ["Kết nạp 1.200 hội viên"]
    fields = list(plan)
    assert fields[fields.index("outline") :] == ["outline", "targets", "activities"]
    assert {"number", "recipients", "signer"} <= set(fields)
    assert "  # việc đầu tiên\n  - id: i-1" in merged
    assert "không đổi" in CliRunner().invoke(main, command).output


def test_a_style_that_allows_no_merge_is_told_with_its_line_and_nothing_is_written(content: Path) -> None:
    run_import(content, *ROWS)
    path, base = content / "plans" / "moi.yml", content / ".imports" / "moi.json"
    path.write_text(path.read_text("utf-8") + "review: ~\n", encoding="utf-8")
    before = path.read_bytes(), base.read_bytes()
    done = run_import(content, *changed(ROWS, 1, 5, "Ban Lạ"))
    assert done.exit_code == 1
    line = len(before[0].splitlines())
    assert f"{path}, dòng {line}: cách viết ở đây" in done.output
    assert (path.read_bytes(), base.read_bytes()) == before


@pytest.mark.parametrize("kept", [b"<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> khac\n", b"", b"[]", b"\xff\xfe"])
def test_a_last_import_that_cannot_be_read_is_told_and_left_as_it_is(content: Path, kept: bytes) -> None:
    run_import(content, *ROWS)
    path, base = content / "plans" / "moi.yml", content / ".imports" / "moi.json"
    base.write_bytes(kept)
    before = path.read_bytes()
    done = run_import(content, *changed(ROWS, 1, 5, "Ban Lạ"))
    assert done.exit_code == 1
    assert f"{base} ghi lần nhập trước nhưng không đọc được" in done.output
    assert (path.read_bytes(), base.read_bytes()) == (before, kept)
    base.unlink()
    assert run_import(content, *ROWS).exit_code == 0


@pytest.mark.parametrize("text", ["- chỉ là chữ\n", "activities:\n  - Tập huấn cán bộ\n", "activities: {a: b}\n"])
def test_a_plan_with_faults_is_mended_first(content: Path, text: str) -> None:
    run_import(content, *ROWS)
    path = content / "plans" / "moi.yml"
    path.write_text(text, encoding="utf-8")
    done = run_import(content, *changed(ROWS, 2, 2, "02"))
    assert done.exit_code == 1
    assert f"{path} đang có lỗi" in done.output
    assert path.read_text("utf-8") == text


def test_what_a_plan_lacks_does_not_keep_it_from_being_merged(content: Path) -> None:
    """A draft is imported again before everything in it is filled in."""
    run_import(content, *ROWS)
    path = content / "plans" / "moi.yml"
    text = path.read_text("utf-8").replace("activities:\n", "activities:\n  -\n").replace("issuer: hoi", "issuer:")
    path.write_text(text, encoding="utf-8")
    assert run_import(content, *changed(ROWS, 2, 2, "02")).exit_code == 0
    assert '"02"' in path.read_text("utf-8")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed; its absence is tested below")
def test_an_old_word_file_is_read_through_libreoffice(content: Path, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH NĂM")
    lines = [HEAD, *([*row, *[""] * (len(HEAD) - len(row))] for row in ROWS)]
    table = document.add_table(len(lines), len(HEAD))
    for row, line in zip(table.rows, lines, strict=True):
        for place, text in zip(row.cells, line, strict=True):
            place.text = text
    document.add_paragraph("Nơi nhận:")  # LibreOffice makes no table of one that nothing follows
    document.save(str(tmp_path / "cu.docx"))
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc:MS Word 97"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "cu.docx"], check=True, timeout=120, capture_output=True)
    done = CliRunner().invoke(
        main, ["import", str(tmp_path / "cu.doc"), "--id", "cu", "--issuer", "hoi", "--content", str(content)]
    )
    assert done.exit_code == 0, done.output
    plan = next(source.tree.data for source in check(content).sources if source.kind == "plan")
    assert [(one["label"], one["title"], one["by_year"]["2022"], one["lead"]) for one in plan["activities"]] == [
        ("1", "Tập huấn cán bộ", "x", ["Ban KT"]),
        ("2", "Giám sát chính sách", "01", ["Ban KT"]),
        ("3", "Cho vay vốn khởi nghiệp", "x", ["Ban KT"]),
    ]


def test_an_old_word_file_that_libreoffice_does_not_read(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (content / "soffice").write_text("#!/bin/sh\nexit 1\n")
    (content / "soffice").chmod(0o755)
    file = content.parent / "cu.doc"
    file.write_bytes(OLD_WORD)
    monkeypatch.setenv("PATH", str(content))
    done = CliRunner().invoke(main, ["import", str(file), "--id", "cu", "--content", str(content)])
    assert done.exit_code == 2
    assert "LibreOffice không đổi được" in done.output


def test_an_old_word_file_needs_libreoffice(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = content.parent / "cu.doc"
    file.write_bytes(OLD_WORD)
    monkeypatch.setenv("PATH", str(content))
    done = CliRunner().invoke(main, ["import", str(file), "--id", "cu", "--content", str(content)])
    assert done.exit_code == 2
    assert "LibreOffice" in done.output


def mapped(content: Path, *lines: str, rows: tuple[tuple[str, ...], ...] = ROWS) -> Result:
    (content / "cot.yml").write_text("\n".join(lines), encoding="utf-8")
    return run_import(content, *rows, options=("--map", str(content / "cot.yml"), "--dry-run"))


def test_all_faults_of_a_mapping_file_are_told_at_once(content: Path) -> None:
    lines = ("2022: by_year.abcd", "2023: by_period", "Cấp thực hiện: partner", "Nội dung hoạt: title")
    done = mapped(content, *lines, "Đơn vị thực hiện: khongco")
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    told = done.output[done.output.index("cot.yml") :].splitlines()[1:]
    assert [line.strip() for line in told if line.strip()] == [
        '“2022”: trường “by_year.abcd” phải nói rõ năm nào, kỳ nào hay cấp nào; có phải "by_year.2026"?',
        '“2023”: trường “by_period” phải nói rõ năm nào, kỳ nào hay cấp nào; có phải "by_period.q1"?',
        '“Cấp thực hiện”: không có trường “partner”; có phải "partners"?',
        'tệp nhập không có cột “Nội dung hoạt”; có phải "Nội dung hoạt động"?',
        "“Đơn vị thực hiện”: không có trường “khongco”",
    ]


def test_a_mapping_file_has_the_names_that_a_plan_has(content: Path) -> None:
    done = mapped(content, "Cấp thực hiện: unit", "2022: costs.2022", "Đơn vị thực hiện: partners")
    for line in ("Cấp thực hiện → unit_of_measure", "2022 → costs.2022", "Đơn vị thực hiện → partners"):
        assert line in done.output
