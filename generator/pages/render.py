"""Renders all pages of a corpus. A page module yields `Page`s; here they meet their templates."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import escape

from generator.language.catalogue import catalogue
from generator.language.vietnamese import format_date, format_number, format_years
from generator.link.corpus import Corpus
from generator.pages.html import tidied
from generator.pages.linked_data import linked_data
from generator.pages.links import Links
from generator.pages.prose import escape_markdown, prose, verbatim
from generator.pages.rows import RowWriter

TEMPLATES = Path(__file__).parent / "templates"


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


PageMaker = Callable[[Corpus, Options], Iterator[Page]]


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


def render_page(page: Page, corpus: Corpus, options: Options) -> Rendered:
    """One page, rendered."""
    template = template_of(page.template, options.language)
    to = Links(page.folder, options.index)
    write = RowWriter(corpus, to, catalogue(options.language))
    body = template.render(corpus=corpus, page=page, to=to, write=write, today=options.today, **page.context)
    # Material puts title and description into its HTML as they are.
    meta: dict[str, Any] = {
        "title": escape(page.title),
        "description": escape(page.description),
        "hide": list(page.hide),
    }
    meta["linked_data"] = linked_data(page, corpus, options)
    return Rendered(page.path, {key: value for key, value in meta.items() if value}, body)


def template_of(name: str, language: str) -> jinja2.Template:
    """A template, with the words of a language."""
    return _environment(language).get_template(name)


def keep_templates(folder: Path, language: str) -> None:
    """Keep compiled templates in a folder, from which later processes load them. They follow the templates' texts."""
    folder.mkdir(parents=True, exist_ok=True)
    _environment(language).bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder))


@cache
def _environment(language: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.do"],
    )
    words = catalogue(language)

    def text(key: str, **values: object) -> str:
        return words.text(f"site.{key}", **values)

    environment.globals |= {"t": text}
    environment.filters |= {
        "md": escape_markdown,
        "prose": prose,
        "number": format_number,
        "day": format_date,
        "verbatim": verbatim,
        "years": format_years,
        "plural": partial(_count, words.text),
    }
    return environment


def _count(text: Callable[..., str], number: int, key: str) -> str:
    return f"{format_number(number)} {text(f'site.count.{key}')}"
