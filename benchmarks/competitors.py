"""The engines that ours are compared with: what they are installed from, and how their files are built."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.measured import Cost, measured

HERE = Path(__file__).parent
PACKAGES = {"minisearch": "minisearch", "flexsearch": "flexsearch", "pagefind": "pagefind"}
_LIBRARIES = {"minisearch": "minisearch/dist/umd/index.js", "flexsearch": "flexsearch/dist/flexsearch.bundle.min.js"}


def install(folder: Path) -> tuple[Mapping[str, str], str]:
    """Install the npm packages into a folder: version of each, or none and the reason why they are skipped."""
    if not shutil.which("npm"):
        return {}, "npm is not installed"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text("{}")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES.values()]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        return {}, f"npm install failed: {(done.stderr or done.stdout).strip()[-300:]}"
    return {name: _version(folder / "node_modules" / package) for name, package in PACKAGES.items()}, ""


def build(engine: str, texts: Path, out: Path, packages: Path, bound: float) -> Cost:
    """Build an engine's files from texts.json, measured."""
    if engine == "material":
        return measured([sys.executable, "-m", "benchmarks.build_material", texts, out], bound, cwd=HERE.parent)
    command: Sequence[str | Path] = ["node", "--max-old-space-size=8192", HERE / "build_others.mjs", engine, texts, out]
    cost = measured(command, bound, cwd=packages)
    if engine in _LIBRARIES and not cost.fault and not cost.over:
        shutil.copyfile(packages / "node_modules" / _LIBRARIES[engine], out / "library.js")
    return cost


def _version(package: Path) -> str:
    return str(json.loads((package / "package.json").read_text())["version"])
