"""Letters that look like Latin ones and are not, and those that nobody sees."""

from __future__ import annotations

import re
import unicodedata

# Letters of one look with a Latin one (Unicode's confusables.txt, the letters that a keyboard or a scanner gives).
# Ƣ and ƣ are what PDF files printed with old fonts give for Ư and ư, Ð and ð what they give for Đ and đ.
TWINS = dict(
    zip(
        map(ord, "АВЕЅІЈКМНОРСТУХасеһіјорԛѕԝхуѵӏԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναιρυÐƉðɖƢƣɡ"),
        "ABESIJKMHOPCTYXacehijopqswxyvldABEZHIKMNOPTYXovaipuĐĐđđƯưg",
        strict=True,
    )
)
# Wide letters, and the bold and slanted ones of mathematics that decorate posts on social networks.
_STYLED = (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *range(0x1D400, 0x1D6A4))
TWINS |= {code: unicodedata.normalize("NFKC", chr(code)) for code in _STYLED}

# No room, no ink. Joiners (U+200C, U+200D) and variants (U+FE0F) are left alone: emoji are made of them.
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
