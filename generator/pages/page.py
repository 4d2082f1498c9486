"""A page: what it depends on, its template with context, and what it is when rendered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.language.catalogue import catalogue
from generator.model.entities import Heading, Plan, Programme, Target, Unit
from generator.pages.html import tidied
from generator.pages.trails import Trail, section_step


@dataclass(frozen=True)
class Options:
    """What a rendering depends on besides the corpus.

    `index` is `index.html` for a bundle that is opened from disk, else nothing; `office` and `pdf` say whether files
    for Word and Excel, and PDFs, are made, so that pages may offer them; `site_url` is where the site will stand, where
    that is known; `site_name` and `site_description` say whose it is, as mkdocs.yml has them; `suggest_mail` and
    `suggest_form` are where corrections go; `written` are path and Markdown of the pages written by hand. The day of
    the build is none of it: what depends on today is decided in the browser.
    """

    index: str = ""
    language: str = "vi"
    office: bool = True
    pdf: bool = False
    site_url: str = ""
    written: tuple[tuple[str, str], ...] = ()
    site_name: str = ""
    site_description: str = ""
    suggest_mail: str = ""
    suggest_form: str = ""

    @property
    def title(self) -> str:
        """What the site calls itself."""
        return self.site_name or catalogue(self.language).text("site.home.title")

    @property
    def lead(self) -> str:
        """What the site says of itself: whose plans it has."""
        return self.site_description or catalogue(self.language).text("site.home.lead")

    def absolute(self, path: str) -> str:
        """Return a path from the site's root as an address: absolute where the site's own is known."""
        return f"{self.site_url.rstrip('/')}/{path.removeprefix('./')}" if self.site_url else path


@dataclass(frozen=True)
class Page:
    """A page to render: its folder (`""` of the home page), its template and what the template is given.

    `trail` are the pages above it below home; `subject` is the one thing whose page it is, if there is one.
    `has_picture` says that it is passed on with a picture of its own, `is_search` that its search goes before all else.
    """

    folder: str
    template: str
    title: str
    description: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    hide: tuple[str, ...] = ("navigation",)
    trail: Trail = ()
    subject: Plan | Heading | Target | Unit | Programme | None = None
    has_picture: bool = False
    is_search: bool = False

    @property
    def path(self) -> str:
        """The path of its Markdown file."""
        return f"{self.folder}/index.md" if self.folder else "index.md"


def index_page(
    folder: str, name: str, options: Options, hide: tuple[str, ...] = ("navigation",), **context: Any
) -> Page:
    """Return a page of the site's own: title, lead and template follow from its name, its trail from its folder."""
    words = catalogue(options.language)
    title, lead = (words.text(f"site.{name}.{part}") for part in ("title", "lead"))
    if name == "home":
        title, lead = options.title, options.lead
    section, _, inner = folder.partition("/")
    trail = [section_step(section, words)] if inner else []
    return Page(folder, f"{name}.md.j2", title, lead, context, hide, trail)


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
