"""A plan's document as a separate HTML page, from which a PDF is made."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from generator.language.letter_widths import split_by_breaks
from generator.model.corpus import Corpus
from generator.model.entities import Plan
from generator.pages.page import Options
from generator.paper.paper_document import plan_document

TEMPLATES = Path(__file__).parent / "templates"


def plan_html(corpus: Corpus, plan: Plan, options: Options) -> str:
    """Return a plan's document as HTML with its style; it loads nothing."""
    author = corpus.units[plan.issuer].name
    template, style = _template()
    return template.render(paper=plan_document(corpus, plan, options), author=author, style=style)


@cache
def _template() -> tuple[jinja2.Template, Markup]:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["segments"] = split_by_breaks
    return environment.get_template("document.html.j2"), Markup((TEMPLATES / "document.css").read_text("utf-8"))
