"""Questions of an import: about cells that refer to the row above, an existing plan, facts missing in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from import_drafts import UNITS, imported, plan_file
from word_file import years_table

from generator.cli import main
from generator.source.tree import read_tree

HEADING = ("I", "VIỆC")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def import_rows(content: Path, *rows: tuple[str, ...]) -> Result:
    file = content.parent / "ke-hoach.docx"
    file.write_bytes(plan_file(years_table(HEADING, *rows)))
    return run("import", file, "--id", "moi", "--issuer", "hoi", "--content", content)


ROWS = (
    ("1", "Tập huấn", "x", "", "Cấp tỉnh", "Sở Tư pháp"),
    ("2", "Giám sát", "x", "", "nt", "-nt-"),
    ("3", "Hội thi", "x", "", "Cấp tỉnh", "Ban KT"),
)


def test_a_cell_that_points_to_the_row_above_is_asked_and_is_no_unit(content: Path) -> None:
    reviews = imported(plan_file(years_table(HEADING, *ROWS))).plan["review"]
    assert [(item["why"], item["field"], item["printed"], item.get("proposal")) for item in reviews[1:]] == [
        ("levels-unclear", "levels", "nt", None),
        ("as-above", "levels_text", "nt", "Cấp tỉnh"),
        ("as-above", "lead", "-nt-", "Sở Tư pháp"),
    ]
    import_rows(content, *ROWS)
    done = run("new", "unit", "--missing", content / "plans" / "moi.yml", "--content", content)
    assert "Sở Tư pháp" in done.output
    assert len(list((content / "units").iterdir())) == len(UNITS) + 1


def test_several_names_in_one_item_are_no_unit(content: Path) -> None:
    import_rows(content, *ROWS[2:])
    plan = content / "plans" / "moi.yml"
    plan.write_text(plan.read_text("utf-8").replace("lead: [Ban KT]", "lead: [Ban KT; Sở Y tế]"), encoding="utf-8")
    run("new", "unit", "--missing", plan, "--content", content)
    assert len(list((content / "units").iterdir())) == len(UNITS)


def test_a_file_that_is_imported_again_tells_the_questions_of_the_plan(content: Path) -> None:
    done = import_rows(content, *ROWS)
    assert (done.exit_code, "chỗ cần xem lại:" in done.output) == (1, True)
    run("new", "unit", "--missing", content / "plans" / "moi.yml", "--content", content)
    again = import_rows(content, *ROWS)
    assert again.exit_code == 1
    assert "4 chỗ cần xem lại:" in again.output  # they stand in the plan until somebody deletes them
    plan = content / "plans" / "moi.yml"
    text = plan.read_text("utf-8")
    plan.write_text(text[: text.index("review:")], encoding="utf-8")
    answered = import_rows(content, *ROWS)
    assert (answered.exit_code, "Không có chỗ nào cần xem lại." in answered.output) == (0, True)
    assert "review" not in read_tree("moi.yml", plan.read_text("utf-8"))[0].data


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "khong-co.docx", "--id", "moi"), 'FILE: không có tệp hay thư mục "khong-co.docx"'),
        (("import", "."), 'FILE: "." là thư mục, không phải tệp'),
        (("import", __file__), "thiếu --id"),
        (("import", __file__, "--id", "moi", "--table", "hai"), '--table: "hai" không phải một số'),
        (("check", "--lang", "fr"), "--lang: \"fr\" không dùng được; chọn một trong 'vi', 'en'"),
        (("nhap",), 'không có lệnh "nhap"'),
    ],
)
def test_a_command_that_was_typed_wrongly_is_told_in_vietnamese(arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.output.splitlines()[-1]) == (2, f"Error: {said}")


def test_issuer_and_years_are_asked_at_once_and_a_web_page_is_called_one(content: Path) -> None:
    file = content.parent / "ke-hoach.txt"
    file.write_text("KẾ HOẠCH\nTT\tNội dung\tThời gian\n1\tHọp\tQuý I\n", encoding="utf-8")
    done = run("import", file, "--id", "moi", "--content", content)
    assert "--issuer MÃ --years 2022-2027" in done.output
    page = content.parent / "ke-hoach.xls"
    page.write_text("<html><table><tr><td>TT</td><td>Nội dung</td></tr></table></html>", encoding="utf-8")
    assert "trang HTML" in run("import", page, "--id", "moi", "--content", content).output
