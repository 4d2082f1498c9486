"""The process of a command: all it says arrives, its status tells how it ended."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "generator"]


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
        ("review", "thai-nguyen-2021", "thai-nguyen-2021-2026"),
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
