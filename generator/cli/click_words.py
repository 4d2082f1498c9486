"""Translates click's messages about wrongly typed commands: click has only English ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import click

from generator.language.catalogue import catalogue

_VALUE = r"Invalid value for '(?P<field>.+?)': "
_NAME = "'(?P<name>.*)'"
_SAID = {
    "missing_argument": r"Missing argument '(?P<field>.+?)'\..*",
    "missing_option": r"Missing option '(?P<field>.+?)'\..*",
    "no_command": rf"No such command {_NAME}\..*",
    "no_option": r"No such option: (?P<name>\S+).*",
    "not_there": rf"{_VALUE}(?:File|Directory|Path) {_NAME} does not exist\.",
    "is_folder": rf"{_VALUE}File {_NAME} is a directory\.",
    "is_file": rf"{_VALUE}Directory {_NAME} is a file\.",
    "no_choice": rf"{_VALUE}{_NAME} is not one of (?P<choices>.+)\.",
    "no_number": rf"{_VALUE}{_NAME} is not a valid (?:integer|float).*",
    "needs_value": r"Option '(?P<field>.+?)' requires an argument\.",
    "too_many": r"Got unexpected extra arguments? \((?P<name>.*)\)",
}


@contextmanager
def in_our_words() -> Iterator[None]:
    """Replace click's messages about a wrongly typed command by the catalogue's; other messages stay."""
    try:
        yield
    except click.UsageError as error:
        said = error.format_message()
        for key, pattern in _SAID.items():
            if match := re.fullmatch(pattern, said, re.DOTALL):
                message = catalogue("vi").text(f"typed.{key}", **match.groupdict())
                raise click.UsageError(message, error.ctx) from error
        raise
