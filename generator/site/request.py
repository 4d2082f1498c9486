"""What is to be built, and everything that a site depends on besides its content."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from generator.incremental.packing import fingerprint_of
from generator.installation import BUNDLED, PACKAGE, ROOT, working_folder
from generator.source.site_names import SITE_FILE

CONFIGURATION = ROOT / "mkdocs.yml"
CACHE = working_folder() / ".cache"

_PROGRAM = (PACKAGE, *(ROOT / name for name in BUNDLED))
_ENVIRONMENT = re.compile(r"!ENV \[?(\w+)")


MARK = ".sokehoach"
"""A file in a site that tells that it is one, and which content it was made from."""


PAGES_MARK = f"{MARK}-pages"
"""A file in a tree of pages that tells that it is one: a site must not be written into it, nor it into a site."""


_HASH = "[0-9a-f]" * 16
STORE_NAMES = f"*-{_HASH}.sqlite"
"""The pattern of the names of stores (`Request.store_path`)."""
PREVIEW_NAMES = f"preview-{_HASH}"
"""The pattern of the names of previews' sites (`preview_site`)."""


class BuildError(Exception):
    """No site can be built; says why, unless MkDocs' own log has."""


def _processors() -> int:
    """How many this process may use; not every system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Request:
    """Content to be built into a site. `cache` is where what the last build left is kept.

    `offline` makes a bundle that opens from disk, `strict` takes warnings for errors; `office` says whether Word and
    Excel files are made, `pdf` whether PDFs are, None leaves it to mkdocs.yml; at most `processes` work at the same
    time. `anew`: nothing is taken from the last build.
    """

    content: Path
    site: Path
    cache: Path = CACHE
    offline: bool = False
    strict: bool = False
    office: bool | None = None
    pdf: bool | None = None
    processes: int = field(default_factory=_processors)
    anew: bool = False

    @property
    def store_path(self) -> Path:
        """Where the store of this content's builds into this site is kept."""
        return self.cache / f"{self.site.name}-{fingerprint_of(str(self.content), str(self.site))}.sqlite"


def pdf_folder(cache: Path) -> Path:
    """Return where the PDFs of earlier builds are kept, whatever they were for."""
    return cache / "pdf"


def preview_site(cache: Path, content: Path) -> Path:
    """Return where the preview of a content is built: those of two contents must not show each other."""
    return cache / f"preview-{fingerprint_of(str(content))}"


def program_version(request: Request) -> str:
    """Return a fingerprint of all that a site depends on besides its plans: program, theme, configuration, its name."""
    parts: list[object] = [sys.version, *_packages()]
    for top in (*_PROGRAM, request.content / SITE_FILE):
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.suffix != ".pyc" and path.is_file():
                status = path.stat()
                parts.append((str(path), status.st_mtime_ns, status.st_ctime_ns, status.st_size))
    names = _ENVIRONMENT.findall(CONFIGURATION.read_text(encoding="utf-8"))
    parts += [os.environ.get(name) for name in names]
    return fingerprint_of(*parts, request.offline, request.office, request.pdf)


def _packages() -> list[str]:
    """Return all installed packages with their versions, as their folders are named.

    To ask `importlib.metadata` takes as long as to look through the content of a thousand plans.
    """
    # The first folder is that of the command, or where it was called: it must not tell two calls apart.
    paths = (path for folder in map(Path, sys.path[1:]) if folder.is_dir() for path in folder.iterdir())
    return sorted({path.name for path in paths if path.suffix in {".dist-info", ".egg-info"}})
