"""The process of a command: all its output arrives, and its exit status is right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from built_site import ROOT
from small_site import content_in

COMMAND = [sys.executable, "-m", "generator"]
PLAN = min(path.stem for path in (ROOT / "content" / "plans").glob("*.yml"))


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("arguments", "status"), [(("check",), 0), (("--help",), 0), (("check", "--format", "no"), 2), (("nothing",), 2)]
)
def test_the_status_tells_how_a_command_ended(arguments: tuple[str, ...], status: int) -> None:
    assert run(*arguments).returncode == status


@pytest.mark.parametrize(
    ("command", "name", "near"),
    [
        ("review", PLAN[:-1], PLAN),
        ("review", "qqqqqq", None),
        ("suggest", "qqqqqq", None),
        ("explain", "cycl", "cycle"),
        ("explain", "qqqqqq", None),
    ],
)
def test_an_unknown_name_is_told_with_a_near_one_if_there_is_one(command: str, name: str, near: str | None) -> None:
    done = run(command, name)
    assert done.returncode == 2
    assert done.stderr.rstrip().endswith(f'"{name}"; có phải "{near}"?' if near else f'"{name}"')


def test_a_long_report_arrives_whole(tmp_path: Path) -> None:
    plan = tmp_path / "hong.yml"
    plan.write_text("id: hong\n" + "".join(f"la-{number}: x\n" for number in range(900)), encoding="utf-8")
    done = run("check", plan, "--format", "json")
    assert done.returncode == 1
    assert [problem["rule"] for problem in json.loads(done.stdout)["problems"]].count("unknown-field") == 900


def test_a_reader_who_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    plan = tmp_path / "hong.yml"
    plan.write_text("id: hong\n" + "".join(f"la-{number}: x\n" for number in range(900)), encoding="utf-8")
    process = subprocess.Popen(
        [*COMMAND, "check", str(plan), "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    process.wait()
    assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize("format_", ["text", "json", "github", "gitlab"])
def test_a_name_that_is_no_utf8_is_told_in_every_report(format_: str, tmp_path: Path) -> None:
    content = content_in(tmp_path / "content")
    Path(os.fsdecode(os.fsencode(content / "plans") + b"/k\xe9.yml")).write_text("id: k\n", encoding="utf-8")
    done = run("check", "--content", content, "--format", format_)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "udce9.yml" in done.stdout
    if format_ in {"json", "gitlab"}:
        json.loads(done.stdout)


def test_a_path_with_signs_of_shells_and_workflows_is_told_so_that_it_can_be_used(tmp_path: Path) -> None:
    content = content_in(tmp_path / "content")
    (content / "plans" / "năm 2026").mkdir()
    plan = (content / "plans" / "thu.yml").rename(content / "plans" / "năm 2026" / "a,b.yml")
    plan.write_text(plan.read_text("utf-8").replace("lead: [hoi]", "lead: [Ban Lạ, Sở Xa]"), encoding="utf-8")
    (plan.parent / "cũ.docx").touch()
    done = run("check", "--content", content)
    assert f'new unit --missing "{plan}"' in done.stdout
    assert f'import "{plan.parent / "cũ.docx"}"' in done.stdout
    done = run("check", "--content", content, "--format", "github")
    assert f"file={content}/plans/năm 2026/a%2Cb.yml,line=" in done.stdout
