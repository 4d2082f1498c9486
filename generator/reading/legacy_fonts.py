"""Turns text in the Vietnamese fonts of the 1990s into Unicode, by the name of the font of each run.

TCVN3 (`.VnTime`) has one byte for a letter, VNI (`VNI-Times`) a base letter and a sign after it. A text alone never
shows for certain which it is: without a font name it stays as it is, and its probable meaning is proposed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

from generator.language.tcvn3 import TCVN3

FontCoding = Literal["unicode", "tcvn3", "tcvn3-capitals", "vni", "unknown"]

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT, _CIRCUMFLEX, _BREVE = "\u0301\u0300\u0309\u0303\u0323\u0302\u0306"
_VNI_SIGNS = {
    "ù": _ACUTE,
    "ø": _GRAVE,
    "û": _HOOK,
    "õ": _TILDE,
    "ï": _DOT,
    "â": _CIRCUMFLEX,
    "á": _CIRCUMFLEX + _ACUTE,
    "à": _CIRCUMFLEX + _GRAVE,
    "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE,
    "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE,
    "é": _BREVE + _ACUTE,
    "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}
_VNI_SIGNS |= {sign.upper(): marks for sign, marks in _VNI_SIGNS.items()}
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_LETTERS |= {letter.upper(): meant.upper() for letter, meant in _VNI_LETTERS.items()}
_VNI_BASES = frozenset("aeouyAEOUYôöÔÖ")
_OF_UNICODE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
"""Letters that no text in an old font has: such a text was typed in Unicode, in spite of the font."""
_ALPHABET = set("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")
_ODD: Mapping[FontCoding, re.Pattern[str]] = {
    "tcvn3": re.compile(f"[{re.escape(''.join(sorted(set(map(chr, TCVN3)) - _ALPHABET)))}]"),
    "vni": re.compile("[aeAEôöÔÖ][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[ouOU][äåïøûëüÄÅÏØÛËÜ]"),
}
"""Characters in words of an old encoding that are in no Vietnamese word."""
_FEWEST_ODD = 2
"""Words that must look so, besides a third of all words: a name may have a foreign letter."""


def font_coding(font: str) -> FontCoding:
    """Return the encoding of a font's letters, by its name.

    >>> font_coding(".VnTimeH"), font_coding("VNI-Times"), font_coding("Times New Roman")
    ('tcvn3-capitals', 'vni', 'unicode')
    """
    name = font.strip().casefold()
    if name.startswith(".vn"):
        return "tcvn3-capitals" if name.endswith("h") else "tcvn3"
    if name.startswith("vni-"):
        return "vni"
    return "unknown" if name.startswith(("vps ", "vps-", "bkhcm", "vietware", "vn ")) else "unicode"


def to_unicode(text: str, coding: FontCoding) -> str:
    """Return the text in Unicode.

    >>> to_unicode("Céng hßa", "tcvn3"), to_unicode("Coäng hoøa", "vni")
    ('Cộng hòa', 'Cộng hòa')
    """
    if _OF_UNICODE.search(text):
        return text
    if coding == "tcvn3":
        return text.translate(TCVN3)
    if coding == "tcvn3-capitals":
        return text.translate(TCVN3).upper()
    return _from_vni(text) if coding == "vni" else text


def guess_unicode(text: str) -> str:
    """Return the probable meaning of a text without a known font; empty if it looks like Unicode.

    >>> guess_unicode("Tæ chøc héi nghÞ"), guess_unicode("Taäp huaán caùn boä"), guess_unicode("Trà sữa R&D")
    ('Tổ chức hội nghị', 'Tập huấn cán bộ', '')
    """
    words = [word for word in text.split() if re.search("[A-Za-z]", word)]
    counts = {coding: sum(1 for word in words if odd.search(word)) for coding, odd in _ODD.items()}
    coding = max(counts, key=lambda one: counts[one])
    is_odd = counts[coding] >= _FEWEST_ODD and counts[coding] * 3 >= len(words) and not _OF_UNICODE.search(text)
    return unicodedata.normalize("NFC", to_unicode(text, coding)) if is_odd else ""


def notice_of(coding: FontCoding) -> Literal["legacy-font", "unknown-font"] | None:
    """Return the notice for a text in a font of this encoding."""
    return None if coding == "unicode" else "unknown-font" if coding == "unknown" else "legacy-font"


def _from_vni(text: str) -> str:
    letters: list[str] = []
    base = ""
    for sign in text:
        if base and sign in _VNI_SIGNS:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + _VNI_SIGNS[sign])
            base = ""
            continue
        base = sign if sign in _VNI_BASES else ""
        letters.append(_VNI_LETTERS.get(sign, sign))
    return "".join(letters)
