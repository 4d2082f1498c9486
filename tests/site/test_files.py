"""The files that a corpus is published as besides its pages."""

from __future__ import annotations

from pathlib import Path

from generator.incremental.output import OutputDirectory
from generator.site.export import write_tree
from generator.site.request import PAGES_MARK


def test_written_files_may_be_text_or_bytes(tmp_path: Path) -> None:
    """Text is written as UTF-8 with its line ends as they are; bytes as they are."""
    directory = OutputDirectory(tmp_path, PAGES_MARK)
    with directory.claim():
        write_tree(directory, {"a/ke-hoach.md": "Kế\n", "a/ke-hoach.docx": b"PK\x03\x04\r\n\xff"})
    assert (tmp_path / "a/ke-hoach.md").read_bytes() == "Kế\n".encode()
    assert (tmp_path / "a/ke-hoach.docx").read_bytes() == b"PK\x03\x04\r\n\xff"


def test_of_an_earlier_tree_nothing_stays(tmp_path: Path) -> None:
    """Neither as a page nor as what could be put back; but what is somebody's does."""
    directory = OutputDirectory(tmp_path, PAGES_MARK)
    for files in ({"a/cu.md": "Cũ\n", "a/hai.md": "Cũ\n"}, {"a/moi.md": "Mới\n", "a/hai.md": "Mới\n"}):
        with directory.claim():
            write_tree(directory, files)
        (tmp_path / "a/ghi-chu.txt").write_text("khác")
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {PAGES_MARK, "a/ghi-chu.txt", "a/hai.md", "a/moi.md"}
    assert (tmp_path / "a/hai.md").read_text("utf-8") == "Mới\n"
