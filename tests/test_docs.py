"""The documents and the code: every name, path and link in a document for engineers exists."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache

import pytest
from built_site import ROOT

DECISIONS = "docs/decisions"
NAMING = ("docs/glossary.md", "docs/architecture.md", "CONTRIBUTING.md")
"""The documents whose names are held to the code. Decisions are dated: they may name what is gone."""

_FENCE = re.compile(r"^```.*?^```$", re.M | re.S)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_NAME_IN_FILE = re.compile(r"((?:`\w+`(?:, )?)+) in `([\w/.]+\.py)`")
_MODULE = re.compile(r"`([\w./-]+\.(?:py|m?js))`")
_IDENTIFIER = re.compile(r"[A-Za-z]\w*(?:\.\w+)*(?:\(\))?")
_RECORD = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*\.md")


@cache
def kept_files() -> tuple[str, ...]:
    """Every file that git keeps or would keep; in a copy without git, every file beside those of tools."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        return tuple(name for name in listed if name and (ROOT / name).is_file())
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()}
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return tuple(path.as_posix() for path in paths if ignored.isdisjoint(path.parts))


@cache
def names_in(path: str) -> frozenset[str]:
    """Every class, function, variable and field that a module defines."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)}
    return frozenset(found)


@cache
def names_of_code() -> frozenset[str]:
    """Every name that some module of the program defines."""
    modules = [name for name in kept_files() if name.startswith("generator/") and name.endswith(".py")]
    return frozenset().union(*map(names_in, modules))


def text_of(document: str) -> str:
    """A document's text without its blocks of code."""
    return _FENCE.sub("", (ROOT / document).read_text("utf-8"))


def documents() -> list[str]:
    """The documents for engineers. Pages of the site link to pages that are built; `tests/site` follows those links."""
    return [name for name in kept_files() if name.endswith(".md") and not name.startswith("content/")]


def exists(path: str) -> bool:
    """Whether the repository has the file, the folder, or a file that fits the pattern."""
    return any(ROOT.glob(path.rstrip("/"))) if "*" in path else (ROOT / path).exists()


@pytest.mark.parametrize("document", NAMING)
def test_every_path_in_the_document_exists(document: str) -> None:
    folders = {name.split("/")[0] for name in kept_files() if "/" in name}
    named = [code for code in _CODE.findall(text_of(document)) if "/" in code and code.split("/")[0] in folders]
    assert named
    assert [path for path in named if not exists(path)] == []


@pytest.mark.parametrize("document", NAMING)
def test_every_name_in_the_document_is_defined(document: str) -> None:
    """`Name` and `some_name` are names of code; a plain lower-case word may be anything, except in the glossary's
    last column and before "in `module`"."""
    text = text_of(document)
    unknown = []
    for code in _CODE.findall(text):
        name = code.removesuffix("()").split(".")[-1]
        is_name = _IDENTIFIER.fullmatch(code) and not code.endswith((".py", ".md", ".yml", ".json"))
        if is_name and (name[0].isupper() or "_" in name or code.endswith("()")) and name not in names_of_code():
            unknown.append(code)
    for names, path in _NAME_IN_FILE.findall(text):
        missing = set(_CODE.findall(names)) - (names_in(path) if exists(path) else set())
        unknown += [f"{name} in {path}" for name in sorted(missing)]
    assert unknown == []


def test_every_term_of_the_glossary_leads_into_the_code() -> None:
    """The last column of each row has a name or a path, and names there are defined."""
    rows = [line for line in text_of("docs/glossary.md").split("\n") if line.startswith("| ")]
    terms = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    terms = [row for row in terms if row[-1] != "in the code"]
    assert len(terms) > 50
    for row in terms:
        assert len(row) == 4 and all(row), row
        codes = _CODE.findall(row[-1])
        assert codes, row
        for code in codes:
            assert "/" in code or code in names_of_code(), f"{row[0]}: {code}"


def test_every_relative_link_leads_to_a_file_of_the_repository() -> None:
    wrong = []
    for document in documents():
        for target in _LINK.findall(text_of(document)):
            if re.match(r"[a-z]+:", target) or target.startswith("#"):
                continue
            path = (ROOT / document).parent / target.split("#")[0]
            if not path.exists() or not path.resolve().is_relative_to(ROOT.resolve()):
                wrong.append(f"{document}: {target}")
    assert wrong == []


def test_every_module_that_code_names_exists() -> None:
    """In docstrings and comments, by its path or the end of its path."""
    known = {f"/{name}" for name in kept_files()}
    code = [name for name in kept_files() if name.endswith((".py", ".js", ".mjs"))]
    named = [(name, module) for name in code for module in _MODULE.findall((ROOT / name).read_text("utf-8"))]
    assert len(named) > 10
    wrong = [f"{name}: {module}" for name, module in named if not any(path.endswith(f"/{module}") for path in known)]
    assert wrong == []


def test_every_decision_has_its_form_and_stands_in_the_index() -> None:
    index = _LINK.findall(text_of(f"{DECISIONS}/README.md"))
    records = sorted(path.name for path in (ROOT / DECISIONS).glob("*.md") if path.name != "README.md")
    assert sorted(index) == records
    for record in records:
        assert _RECORD.fullmatch(record), record
        lines = (ROOT / DECISIONS / record).read_text("utf-8").split("\n")
        assert [line for line in lines if line.startswith("## ")] == ["## Context", "## Decision", "## Consequences"]
        assert any(line.startswith(f"Date: {record[:10]}") for line in lines), record
        assert len(lines) <= 41, record


def test_no_file_refers_to_a_document_outside_of_the_repository() -> None:
    """Comments and documents once pointed at the sections of a design that nobody else has."""
    mark = "design \N{SECTION SIGN}".encode()
    assert [name for name in kept_files() if mark in (ROOT / name).read_bytes()] == []
