"""Whose site it is: a text file beside the plans, without which a site names nobody."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from generator.problem import Problem
from generator.source.source_files import decode, read_file

SITE_FILE = "site.txt"
"""Its first line is the site's name, the second the lead of its home page, the rest its footer."""


class SiteNames(NamedTuple):
    """What a content tree calls its site; empty where it does not say. `fault` is why its file has no text."""

    title: str = ""
    lead: str = ""
    footer: str = ""
    fault: Problem | None = None


def read_site_names(content: Path) -> SiteNames:
    """Return what a content tree calls its site. Blank lines count for nothing."""
    path = content / SITE_FILE
    if not os.path.lexists(path):
        return SiteNames()
    text, problems = decode(read_file(path))
    if problems and not text:
        return SiteNames(fault=problems[0])
    title, lead, *footer = (*filter(None, map(str.strip, text.split("\n"))), "", "")
    return SiteNames(title, lead, " ".join(footer).strip())
