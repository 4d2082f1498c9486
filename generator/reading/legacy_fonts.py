"""Text typed in the Vietnamese fonts of the nineties becomes Unicode, decided by the name of the font of each run.

TCVN3 (`.VnTime`) has one byte for a letter, VNI (`VNI-Times`) a base letter and a sign after it. A text alone never
tells which it is, so nothing is guessed from the letters.
"""

from __future__ import annotations

import unicodedata
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


def font_coding(font: str) -> FontCoding:
    """Return how the letters of a font are coded, by its name.

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
    if coding == "tcvn3":
        return text.translate(TCVN3)
    if coding == "tcvn3-capitals":
        return text.translate(TCVN3).upper()
    return _from_vni(text) if coding == "vni" else text


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
