"""The kinds of pages of a site, each represented by its largest page."""

from __future__ import annotations

from pathlib import Path

SEARCH = "hoat-dong/?q=phu+nu"


def page_kinds(site: Path) -> list[str]:
    """Return the addresses, found among the files: a new kind is among them by itself."""
    largest: dict[tuple[str, int], Path] = {}
    for path in site.rglob("*.html"):
        first, *inner = path.relative_to(site).parts
        kind = (str(path), 0) if first == "dong-gop" else (first, len(inner))
        if not first.startswith(".") and path.stat().st_size > (largest[kind].stat().st_size if kind in largest else 0):
            largest[kind] = path
    addresses = sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in largest.values())
    return [*addresses, SEARCH]
