"""Content with units and no plan yet, into which imports write."""

from __future__ import annotations

from pathlib import Path

import pytest
from import_drafts import UNITS


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for name, text in UNITS.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "content" / "plans").mkdir()
    return tmp_path / "content"
