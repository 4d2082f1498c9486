"""`sokehoach new`: what it writes is valid as it is, says what to fill in, and is never written over anything."""

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

from generator.check import check
from generator.check.examples import SAMPLE, parts_of
from generator.cli import main

LINE = "# yaml-language-server: $schema="


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The examples' content tree on disk."""
    for name, text in parts_of(SAMPLE).items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "content"


def new(content: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", *arguments, "--content", str(content)])


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
    assert rules <= {"unknown-reference", "unknown-name", "cycle", "successor-of-current", "year-outside-period"}


def test_a_new_unit_and_a_new_programme_are_valid_and_not_yet_used(content: Path) -> None:
    assert new(content, "unit", "so-y-te", "--name", "Sở Y tế", "--parent", "Hội LHPN tỉnh Minh Họa").exit_code == 0
    assert new(content, "programme", "de-an-939").exit_code == 0
    result = check(content)
    assert result.errors == []
    assert {problem.rule for problem in result.notes} == {"unused-unit", "unused-programme"}
    assert "\nparent: hoi\n" in (content / "units" / "so-y-te.yml").read_text(encoding="utf-8")


def test_the_schema_line_of_our_own_content_is_that_of_a_new_file(tmp_path: Path) -> None:
    """Editors find the schema beside the content: `../../schema/plan.schema.json`."""
    tree = tmp_path / "content"
    shutil.copytree("content", tree)
    assert new(tree, "plan", "moi", "--issuer", "hoi-lhpn-thai-nguyen").exit_code == 0
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
        (["plan", "moi", "--issuer", "Hội LHPN tỉnh Minh Hoạ 2"], '"Hội LHPN tỉnh Minh Họa"'),
        (["plan", "moi", "--issuer", "hoi", "--from", "2026", "--to", "2025"], "2025"),
        (["plan", "moi", "--issuer", "hoi", "--from", "26"], "1900"),
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
