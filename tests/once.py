"""Makes a folder once for a whole test run, in however many processes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock


class Once:
    """Folders that all processes of a run share, in `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root / "once"
        self.root.mkdir(exist_ok=True)
        self.cache = self.root / "cache"

    def __call__(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return the folder of this name; `make` writes it if nobody has. Others wait until it is whole.

        What `make` raises is raised, and the next one who asks tries again: each test fails by its own name.
        """
        folder, done = self.root / name, self.root / f"{name}.done"
        with FileLock(self.root / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                make(folder)
                done.touch()
        return folder
