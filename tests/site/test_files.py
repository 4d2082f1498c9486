"""The files that a corpus is published as besides its pages."""

from __future__ import annotations

from pathlib import Path

from golden import write_files

from generator.site.export import write_pages


def test_written_files_may_be_text_or_bytes(tmp_path: Path) -> None:
    """Text is written as UTF-8 with its line ends as they are; bytes as they are."""
    write_pages(tmp_path, {"a/ke-hoach.md": "Kế\n", "a/ke-hoach.docx": b"PK\x03\x04\r\n\xff"})
    assert (tmp_path / "a/ke-hoach.md").read_bytes() == "Kế\n".encode()
    assert (tmp_path / "a/ke-hoach.docx").read_bytes() == b"PK\x03\x04\r\n\xff"


def test_only_what_was_written_is_counted(tmp_path: Path) -> None:
    """The folder may hold other work, and what an earlier run has written."""
    write_files(tmp_path, dict.fromkeys(("ghi-chu.txt", "a/khac.md"), "khác"))
    number = write_pages(tmp_path, {"a/ke-hoach.md": "Kế\n"})
    assert number == sum(path.is_file() for path in tmp_path.rglob("*")) - 2
    assert write_pages(tmp_path, {"a/ke-hoach.md": "Kế\n"}) == number
