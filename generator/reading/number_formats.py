"""Numbers as an Excel format shows them in Vietnam: a decimal comma, points between thousands.

Formats that no figure of a plan has are refused: fractions, powers of ten, conditions, formats that hide the number.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from generator.language.vietnamese import format_number

_PIECES = (
    ("quoted", r'"([^"]*)"'),
    ("escaped", r"\\(.)"),
    ("currency", r"\[\$([^\]-]*)(?:-[^\]]*)?\]"),
    ("colour", r"(?:\[[A-Za-z]+ ?\d*\])()"),
    ("gap", r"(?:[_*].)()"),  # a space as wide as a letter, or a letter that fills the cell
    ("general", r"(General|@)"),
    ("digits", r"([#0?.,]+)"),
    ("percent", r"(%)"),
    ("sign", r"([-+():!^&'~{}<>=$€₫ \xa0])"),
    ("end", "(;)"),
)
_PIECE = re.compile("|".join(f"(?P<{name}>{expression})" for name, expression in _PIECES), re.I | re.S)
_SPACED_THOUSANDS = re.compile(r"#\\?[ \xa0]##0")
_DIGITS = re.compile(r"([#0?,]*)\.?([#0?,]*)")


def shown_number(value: float, number_format: str) -> str | None:
    """Return a number as its format shows it; None if the format is not understood or shows nothing.

    >>> shown_number(95, '0"%"'), shown_number(0.95, "0%"), shown_number(1200, '"≥ "#,##0')
    ('95%', '95%', '≥ 1.200')
    """
    sections = _sections(number_format)
    if not sections:
        return None
    number, chosen, sign = Decimal(str(value)), sections[0], ""
    if number < 0:
        chosen, sign = (sections[1], "") if len(sections) > 1 else (chosen, "-")
    elif number == 0 and len(sections) > 2:
        chosen = sections[2]
    kinds = [kind for kind, _ in chosen]
    if kinds.count("digits") + kinds.count("general") > 1:
        return None
    number = abs(number) * 100 ** kinds.count("percent")
    whole = "".join(_shown_piece(number, kind, text) for kind, text in chosen).strip()
    return f"{sign if re.search('[1-9]', whole) else ''}{whole}" or None


def shown_text(text: str, number_format: str) -> str:
    """Return a text with the words that its format adds.

    >>> shown_text("2 lớp", '"Mở "@'), shown_text("2 lớp", "0%")
    ('Mở 2 lớp', '2 lớp')
    """
    if "@" not in number_format or number_format == "@":
        return text
    holders = [section for section in _sections(number_format) or () if ("general", "@") in section]
    return "".join(text if piece == ("general", "@") else piece[1] for piece in holders[-1]) if holders else text


def _sections(number_format: str) -> list[list[tuple[str, str]]] | None:
    """Return the sections of a format; None if one of its signs is unknown."""
    sections: list[list[tuple[str, str]]] = [[]]
    number_format = _SPACED_THOUSANDS.sub("#,##0", number_format)  # as in French sheets
    at = 0
    while at < len(number_format):
        piece = _PIECE.match(number_format, at)
        if piece is None:
            return None
        kind = str(piece.lastgroup)
        if kind == "end":
            sections.append([])
        else:
            sections[-1].append((kind, piece[(piece.lastindex or 0) + 1]))
        at = piece.end()
    return sections


def _shown_piece(number: Decimal, kind: str, text: str) -> str:
    if kind == "general":  # a cell shows ten digits
        return f"{float(number):.10g}".replace(".", ",") if number % 1 else str(int(number))
    return _by_digits(number, text) if kind == "digits" else text


def _by_digits(number: Decimal, digits: str) -> str:
    """Return a number with the digits of its format: `#,##0.0` has one decimal; each final comma drops three digits."""
    match = _DIGITS.fullmatch(digits)
    wholes, decimals = match.groups() if match else ("0", "")
    thousands = sum(len(part) - len(part.rstrip(",")) for part in (wholes, decimals))
    wholes, decimals = wholes.rstrip(","), decimals.rstrip(",")
    rounded = (number / 1000**thousands).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    whole, _, rest = f"{rounded:f}".partition(".")
    least = len(decimals.rstrip("#?"))
    rest = rest[:least] + rest[least:].rstrip("0")
    if not rounded and "0" not in wholes + decimals:
        return ""
    whole = format_number(int(whole)) if "," in wholes else whole.zfill(wholes.count("0"))
    return f"{whole},{rest}" if rest else whole
