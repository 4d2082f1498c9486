"""Content with units and no plan yet, into which imports write."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import write_files
from import_drafts import UNITS


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write_files(tmp_path / "content", UNITS)
    (tmp_path / "content" / "plans").mkdir()
    return tmp_path / "content"
