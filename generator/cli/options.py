"""What several commands share: the option for the content, and its check."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.language.catalogue import catalogue
from generator.source.source_files import shown_path

if TYPE_CHECKING:
    from generator.check import CheckResult

content_option = click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(__file__).parents[2] / "content",
    help="Thư mục nội dung (có plans, units, programmes). Mặc định: content.",
)


def command_name() -> str:
    """Return how this program was called, as somebody can type it again."""
    called = Path(sys.argv[0])
    if called.stem != "sokehoach":
        return "python -m generator"
    return "sokehoach" if shutil.which("sokehoach") else shown_path(called)


def needs_plans(content: Path) -> None:
    """Raise `UsageError` for a folder that is no content tree: it has no `plans`."""
    if not (content / "plans").is_dir():
        raise click.UsageError(catalogue("vi").text("check.no_content", path=content))


def check_content(content: Path, paths: tuple[Path, ...] = ()) -> CheckResult:
    """Check a content tree. Raises `UsageError` where it is none."""
    # Imported here: a build without changes needs no validator.
    from generator.check import check

    needs_plans(content)
    return check(content, paths)
