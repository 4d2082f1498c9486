"""Files that are published unchanged: the JSON Schemas, so that editors find them at the site's address."""

from __future__ import annotations

from pathlib import Path

from generator.check.schema import SCHEMAS
from generator.pages.page import Options


def static_files(options: Options) -> dict[str, str]:
    """Return path and text of every schema."""
    return {f"schema/{path.name}": _published(path, options) for path in sorted(SCHEMAS.glob("*.json"))}


def _published(path: Path, options: Options) -> str:
    """Return a schema whose `$id` is the address of its own file.

    In the repository `$id` is the file's name. JSON Schema resolves it against the address from which the schema was
    read (2020-12, 8.2.1 and 9.1.1), so it is right wherever the files lie. If the site's address is known, the
    published copy has its full address, as the standard advises.
    """
    address = options.absolute(f"schema/{path.name}") if options.site_url else path.name
    return path.read_text(encoding="utf-8").replace(f'"$id": "{path.name}"', f'"$id": "{address}"', 1)
