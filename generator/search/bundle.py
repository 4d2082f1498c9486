"""The browser's modules as classic scripts, which browsers load from disk too (modules they refuse there).

The modules are written so that this is simple: each imports by name from a neighbour, exports in one statement, and no
two have a name in common at their top level.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

MODULES = Path(__file__).parents[2] / "overrides" / "assets" / "search"

_IMPORT = re.compile(r'^import \{(?![^}]* as )[^}]*\} from "\./([a-z-]+\.js)"\n', re.M)
_EXPORT = re.compile(r"^export \{[^}]*\}\n?", re.M)
_EXPORTED = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.M)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.M)
_LUNR = "contrib/search/templates/search/lunr.js"
_DOC_COMMENT = re.compile(r"^[ \t]*/\*\*.*?\*/\n", re.M | re.S)


def bundle(main: str) -> str:
    """The module `main` and all that it imports, each once and after what it imports itself, as one script."""
    modules: dict[str, str] = {}
    _collect(main, modules, ())
    body = "\n".join(f"// {name}\n{text}" for name, text in modules.items())
    return f'(() => {{\n"use strict"\n{body}}})()\n'


def lunr_script() -> str:
    """lunr.js as MkDocs ships it, without the descriptions of its functions (its licence stays)."""
    text = files("mkdocs").joinpath(_LUNR).read_text(encoding="utf-8")
    return _DOC_COMMENT.sub(lambda found: found[0] if "@license" in found[0] else "", text)


def as_source(script: str) -> str:
    """A script that hands over the text of another, to be started as a worker where no file can be read."""
    return f"self.sokehoachWorkerSource = {json.dumps(script, ensure_ascii=False)}\n"


def _collect(name: str, modules: dict[str, str], importers: tuple[str, ...]) -> None:
    if name in modules:
        return
    if name in importers:
        raise ValueError(f"{name} imports itself: {' → '.join((*importers, name))}")
    text = (MODULES / name).read_text(encoding="utf-8")
    for imported in _IMPORT.findall(text):
        _collect(imported, modules, (*importers, name))
    text = _EXPORTED.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))
    if left := _LEFT.search(text):
        raise ValueError(f"{name}: not a form that can be bundled: {left[0]}")
    modules[name] = text.strip() + "\n"
