"""Follows the contributors' guide as a machine: its files, edits, commands and reports, in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from built_site import ROOT

PAGES = ROOT / "content" / "pages" / "dong-gop"
STEPS, AMENDING = PAGES / "index.md", PAGES / "sua-ke-hoach" / "index.md"

_BLOCK = re.compile(
    r"^```\{ \.(?P<language>\w+) data-(?P<kind>\w+)=\"(?P<name>[^\"]+)\" \}\n(?P<text>.*?)^```$", re.M | re.S
)


@dataclass(frozen=True)
class Block:
    """A block that says what it is: text for a `file`, an `edit` of one, commands to `run`, or what they `report`."""

    kind: str
    name: str
    text: str


def blocks_of(page: Path) -> list[Block]:
    """The blocks of a page that somebody who follows it types or reads."""
    found = _BLOCK.finditer(page.read_text("utf-8"))
    return [Block(match["kind"], match["name"], match["text"]) for match in found]


def block(page: Path, kind: str, name: str) -> Block:
    """The only block of that kind and name."""
    (found,) = [one for one in blocks_of(page) if (one.kind, one.name) == (kind, name)]
    return found


def types(text: str, one: Block) -> str:
    """A file's text once a block is typed at its end (`file`) or in its place (`edit`: lines with -, + or a blank)."""
    if one.kind == "file":
        return text + one.text
    lines = one.text.removesuffix("\n").split("\n")
    before = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
    after = "".join(f"{line[1:]}\n" for line in lines if line[0] in " +")
    assert text.count(before) == 1, f"the guide's edit fits {text.count(before)} places:\n{one.text}"
    return text.replace(before, after)


def typed_files(page: Path) -> dict[str, str]:
    """Every file that the page has typed when it ends, by its path in the repository."""
    files: dict[str, str] = {}
    for one in blocks_of(page):
        if one.kind == "file":
            files[one.name] = types(files.get(one.name, ""), one)
    return files


def commands_of(one: Block) -> Iterator[list[str]]:
    """The commands of a block, word by word."""
    for line in one.text.strip().split("\n"):
        yield re.findall(r'"[^"]*"|\S+', line)
