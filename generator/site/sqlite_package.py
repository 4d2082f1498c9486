"""SQLite for browsers, as npm has installed it from package-lock.json: the only thing that the site takes from npm."""

from __future__ import annotations

from pathlib import Path

from generator.search.files import SqlitePackage
from generator.search.sqlite_index import sqlite_can_index

ROOT = Path(__file__).parents[2]
INSTALL = "npm ci"
"""What installs the package, in the folder of package.json."""
_FILES = ("dist/index.mjs", "dist/sqlite3.wasm")


def installed_package(root: Path = ROOT) -> SqlitePackage | None:
    """The package below `root`, or None: not installed, or Python's own SQLite cannot build what it would read."""
    folder = root / "node_modules" / "@sqlite.org" / "sqlite-wasm"
    module, engine = (folder / name for name in _FILES)
    if not (module.is_file() and engine.is_file() and sqlite_can_index()):
        return None
    return SqlitePackage(module.read_text(encoding="utf-8"), engine.read_bytes())
