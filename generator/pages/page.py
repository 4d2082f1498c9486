"""A page on its way: what it depends on, what it is to be, and what it is when its template is filled."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.pages.html import tidied


@dataclass(frozen=True)
class Options:
    """What a rendering depends on besides the corpus.

    `today` tells which year is "this year"; `index` is `index.html` for a bundle that is opened from disk, else
    nothing; `office` and `pdf` say whether files for Word and Excel, and PDFs, are made, so that pages may offer them;
    `site_url` is where the site will stand, where that is known.
    """

    today: date
    index: str = ""
    language: str = "vi"
    office: bool = True
    pdf: bool = False
    site_url: str = ""

    def absolute(self, path: str) -> str:
        """The address of a path from the site's root: absolute where it is known where the site stands."""
        return f"{self.site_url.rstrip('/')}/{path.removeprefix('./')}" if self.site_url else path


@dataclass(frozen=True)
class Page:
    """One page to be: its folder (the home page is `""`), its template and what the template is given."""

    folder: str
    template: str
    title: str
    description: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    hide: tuple[str, ...] = ("navigation",)

    @property
    def path(self) -> str:
        """The path of its Markdown file."""
        return f"{self.folder}/index.md" if self.folder else "index.md"


@dataclass(frozen=True)
class Rendered:
    """A page as it goes to a site builder: its path, what its front matter says, and its text in Markdown.

    `written` is the text as the template left it: most pages need not be tidied, because no Markdown parser reads them.
    """

    path: str
    meta: Mapping[str, Any]
    written: str

    @property
    def text(self) -> str:
        """The text in Markdown."""
        return tidied(self.written)

    @property
    def markdown(self) -> str:
        """The whole file."""
        # JSON is YAML, and nothing in it can break out of its quotes.
        head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in self.meta.items())
        return f"---\n{head}\n---\n\n{self.text}"
