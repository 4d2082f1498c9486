"""The files of `.vscode/`, read as VS Code reads them: JSON with comments."""

from __future__ import annotations

import json
import re
from typing import Any

from built_site import ROOT

FOLDER = ROOT / ".vscode"


def read_jsonc(name: str) -> dict[str, Any]:
    """A file of `.vscode/` without the comments that fill a line."""
    text = (FOLDER / name).read_text("utf-8")
    content: dict[str, Any] = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    return content


def read_settings(part: str) -> dict[str, Any]:
    """A part of settings.json as the extension receives it: `yaml.schemaStore.enable` becomes nested objects."""
    found: dict[str, Any] = {}
    for name, value in read_jsonc("settings.json").items():
        first, *rest = name.split(".")
        if first != part or not rest:
            continue
        place = found
        for step in rest[:-1]:
            place = place.setdefault(step, {})
        place[rest[-1]] = value
    return found
