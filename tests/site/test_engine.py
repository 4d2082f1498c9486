"""A clone in which npm has installed nothing: the engine sqlite is refused by name, all else is as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from clone import lay_files, lend_environment

# As with more than 50,000 activities.
OUTGROWN = """
import sys
from generator.search import files
files.LARGEST_INDEX = files.LARGEST_SCAN = 1
from generator.cli import main
main(sys.argv[1:])
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("clone")
    lay_files(folder)
    assert not (folder / "node_modules").exists()
    return folder, {**os.environ, **lend_environment(folder)}


def test_asked_for_by_name_it_is_an_error_that_names_the_command(clone: tuple[Path, dict[str, str]]) -> None:
    folder, environment = clone
    settings = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    asked = settings.replace("  - sokehoach\n", "  - sokehoach:\n      search: {engine: sqlite}\n", 1)
    assert asked != settings
    (folder / "sqlite.yml").write_text(asked, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-f", "sqlite.yml", "-d", "out"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "npm ci" in done.stderr
    assert "search.engine: sqlite cần gói SQLite" in done.stderr
    assert "Traceback" not in done.stderr


def test_auto_stays_with_the_scan_and_says_so_without_ending_a_strict_build(
    clone: tuple[Path, dict[str, str]],
) -> None:
    folder, environment = clone
    command = [sys.executable, "-c", OUTGROWN, "build", "--strict", "--site", "out"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "npm ci" in done.stderr
    manifest = (folder / "out" / "hoat-dong" / "kho" / "index.js").read_text(encoding="utf-8")
    assert json.loads(manifest[manifest.index(",") + 1 : manifest.rindex(")")])["engine"] == "scan"
