"""Writes YAML: the only module that decides about quotes, lists, texts in several lines, comments and line width.

Whatever is written, our reader and others read the same back. Hands differ only in what they quote: a person quotes
what needs it, a machine everything that is not plainly text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import yaml

from generator.language.catalogue import LOADER
from generator.source.entry_index import ENTRY_LISTS
from generator.source.source_files import CONTROL

_WIDTH = 100
_IN_FIRST_LINE = 4
"""Fields of an entry in braces that share its first line; each other field has its own line."""
_NAME = re.compile(r"\w[\w-]*")
_ID = re.compile(r"[a-z0-9-]+")
_SPACE_APART = re.compile(r"[\t\n\r]|:\s")
"""A space that no file should contain, or that the recovery replaces by an ordinary one."""
_TEXT = re.compile(r"[^\W\d_][^\n\t\r\"#:\[\]{},&*!|>'%@`\\]*")
_READ_OTHERWISE = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"}


def storable(text: str) -> str:
    """Return a text as a file may contain it: accents joined to letters, invisible characters replaced by spaces."""
    return unicodedata.normalize("NFC", CONTROL.sub(" ", text))


def quoted(text: str) -> str:
    """Return a text in the quotes that a person would type around it.

    >>> print(quoted("Giai đoạn 1: khảo sát"), quoted('"Zalo OA" của Hội'))
    "Giai đoạn 1: khảo sát" '"Zalo OA" của Hội'
    """
    if {*'"\\'}.isdisjoint(text) or not {*"\n\r"}.isdisjoint(text):
        return json.dumps(text, ensure_ascii=False)
    return "'" + text.replace("'", "''") + "'"


def comment_lines(text: str) -> list[str]:
    """Return the lines of a comment."""
    return [f"# {line}" for line in wrap(storable(text), _WIDTH, break_long_words=False, break_on_hyphens=False)]


def item_lines(lines: Sequence[str], indent: str = "  ") -> list[str]:
    """Return the lines of a list's entry: a dash before its first field, below the comment on that field."""
    first = next((index for index, line in enumerate(lines) if not line.startswith("#")), 0)
    marks = [*[""] * first, "- ", *["  "] * (len(lines) - first - 1)]
    return [f"{indent}{mark}{line}" if line else "" for mark, line in zip(marks, lines, strict=True)]


@dataclass(frozen=True)
class Hand:
    """A way to write fields; `stays_plain` says of a text, inside brackets or not, that it needs no quotes.

    Entries of a list have a line for each field. Other lists and mappings are in one line, except the lists of texts
    named in `in_lines`. Fields of a file named in `apart` have a blank line before them.
    """

    stays_plain: Callable[[str, bool], bool]
    in_lines: Collection[str] = ()
    apart: Collection[str] = ()

    def file_text(self, fields: Mapping[str, Any], schema: str, comment: str = "") -> str:
        """Return the text of a file; see `head_lines`."""
        lines = head_lines(schema, comment)
        for name, value in fields.items():
            lines += [*[""] * (name in self.apart), *self.lines({name: value})]
        return "\n".join(lines) + "\n"

    def text(self, fields: Mapping[str, Any]) -> str:
        """Return fields as written in a file, without a final line end.

        >>> TYPED.text({"value": "2.500"})
        'value: "2.500"'
        """
        return "\n".join(self.lines(fields))

    def lines(self, fields: Mapping[str, Any]) -> list[str]:
        """Return the lines of fields."""
        return [line for name, value in fields.items() for line in self._field(name, value)]

    def entry_lines(self, entry: Mapping[str, Any], indent: str = "  ") -> list[str]:
        """Return the lines of an entry of a list."""
        return item_lines(self.lines(entry), indent)

    def braced_lines(self, entry: Mapping[str, Any]) -> list[str]:
        """Return the lines of a list's entry in braces: some fields in the first line, each other in its own."""
        fields = [self.pair(name, value) for name, value in entry.items()]
        lines = [", ".join(fields[:_IN_FIRST_LINE]), *fields[_IN_FIRST_LINE:]]
        ends = [*[","] * (len(lines) - 1), "}"]
        return [f"{'     ' if index else '  - {'}{line}{ends[index]}" for index, line in enumerate(lines)]

    def pair(self, name: str, value: Any, in_brackets: bool = True) -> str:
        """Return a field in one line."""
        return f"{_key(name)}: {self.in_one_line(value, in_brackets)}"

    def in_one_line(self, value: Any, in_brackets: bool = True) -> str:
        """Return a value in one line.

        >>> DRAFTED.in_one_line({"2022": "2.500", "2023": "x"})
        '{2022: "2.500", 2023: x}'
        """
        if isinstance(value, Mapping):
            return f"{{{', '.join(self.pair(name, item) for name, item in value.items())}}}"
        if isinstance(value, list):
            return f"[{', '.join(map(self.in_one_line, value))}]"
        text = storable(str(value))
        is_cut = in_brackets and "?" in text  # PyYAML without libyaml cuts it there
        is_plain = isinstance(value, int) or (self.stays_plain(text, in_brackets) and not is_cut)
        return text if is_plain else json.dumps(text, ensure_ascii=False)

    def _field(self, name: str, value: Any) -> list[str]:
        text = storable(value) if isinstance(value, str) else ""
        if "\n" in text and "\r" not in text and text.strip() == text:  # else a line would need an escape
            return [f"{_key(name)}: |-", *(f"  {line}" if line else "" for line in text.split("\n"))]
        items = value if isinstance(value, list) else ()
        if items and (name in self.in_lines or any(isinstance(item, Mapping) for item in items)):
            return [f"{_key(name)}:", *(line for item in items for line in self._item(item))]
        return [self.pair(name, value, in_brackets=False)]

    def _item(self, item: Any) -> list[str]:
        return self.entry_lines(item) if isinstance(item, Mapping) and item else item_lines([self.in_one_line(item)])


def head_lines(schema: str, comment: str) -> list[str]:
    """Return the first lines of a file: the address of its schema, which editors use, and a comment."""
    return [f"# yaml-language-server: $schema={schema}", *comment_lines(comment)]


def _key(name: object) -> str:
    text = storable(str(name))
    return text if _NAME.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _is_plainly_text(text: str, in_brackets: bool) -> bool:
    """Return whether a text begins with a letter and has no sign of YAML. Fast: a plan may have thousands of rows."""
    return bool(_TEXT.fullmatch(text)) and text.strip() == text and text.casefold() not in _READ_OTHERWISE


def _is_read_as_text(text: str, in_brackets: bool) -> bool:
    """Return whether YAML reads the text as text, not as a number, a day, a list or anything else."""
    if text.strip() != text or _SPACE_APART.search(text):
        return False
    try:  # YAML 1.1, as in PyYAML, reads the most texts as something else
        read = yaml.load(f"[{text}]" if in_brackets else f"a: {text}", Loader=LOADER)
    except (yaml.YAMLError, ValueError):
        return False
    return bool(read == ([text] if in_brackets else {"a": text}))


TYPED = Hand(_is_read_as_text)
"""The hand of a person who knows where quotes are needed."""
DRAFTED = Hand(_is_plainly_text, {"basis", "recipients"}, {*ENTRY_LISTS, "review", "footnotes"})
"""The hand of imports and of all commands that change a plan's file."""
ALL_QUOTED = Hand(lambda text, in_brackets: bool(_ID.fullmatch(text)) and _is_read_as_text(text, in_brackets))
"""The hand for people who type in braces by the guide and need not know where quotes are needed."""
