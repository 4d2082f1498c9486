"""Ids: what a valid one is, and which one a text may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from generator.language.folding import folded
from generator.language.twin_letters import INVISIBLE, TWINS
from generator.source.source_files import is_reserved

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 80


def is_id(text: str) -> bool:
    """Return whether a text is an id: small letters without accents, digits, hyphens; not the name of a device."""
    return len(text) <= _LONGEST and _ID.fullmatch(text) is not None and not is_reserved(text)


def suggest_id(text: str) -> str:
    """Return an id that resembles a text, or an empty text.

    >>> suggest_id("Thái Nguyên 2021–2026")
    'thai-nguyen-2021-2026'
    """
    latin = INVISIBLE.sub("", text.translate(TWINS))
    return "-".join(re.findall("[a-z0-9]+", folded(latin)))[:_LONGEST].strip("-")


@lru_cache(maxsize=4096)
def meant_ids(id_: str) -> Sequence[str]:
    """Return an id, and if it is not valid also the one meant: else correct references to it would be faults too.

    >>> meant_ids("CT1"), meant_ids("ct1")
    (('CT1', 'ct1'), ('ct1',))
    """
    meant = suggest_id(id_) or id_
    return (id_,) if meant == id_ else (id_, meant)
