"""The unit tests of the browser's modules, run by Node.js's own test runner."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = sorted(Path(__file__).parent.glob("*.test.mjs"))


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name)
def test_modules(file: Path) -> None:
    node = shutil.which("node")
    if not node:
        pytest.fail("this test needs Node.js: run `sudo apt-get install nodejs`", pytrace=False)
    done = subprocess.run([node, "--test", file], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)
    assert "# fail 0" in done.stdout
