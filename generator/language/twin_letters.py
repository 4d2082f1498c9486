"""Letters that look like Latin ones but are others, and invisible characters."""

from __future__ import annotations

import re
import unicodedata

# Letters that look like Latin ones (from Unicode's confusables.txt: those that keyboards and scanners give).
# PDF files with old fonts give Ƣ and ƣ for Ư and ư, Ð and ð for Đ and đ.
TWINS = dict(
    zip(
        map(ord, "АВЕЅІЈКМНОРСТУХасеһіјорԛѕԝхуѵӏԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναιρυÐƉðɖƢƣɡ"),
        "ABESIJKMHOPCTYXacehijopqswxyvldABEZHIKMNOPTYXovaipuĐĐđđƯưg",
        strict=True,
    )
)
# Full-width letters, and bold or italic mathematical ones, which decorate posts on social networks.
_STYLED = (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *range(0x1D400, 0x1D6A4))
TWINS |= {code: unicodedata.normalize("NFKC", chr(code)) for code in _STYLED}

# Characters without width or ink. Joiners (U+200C, U+200D) and variants (U+FE0F) are kept: emoji are made of them.
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
