"""Input that no contributor means: a problem with a place, never a traceback, never a wait."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.check import check_files
from generator.check.report import REPORTERS
from generator.language.catalogue import catalogue
from generator.source.files import SourceFile

REAL = Path(__file__).parents[2] / "content" / "plans" / "thai-nguyen-2021-2026.yml"


def rules_of(content: bytes) -> list[str]:
    result = check_files([SourceFile("plan", "plans/thu.yml", "thu", content)])
    for problem in result.problems:
        lines = result.texts[problem.path].split("\n")
        assert 1 <= problem.span.line <= max(1, len(lines)) or not result.texts[problem.path]
    for report in REPORTERS.values():
        assert report(result, catalogue("vi"))
    return [problem.rule for problem in result.problems]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty-file"),
        (b"\n\n# ch\xe1\xbb\x89 c\xc3\xb3 ch\xc3\xba th\xc3\xadch\n", "empty-file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not-utf8"),
        ("tiêu đề".encode("utf-16"), "not-utf8"),
        ("a: Kế hoạch".encode("cp1258", "replace") + b"\xff", "not-utf8"),
        (b"id: a\x00b\n", "control-character"),
        (b"[" * 10_000_000, "file-too-big"),
        (b"[" * 900_000, "too-deep"),
        ("a: x\u2028b: y\n".encode(), "control-character"),
        (b"a: &a [x]\nb: [*a, *a]\n", "yaml-alias"),
        (b"- 1\n- 2\n", "wrong-type"),
        (b"only words\n", "wrong-type"),
        (b"id: thu\n---\nid: hai\n", "yaml-document"),
    ],
)
def test_hostile_bytes(content: bytes, rule: str) -> None:
    started = time.monotonic()
    assert rule in rules_of(content)
    assert time.monotonic() - started < 5


def test_a_bom_and_dos_line_ends_are_no_fault() -> None:
    """Notepad writes both."""
    text = REAL.read_bytes()
    clean = check_files([SourceFile("plan", "p/thai-nguyen-2021-2026.yml", "thai-nguyen-2021-2026", text)])
    dos = b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n")
    same = check_files([SourceFile("plan", "p/thai-nguyen-2021-2026.yml", "thai-nguyen-2021-2026", dos)])
    assert same.problems == clean.problems


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    assert rules_of(content)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_mutations_of_a_real_plan(data: st.DataObject) -> None:
    """A dropped line, two swapped lines, a changed letter, another indent: told, or harmless; never an exception."""
    lines = REAL.read_text(encoding="utf-8").split("\n")
    place = data.draw(st.integers(0, len(lines) - 2))
    kind = data.draw(st.sampled_from(["drop", "swap", "letter", "indent", "tab"]))
    if kind == "drop":
        del lines[place]
    elif kind == "swap":
        lines[place], lines[place + 1] = lines[place + 1], lines[place]
    elif kind == "letter" and lines[place]:
        column = data.draw(st.integers(0, len(lines[place]) - 1))
        letter = data.draw(st.characters(codec="utf-8"))
        lines[place] = lines[place][:column] + letter + lines[place][column + 1 :]
    elif kind == "indent":
        lines[place] = " " + lines[place]
    else:
        lines[place] = "\t" + lines[place]
    rules_of("\n".join(lines).encode())


@settings(deadline=None, max_examples=150)
@given(
    st.recursive(
        st.none() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["id", "outline", "targets", "activities", "years", "lead", "period", "from", "rows", "measures"]
                )
                | st.text(max_size=5),
                inner,
                max_size=5,
            )
        ),
        max_leaves=25,
    )
)
def test_any_shape(data: object) -> None:
    """YAML that is well formed (JSON is YAML) but holds anything anywhere."""
    rules_of(json.dumps(data, ensure_ascii=False).encode())


def test_other_plans_are_still_checked_and_the_exit_code_is_1(tmp_path: Path) -> None:
    """The real command on a tree where everything is broken at once."""
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "yaml.yml").write_text("id: [", encoding="utf-8")
    (plans / "truong.yml").write_text("id: truong\nyaers: 2022\n", encoding="utf-8")
    (plans / "trong.yml").write_bytes(b"")
    (plans / "anh.yml").write_bytes(b"\x89PNG\r\n\x1a\n")
    command = [sys.executable, "-m", "generator", "check", "--content", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "Traceback" not in run.stdout + run.stderr
    for name in ("yaml.yml:1:", "truong.yml:2:1", "trong.yml:1:1", "anh.yml:1:1"):
        assert name in run.stdout
    build = [sys.executable, "-m", "generator", "build", "--content", str(tmp_path), "--site", str(tmp_path / "site")]
    run = subprocess.run(build, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "Traceback" not in run.stdout + run.stderr
    assert not (tmp_path / "site").exists()


def test_wrong_use_exits_with_2(tmp_path: Path) -> None:
    for arguments in (
        ["check", "khong-co.yml"],
        ["check", "--format", "pdf"],
        ["check", "--content", str(tmp_path)],
        ["x"],
    ):
        run = subprocess.run(
            [sys.executable, "-m", "generator", *arguments], capture_output=True, text=True, check=False
        )
        assert run.returncode == 2, arguments
        assert "Traceback" not in run.stderr
