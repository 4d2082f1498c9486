"""Puts what a build has written in place of the published files, so that every file is whole at every moment.

A build writes to a *staging* folder beside the published files. At its end its files are renamed into place: first new
files, then those that replace another, the home page last. Then files that are no longer made are removed. So no page
ever leads to a missing one. Replaced files are kept: `undo` puts them back.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from pathlib import Path

_JOURNAL = ".journal"
_HOME = "index.html"


class Publication:
    """The files below `root`; `staging` holds the next state, `last` the replaced and removed files of the last one.

    Both lie inside `root`, hence on the same disk: a rename moves no bytes. A journal in `last` says what was added and
    what is to be removed. It is written before anything else is touched, so a publication that was stopped can be
    finished (`finish`) or taken back (`undo`).
    """

    def __init__(self, root: Path, mark: str) -> None:
        self.root, self._mark = root, mark
        self.staging, self.last = root / f"{mark}-next", root / f"{mark}-last"

    @property
    def begun(self) -> bool:
        """Whether a publication has begun and has not been finished."""
        return (self.staging / self._mark).is_file()

    @property
    def undoable(self) -> bool:
        """Whether there is a last state to put back."""
        return (self.last / _JOURNAL).is_file()

    def discard(self) -> None:
        """Remove what an unfinished build has written. Raises `OSError` if it cannot be removed."""
        if self.staging.exists():
            shutil.rmtree(self.staging)

    def publish(self, mark: str, gone: Iterable[str]) -> Set[str]:
        """Put the staged files in place and remove the files in `gone`; return the paths that were staged.

        `mark` is the new text of the mark. If this fails, the published files are as before.
        """
        staged = list(_files(self.staging, self._mark))
        gone = sorted(path for path in gone if os.path.lexists(self.root / path))
        self._refuse_strange_folders([*staged, *gone])
        added = [path for path in staged if not os.path.lexists(f"{self.root}/{path}")]
        for path in set(staged).difference(added):
            if _have_equal_bytes(self.staging / path, self.root / path):  # browsers and mirrors need not fetch it again
                (self.staging / path).unlink()
        if not added and not gone and not any(_files(self.staging, self._mark)):
            _write(self.root / self._mark, mark)
            self.discard()
            return set(staged)
        self.forget_last()
        before = self.root / self._mark
        journal = {"mark": before.read_text("utf-8") if before.exists() else "", "added": added, "gone": gone}
        self.last.mkdir()
        self.staging.mkdir(exist_ok=True)
        _write(self.last / _JOURNAL, json.dumps(journal))
        _write(self.staging / self._mark, mark)  # from here on the publication has begun
        try:
            self.finish()
        except BaseException:
            with suppress(OSError):  # else the next command finishes it
                self.undo()
            raise
        return set(staged)

    def finish(self) -> None:
        """Finish a publication that has begun."""
        journal = json.loads((self.last / _JOURNAL).read_text("utf-8"))
        self._add(self.staging, self.root)
        for path in sorted(_files(self.staging, self._mark), key=lambda path: (path == _HOME, path)):
            self._keep(path, linked=True)
            (self.staging / path).replace(self.root / path)
        for path in journal["gone"]:
            self._keep(path, linked=False)
        remove_empty(self.root, journal["gone"])
        (self.staging / self._mark).replace(self.root / self._mark)
        if not journal["mark"]:  # this was the first state: there is no earlier one to put back
            shutil.rmtree(self.last)
        self.discard()

    def forget_last(self) -> None:
        """Take away what was kept of the last state."""
        if self.last.exists():
            shutil.rmtree(self.last)

    def undo(self) -> None:
        """Put the last state back in place of the published one. Raises `FileNotFoundError` if none was kept."""
        journal = json.loads((self.last / _JOURNAL).read_text("utf-8"))
        (self.staging / self._mark).unlink(missing_ok=True)
        for path in _files(self.last, _JOURNAL):
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            (self.last / path).replace(target)
        for path in journal["added"]:
            with suppress(FileNotFoundError, NotADirectoryError):
                (self.root / path).unlink()
        remove_empty(self.root, journal["added"])
        _write(self.root / self._mark, journal["mark"])
        shutil.rmtree(self.last)
        self.discard()

    def _add(self, staged: Path, live: Path) -> None:
        """Move files that replace nothing, a whole folder at once where possible; the home page last."""
        for entry in sorted(os.scandir(staged), key=lambda entry: (entry.name == _HOME, entry.name)):
            target = live / entry.name
            if not os.path.lexists(target):
                if entry.name != self._mark:
                    Path(entry.path).rename(target)
            elif entry.is_dir():
                self._add(Path(entry.path), target)

    def _keep(self, path: str, *, linked: bool) -> None:
        """Keep a published file in the last state; if `linked`, it also stays published until it is replaced."""
        live, backup = self.root / path, self.last / path
        if os.path.lexists(backup) or not os.path.lexists(live):  # a publication was stopped here
            return
        backup.parent.mkdir(parents=True, exist_ok=True)
        if not linked:
            live.replace(backup)
            return
        try:
            os.link(live, backup, follow_symlinks=False)
        except OSError:  # a file system without links
            shutil.copy2(live, backup, follow_symlinks=False)

    def _refuse_strange_folders(self, paths: Iterable[str]) -> None:
        """Raise `NotADirectoryError` if a folder of ours is a link to elsewhere or not a folder."""
        # Strings: `pathlib` would take half a second for the folders of 25,000 files.
        folders = {path[:end] for path in paths for end, letter in enumerate(path) if letter == "/"}
        for folder in (f"{self.root}/{folder}" for folder in folders):
            if os.path.lexists(folder) and (Path(folder).is_symlink() or not Path(folder).is_dir()):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), folder)


def remove_empty(root: Path, paths: Iterable[str]) -> None:
    """Remove those of these paths' folders that are empty, up to the root."""
    for path in paths:
        for parent in list(Path(path).parents)[:-1]:
            try:
                (root / parent).rmdir()
            except FileNotFoundError:
                continue
            except OSError:  # the folder is not empty
                break


def _files(folder: Path, without: str) -> Iterator[str]:
    """Yield the paths of all files below a folder, except the file `without` at its top."""
    for top, _, names in os.walk(folder):
        inner = os.path.relpath(top, folder).replace(os.sep, "/")
        yield from (name if inner == "." else f"{inner}/{name}" for name in names if inner != "." or name != without)


def _have_equal_bytes(staged: Path, live: Path) -> bool:
    """Return whether a published file has the bytes of a staged one."""
    try:
        if live.is_symlink() or live.stat().st_size != staged.stat().st_size:
            return False
        return live.read_bytes() == staged.read_bytes()
    except OSError:
        return False


def _write(path: Path, text: str) -> None:
    """Write a file in one step, so that nobody reads half of it."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
