"""The rules of the architecture: direction of imports, who prints, who knows MkDocs, length of modules."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path("generator")
STAGES = ["source", "check", "model", "alignment", "assets", "pages", "data", "search", "paper", "site"]
MODULES = sorted(ROOT.rglob("*.py"))


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in nodes_of(path):
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
            if other and own in {"language", "cascade", "problem.py", "bookmarks.py", "work_fields.py"}:
                raise AssertionError(f"{path} is vocabulary and imports the stage {module}")


def test_reading_knows_no_later_stage_and_only_its_command_knows_it() -> None:
    for path in MODULES:
        own = path.relative_to(ROOT).parts[0]
        modules = imports_of(path)
        if own == "reading":
            assert {stage_of(module) for module in modules} <= {None, "source", "check"}, path
        elif path.relative_to(ROOT).as_posix() not in {"cli/import_commands.py", "cli/suggest_commands.py"}:
            assert not any(module.startswith("generator.reading") for module in modules), path


def test_only_the_site_stage_knows_mkdocs() -> None:
    for path in MODULES:
        if path.relative_to(ROOT).parts[0] != "site":
            assert not any(module.split(".")[0] in {"mkdocs", "material"} for module in imports_of(path)), path


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        names = {node.id for node in nodes_of(path) if isinstance(node, ast.Name)}
        if path.relative_to(ROOT).parts[0] != "cli":
            assert "print" not in names and "click" not in imports_of(path), path


TOUCHES = {
    *("open", "read_text", "write_text", "read_bytes", "write_bytes", "touch", "unlink", "rename", "symlink_to"),
    *("mkdir", "makedirs", "rmdir", "rmtree", "copytree", "copyfile", "copy2", "move", "utime", "chmod"),
    *("exists", "lexists", "is_file", "is_dir", "is_symlink", "stat", "lstat", "realpath", "readlink", "cwd", "home"),
    *("iterdir", "glob", "rglob", "walk", "scandir", "listdir", "connect", "TemporaryFile", "TemporaryDirectory"),
}
"""Names of functions and methods that ask the disk or change it. `replace` and `copy` are those of texts, too."""


def touches_of(path: Path) -> set[str]:
    """What a module names of them; an attribute of its own objects is none."""
    names = {node.id for node in nodes_of(path) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    found = names & {"open", "TemporaryFile", "TemporaryDirectory", "NamedTemporaryFile"}
    for node in nodes_of(path):
        if isinstance(node, ast.Attribute) and not (isinstance(node.value, ast.Name) and node.value.id == "self"):
            found |= {node.attr} & TOUCHES
    return found


def test_only_the_edges_touch_the_disk() -> None:
    """Templates, texts and schemas are read as resources of the package; content is read in `source` alone."""
    edges = {"installation.py", "reading/legacy_word.py"}  # what is installed here; LibreOffice
    edges |= {f"source/{name}.py" for name in ("plain", "site_names", "source_files", "whole_files")}
    edges |= {f"cli/{name}_commands.py" for name in ("content", "import", "suggest")} | {"cli/options.py"}
    edges |= {f"incremental/{name}.py" for name in ("executor", "output", "publication", "segments", "store")}
    edges |= {
        f"site/{name}.py"
        for name in (
            *("build", "claim", "export", "live_server", "mkdocs_theme", "pdf", "plugin", "preview", "request"),
            "status",
        )
    }
    resources = {"check/schema.py", "check/examples.py", "pages/static.py", "pages/render.py", "language/catalogue.py"}
    resources |= {"search/abbreviations.py", "paper/print.py", "reading/column_headings.py"}
    resources |= {f"assets/{name}.py" for name in ("__init__", "scripts", "styles")}
    in_memory = {"reading/guard.py"}  # a zip archive
    touching = {path.relative_to(ROOT).as_posix(): touches_of(path) for path in MODULES}
    known = edges | resources | in_memory
    assert {name: found for name, found in touching.items() if found and name not in known} == {}
    assert {name for name in known if not touching[name]} == set(), "listed for nothing"


def test_only_the_edges_read_the_clock() -> None:
    """A site that was built in December is right in January: what depends on today is decided in the browser."""
    # the preview numbers its versions, the store asks how long ago it was used
    allowed = {"site/live_server.py", "incremental/store.py"}
    for path in MODULES:
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith("cli/") and name not in allowed:
            text = path.read_text("utf-8")
            assert not re.search(r"\btoday\(|\bnow\(|\btime\.time|\blocaltime|\bgmtime", text), path


def test_modules_stay_readable() -> None:
    for path in MODULES:
        assert path.stem not in {"utils", "helpers", "manager", "misc", "common"}, path
        assert len(path.read_text("utf-8").splitlines()) <= 350, path
        for node in nodes_of(path):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno <= 60, f"{path}:{node.lineno} {node.name}"


def test_the_engine_of_builds_knows_nothing_of_plans() -> None:
    """It could be taken out of here as it is."""
    for path in (ROOT / "incremental").glob("*.py"):
        for module in imports_of(path):
            top = module.split(".")[0]
            assert top in sys.stdlib_module_names or module.startswith("generator.incremental"), f"{path}: {module}"


def test_the_model_reads_no_file_and_caches_nothing() -> None:
    for path in (ROOT / "model").glob("*.py"):
        tops = {module.split(".")[0] for module in imports_of(path)}
        assert not tops & {"os", "io", "pathlib", "sqlite3", "pickle", "marshal", "tempfile"}, path
        names = {node.id for node in nodes_of(path) if isinstance(node, ast.Name)}
        assert not names & {"cache", "lru_cache", "open"}, path


def repeated(names: Iterable[str]) -> set[str]:
    return {name for name, number in Counter(names).items() if number > 1}


def test_one_name_stands_for_one_thing() -> None:
    modules = repeated(path.stem for path in MODULES if not path.stem.startswith("__"))
    assert modules == set()
    classes = (node.name for path in MODULES for node in nodes_of(path) if isinstance(node, ast.ClassDef))
    assert repeated(classes) == set()


def test_the_stage_that_builds_sites_stays_small() -> None:
    assert len([path for path in (ROOT / "site").glob("*.py") if path.stem != "__init__"]) <= 18
