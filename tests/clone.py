"""A fresh clone of this repository with the working tree's files; its commands need no new installation."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from built_site import ROOT

FAR_AHEAD = 4_000_000_000
"""A time in 2096: newer than any file that is laid out, so that make takes the environment for up to date."""


def lay_files(folder: Path) -> None:
    """Every file that git keeps, or would keep if it were added now; without git, all but what `.gitignore` names."""
    if not (ROOT / ".git").exists():
        ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()]
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*ignored), dirs_exist_ok=True)
        return
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def lend_environment(folder: Path) -> dict[str, str]:
    """Give a folder our `.venv` (installing one takes minutes and a network); the variable for running there.

    PYTHONPATH comes before what is installed, so the code that runs is the folder's own.
    """
    ours, lent = Path(sys.prefix), folder / ".venv"
    lent.mkdir(parents=True)
    for part in ("bin", "lib", "pyvenv.cfg"):
        (lent / part).symlink_to(ours / part)
    (lent / "ready").touch()
    os.utime(lent / "ready", (FAR_AHEAD, FAR_AHEAD))
    return {"PYTHONPATH": str(folder)}
