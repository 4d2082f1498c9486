"""Finds broken links of a finished site. As a command it takes folders and lists the broken links of each site."""

from __future__ import annotations

import sys
from pathlib import Path

from built_site import BuiltSite, few


def broken_links(site: BuiltSite) -> list[str]:
    """Return addresses without a file, and fragments without an id: MkDocs checks neither in a template's HTML."""
    problems = [] if site.pages else ["no pages"]
    for page in site.pages.values():
        for link in page.links:
            # The page for missing addresses asks for its script at each depth: one of them answers.
            if link.place is None or link.element.get("data-root") is not None:
                continue
            path, fragment = link.place
            if path not in site.files:
                problems.append(f"{page.path}: {link.raw}: no file {path}")
            elif fragment and path in site.pages and fragment not in site.pages[path].by_id:
                problems.append(f"{page.path}: {link.raw}: no id {fragment} in {path}")
    return problems


if __name__ == "__main__":
    problems = [f"{folder}/{problem}" for folder in sys.argv[1:] for problem in broken_links(BuiltSite(Path(folder)))]
    sys.exit(few(problems) if problems else None)
