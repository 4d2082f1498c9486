"""Words for levels of the issuer's body -> levels, only if every word of the cell is understood."""

from __future__ import annotations

import re

from generator.language.folding import exact
from generator.language.vietnamese import LEVEL_WORDS

LEVELS = ("central", "province", "district", "commune", "branch")
_ALL = re.compile(r"\bcác cấp(?: hội)?(?: lhpn)?(?: trong toàn (?:tỉnh|thành phố))?(?! ?(?:hội )?cơ sở)")
_FILLING = set("hội lhpn phụ nữ cấp các và thị thành tp tx phố đơn vị".split()) - {"đơn", "vị"}
_BODIES = {
    r"\bđoàn (?:tncs|thanh niên|xã|phường)\b|\b(?:tỉnh|thành|huyện|quận|xã) ?đoàn\b": (
        r"\b(?:bộ )?đoàn(?: tncs| thanh niên)?(?: hồ chí minh| hcm)?\b"
    ),
    r"\bnông dân\b|\bhnd\b": r"\b(?:nông dân|hnd|nd)\b",
    r"\blđlđ\b|\bliên đoàn lao động\b|\bcông đoàn\b": r"\b(?:liên đoàn lao động|lđlđ|công đoàn)\b",
    r"\bcựu chiến binh\b|\bccb\b": r"\b(?:cựu chiến binh|ccb)\b",
    r"\bmttq\b|\bmặt trận tổ quốc\b": r"\b(?:(?:(?:ủy|uỷ) ban |ub)?(?:mttq|mặt trận tổ quốc)(?: việt nam| vn)?)\b",
}
"""Bodies other than the Union: a pattern for their names, and a pattern for what they call their own levels."""
_WORKPLACES = re.compile(r"\bcông đoàn cơ sở\b|\bcđcs\b")
"""Trade unions of workplaces, which belong to no level of the state."""


def read_levels(printed: str, issuer_level: str, has_districts: bool, issuer: str = "") -> tuple[str, ...] | None:
    """Return the levels that a cell names in a plan of a unit at `issuer_level`; None if a word is not understood.

    `issuer` is its name, by which its body is known.

    >>> read_levels("Tỉnh hội và các cấp hội cơ sở", "province", has_districts=True)
    ('province', 'commune')
    >>> read_levels("Đoàn xã", "province", has_districts=False, issuer="Tỉnh đoàn Minh Họa")
    ('commune',)
    """
    text = exact(printed)
    if _WORKPLACES.search(text):
        return None
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
    for name, called in _BODIES.items():
        if re.search(name, exact(issuer)):
            text = re.sub(called, " ", text)
    unknown = set(re.findall(r"[^\W_]+", text)) - _FILLING
    return tuple(level for level in LEVELS if level in levels) if levels and not unknown else None
