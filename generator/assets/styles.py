"""Style sheets: the chapters of one folder, joined, flattened for older browsers and minified."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from lightningcss import calc_parser_flags, process_stylesheet

from generator.installation import ROOT

STYLES = ROOT / "overrides" / "styles"


def _palette_file() -> Traversable | None:
    try:
        sheets = files("material").joinpath("templates/assets/stylesheets")
    except ImportError:
        return None
    return next(path for path in sheets.iterdir() if path.name.startswith("palette.") and path.name.endswith(".css"))


_PALETTE = _palette_file()
PALETTE = _PALETTE.name if _PALETTE else ""
"""Material's colours, where it is installed.

They are part of our style sheet, for each sheet delays the first picture of a page."""

OLDEST_BROWSERS = ["chrome 90", "firefox 91", "safari 14"]
"""Of 2021. The chapters are written with nesting, which browsers know since 2023: offices have older machines."""


def stylesheet(name: str) -> str:
    """Return the style sheet of the folder `name`: its chapters in the order of their file names.

    Each chapter is read by itself, so that a brace that is missing in one does not change the next.
    Raises `ValueError` with the file's name and the place where a chapter is no CSS.
    """
    return "".join(_flattened(path) for path in sorted((STYLES / name).glob("*.css")))


def palette() -> str:
    """Return Material's colours, without the line that names a map for its developers."""
    text = _PALETTE.read_text(encoding="utf-8") if _PALETTE else ""
    return f"{text.split('/*# sourceMappingURL')[0].strip()}\n"


def _flattened(chapter: Path) -> str:
    return process_stylesheet(
        chapter.read_text(encoding="utf-8"),
        filename=chapter.name,
        parser_flags=calc_parser_flags(nesting=True),
        browsers_list=OLDEST_BROWSERS,
    )
