"""The house: which way data flows, who prints, who knows MkDocs, how long a module may be."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path("generator")
STAGES = ["source", "check", "link", "pages", "data", "search", "paper", "site"]
MODULES = sorted(ROOT.rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found.add(node.module or "")
    return found


def stage_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "generator" and parts[1] in STAGES else None


def test_each_stage_imports_only_stages_before_it() -> None:
    for path in MODULES:
        own = path.relative_to(ROOT).parts[0]
        for module in imports_of(path):
            other = stage_of(module)
            if other and own in STAGES:
                assert STAGES.index(other) <= STAGES.index(own), f"{path} imports {module}"
            if other and own in {"language", "problem.py"}:
                raise AssertionError(f"{path} is vocabulary and imports the stage {module}")


def test_reading_knows_no_later_stage_and_only_its_command_knows_it() -> None:
    for path in MODULES:
        own = path.relative_to(ROOT).parts[0]
        modules = imports_of(path)
        if own == "reading":
            assert {stage_of(module) for module in modules} <= {None, "source", "check"}, path
        elif path.relative_to(ROOT).as_posix() != "cli/importing.py":
            assert not any(module.startswith("generator.reading") for module in modules), path


def test_only_the_site_stage_knows_mkdocs() -> None:
    for path in MODULES:
        if path.relative_to(ROOT).parts[0] != "site":
            assert not any(module.split(".")[0] in {"mkdocs", "material"} for module in imports_of(path)), path


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        names = {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}
        if path.relative_to(ROOT).parts[0] != "cli":
            assert "print" not in names and "click" not in imports_of(path), path


def test_only_the_edges_touch_the_disk() -> None:
    """Templates, texts and schemas are read as resources of the package; content is read in `source` alone."""
    # rapidyaml is made to keep silent on standard error
    allowed = {"source/plain.py", "source/files.py", "cli/content.py", "cli/importing.py", "reading/legacy_word.py"}
    allowed |= {
        f"site/{name}.py"
        for name in (
            "build",
            "last",
            "pdf",
            "plugin",
            "request",
            "sitemap",
            "spool",
            "sqlite_package",
            "state",
            "theme",
            "tree",
            "write",
        )
    }
    resources = {"check/schema.py", "check/examples.py", "pages/static.py", "pages/render.py", "language/catalogue.py"}
    resources |= {"reading/column_headings.py", "search/abbreviations.py", "search/bundle.py", "paper/print.py"}
    for path in MODULES:
        if path.relative_to(ROOT).as_posix() in allowed | resources:
            continue
        text = path.read_text("utf-8").replace("archive.open(", "")  # of a zip archive in memory
        assert "read_text(" not in text and "open(" not in text and "write_text(" not in text, path


def test_modules_stay_readable() -> None:
    for path in MODULES:
        assert path.stem not in {"utils", "helpers", "manager", "misc", "common"}, path
        assert len(path.read_text("utf-8").splitlines()) <= 350, path
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno <= 60, f"{path}:{node.lineno} {node.name}"
