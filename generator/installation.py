"""Where the program's own files lie: in its repository, or in the package that somebody has installed.

`setup.py` puts a copy of what a build needs besides the package (`BUNDLED`) into the wheel, so that the tool works in
any folder with plans, on a machine that has no copy of the repository.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
BUNDLED = ("schema", "overrides", "content/pages", "mkdocs.yml")
"""What a build needs besides the package, by its path in the repository."""

IS_REPOSITORY = (PACKAGE.parent / "mkdocs.yml").is_file()
ROOT = PACKAGE.parent if IS_REPOSITORY else PACKAGE / "bundled"
"""The folder with the files of `BUNDLED`."""


def working_folder() -> Path:
    """Return the folder for what a build keeps: the repository, else where the command was called."""
    return ROOT if IS_REPOSITORY else Path.cwd()


def default_content() -> Path:
    """Return the content tree that is meant where none is named: here, or in `content` here.

    Who works elsewhere in the repository means its own; from outside of it nothing is ever written there.
    """
    here = Path.cwd()
    if (here / "plans").is_dir():
        return here
    if (here / "content").is_dir():
        return here / "content"
    return ROOT / "content" if IS_REPOSITORY and here.is_relative_to(ROOT.resolve()) else here
