"""Shells: what stands around a page's text, made once for each page variant by MkDocs and Material.

A variant is what the theme depends on besides words: the page's place, what it hides, whether it has a table of
contents and an edit link, and which lines its front matter has. For each variant a stub page with placeholders for
words goes through MkDocs; `cut_shell` finds the placeholders, `fill_shell` replaces them with a page's words. Values of
front matter are inserted unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.pages.html import Anchor, PageBody, toc_html
from generator.pages.links import GUIDE
from generator.pages.page import Options, Rendered
from generator.search.search_files import Engine

# Only letters and digits: no template changes them, whatever it does to a text (escaping, cutting, addresses).
_PLACEHOLDER = re.compile(r"q7(\w+?)7q")
_TOC_ITEM = re.compile(r'<li class="md-nav__item">\s*<a href="#q7anchor7q".*?</li>', re.S)
STUB = "q7url7q"
DEEPEST = 7
"""Folders below the site's root for which the page for missing addresses finds the root."""

ShellTemplate = Sequence[bytes]
"""A shell in parts: text, placeholder name, text, … text; the texts are ready to be written."""


class PageVariant(NamedTuple):
    """`section` is the page's first folder, `depth` the number of further ones; a page with depth 0 is its own variant.

    `edited` tells whether the page has a source, `meta` lists the lines of its front matter.
    """

    section: str
    depth: int
    hide: tuple[str, ...]
    toc: bool
    edited: bool
    meta: tuple[str, ...]

    @property
    def folder(self) -> str:
        """The folder of the stub: for a page that is its own variant, the page's folder."""
        if not self.depth:
            return self.section
        name = f"{STUB}-{'-'.join(self.hide)}-{'-'.join(self.meta)}-{int(self.toc)}{int(self.edited)}"
        return "/".join((self.section, name, *["x"] * (self.depth - 1)))

    @property
    def path(self) -> str:
        """The path of the stub."""
        return f"{self.folder}/index.md" if self.folder else "index.md"

    @property
    def front_matter(self) -> Mapping[str, Any]:
        """A placeholder for each line of the front matter."""
        return {**{key: _placeholder(f"meta_{key}") for key in self.meta}, "hide": list(self.hide)}

    @property
    def body(self) -> PageBody:
        """A placeholder for the text, and one for the table of contents below the page's heading."""
        inner = [Anchor(2, _placeholder("anchor"), _placeholder("anchor"))] if self.toc else []
        return PageBody(f"<h1>{_placeholder('content')}</h1>", [Anchor(1, "dau-trang", "", inner)])

    @property
    def edit_path(self) -> str | None:
        """A placeholder for the path of the page's source; None if it has none."""
        return _placeholder("edit") if self.edited else None


@dataclass(frozen=True)
class PageSource:
    """A page with its text as HTML, and the path of the YAML file that it comes from."""

    page: Rendered
    body: PageBody
    edited: str | None = None

    @property
    def path(self) -> str:
        """The path of the HTML file."""
        return self.page.path.removesuffix(".md") + ".html"

    @property
    def folder(self) -> str:
        """The page's folder."""
        return self.page.path.removesuffix("index.md").removesuffix("/")

    @property
    def variant(self) -> PageVariant:
        """The variant of the page."""
        section, *inner = self.folder.split("/")
        if section == GUIDE:  # hand-written pages link to these, so MkDocs must know their real paths
            section, inner = self.folder, []
        toc = any(anchor.children for anchor in self.body.toc)
        meta = tuple(sorted(key for key in self.page.meta if key != "hide"))
        return PageVariant(
            section, len(inner), tuple(self.page.meta.get("hide", ())), toc, self.edited is not None, meta
        )


@dataclass(frozen=True)
class Settings:
    """The settings of mkdocs.yml that pages depend on.

    `edited`: whether pages have an edit link; `written`: the paths of hand-written pages, which replace generated ones.
    """

    options: Options
    engine: Engine
    edited: bool
    written: frozenset[str]


@dataclass(frozen=True)
class Theme:
    """What follows from the program and mkdocs.yml alone: settings, shells, generated pages that stay Markdown."""

    settings: Settings
    shells: Mapping[PageVariant, ShellTemplate] = field(default_factory=dict)
    markdown: Mapping[str, Rendered] = field(default_factory=dict)
    files: frozenset[str] = frozenset()


def cut_shell(html: str, variant: PageVariant) -> ShellTemplate:
    """Return the stub's HTML in parts: text, placeholder name, text, … text."""
    html = html.replace(f"<h1>{_placeholder('content')}</h1>", _placeholder("content"))
    if variant.depth:
        html = html.replace(f"{variant.folder}/", _placeholder("address"))
    return [part.encode() for part in _PLACEHOLDER.split(_TOC_ITEM.sub(_placeholder("toc"), html))]


def fill_shell(shell: ShellTemplate, source: PageSource) -> bytes:
    """Return a page in its shell."""
    words = {
        "content": source.body.html,
        "toc": toc_html([anchor for top in source.body.toc for anchor in top.children]),
        "address": f"{source.folder}/",
        "edit": source.edited or "",
        **{f"meta_{key}": str(value) for key, value in source.page.meta.items()},
    }
    filled = {name.encode(): text.encode() for name, text in words.items()}
    return b"".join([filled[part] if at % 2 else part for at, part in enumerate(shell)])


def _placeholder(name: str) -> str:
    return f"q7{name}7q"


def make_location_independent(html: str, start_script: str) -> str:
    """Let the page for missing addresses find the site's root at any address.

    It cannot know how deep below the root it is shown. It requests its start script at each depth; the root is where
    the script is found.
    """
    html = re.sub(r'\b(href|src|action)="/(?!/)', r'\1="', html)
    scripts = "".join(f'<script src="{"../" * depth}{start_script}" data-root></script>\n' for depth in range(DEEPEST))
    return html.replace("<head>", f"<head>\n{scripts}", 1)
