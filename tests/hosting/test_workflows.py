"""Files for git servers: workflows, forms, owners. They cannot run here; all that they name must exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from built_site import ROOT
from clone import lay_files

from generator.cli import main
from generator.source.source_files import FOLDERS

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
OTHERS = [ROOT / ".gitlab-ci.yml", ROOT / ".pre-commit-config.yaml", ROOT / ".pre-commit-hooks.yaml"]
HOOKS = [ROOT / ".ci" / "hooks" / name for name in ("pre-receive", "post-receive", "receive.sh")]
TARGETS = set(re.findall(r"^([\w./-]+):(?!=)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def read(path: Path) -> Any:
    """A YAML file with every scalar as text: YAML 1.1 would read the workflow's `on` as true."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def scripts_of(part: Any) -> Iterator[str]:
    """Every command line in a workflow or pipeline: `run`, `script`, `entry`."""
    if isinstance(part, list):
        for each in part:
            yield from scripts_of(each)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name in {"run", "script", "entry"}:
                yield from [value] if isinstance(value, str) else value
            else:
                yield from scripts_of(value)


def commands_in(text: str) -> Iterator[list[str]]:
    """The calls of make, of our tool and of our scripts in a piece of shell."""
    for line in text.split("\n"):
        command = re.sub(r"\s*(\|\||&&|>>?|2>|\|).*", "", line.strip())
        if re.match(r"make\b|(\S*/)?sokehoach\b|\.ci/", command):
            yield shlex.split(command)


def assert_exists(command: list[str]) -> None:
    """make has the targets; our tool has the command and takes its options; a script is there and can be run."""
    name, *arguments = command
    if name == "make":
        assert set(arguments) <= TARGETS, command
    elif name.endswith("sokehoach"):
        called = main.get_command(click.Context(main), arguments[0])
        assert called, command
        try:
            called.make_context(arguments[0], arguments[1:])
        except click.ClickException as error:
            pytest.fail(f"{' '.join(command)}: {error.format_message()}")
    else:
        assert (ROOT / name).stat().st_mode & 0o100, command


@pytest.mark.parametrize("path", [*WORKFLOWS, *OTHERS], ids=lambda path: path.name)
def test_every_command_that_is_named_exists(path: Path) -> None:
    content = read(path)
    hooks = path.name == ".pre-commit-hooks.yaml"
    scripts = [f"{one['entry']} {' '.join(one['args'])}" for one in content] if hooks else scripts_of(content)
    commands = [command for script in scripts for command in commands_in(script)]
    assert commands
    for command in commands:
        assert_exists(command)


def test_every_command_of_the_hooks_exists() -> None:
    """They call make through a function of their own."""
    named = [
        command for path in HOOKS for command in re.findall(r"there ((?:make|\.venv).*) >&2", path.read_text("utf-8"))
    ]
    assert len(named) == 3
    for command in named:
        assert_exists([word for word in shlex.split(command) if word != "--no-print-directory"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_whole_and_may_do_no_more_than_it_needs(path: Path) -> None:
    workflow = read(path)
    assert {"name", "on", "permissions", "jobs"} <= workflow.keys()
    writes = {name for name, right in workflow["permissions"].items() if right == "write"}
    assert writes == ({"pages", "id-token"} if path.name == "publish.yml" else set())
    for name, job in workflow["jobs"].items():
        assert {"runs-on", "steps", "timeout-minutes"} <= job.keys(), name
        assert set(job.get("needs", "").split()) <= workflow["jobs"].keys()
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step), step
            if "uses" in step:
                assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"]), "GitHub's own, by commit"


def test_the_preview_that_is_uploaded_is_the_one_that_was_built() -> None:
    steps = read(ROOT / ".github" / "workflows" / "check.yml")["jobs"]["preview"]["steps"]
    built = next(step["run"] for step in steps if "build" in step.get("run", ""))
    uploaded = next(step["with"]["path"] for step in steps if "upload" in step.get("uses", ""))
    assert f"--site {uploaded}" in built
    assert "--offline" in built


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_an_issue_form_has_githubs_form(path: Path) -> None:
    """GitHub refuses a form that strays from its syntax, and then offers none at all."""
    form = read(path)
    assert form.keys() <= {"name", "description", "title", "labels", "assignees", "body", "projects", "type"}
    assert form["name"]
    assert form["description"]
    required = {
        "markdown": {"value"},
        "input": {"label"},
        "textarea": {"label"},
        "dropdown": {"label", "options"},
        "checkboxes": {"label", "options"},
    }
    optional = {
        "input": {"description", "placeholder", "value"},
        "textarea": {"description", "placeholder", "value", "render"},
        "dropdown": {"description", "multiple", "default"},
        "checkboxes": {"description"},
    }
    for field in form["body"]:
        kind = field["type"]
        assert field.keys() <= {"type", "id", "attributes", "validations"}
        assert required[kind] <= field["attributes"].keys() <= required[kind] | optional.get(kind, set())
        assert field.get("validations", {}).keys() <= {"required"}
        options = field["attributes"].get("options", [])
        assert len({str(option) for option in options}) == len(options)
        if kind == "checkboxes":
            assert all({"label"} <= option.keys() <= {"label", "required"} for option in options)
    ids = [field["id"] for field in form["body"] if field["type"] != "markdown"]
    labels = [field["attributes"]["label"] for field in form["body"] if field["type"] != "markdown"]
    assert ids
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", id_) for id_ in ids)
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)


def test_every_file_has_an_owner_and_every_line_an_object() -> None:
    lines = (ROOT / ".github" / "CODEOWNERS").read_text("utf-8").split("\n")
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    assert rules[0][0] == "*", "the last line that matches counts, so the first must take all"
    for pattern, *owners in rules:
        assert owners
        assert all(re.fullmatch(r"@[\w-]+(/[\w-]+)?", owner) for owner in owners)
        assert pattern == "*" or (pattern.startswith("/") and (ROOT / pattern[1:]).is_dir())


def test_pre_commit_runs_when_content_changes() -> None:
    """For every file of content, here and in a repository that keeps only content; for no other."""
    here = next(hook for hook in read(OTHERS[1])["repos"][0]["hooks"] if hook["entry"] == "make check")
    elsewhere = read(OTHERS[2])[0]
    for folder in FOLDERS:
        assert re.search(here["files"], f"content/{folder}/a.yml")
        assert re.search(elsewhere["files"], f"content/{folder}/a.yml")
        assert re.search(elsewhere["files"], f"{folder}/a.yml")
    assert not re.search(elsewhere["files"], "README.md")


@pytest.mark.slow
def test_an_installed_package_can_check(tmp_path: Path) -> None:
    """pre-commit installs the package into an environment of its own: it must bring all that a check needs."""
    source = tmp_path / "source"
    lay_files(source)
    pip = [sys.executable, "-m", "pip"]
    done = subprocess.run(
        [*pip, "install", "--quiet", "--no-deps", "--no-build-isolation", "--target", tmp_path / "installed", source],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    done = subprocess.run(
        [pip[0], "-m", "generator", "check", "--content", ROOT / "content"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "installed"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "installed" / "generator" / "bundled" / "schema" / "plan.schema.json").exists()
