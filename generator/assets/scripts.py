"""Bundles the browser's modules into classic scripts, because browsers refuse modules from disk.

The modules are written so that this is simple: each imports by name from a neighbour or from `site/`, exports in one
statement, and no two have a name in common at their top level.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from rjsmin import jsmin

from generator.installation import ROOT

MODULES = ROOT / "overrides" / "assets"

_IMPORT = re.compile(r'^import \{(?![^}]* as )[^}]*\} from "(\./|\.\./site/)([a-z-]+\.js)"\n', re.M)
_EXPORT = re.compile(r"^export \{[^}]*\}\n?", re.M)
_EXPORTED = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.M)
_NESTED = re.compile(r"\$\{[^}`]*`.*", re.M)
_MODULE_SYNTAX = re.compile(r"^(?:import|export)\b.*", re.M)
_LUNR = "contrib/search/templates/search/lunr.js"
_LICENCE_COMMENT = re.compile(r"/\*[*!](?=(?:(?!\*/).)*@license)", re.S)


def bundle(main: str) -> str:
    """Return the module `main` (`search/worker-main.js`) and everything that it imports as one script.

    Each module occurs once, after its imports. Raises `ValueError` if a module breaks the rules above.
    """
    folder, _, name = main.rpartition("/")
    modules: dict[str, str] = {}
    _collect(MODULES / folder, name, modules, ())
    body = "\n".join(f"// {name}\n{text}" for name, text in modules.items())
    return f'(() => {{\n"use strict"\n{body}}})()\n'


def minified(script: str) -> str:
    """Return the script without comments and needless white space. Licences stay."""
    return f"{jsmin(script, keep_bang_comments=True)}\n"


def lunr_script() -> str:
    """Return MkDocs' copy of lunr.js, minified, with its licences."""
    text = files("mkdocs").joinpath(_LUNR).read_text(encoding="utf-8")
    return minified(_LICENCE_COMMENT.sub("/*!", text))


def worker_script(library: str) -> str:
    """Return the worker of the search with its engine's library, as one file for two uses.

    Started as a worker it runs. A page opened from disk cannot start a worker from a file: it loads the file as a
    script, which then only defines the function `sokehoachWorker`; the page starts a worker from that function's text.
    """
    script = library + minified(bundle("search/worker-main.js"))
    return f"self.sokehoachWorker=function(){{\n{script}}}\nif(typeof document==='undefined')self.sokehoachWorker()\n"


def _collect(folder: Path, name: str, modules: dict[str, str], importers: tuple[str, ...]) -> None:
    if name in modules:
        return
    if name in importers:
        raise ValueError(f"{name} imports itself: {' → '.join((*importers, name))}")
    text = (folder / name).read_text(encoding="utf-8")
    for place, imported in _IMPORT.findall(text):
        _collect(folder if place == "./" else MODULES / "site", imported, modules, (*importers, name))
    text = _EXPORTED.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))
    if nested := _NESTED.search(text):
        raise ValueError(f"{name}: minifying takes blanks away from a template in a template: {nested[0]}")
    if statement := _MODULE_SYNTAX.search(text):
        raise ValueError(f"{name}: not a form that can be bundled: {statement[0]}")
    modules[name] = text.strip() + "\n"
