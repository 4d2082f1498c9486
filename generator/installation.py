"""The place of the program's own files: in its repository, or in the installed package.

`setup.py` copies into the wheel what a build needs besides the package (`BUNDLED`), so that the tool works in any
folder with plans, without the repository.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
BUNDLED = ("schema", "overrides", "content/pages", "mkdocs.yml")
"""Files that a build needs besides the package, by path in the repository."""

IS_REPOSITORY = (PACKAGE.parent / "mkdocs.yml").is_file()
ROOT = PACKAGE.parent if IS_REPOSITORY else PACKAGE / "bundled"
"""The folder with the files of `BUNDLED`."""


def working_folder() -> Path:
    """Return the folder for a build's caches: the repository, else the working directory of the command."""
    return ROOT if IS_REPOSITORY else Path.cwd()


def default_content() -> Path:
    """Return the default content tree: the working directory, or `content` in it.

    Elsewhere in the repository it is the repository's own; from outside nothing is ever written there.
    """
    here = Path.cwd()
    if (here / "plans").is_dir():
        return here
    if (here / "content").is_dir():
        return here / "content"
    return ROOT / "content" if IS_REPOSITORY and here.is_relative_to(ROOT.resolve()) else here
