"""A changed file keeps what nobody changed: line ends, byte order mark, letters typed in another form."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.source.source_files import decode, read_file, update_file

LINES = ["id: a", "title: Hộ nghèo", "# lời ghi", "", "kind: term"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ends", ["\n\n\n\n\n", "\r\n " * 5, "\r " * 5, "\r\n \n \r\n \n \n", "\r\n \r\n \r\n \r\n "])
@pytest.mark.parametrize("accents", ["Hộ nghèo", "Ho\u0323\u0302 nghe\u0300o"])
def test_lines_that_stay_keep_their_bytes(tmp_path: Path, mark: bytes, ends: str, accents: str) -> None:
    path = tmp_path / "a.yml"
    old = [
        f"{line}{end}".replace("Hộ nghèo", accents)
        for line, end in zip(LINES, ends.split(" ") if " " in ends else ends, strict=False)
    ]
    path.write_bytes(mark + "".join(old).encode())
    text, _ = decode(read_file(path))
    update_file(path, text)
    assert path.read_bytes() == mark + "".join(old).encode()
    update_file(path, text.replace("\n# lời", "\nissuer: hoi\n# lời"))
    first_end = old[0].removeprefix(LINES[0])
    assert path.read_bytes() == mark + "".join([*old[:2], f"issuer: hoi{first_end}", *old[2:]]).encode()
