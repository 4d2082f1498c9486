"""YAML as the house writes it: the one place that knows its quotes, lists, texts in lines, comments and their width.

Whatever is written, our own reader reads the same back, and others do. Hands differ in nothing but what they put in
quotes: a person puts there what needs it, a machine all that is not plainly text.
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
"""Fields of an entry in braces that share its first line; each of the others has a line to itself."""
_NAME = re.compile(r"\w[\w-]*")
_ID = re.compile(r"[a-z0-9-]+")
_SPACE_APART = re.compile(r"[\t\n\r]|:\s")
"""A space that no file should hold as it is, or that the recovery takes for a usual one."""
_TEXT = re.compile(r"[^\W\d_][^\n\t\r\"#:\[\]{},&*!|>'%@`\\]*")
_READ_OTHERWISE = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"}


def storable(text: str) -> str:
    """Return a text as a file may hold it: accents joined to letters, a blank for each character that nobody sees."""
    return unicodedata.normalize("NFC", CONTROL.sub(" ", text))


def quoted(text: str) -> str:
    """Return a text in the quotes in which a person types it as it stands.

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
    """Return the lines of an entry of a list: a dash before its first field, below the comment on that field."""
    first = next((index for index, line in enumerate(lines) if not line.startswith("#")), 0)
    marks = [*[""] * first, "- ", *["  "] * (len(lines) - first - 1)]
    return [f"{indent}{mark}{line}" if line else "" for mark, line in zip(marks, lines, strict=True)]


@dataclass(frozen=True)
class Hand:
    """A way to write fields; `stays_plain` says of a text, in brackets or not, that it needs no quotes.

    Entries of a list have a line for each field; other lists and mappings stand in one line, but for the lists of texts
    that `in_lines` names. Fields of a file that `apart` names have a blank line before them.
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
        """Return fields as they stand in a file, without a line end behind them.

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
        """Return the lines of an entry of a list in braces: some fields in the first, each of the others in its own."""
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
        is_cut = in_brackets and "?" in text  # by a PyYAML without libyaml
        is_plain = isinstance(value, int) or (self.stays_plain(text, in_brackets) and not is_cut)
        return text if is_plain else json.dumps(text, ensure_ascii=False)

    def _field(self, name: str, value: Any) -> list[str]:
        text = storable(value) if isinstance(value, str) else ""
        if "\n" in text and "\r" not in text and text.strip() == text:  # else some line of it needs an escape
            return [f"{_key(name)}: |-", *(f"  {line}" if line else "" for line in text.split("\n"))]
        items = value if isinstance(value, list) else ()
        if items and (name in self.in_lines or any(isinstance(item, Mapping) for item in items)):
            return [f"{_key(name)}:", *(line for item in items for line in self._item(item))]
        return [self.pair(name, value, in_brackets=False)]

    def _item(self, item: Any) -> list[str]:
        return self.entry_lines(item) if isinstance(item, Mapping) and item else item_lines([self.in_one_line(item)])


def head_lines(schema: str, comment: str) -> list[str]:
    """Return the first lines of a file: the address of its schema, by which editors help, and a comment."""
    return [f"# yaml-language-server: $schema={schema}", *comment_lines(comment)]


def _key(name: object) -> str:
    text = storable(str(name))
    return text if _NAME.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _is_plainly_text(text: str, in_brackets: bool) -> bool:
    """Return whether a text begins with a letter and has no sign of YAML. Fast: a plan may have thousands of rows."""
    return bool(_TEXT.fullmatch(text)) and text.strip() == text and text.casefold() not in _READ_OTHERWISE


def _is_read_as_text(text: str, in_brackets: bool) -> bool:
    """Return whether YAML reads it as this text: not as a number, a day or a list, say."""
    if text.strip() != text or _SPACE_APART.search(text):
        return False
    try:  # YAML 1.1, as PyYAML reads it, takes most texts for something else
        read = yaml.load(f"[{text}]" if in_brackets else f"a: {text}", Loader=LOADER)
    except (yaml.YAMLError, ValueError):
        return False
    return bool(read == ([text] if in_brackets else {"a": text}))


TYPED = Hand(_is_read_as_text)
"""As a person types who knows where quotes are needed."""
DRAFTED = Hand(_is_plainly_text, {"basis", "recipients"}, {*ENTRY_LISTS, "review", "footnotes"})
"""As an import and all that changes a plan's file writes."""
ALL_QUOTED = Hand(lambda text, in_brackets: bool(_ID.fullmatch(text)) and _is_read_as_text(text, in_brackets))
"""As the guide tells people to type in braces: they need not know where quotes are needed."""
