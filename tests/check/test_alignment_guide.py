"""The guide's page on alignment: its example is valid, and its commands do what it says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import yaml
from built_site import CONTENT
from click.testing import CliRunner
from guide import PAGES, block, commands_of

from generator.check import check
from generator.check.schema import SCHEMAS
from generator.cli import main

PAGE = PAGES / "doi-chieu" / "index.md"


def test_the_example_has_fields_of_an_activity() -> None:
    (activity,) = yaml.safe_load(block(PAGE, "example", "serves").text)
    schema = json.loads((SCHEMAS / "plan.schema.json").read_text("utf-8"))
    assert activity.keys() <= schema["$defs"]["activity"]["properties"].keys()
    assert activity["serves"]


def test_proposals_are_made_by_the_command_of_the_page() -> None:
    (command,) = commands_of(block(PAGE, "run", "suggest"))
    done = CliRunner().invoke(main, [*command[1:], "--json", "--content", str(CONTENT)])
    assert done.exit_code == 0, done.output
    assert json.loads(done.output) is not None


def test_a_plan_begun_from_an_upper_one_is_valid(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    (command,) = commands_of(block(PAGE, "run", "from"))
    options = [*command[1:], "--issuer", "hoi-lhpn-thai-nguyen", "--content", str(content)]
    done = CliRunner().invoke(main, options)
    assert done.exit_code == 0, done.output
    plan = yaml.safe_load((content / "plans" / f"{command[3]}.yml").read_text("utf-8"))
    assert plan["implements"] == ["national-2022-2027"]
    assert len(plan["targets"]) == 8
    assert not check(content).errors
