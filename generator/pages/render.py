"""Renders the pages of a corpus: page modules yield `Page`s, and this module applies their templates."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator.incremental import Build
from generator.language.catalogue import catalogue
from generator.language.vietnamese import format_date, format_number, format_years
from generator.model.corpus import Corpus
from generator.pages.linked_data import linked_data
from generator.pages.links import Links, picture_of
from generator.pages.page import Options, Page, Rendered
from generator.pages.parts import counted
from generator.pages.prose import escape_markdown, prose, unbroken, verbatim
from generator.pages.rows import RowWriter
from generator.pages.suggestion import suggestion_block

TEMPLATES = Path(__file__).parent / "templates"


def render_page(page: Page, corpus: Corpus, options: Options, build: Build) -> Rendered:
    """Return one page, rendered."""
    template = template_of(page.template, options.language)
    to = Links(page.folder, options.index)
    write = RowWriter(corpus, to, catalogue(options.language), build, options.title)
    body = template.render(corpus=corpus, page=page, to=to, write=write, **page.context)
    body += suggestion_block(page, corpus, options)
    # Material does not escape title and description.
    meta: dict[str, Any] = {
        "title": escape(page.title),
        "description": escape(page.description),
        "hide": list(page.hide),
    }
    meta["linked_data"] = linked_data(page, corpus, options)
    meta["image"] = options.absolute(picture_of(page.folder)) if page.has_picture and options.site_url else ""
    meta["is_search"] = page.is_search
    return Rendered(page.path, {key: value for key, value in meta.items() if value}, body)


def template_of(name: str, language: str) -> jinja2.Template:
    """Return a template with the words of a language."""
    return _environment(language).get_template(name)


def cache_templates(folder: Path, language: str) -> None:
    """Cache compiled templates in a folder, for later processes. A changed template text is compiled again."""
    folder.mkdir(parents=True, exist_ok=True)
    _environment(language).bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder))


class _Context(jinja2.runtime.Context):
    """What a template sees. It calls functions as they are: none of ours asks for the context."""

    def call(self, function: Callable[..., object], *args: object, **values: object) -> object:
        """Call what the template calls."""
        values.pop("_loop_vars", None)
        values.pop("_block_vars", None)
        return function(*args, **values)


class _Environment(jinja2.Environment):
    context_class = _Context
    getattr = staticmethod(getattr)  # type: ignore[assignment]


@cache
def _environment(language: str) -> jinja2.Environment:
    environment = _Environment(
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
        "whole": lambda text: Markup(unbroken(text)),
        "years": format_years,
        "plural": partial(counted, words),
    }
    return environment
