"""What pyproject.toml cannot say: files from beside the package go into the wheel (`generator/installation.py`)."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent


def bundled() -> tuple[str, ...]:
    """Return `BUNDLED` of generator/installation.py without importing the program."""
    tree = ast.parse((ROOT / "generator" / "installation.py").read_text(encoding="utf-8"))
    assignments = (node for node in tree.body if isinstance(node, ast.Assign))
    value = next(node.value for node in assignments if ast.unparse(node.targets[0]) == "BUNDLED")
    return tuple(ast.literal_eval(value))


class BuildWithFiles(build_py):
    """Build the package, with a copy of the files that it needs from beside it."""

    def run(self) -> None:
        """Copy the package's modules, then the files; an editable installation uses those of the repository."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "generator" / "bundled"
        shutil.rmtree(target, ignore_errors=True)
        for name in bundled():
            source, copy = ROOT / name, target / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, copy, ignore=shutil.ignore_patterns("*.pyc", "__pycache__"))
            else:
                shutil.copy2(source, copy)


setup(cmdclass={"build_py": BuildWithFiles})
