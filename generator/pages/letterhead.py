"""The head and the end of a plan's document in the form of Decree 30/2020/NĐ-CP (annex I).

Left: issuer and the body above it. Right: the national heading. Below: number, place and date, then the kind of
document above its subject. At the end: recipients left, signer right. What the document does not give is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.language.catalogue import Catalogue
from generator.language.vietnamese import format_date
from generator.model.corpus import Corpus
from generator.model.entities import Plan


@dataclass(frozen=True)
class Letterhead:
    """The words of a document's head, in upper or lower case as printed."""

    issuer: str
    body: str | None
    number: str | None
    place_and_day: str | None
    nation: str
    motto: str
    kind: str | None
    subject: str


def letterhead_of(corpus: Corpus, plan: Plan, words: Catalogue) -> Letterhead:
    """Return the head of a plan's document."""
    kind, subject = title_parts(plan.title, words)
    return Letterhead(
        issuer=corpus.units[plan.issuer].name.upper(),
        body=plan.issuing_body.upper() if plan.issuing_body else None,
        number=f"{words.text('site.plan.number')}: {plan.number}" if plan.number else None,
        place_and_day=_place_and_day(plan, words),
        nation=words.text("site.paper.nation"),
        motto=words.text("site.paper.motto"),
        kind=kind.upper() if kind else None,
        subject=subject,
    )


def standing_of(corpus: Corpus, plan: Plan, words: Catalogue) -> str | None:
    """Return the words above the head of a plan that is not in force; None for one in force."""
    if plan.in_force:
        return None
    if plan.status == "superseded" and plan.superseded_by:
        successor = corpus.plans[plan.superseded_by]
        number = words.text("site.paper.numbered", number=successor.number) if successor.number else ""
        day = words.text("site.paper.issued_on", day=format_date(successor.issued_on)) if successor.issued_on else ""
        return f"{words.text('site.plan.superseded_by')} {successor.title}{number}{day}"
    return words.text(f"site.status.{plan.status}").upper()


def amendments_of(plan: Plan, words: Catalogue) -> Sequence[str]:
    """Return a line for each amendment: its day, and what it changed."""
    return [
        f"{words.text('site.plan.amended_on', day=format_date(amendment.day))} {amendment.note}"
        for amendment in plan.amended
    ]


def in_two_lines(text: str, most: int, place_words: str, unbroken_words: str) -> str:
    r"""Return a line of the letterhead, broken in two if it has more than `most` letters.

    It is broken before the name of the place, else near its middle, but never inside `unbroken_words`. `place_words`
    are the words that place names begin with. Both are separated by `|`.

    >>> in_two_lines("HỘI LIÊN HIỆP PHỤ NỮ THÀNH PHỐ ĐÀ NẴNG", 30, "tỉnh|thành phố", "phụ nữ")
    'HỘI LIÊN HIỆP PHỤ NỮ\nTHÀNH PHỐ ĐÀ NẴNG'
    >>> in_two_lines("TRUNG ƯƠNG ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH", 30, "tỉnh|xã", "thanh niên|hồ chí minh")
    'TRUNG ƯƠNG ĐOÀN THANH NIÊN\nCỘNG SẢN HỒ CHÍ MINH'
    """
    blanks = [position for position, letter in enumerate(text) if letter == " "]
    if len(text) <= most or not blanks:
        return text
    whole = [match.span() for match in re.finditer(rf"\b(?:{unbroken_words})\b", text, re.IGNORECASE)]
    blanks = [position for position in blanks if not any(start < position < end for start, end in whole)] or blanks
    named = [text.upper().find(f" {word.upper()} ") for word in place_words.split("|")]
    middle = min(blanks, key=lambda position: max(position, len(text) - position - 1))
    at = max(named) if max(named) > 0 else middle
    return f"{text[:at]}\n{text[at + 1 :]}"


def title_parts(title: str, words: Catalogue) -> tuple[str | None, str]:
    """Return the kind of document, which has a line of its own, and the subject; None if the title has no kind.

    The catalogue lists the kinds as plans print them; of those that begin alike the longest comes first.
    """
    for kind in words.text("site.paper.kinds").split("|"):
        rest = title[len(kind) :].strip()
        if rest and title.casefold().startswith(f"{kind.casefold()} "):
            return title[: len(kind)], rest[0].upper() + rest[1:]
    return None, title


def recipients_of(plan: Plan) -> Sequence[str]:
    """Return the recipients with the punctuation of the Decree: semicolons, and a full stop after the last."""
    bare = [item.rstrip(" ;.") for item in plan.recipients]
    return [f"- {item}{';' if number < len(bare) else '.'}" for number, item in enumerate(bare, 1)]


def signing_lines(plan: Plan, words: Catalogue) -> Sequence[str]:
    """Return the lines above the signer's name: on whose behalf, and the position."""
    if not plan.signer:
        return []
    behalf = plan.signer.on_behalf_of
    lines = [f"{words.text('site.plan.on_behalf_of')} {behalf}" if behalf else None, plan.signer.position]
    return [line.upper() for line in lines if line]


def _place_and_day(plan: Plan, words: Catalogue) -> str | None:
    if not plan.issued_on:
        return plan.issued_at
    day, month, year = format_date(plan.issued_on).split("/")
    text = words.text("site.plan.day", day=day, month=month, year=year)
    return f"{plan.issued_at}, {text}" if plan.issued_at else text
