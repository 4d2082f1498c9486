"""What a corpus is published as besides its pages."""

from __future__ import annotations

from pathlib import Path

from generator.site.export import write_pages


def test_written_files_may_be_text_or_bytes(tmp_path: Path) -> None:
    """Text is written as UTF-8 with its line ends as they are; bytes as they are."""
    write_pages(tmp_path, {"a/ke-hoach.md": "Kế\n", "a/ke-hoach.docx": b"PK\x03\x04\r\n\xff"})
    assert (tmp_path / "a/ke-hoach.md").read_bytes() == "Kế\n".encode()
    assert (tmp_path / "a/ke-hoach.docx").read_bytes() == b"PK\x03\x04\r\n\xff"
