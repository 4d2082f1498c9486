"""`sokehoach record`: the list of published addresses only grows, whatever refuses to be written or read."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from full_disk import full_disk
from small_site import content_in

from generator.cli import main
from generator.site.request import MARK

OLD = "".join(f"ke-hoach/cu-{number}/\n" for number in range(30))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content with a list, and a site that has one page more than the list."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / MARK).write_text("x\nke-hoach/thu/index.html", encoding="utf-8")
    content_in(tmp_path / "content")
    (tmp_path / "content" / "published.txt").write_text(OLD, encoding="utf-8")
    return tmp_path / "content"


def call(command: str, content: Path) -> Result:
    site = ["--site", str(content.parent / "site")] if command == "record" else []
    return CliRunner().invoke(main, [command, "--content", str(content), *site])


def test_a_full_disk_leaves_the_list_as_it_was(content: Path) -> None:
    with full_disk(room=100):
        done = call("record", content)
    assert done.exit_code == 1
    assert done.output.startswith("Error: không ghi được")
    assert (content / "published.txt").read_text("utf-8") == OLD
    assert "thêm 1." in call("record", content).output
