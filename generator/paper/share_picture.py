"""The picture shown for a shared link to a page (Open Graph, 1200 × 630): title, issuer, figures.

Apps load it by an absolute address, so there is none if the site's address is unknown. Sixteen shades between two
colours take a third of the bytes and half the time of full colours.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

from font_source_sans_pro import SourceSansPro, SourceSansProBold
from PIL import Image, ImageDraw, ImageFont

from generator.language.catalogue import catalogue
from generator.language.quantities import with_unit
from generator.language.vietnamese import format_number
from generator.model.corpus import Corpus
from generator.model.entities import Measure, Plan
from generator.pages.links import PLANS, SITE_PICTURE, TARGETS, picture_of
from generator.pages.page import Options

SIZE = (1200, 630)
MARGIN = 64
TITLE, TEXT = 60, 36
"""Heights of letters, in pixels."""
MOST_LINES, MOST_FIGURES = 4, 3
PAPER, INK = (255, 255, 255), (122, 24, 68)
BLACK, DIM = 255, 190
"""Darkness of letters, of 255."""


def share_picture(title: str, issuer: str, figures: Sequence[str], site: str) -> bytes:
    """Return a picture as PNG; a long title is cut between words."""
    image = Image.new("L", SIZE, 0)
    draw = ImageDraw.Draw(image)
    width = SIZE[0] - 2 * MARGIN
    draw.rectangle((0, 0, SIZE[0], 20), fill=BLACK)
    draw.text((MARGIN, 54), site, font=_font(SourceSansPro, TEXT), fill=DIM)
    for at, line in enumerate(wrap_text(title, _font(SourceSansProBold, TITLE), width, MOST_LINES)):
        draw.text((MARGIN, 124 + at * 72), line, font=_font(SourceSansProBold, TITLE), fill=BLACK)
    font = _font(SourceSansPro, TEXT)
    lines = [*wrap_text(issuer, font, width, 1), *(wrap_text(figure, font, width, 1)[0] for figure in figures)]
    for at, line in enumerate(reversed(lines)):
        draw.text((MARGIN, SIZE[1] - 76 - at * 48), line, font=font, fill=BLACK if at < len(figures) else DIM)
    shades = image.point(lambda value: value >> 4)
    shades.putpalette(
        [PAPER[part] + (INK[part] - PAPER[part]) * shade // 15 for shade in range(16) for part in range(3)]
    )
    file = io.BytesIO()
    shades.save(file, "PNG", bits=4, compress_level=6)
    return file.getvalue()


def wrap_text(text: str, font: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """Return a text in at most `most` lines of a width in pixels; an ellipsis marks the cut."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or font.getlength(longer) <= width:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = _ended(lines[-1], font, width)
            break
    return lines


def _ended(line: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    while font.getlength(f"{line} …") > width and " " in line:
        line = line.rpartition(" ")[0]
    return f"{line} …"


def plan_pictures(corpus: Corpus, plan: Plan, options: Options) -> dict[str, bytes]:
    """Return the pictures of a plan and of its targets, by path."""
    words = catalogue(options.language)
    issuer, site = corpus.units[plan.issuer].name, options.title
    counts = {"activities": plan.size.activities, "targets": plan.size.targets, "tasks": plan.size.tasks}
    figures = [f"{format_number(n)} {words.text(f'site.count.{name}')}" for name, n in counts.items() if n]
    pictures = {picture_of(f"{PLANS}/{plan.id}"): share_picture(plan.title, issuer, [" · ".join(figures)], site)}
    for target in plan.targets:
        measures = [_figure(measure) for measure in target.measures if measure.value][:MOST_FIGURES]
        below = f"{issuer} · {plan.short_title}"
        pictures[picture_of(f"{TARGETS}/{target.key}")] = share_picture(target.full_title, below, measures, site)
    return pictures


def site_picture(options: Options) -> dict[str, bytes]:
    """Return the picture for all pages without one of their own."""
    return {SITE_PICTURE: share_picture(options.lead, "", (), options.title)}


def _figure(measure: Measure) -> str:
    sign = "" if measure.comparator in (None, "=", "about") else f"{measure.comparator} "
    value = with_unit(measure.value or "", measure.unit)
    return f"{sign.replace('>=', '≥').replace('<=', '≤')}{value}: {measure.name}"


@cache
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
