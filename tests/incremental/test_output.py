"""The folder that a build writes to: foreign folders, removed files, and files rewritten from their old bytes."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.incremental import output
from generator.incremental.output import ForeignDirectoryError, OutputDirectory

MARK = ".toy"


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def claim(folder: Path) -> None:
    with OutputDirectory(folder, MARK).claim():
        pass


def mark_of(site: Path) -> str:
    """Return what the last build has said of itself."""
    return (site / MARK).read_text(encoding="utf-8").split("\n")[0]


def test_a_folder_that_is_somebody_s_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"\xff\xd8")
    before = tree(tmp_path)
    with pytest.raises(ForeignDirectoryError):
        claim(tmp_path)
    assert tree(tmp_path) == before


def test_a_folder_that_holds_only_an_empty_folder_is_somebody_s(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    with pytest.raises(ForeignDirectoryError):
        claim(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["photos"]


def test_a_link_to_a_folder_that_is_somebody_s_is_refused(tmp_path: Path) -> None:
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "letter.txt").write_text("text")
    (tmp_path / "site").symlink_to("foreign")
    with pytest.raises(ForeignDirectoryError):
        claim(tmp_path / "site")
    assert tree(tmp_path / "foreign") == {"letter.txt": b"text"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(OSError):
        claim(tmp_path / "site")
    assert (tmp_path / "site").read_text() == "a file"


def publish(site: Path, mark: str, texts: dict[str, str], files: set[str] | None = None) -> None:
    """One build: it writes `texts`; the state's `files` are those, or more that an earlier one has written."""
    directory = OutputDirectory(site, MARK)
    with directory.claim():
        for path, text in texts.items():
            directory.write(path, text)
        directory.publish(mark, files or set(texts))


def shown(site: Path) -> dict[str, bytes]:
    """What a page server shows: all but what begins with a dot."""
    return {path: text for path, text in tree(site).items() if not path.startswith(".")}


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
        publish(site, "done", {"index.html": "of the last build"})
    before = tree(site)
    with OutputDirectory(site, MARK).claim():
        assert tree(site) == before
    assert site.exists() == (state != "absent")  # nothing was published
    publish(site, "done again", {"b.html": "text"})
    assert mark_of(site) == "done again"
    assert shown(site) == {"b.html": b"text"}
    assert before.items() - tree(site).items() <= {(name, before.get(name)) for name in (MARK, "index.html")}


def test_only_what_was_made_is_ever_taken_away(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, "1", {"index.html": "1", "a/b/c.html": "1", "a/d.html": "1", "e/f.html": "1"})
    for name in (".git/HEAD", ".nojekyll", "photo.jpg", "a/b/letter.txt"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text("somebody's")
    publish(site, "2", {"index.html": "2"})
    assert tree(site).keys() >= {".git/HEAD", ".nojekyll", "photo.jpg", "a/b/letter.txt"}
    assert shown(site) == {"index.html": b"2", "photo.jpg": b"somebody's", "a/b/letter.txt": b"somebody's"}
    assert not (site / "e").exists()


def test_a_link_inside_of_a_site_leads_no_build_elsewhere(tmp_path: Path) -> None:
    site, foreign = tmp_path / "site", tmp_path / "foreign"
    publish(site, "1", {"index.html": "1"})
    foreign.mkdir()
    (foreign / "b.html").write_text("somebody's")
    (site / "a").symlink_to(foreign)
    with pytest.raises(NotADirectoryError, match=re.escape(str(site / "a"))):
        publish(site, "2", {"index.html": "2", "a/b.html": "2"})
    assert tree(foreign) == {"b.html": b"somebody's"}
    assert (site / "index.html").read_text() == "1"


@pytest.mark.parametrize("end", ["an error", "killed"])
def test_a_build_that_does_not_come_to_its_end_changes_nothing(end: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, "1", {"index.html": "1", "a/b.html": "1"})
    before = tree(site)
    directory = OutputDirectory(site, MARK)
    with suppress(ValueError), directory.claim():
        directory.write("index.html", "2")
        assert shown(site) == {path: text for path, text in before.items() if not path.startswith(".")}
        if end == "killed":
            shutil.copytree(site, tmp_path / "killed")  # what is on the disk at that moment
        raise ValueError
    assert tree(site) == before
    if end == "killed":
        publish(tmp_path / "killed", "1", {}, {"index.html", "a/b.html"})
        assert tree(tmp_path / "killed") == before


PATHS = ["index.html", "a/index.html", "a/b/c", "a/b/d", "e", "f/g", f"f/{MARK}", "f/.journal"]
STATES = st.dictionaries(st.sampled_from(PATHS), st.text("xy"))


class StoppedError(Exception):
    """A disk that fails, or the end of the process."""


@settings(max_examples=60)
@given(st.lists(STATES, min_size=2, max_size=4), st.integers(0, 40), st.sampled_from(["fails", "killed"]))
def test_wherever_a_publication_stops_the_site_is_one_of_the_two(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, str]], step: int, end: str
) -> None:
    """Every file is whole at every moment. After a failure all is as it was; after a kill the next command ends it."""
    site = tmp_path_factory.mktemp("out") / "site"
    *earlier, last = states
    for number, texts in enumerate(earlier):
        publish(site, str(number), texts)
    before = shown(site)
    old = {path: text.encode() for path, text in earlier[-1].items()}
    new = {path: text.encode() for path, text in last.items()}
    assert before == old
    with stopping_at(step, stays=end == "killed") as steps, suppress(StoppedError):
        publish(site, "last", last)
    assert all(text in {old.get(path), new.get(path)} for path, text in shown(site).items())
    assert shown(site).keys() >= old.keys() & new.keys()
    if end == "fails" and len(steps) > step:
        assert shown(site) == old
    with OutputDirectory(site, MARK).claim():
        pass
    state = shown(site)
    assert state in (old, new)
    directory = OutputDirectory(site, MARK)
    if state == new != old and mark_of(site) == "last":
        assert directory.undoable
        directory.undo()
        assert shown(site) == old
        assert mark_of(site) == str(len(earlier) - 1)
    publish(site, "anew", last)
    assert shown(site) == new
    assert not [path for path in site.rglob("*") if path.is_dir() and not any(path.iterdir())]


@contextmanager
def stopping_at(step: int, *, stays: bool) -> Iterator[list[str]]:
    """Stop at the n-th step that changes the disk; what `stays` stopped is a process that was killed."""
    steps: list[str] = []

    def stopping(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*words: object, **named: object) -> object:
            steps.append(name)
            if len(steps) == step + 1 or (stays and len(steps) > step):
                raise StoppedError
            return function(*words, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in ("replace", "rename", "unlink", "link", "rmdir", "mkdir"):
            patch.setattr(os, name, stopping(name, getattr(os, name)))
        yield steps


def test_a_file_with_the_same_bytes_stays_the_file_that_it_is(tmp_path: Path) -> None:
    """A browser, and whoever copies the site, need not fetch it again."""
    site = tmp_path / "site"
    publish(site, "1", {"a.html": "same", "b.html": "1"})
    before = (site / "a.html").stat()
    publish(site, "2", {"a.html": "same", "b.html": "2"})
    assert (site / "a.html").stat().st_mtime_ns == before.st_mtime_ns
    assert (site / "a.html").stat().st_ino == before.st_ino


def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    site = tmp_path / "site"
    waiting, done = Event(), Event()

    @contextmanager
    def tell() -> Iterator[None]:
        waiting.set()
        yield

    def second() -> None:
        with OutputDirectory(site, MARK).claim(tell):
            done.set()

    with OutputDirectory(site, MARK).claim():
        thread = Thread(target=second)
        thread.start()
        assert waiting.wait(60)
        assert not done.is_set()
    assert done.wait(60)
    thread.join()


def test_texts_are_utf_8_with_their_line_ends(tmp_path: Path) -> None:
    directory = OutputDirectory(tmp_path, MARK)
    directory.write("a/ke-hoach.md", "Kế\r\n")
    directory.write("a/ke-hoach.docx", b"PK\x03\x04\r\n\xff")
    assert tree(directory.staging) == {"a/ke-hoach.md": "Kế\r\n".encode(), "a/ke-hoach.docx": b"PK\x03\x04\r\n\xff"}
    assert not directory.has("a/ke-hoach.docx", 7)
    directory.publish("mark", {"a/ke-hoach.md", "a/ke-hoach.docx"})
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
        directory = OutputDirectory(folder, MARK)
        directory.rewrite("a.csv", parts)
    joined = b"".join(part if isinstance(part, bytes) else old[part.start : part.stop] for part in parts)
    assert (directory.staging / "a.csv").read_bytes() == joined
    assert (folder / "a.csv").read_bytes() == old


def test_a_file_that_is_too_short_is_no_file_to_take_from(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"abc")
    with pytest.raises(EOFError, match=r"a\.csv ends before byte 9"):
        OutputDirectory(tmp_path, MARK).rewrite("a.csv", [b"xy", range(1, 9)])
