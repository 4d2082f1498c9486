"""PDFs of the plans, made by WeasyPrint and cached, so that a build makes only those whose document has changed."""

from __future__ import annotations

import hashlib
import importlib
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Plan
from generator.pages.page import Options
from generator.paper.print import plan_html
from generator.site.request import BuildError

FONTS = {"Times New Roman", "Liberation Serif", "Tinos"}
"""The Decree's font, and fonts of the same widths. Liberation before 2.0 lacks most Vietnamese letters, which would be
drawn in another font; `_check_letters` detects that from the fonts used."""


class PdfError(BuildError):
    """PDFs cannot be made on this machine; the message says in the site's language what to install."""


def plan_pdf(corpus: Corpus, plan: Plan, options: Options, cache: Path) -> bytes:
    """Return the PDF of a plan. `cache` is the folder of PDFs made before, `<plan>/<key>.pdf`.

    Raises `PdfError` if the engine, its libraries or its fonts are missing.
    """
    engine = _engine(options)
    html = plan_html(corpus, plan, options)
    key = hashlib.sha256(f"WeasyPrint {engine.__version__}\n{html}".encode()).hexdigest()[:32]
    path = cache / plan.id / f"{key}.pdf"
    try:
        os.utime(path)  # it is in use
        return path.read_bytes()
    except FileNotFoundError:  # none, or another build has just taken it away
        content = _pdf(engine, html, options)
        _keep(path, content)
        return content


def _engine(options: Options) -> Any:
    """Return WeasyPrint, an optional dependency that needs libraries of the system."""
    words = catalogue(options.language)
    try:
        engine = importlib.import_module("weasyprint")
    except ImportError as error:
        raise PdfError(words.text("build.pdf_no_engine")) from error
    except OSError as error:  # cffi has not found Pango
        raise PdfError(words.text("build.pdf_no_libraries", said=str(error).splitlines()[0])) from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return engine


def _pdf(engine: Any, html: str, options: Options) -> bytes:
    document = engine.HTML(string=html).render()
    content: bytes = document.write_pdf(pdf_tags=True)
    _check_letters(document.fonts.values(), options)
    return content


def _check_letters(fonts: Iterable[Any], options: Options) -> None:
    """Refuse other fonts for words; signs such as arrows may have another font."""
    strange = {font.family for font in fonts if any(text.isalpha() for text in font.to_unicode.values())} - FONTS
    if strange:
        raise PdfError(catalogue(options.language).text("build.pdf_no_font", found=", ".join(sorted(strange))))


def _keep(path: Path, content: bytes) -> None:
    """Put a PDF in place in one step; another build may be making the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)
