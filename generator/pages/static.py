"""Files that are published as they are: the JSON Schemas, so that editors find them at the site's address."""

from __future__ import annotations

from generator.check.schema import SCHEMAS


def static_files() -> dict[str, str]:
    """Path and text of every schema."""
    return {f"schema/{path.name}": path.read_text(encoding="utf-8") for path in sorted(SCHEMAS.glob("*.json"))}
