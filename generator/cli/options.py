"""What several commands share: the option for the content, its check, and what may be aligned with what."""

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
    """Return how this program was called, as somebody can type it again."""
    called = Path(sys.argv[0])
    if called.stem != "sokehoach":
        return "python -m generator"
    return "sokehoach" if shutil.which("sokehoach") else typed_path(shown_path(called))


def as_typed(text: str) -> str:
    """Return a text in which each command of ours can be typed here as it stands."""
    return _COMMAND.sub(lambda _: f"{command_name()} ", text)


def typed_line(text: str) -> str:
    """Return what somebody typed as a file may hold it: in one line, accents joined to letters, nothing unseen."""
    return " ".join(storable(text).split())


def needs_plans(content: Path) -> None:
    """Raise `UsageError` for a folder that is no content tree: it has no `plans`."""
    if not (content / "plans").is_dir():
        raise click.UsageError(catalogue("vi").text("check.no_content", path=content))


def closest_word_hint(word: str, choices: Iterable[str], words: Catalogue) -> str:
    """Return what an unknown word may have meant, as the end of a message; nothing where no choice is spelled alike."""
    from generator.check.suggestions import closest_word

    return suggestion_hint(closest_word(word, choices), words)


def suggestion_hint(suggestion: str | None, words: Catalogue) -> str:
    """Return what was probably meant, as the end of a message; nothing where that is not known."""
    return f"; {words.text('check.did_you_mean', word=suggestion)}" if suggestion else ""


def refuse_unknown_plan(id_: str, plans: Collection[str], words: Catalogue) -> None:
    """Raise `UsageError` for an id that is none of these plans'."""
    if id_ not in plans:
        raise click.UsageError(words.text("check.unknown_plan", id=id_) + closest_word_hint(id_, plans, words))


def check_content(content: Path, paths: tuple[Path, ...] = ()) -> CheckResult:
    """Check a content tree. Raises `UsageError` where it is none."""
    # Imported here: a build without changes needs no validator.
    from generator.check import check

    needs_plans(content)
    return check(content, paths)


def refuse_later(upper: Plan, plan: str, last_year: int, words: Catalogue) -> None:
    """Raise `UsageError` for an upper plan that begins after a plan has ended: the check would refuse the links."""
    if upper.first_year > last_year:
        years = {"first": upper.first_year, "last": last_year}
        raise click.UsageError(words.text("suggest.later", upper=upper.id, plan=plan, **years))


def is_part_of(upper: Plan, unit: str, register: Register, words: Catalogue) -> bool:
    """Return whether figures of a unit may be part of an upper plan's; say it where the check would refuse them."""
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
    """Say in one sentence what a disk has refused, with the path; where it tells none, that of what is written.

    `key` has the sentence's words, which say what became of all else; `cache` is where a database may be refused.
    """
    words = catalogue(lang)
    try:
        yield
    except OSError as error:
        path = error.filename2 or error.filename or written
        if isinstance(error, shutil.Error):  # of several files, whose errors it tells in words only
            path, said = error.args[0][0][1:]
            error.errno = int(match[1]) if (match := _NUMBER.search(said)) else None
        elif error.errno is None:  # not a disk's: jinja says so of a template that is not there
            raise
        why = _why(_REASONS.get(error.errno or 0, ""), error.strerror or "", words)
        raise click.ClickException(words.text(key, path=path, why=why)) from error
    except sqlite3.OperationalError as error:
        why = _why(_STORE_REASONS.get(error.sqlite_errorcode & 0xFF, ""), str(error), words)
        raise click.ClickException(words.text(key, path=cache, why=why)) from error


def _why(reason: str, message: str, words: Catalogue) -> str:
    return words.text(f"build.disk.{reason}") if reason else message
