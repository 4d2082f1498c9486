"""A page: what it depends on, its template with context, and the rendered result."""

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
    """What a page depends on besides the corpus.

    `index` is `index.html` for a bundle that is opened from disk, else empty. `office` and `pdf` say whether Word and
    Excel files, and PDFs, are made, so that pages may offer them. `site_url` is the site's address, if known.
    `site_name` and `site_description` are those of mkdocs.yml. `suggest_mail` and `suggest_form` are where corrections
    go. `written` has path and Markdown of the pages written by hand. The day of the build is not an option: the browser
    decides what depends on today.
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
        """The site's title."""
        return self.site_name or catalogue(self.language).text("site.home.title")

    @property
    def lead(self) -> str:
        """The site's lead: whose plans it has."""
        return self.site_description or catalogue(self.language).text("site.home.lead")

    def absolute(self, path: str) -> str:
        """Return the address of a path below the site's root; absolute if the site's own address is known."""
        return f"{self.site_url.rstrip('/')}/{path.removeprefix('./')}" if self.site_url else path


@dataclass(frozen=True)
class Page:
    """A page to render: its folder (`""` for the home page), its template and the template's context.

    `trail` are the pages between home and it; `subject` is the one thing that the page is about, or None.
    `has_picture`: it has a picture of its own for shared links. `is_search`: its search comes first.
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
    """Return a general page of the site: its name gives title, lead and template, its folder gives the trail."""
    words = catalogue(options.language)
    title, lead = (words.text(f"site.{name}.{part}") for part in ("title", "lead"))
    if name == "home":
        title, lead = options.title, options.lead
    section, _, inner = folder.partition("/")
    trail = [section_step(section, words)] if inner else []
    return Page(folder, f"{name}.md.j2", title, lead, context, hide, trail)


@dataclass(frozen=True)
class Rendered:
    """A page for a site builder: its path, its front matter, and its text in Markdown.

    `written` is the text as rendered: most pages need no tidying, because no Markdown parser reads them.
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
        # JSON is YAML, and its quotes make every text safe.
        head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in self.meta.items())
        return f"---\n{head}\n---\n\n{self.text}"
