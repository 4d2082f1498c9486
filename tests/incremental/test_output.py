"""The folder that a build writes to: whose it is, what is taken away, and files written from what they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.incremental import output
from generator.incremental.output import ForeignDirectoryError, OutputDirectory

MARK = ".toy"


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_that_is_somebody_s_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"\xff\xd8")
    before = tree(tmp_path)
    with pytest.raises(ForeignDirectoryError):
        OutputDirectory(tmp_path, MARK).claim()
    assert tree(tmp_path) == before


def test_a_folder_that_holds_only_an_empty_folder_is_somebody_s(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    with pytest.raises(ForeignDirectoryError):
        OutputDirectory(tmp_path, MARK).claim()
    assert [path.name for path in tmp_path.iterdir()] == ["photos"]


def test_a_link_to_a_folder_that_is_somebody_s_is_refused(tmp_path: Path) -> None:
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "letter.txt").write_text("text")
    (tmp_path / "site").symlink_to("foreign")
    with pytest.raises(ForeignDirectoryError):
        OutputDirectory(tmp_path / "site", MARK).claim()
    assert tree(tmp_path / "foreign") == {"letter.txt": b"text"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(OSError):
        OutputDirectory(tmp_path / "site", MARK).claim()
    assert (tmp_path / "site").read_text() == "a file"


@pytest.mark.parametrize("state", ["absent", "empty", "dot files", "marked"])
def test_a_folder_that_is_nobody_s_or_ours_is_taken(state: str, tmp_path: Path) -> None:
    site = tmp_path / "a" / "site"
    if state != "absent":
        site.mkdir(parents=True)
    if state == "dot files":
        (site / ".git").mkdir()
        (site / ".git" / "HEAD").write_text("ref")
        (site / ".nojekyll").touch()
    if state == "marked":
        (site / MARK).write_text("done")
        (site / "index.html").write_text("of the last build")
    before = tree(site)
    directory = OutputDirectory(site, MARK)
    directory.claim()
    assert directory.marked not in {"", "done"}
    assert tree(site) | before == tree(site) | {name: text for name, text in before.items() if name == MARK}
    directory.mark("done again")
    assert OutputDirectory(site, MARK).marked == "done again"


def test_what_begins_with_a_dot_is_never_cleaned_away(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "letter.txt").write_text("text")
    site = tmp_path / "site"
    directory = OutputDirectory(site, MARK)
    directory.claim()
    for name in (".git/HEAD", ".nojekyll", "index.html", "a/b/c.html", "a/.d"):
        directory.write(name, "text")
    (site / "link").symlink_to(tmp_path / "elsewhere")
    directory.clean()
    assert tree(site).keys() == {MARK, ".git/HEAD", ".nojekyll"}
    assert tree(tmp_path / "elsewhere") == {"letter.txt": b"text"}  # only the link to it is gone


def test_what_is_removed_takes_its_empty_folders_along(tmp_path: Path) -> None:
    directory = OutputDirectory(tmp_path, MARK)
    directory.claim()
    for name in ("a/b/1", "a/b/2", "a/c/d/1"):
        directory.write(name, name)
    directory.remove(["a/b/1", "a/c/d/1", "a/never/was"])
    assert tree(tmp_path).keys() == {MARK, "a/b/2"}
    assert not (tmp_path / "a" / "c").exists()
    directory.remove(["a/b/2"])
    assert not (tmp_path / "a").exists()
    assert tmp_path.exists()
    directory.write("a/b/2", "again")
    assert tree(tmp_path)["a/b/2"] == b"again"


def test_texts_are_utf_8_with_their_line_ends(tmp_path: Path) -> None:
    directory = OutputDirectory(tmp_path, MARK)
    directory.write("a/ke-hoach.md", "Kế\r\n")
    directory.write("a/ke-hoach.docx", b"PK\x03\x04\r\n\xff")
    assert tree(tmp_path) == {"a/ke-hoach.md": "Kế\r\n".encode(), "a/ke-hoach.docx": b"PK\x03\x04\r\n\xff"}
    assert directory.has("a/ke-hoach.docx", 7)
    assert not directory.has("a/ke-hoach.docx", 8)
    assert not directory.has("a", 0)


@st.composite
def rewritings(draw: st.DrawFn) -> tuple[bytes, list[bytes | range]]:
    """A file, and another made of new bytes and of ranges of it, in their order."""
    old = draw(st.binary(max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(old)), max_size=8)))
    kept = [range(*cuts[at : at + 2]) for at in range(0, len(cuts) - 1, 2)]
    parts: list[bytes | range] = [draw(st.binary(max_size=12))]
    for part in kept:
        parts += [part, draw(st.binary(max_size=12))]
    return old, parts


@given(rewritings(), st.integers(1, 5))
def test_a_rewritten_file_is_its_parts_joined(
    tmp_path_factory: pytest.TempPathFactory, rewriting: tuple[bytes, list[bytes | range]], block: int
) -> None:
    old, parts = rewriting
    folder = tmp_path_factory.mktemp("site")
    (folder / "a.csv").write_bytes(old)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(output, "_BLOCK", block)  # else no small file would be moved in several blocks
        OutputDirectory(folder, MARK).rewrite("a.csv", parts)
    joined = b"".join(part if isinstance(part, bytes) else old[part.start : part.stop] for part in parts)
    assert (folder / "a.csv").read_bytes() == joined


def test_a_file_that_is_too_short_is_no_file_to_take_from(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"abc")
    with pytest.raises(EOFError, match=r"a\.csv ends before byte 9"):
        OutputDirectory(tmp_path, MARK).rewrite("a.csv", [b"xy", range(1, 9)])
