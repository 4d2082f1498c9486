"""Several processes share the content's files and give the same result as one."""

from __future__ import annotations

import shutil
from pathlib import Path

from built_site import ROOT
from hypothesis import given
from hypothesis import strategies as st

from generator.site import content
from generator.site.content import FileReader, link_files, share_out
from generator.source.source_files import scan_files


@given(st.lists(st.integers(0, 90_000)), st.integers(1, 4))
def test_shares_are_all_files_in_their_order(bytes_of_files: list[int], number: int) -> None:
    sizes = {f"{name}.yml": size for name, size in enumerate(bytes_of_files)}
    shares = share_out(sizes, number)
    assert len(shares) == number
    assert [path for share in shares for path in share] == list(sizes)


def test_shares_are_about_the_same_work() -> None:
    shares = share_out({str(number): 20_000 for number in range(100)}, 2)
    assert 50 < len(shares[0]) < 56


def test_two_processes_link_what_one_links(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content", folder)
    for number in range(2 * content.FEWEST_FILES):
        unit = f"id: don-vi-{number}\nname: Đơn vị {number}\nkind: partner\n"
        (folder / "units" / f"don-vi-{number}.yml").write_text(unit, encoding="utf-8")
    sizes = {path: size for path, (_, _, size) in scan_files(folder).items()}
    one, two = (link_files(FileReader(folder), sizes, processes) for processes in (1, 2))
    assert one[0] == two[0]
    assert one[1].keys() == two[1].keys() == sizes.keys()
    for path, file in one[1].items():
        other = two[1][path]
        assert (file.entry, file.problems, file.contributions) == (other.entry, other.problems, other.contributions)
        assert repr((file.summary, file.entity)) == repr((other.summary, other.entity))
