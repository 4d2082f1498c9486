"""The names of a site, from a text file beside the plans; without it a site names nobody."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from generator.problem import Problem
from generator.source.source_files import decode, read_file

SITE_FILE = "site.txt"
"""The file: its first line is the site's name, the second the home page's lead, the rest the footer."""


class SiteNames(NamedTuple):
    """The names that a content tree gives its site; empty if it gives none. `fault` is why the file has no text."""

    title: str = ""
    lead: str = ""
    footer: str = ""
    fault: Problem | None = None


def read_site_names(content: Path) -> SiteNames:
    """Return the names that a content tree gives its site. Blank lines are ignored."""
    path = content / SITE_FILE
    if not os.path.lexists(path):
        return SiteNames()
    text, problems = decode(read_file(path))
    if problems and not text:
        return SiteNames(fault=problems[0])
    title, lead, *footer = (*filter(None, map(str.strip, text.split("\n"))), "", "")
    return SiteNames(title, lead, " ".join(footer).strip())
