"""`sokehoach record`: the list of published addresses only grows, whatever cannot be written or read."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from full_disk import full_disk
from small_site import content_in

from generator.cli import main
from generator.site.request import MARK

OLD = "".join(f"ke-hoach/cu-{number}/\n" for number in range(10, 40))


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


def test_a_list_that_notepad_saved_with_a_mark_is_read(content: Path) -> None:
    (content / "published.txt").write_text(OLD.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    assert '[lost-address]: kế hoạch "cu-10" đã đăng' in call("check", content).output
    assert "31 địa chỉ đã đăng, thêm 1." in call("record", content).output
    assert (content / "published.txt").read_text("utf-8") == f"{OLD}ke-hoach/thu/\n"


@pytest.mark.parametrize(
    ("encoding", "told"), [("utf-16", "1:1: lỗi[not-utf8]"), ("utf-16-le", "31:14: lỗi[not-utf8]")]
)
def test_a_list_in_another_encoding_is_told_and_never_written_over(encoding: str, told: str, content: Path) -> None:
    listed = f"{OLD}ghi chú: đã đăng\n".encode(encoding)
    (content / "published.txt").write_bytes(listed)
    for command in ("check", "record"):
        done = call(command, content)
        assert done.exit_code == 1
        assert f"published.txt:{told}" in done.output
    assert (content / "published.txt").read_bytes() == listed
