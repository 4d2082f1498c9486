"""`sokehoach new`: the file is valid, says what to fill in, and never replaces another."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from full_disk import full_disk
from golden import write_files
from small_site import tree

from generator.check import check
from generator.check.examples import SAMPLE, parts_of
from generator.cli import main

MEASURE = '{id: ho, name: Hộ được giúp, unit: hộ, comparator: ">=", value: "500", period: each_year, aggregate: sum}'
LINE = "# yaml-language-server: $schema="


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The examples' content tree on disk."""
    return write_files(tmp_path / "content", parts_of(SAMPLE))


def new(content: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", *arguments, "--content", str(content)])


def write_measure(content: Path) -> None:
    """Give the plan of the examples a measure with all that a new plan takes over."""
    upper = content / "plans" / "minh-hoa.yml"
    text = upper.read_text("utf-8").replace('{id: ho, name: Hộ được giúp, value: "500"}', MEASURE)
    upper.write_text(text, encoding="utf-8")


def uncommented(text: str) -> str:
    """The text with every field that stands behind a `#`; what explains has one space after it."""
    return re.sub(r"(?m)^( *)#(?! \S)", r"\1", text)


@pytest.mark.parametrize("layout", ["years", "roles", "annual", "outline"])
@pytest.mark.parametrize("period", [["--from", "2026"], ["--from", "2026", "--to", "2030"], []])
def test_a_new_plan_is_clean(content: Path, layout: str, period: list[str]) -> None:
    run = new(content, "plan", "moi", "--issuer", "hoi", "--layout", layout, *period)
    assert run.exit_code == 0, run.output
    assert "moi.yml" in run.output
    assert check(content).problems == []
    text = (content / "plans" / "moi.yml").read_text(encoding="utf-8")
    assert text.startswith(LINE)
    # Every example behind a # is a field that the check knows, at its right place.
    (content / "plans" / "moi.yml").write_text(uncommented(text), encoding="utf-8")
    rules = {problem.rule for problem in check(content).problems if problem.path.endswith("moi.yml")}
    assert rules <= {
        "unknown-reference",
        "unknown-name",
        "cycle",
        "successor-of-current",
        "year-outside-period",
        "time-outside-period",
    }


def test_a_new_unit_and_a_new_programme_are_valid_and_not_yet_used(content: Path) -> None:
    assert new(content, "unit", "so-y-te", "--name", "Sở Y tế", "--parent", "Hội tỉnh Minh Họa").exit_code == 0
    assert new(content, "programme", "de-an-939").exit_code == 0
    result = check(content)
    assert result.errors == []
    assert {problem.rule for problem in result.notes} == {"unused-unit", "unused-programme"}
    assert "\nparent: hoi\n" in (content / "units" / "so-y-te.yml").read_text(encoding="utf-8")


def test_the_schema_line_of_our_own_content_is_that_of_a_new_file(tmp_path: Path) -> None:
    """Editors find the schema beside the content: `../../schema/plan.schema.json`."""
    tree = tmp_path / "content"
    shutil.copytree("content", tree)
    issuer = min(path.stem for path in (tree / "units").glob("*.yml"))
    assert new(tree, "plan", "moi", "--issuer", issuer).exit_code == 0
    schema = (tree / "plans" / "moi.yml").read_text(encoding="utf-8").split("\n")[0].removeprefix(LINE)
    assert (tree / "plans" / schema).resolve() == Path("schema/plan.schema.json").resolve()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["plan", "Hà Giang 2026", "--issuer", "hoi"], '"ha-giang-2026"'),
        (["plan", "../../x", "--issuer", "hoi"], '"x"'),
        (["plan", "minh-hoa", "--issuer", "hoi"], "đã có kế hoạch"),
        (["unit", "ban-tg"], "đã có đơn vị"),
        (["plan", "moi"], "--issuer"),
        (["plan", "moi", "--issuer", "Hội tỉnh Minh Hoạ 2"], '"Hội tỉnh Minh Họa"'),
        (["plan", "moi", "--issuer", "hoi", "--from", "2026", "--to", "2025"], "2025"),
        (["plan", "moi", "--issuer", "hoi", "--from", "26"], "1900"),
        (
            ["plan", "moi", "--issuer", "hoi", "--from", "minh-hoa", "--from", "2020", "--to", "2021"],
            "kết thúc năm 2021",
        ),
        (["plan", "moi", "--issuer", "hoi", "--from", "minh-hoa", "--from", "2021"], "bắt đầu năm 2022"),
        (["unit", "moi", "--kind", "ban"], "department"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_reason(content: Path, arguments: list[str], said: str) -> None:
    before = sorted(content.rglob("*"))
    run = new(content, *arguments)
    assert run.exit_code == 2
    assert said in run.output
    assert sorted(content.rglob("*")) == before


def test_in_a_terminal_it_asks_and_takes_the_defaults(content: Path) -> None:
    """A real pseudo terminal: title, issuer, first year, last year, kind, layout."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "generator", "new", "plan", "moi", "--content", str(content)]
    process = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    os.close(theirs)
    os.write(ours, "Kế hoạch: phụ nữ khởi nghiệp\nhoi\n2026\n2028\nsai\ntheme\n\n".encode())
    output, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0, output.decode()
    assert "Theo một chuyên đề" in output.decode()
    text = (content / "plans" / "moi.yml").read_text(encoding="utf-8")
    assert '\ntitle: "Kế hoạch: phụ nữ khởi nghiệp"\n' in text
    assert "\nperiod: {from: 2026, to: 2028}\n" in text
    assert "\nkind: theme\n" in text
    assert "\nlayout: annual\n" in text
    assert check(content).problems == []


def test_a_plan_begins_with_the_targets_of_the_upper_plan(content: Path) -> None:
    write_measure(content)
    run = new(content, "plan", "xa", "--issuer", "hoi", "--from", "minh-hoa", "--from", "2023", "--to", "2024")
    assert run.exit_code == 0, run.output
    assert check(content).problems == []
    plan = next(one.tree.data for one in check(content).sources if one.stem == "xa")
    assert (plan["implements"], plan["period"]) == (["minh-hoa"], {"from": "2023", "to": "2024"})
    assert [(one["id"], one["counterparts"]) for one in plan["outline"]] == [("nv1", ["minh-hoa/nv1"])]
    (target,) = plan["targets"]
    assert target["counterparts"] == ["minh-hoa/ct1"]
    (measure,) = target["measures"]
    # What the upper plan promises, the new one has not promised.
    assert (measure["contributes_to"], measure["unit"], "value" in measure) == ("minh-hoa/ct1/ho", "hộ", False)


@pytest.mark.parametrize(("parent", "is_part"), [("hoi", True), ("hoi-tren", False)])
def test_figures_are_part_of_those_of_a_unit_above_only(content: Path, parent: str, is_part: bool) -> None:
    """A plan of a neighbour, or of a unit below, is implemented without its sums: the check would refuse them."""
    write_measure(content)
    for id_, above in (("hoi-tren", ""), ("hoi-xa", f"parent: {parent}\n")):
        unit = f"id: {id_}\nname: Hội LHPN {id_}\nkind: union\nlevel: province\n{above}"
        (content / "units" / f"{id_}.yml").write_text(unit, "utf-8")
    run = new(content, "plan", "xa", "--issuer", "hoi-xa", "--from", "minh-hoa", "--from", "2023")
    assert run.exit_code == 0, run.output
    assert ("hoi-xa không thuộc hoi, đơn vị" in run.output) is not is_part
    result = check(content)
    assert not result.errors
    plan = next(one.tree.data for one in result.sources if one.stem == "xa")
    assert plan["targets"][0]["counterparts"] == ["minh-hoa/ct1"]
    assert ("contributes_to" in plan["targets"][0]["measures"][0]) is is_part


@pytest.mark.parametrize("typed", ["   ", "hai\ndòng", "e\u0301\u2028", "- a: b # c", "null", "x" * 500])
def test_what_is_typed_is_written_as_the_check_takes_it(content: Path, typed: str) -> None:
    assert new(content, "plan", "moi", "--issuer", "hoi", "--title", typed).exit_code == 0
    assert new(content, "unit", "moi", "--name", typed).exit_code == 0
    assert new(content, "programme", "moi", "--name", typed).exit_code == 0
    assert {problem.rule for problem in check(content).problems} == {"unused-unit", "unused-programme"}


def test_a_plan_begins_with_no_unknown_plan(content: Path) -> None:
    run = new(content, "plan", "xa", "--issuer", "hoi", "--from", "minh-ha")
    assert run.exit_code == 2
    assert "minh-hoa" in run.output
    assert not (content / "plans" / "xa.yml").exists()


def test_missing_units_of_a_plan_are_written_at_once_and_understood_by_it_only(content: Path) -> None:
    """Two provinces have a "Sở Y tế" each: the second plan must not break the first."""
    plan = content / "plans" / "minh-hoa.yml"
    plan.write_text(plan.read_text("utf-8") + '    partners: ["Sở Y tế", "Các trường học", "Sở  Y tế"]\n', "utf-8")
    other = (
        plan.read_text("utf-8")
        .replace("id: minh-hoa\n", "id: khac\n")
        .replace("issuer: hoi", "issuer: hoi-khac")
        .replace("    lead: [Ban TG- CS]\n", "")
    )
    unit = "id: hoi-khac\nname: Hội LHPN tỉnh Khác\nkind: union\nlevel: province\n"
    (content / "units" / "hoi-khac.yml").write_text(unit, "utf-8")
    for path, text in ((plan, plan.read_text("utf-8")), (content / "plans" / "khac.yml", other)):
        path.write_text(text, "utf-8")
        run = new(content, "unit", "--missing", str(path))
        assert run.exit_code == 0, run.output
        assert "Đã tạo 2 đơn vị" in run.output
    assert check(content).problems == []
    assert "\nscope: hoi\n" in (content / "units" / "hoi-so-y-te.yml").read_text("utf-8")
    assert "\nkind: group\n" in (content / "units" / "khac-cac-truong-hoc.yml").read_text("utf-8")
    assert "không tạo gì" in new(content, "unit", "--missing", str(plan)).output


def test_names_that_an_import_has_asked_are_missing_units_too(content: Path) -> None:
    plan = content / "plans" / "minh-hoa.yml"
    asked = ["Sở Y tế", "Sở  Y tế", "Ban TG- CS", "Ban Lạ chủ trì; Văn phòng phối hợp", "phối hợp: Sở Khác"]
    items = "".join(f'  - {{at: activities/a, printed: "{name}", why: unknown-unit}}\n' for name in asked)
    plan.write_text(f"{plan.read_text('utf-8')}review:\n{items}  - {{printed: Sở Lạ, why: merge-conflict}}\n", "utf-8")
    run = new(content, "unit", "--missing", str(plan))
    assert run.exit_code == 0, run.output
    assert "Đã tạo 1 đơn vị" in run.output
    assert "còn nằm trong review" in run.output
    assert "name: Sở Y tế" in (content / "units" / "hoi-so-y-te.yml").read_text("utf-8")


def test_agencies_in_the_list_of_a_unit_need_no_files(content: Path) -> None:
    unit, plan = content / "units" / "hoi.yml", content / "plans" / "minh-hoa.yml"
    plan.write_text(plan.read_text("utf-8") + '    partners: ["Công an xã", "CA xã"]\n', "utf-8")
    assert {problem.rule for problem in check(content).problems} == {"unknown-name"}
    agencies = 'agencies:\n  - {id: hoi-cong-an, name: "Công an xã", aliases: ["CA xã"]}\n'
    unit.write_text(unit.read_text("utf-8") + agencies, "utf-8")
    assert check(content).problems == []
    unit.write_text(unit.read_text("utf-8") + '  - {id: ban-tg, name: "Trạm Y tế xã"}\n', "utf-8")
    assert {problem.rule for problem in check(content).problems} == {"duplicate-id"}


def test_a_wrong_answer_is_asked_again_and_tone_marks_are_folded(content: Path) -> None:
    unit = content / "units" / "hoi-xa.yml"
    unit.write_text("id: hoi-xa\nname: Hội LHPN xã Thuỷ Hoà\nkind: union\nlevel: commune\n", "utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "generator", "new", "plan", "moi", "--content", str(content)]
    process = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    os.close(theirs)
    answers = (
        "Kế hoạch",
        "Hội nào đó",
        "Hội LHPN xã Thủy Hòa",
        "hai ngàn",
        "2026",
        "2025",
        "2026",
        "năm",
        "bảng nào",
        "",
    )
    os.write(ours, "\n".join([*answers, ""]).encode())
    output, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0, output.decode()
    assert "| TT | Nội dung" in output.decode()
    text = (content / "plans" / "moi.yml").read_text(encoding="utf-8")
    assert "\nissuer: hoi-xa\n" in text
    assert "\nkind: annual\n" in text
    assert "\nperiod: {from: 2026, to: 2026}\n" in text


def test_what_a_disk_refuses_is_said_and_leaves_no_empty_file(content: Path) -> None:
    shutil.rmtree(content / "programmes")
    (content / "programmes").touch()
    before = tree(content)
    with full_disk(room=100):
        done = new(content, "unit", "moi", "--name", "Hội mới")
    assert done.output.startswith("Error: không ghi được")
    assert "đĩa đã đầy" in done.output
    done = new(content, "programme", "moi")
    assert done.exit_code == 1
    assert "không phải thư mục" in done.output
    assert tree(content) == before


def test_a_unit_file_with_errors_is_named_before_units_are_made_for_its_names(content: Path) -> None:
    plan = content / "plans" / "minh-hoa.yml"
    plan.write_text(plan.read_text("utf-8").replace("Ban TG- CS", "Công an tỉnh"), encoding="utf-8")
    (content / "units" / "hoi.yml").write_bytes((content / "units" / "hoi.yml").read_text("utf-8").encode("utf-16"))
    before = tree(content)
    done = new(content, "unit", "--missing", str(plan))
    assert done.exit_code == 2
    assert "units/hoi.yml còn lỗi" in done.output
    assert tree(content) == before


def test_missing_units_of_a_plan_that_a_link_leads_to(content: Path) -> None:
    plan = content / "plans" / "minh-hoa.yml"
    plan.write_text(plan.read_text("utf-8").replace("Ban TG- CS", "Công an tỉnh"), encoding="utf-8")
    (content.parent / "link.yml").symlink_to(plan)
    done = new(content, "unit", "--missing", str(content.parent / "link.yml"))
    assert done.exit_code == 0, done.output
    assert "Công an tỉnh" in done.output


def test_content_that_is_only_begun_is_meant_and_never_the_programs_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path("content").resolve()
    before = tree(own)
    (tmp_path / "content" / "units").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    for folder, meant in ((tmp_path, "content"), (tmp_path / "elsewhere", "elsewhere")):
        monkeypatch.chdir(folder)
        done = CliRunner().invoke(main, ["new", "unit", "hoi-a", "--name", "Hội A"])
        assert done.exit_code == 2
        assert f'không thấy thư mục "plans" trong "{tmp_path / meant}"' in done.output
    assert tree(own) == before
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content" / "plans").mkdir()
    assert CliRunner().invoke(main, ["new", "unit", "hoi-a", "--name", "Hội A"]).exit_code == 0
    assert (tmp_path / "content" / "units" / "hoi-a.yml").is_file()
