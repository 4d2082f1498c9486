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
"""The file in a site that marks it as one, and names the content that it was made from."""


PAGES_MARK = f"{MARK}-pages"
"""The file in a tree of pages that marks it as one: a site and a tree must not overwrite each other."""


_HASH = "[0-9a-f]" * 16
STORE_NAMES = f"*-{_HASH}.sqlite"
"""The pattern of stores' names (`Request.store_path`)."""
PREVIEW_NAMES = f"preview-{_HASH}"
"""The pattern of previews' names (`preview_site`)."""


class BuildError(Exception):
    """No site can be built; the message says why, unless MkDocs has logged it."""


def _processors() -> int:
    """Return how many processors this process may use; not every system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Request:
    """Content to be built into a site. `cache` is the folder of the state between builds.

    `offline` makes a bundle that opens from disk; `strict` treats warnings as errors. `office` and `pdf` say whether
    Word and Excel files, and PDFs, are made (None: as in mkdocs.yml). At most `processes` run at the same time. With
    `anew` nothing of the last build is used.
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
        """The path of the store for builds of this content into this site."""
        return self.cache / f"{self.site.name}-{fingerprint_of(str(self.content), str(self.site))}.sqlite"


def pdf_folder(cache: Path) -> Path:
    """Return the folder with PDFs of earlier builds, shared by all sites."""
    return cache / "pdf"


def preview_site(cache: Path, content: Path) -> Path:
    """Return where the preview of a content is built: those of two contents must not show each other."""
    return cache / f"preview-{fingerprint_of(str(content))}"


def program_version(request: Request) -> str:
    """Return a fingerprint of what a site depends on besides its plans: program, theme, configuration, site names."""
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
    """Return all installed packages with their versions, as their folders' names.

    `importlib.metadata` takes as long as scanning the content of a thousand plans.
    """
    # The first folder is the command's or the working directory: it must not make a difference.
    paths = (path for folder in map(Path, sys.path[1:]) if folder.is_dir() for path in folder.iterdir())
    return sorted({path.name for path in paths if path.suffix in {".dist-info", ".egg-info"}})
