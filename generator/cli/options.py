"""What several commands share: the content option, the check, and which plans can be aligned."""

from __future__ import annotations

import errno
import re
import shutil
import sqlite3
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.installation import default_content
from generator.language.catalogue import LANGUAGES, Catalogue, catalogue
from generator.source.source_files import shown_path, typed_path
from generator.source.yaml_writer import storable

if TYPE_CHECKING:
    from generator.check import CheckResult
    from generator.check.names import Register
    from generator.model.entities import Plan

content_option = click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=default_content,
    help="Thư mục nội dung (có plans, units, programmes). Mặc định: thư mục này, hay content trong nó.",
)
language_option = click.option("--lang", type=click.Choice(LANGUAGES), default="vi", help="Ngôn ngữ của thông báo.")

_COMMAND = re.compile(r"\bsokehoach (?=(?:build|check|explain|import|new|review|suggest) )")


def command_name() -> str:
    """Return how this program was called, so that messages show commands that can be typed again."""
    called = Path(sys.argv[0])
    if called.stem != "sokehoach":
        return "python -m generator"
    return "sokehoach" if shutil.which("sokehoach") else typed_path(shown_path(called))


def as_typed(text: str) -> str:
    """Return a text with our commands written as they can be typed here."""
    return _COMMAND.sub(lambda _: f"{command_name()} ", text)


def typed_line(text: str) -> str:
    """Return typed text as a file may contain it: one line, accents joined to letters, no invisible characters."""
    return " ".join(storable(text).split())


def needs_plans(content: Path) -> None:
    """Raise `UsageError` if a folder is no content tree, because it has no `plans`."""
    if not (content / "plans").is_dir():
        raise click.UsageError(catalogue("vi").text("check.no_content", path=content))


def closest_word_hint(word: str, choices: Iterable[str], words: Catalogue) -> str:
    """Return what an unknown word may mean, as the end of a message; empty if no choice has a similar spelling."""
    from generator.check.suggestions import closest_word

    return suggestion_hint(closest_word(word, choices), words)


def suggestion_hint(suggestion: str | None, words: Catalogue) -> str:
    """Return a suggestion as the end of a message; empty without one."""
    return f"; {words.text('check.did_you_mean', word=suggestion)}" if suggestion else ""


def refuse_unknown_plan(id_: str, plans: Collection[str], words: Catalogue) -> None:
    """Raise `UsageError` for an id that is none of these plans'."""
    if id_ not in plans:
        raise click.UsageError(words.text("check.unknown_plan", id=id_) + closest_word_hint(id_, plans, words))


def check_content(content: Path, paths: tuple[Path, ...] = ()) -> CheckResult:
    """Check a content tree. Raises `UsageError` if it is none."""
    # Imported late: a build without changes needs no validator.
    from generator.check import check

    needs_plans(content)
    return check(content, paths)


def refuse_later(upper: Plan, plan: str, last_year: int, words: Catalogue) -> None:
    """Raise `UsageError` if an upper plan begins after a plan has ended: the check would refuse links to it."""
    if upper.first_year > last_year:
        years = {"first": upper.first_year, "last": last_year}
        raise click.UsageError(words.text("suggest.later", upper=upper.id, plan=plan, **years))


def is_part_of(upper: Plan, unit: str, register: Register, words: Catalogue) -> bool:
    """Return whether a unit's figures may be part of an upper plan's; print a note if the check would refuse links."""
    from generator.check.rules.alignment import is_known_not_above

    is_refused = is_known_not_above(upper.issuer, unit, register)
    if is_refused and any(target.measures for target in upper.targets):
        click.echo(words.text("suggest.not_above", upper=upper.id, unit=unit, upper_unit=upper.issuer), err=True)
    return not is_refused


_REASONS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EROFS: "forbidden",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.ENOTDIR: "no_folder",
    errno.EEXIST: "no_folder",
}
_NUMBER = re.compile(r"\[Errno (\d+)\]")
_STORE_REASONS = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "forbidden",
    sqlite3.SQLITE_CANTOPEN: "forbidden",
}


@contextmanager
def one_sentence_on_disk_errors(
    written: Path, cache: Path | None = None, *, key: str = "new.not_written", lang: str = "vi"
) -> Iterator[None]:
    """Turn an error of the disk into one sentence with its path, or the path that was being written.

    `key` is the catalogue key of the sentence, which says what became of the rest; `cache` is the database's folder.
    """
    words = catalogue(lang)
    try:
        yield
    except OSError as error:
        path = error.filename2 or error.filename or written
        if isinstance(error, shutil.Error):  # about several files, whose errors it has only as words
            path, said = error.args[0][0][1:]
            error.errno = int(match[1]) if (match := _NUMBER.search(said)) else None
        elif error.errno is None:  # not from the disk: jinja raises it for a missing template
            raise
        why = _why(_REASONS.get(error.errno or 0, ""), error.strerror or "", words)
        raise click.ClickException(words.text(key, path=path, why=why)) from error
    except sqlite3.OperationalError as error:
        why = _why(_STORE_REASONS.get(error.sqlite_errorcode & 0xFF, ""), str(error), words)
        raise click.ClickException(words.text(key, path=cache, why=why)) from error


def _why(reason: str, message: str, words: Catalogue) -> str:
    return words.text(f"build.disk.{reason}") if reason else message
