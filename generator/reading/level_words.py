"""Words for levels of the Union -> levels, only if every word of the cell is understood."""

from __future__ import annotations

import re

from generator.language.folding import exact
from generator.language.vietnamese import LEVEL_WORDS

LEVELS = ("central", "province", "district", "commune", "branch")
_ALL = re.compile(r"\bcác cấp(?: hội)?(?: lhpn)?(?: trong toàn (?:tỉnh|thành phố))?(?! ?(?:hội )?cơ sở)")
_FILLING = set("hội lhpn phụ nữ cấp các và thị thành tp tx phố đơn vị".split()) - {"đơn", "vị"}


def read_levels(printed: str, issuer_level: str, has_districts: bool) -> tuple[str, ...] | None:
    """Return the levels that a cell names in a plan of a unit at `issuer_level`; None if a word is not understood.

    >>> read_levels("Tỉnh hội và các cấp hội cơ sở", "province", has_districts=True)
    ('province', 'commune')
    """
    text = exact(printed)
    below = LEVELS[LEVELS.index(issuer_level) : -1] if issuer_level in LEVELS else ()
    levels: set[str] = set()
    if _ALL.search(text):
        if not below:
            return None
        levels |= {level for level in below if has_districts or level != "district"}
        text = _ALL.sub(" ", text)
    for level, pattern in LEVEL_WORDS.items():
        if re.search(pattern, text):
            levels.add(level)
            text = re.sub(pattern, " ", text)
    unknown = set(re.findall(r"[^\W_]+", text)) - _FILLING
    return tuple(level for level in LEVELS if level in levels) if levels and not unknown else None
