"""Values that are kept for other jobs and other builds, and which of their parts are no longer what they were.

A unit's page shows three activities of a plan's eighty. When the plan is edited and its items are made anew, a digest
of each tells whether one of the three has changed; if not, the page is left as it is.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Sequence
from functools import reduce
from hashlib import blake2b
from operator import or_
from typing import Any, NamedTuple

from generator.link.keep import KeptKind

SIZE = 8
"""Bytes of a digest."""

ALL = -1
"""The mask of everything, known or not."""


class Kept(NamedTuple):
    """A value that is kept for other jobs (if `lasting`, for other builds too), the numbers of the facts that were read
    for it, and its digests: that of the rest, then one for each part."""

    facts: tuple[int, ...]
    value: Any
    lasting: bool
    digests: bytes


def digests_of(value: Any, kind: KeptKind[Any]) -> bytes:
    """The digests of a value's rest and of its parts, one behind the other."""
    parts, rest = kind.cut(value) if kind.cut else ((), value)
    return b"".join(map(_digest, (rest, *parts)))


def mask_of(places: Iterable[Sequence[int]]) -> int:
    """The mask of some parts by their places, the first bit being that of the rest."""
    return reduce(or_, {2 << place for some in places for place in some}, 0)


def changed_since(before: bytes, now: bytes) -> int:
    """The mask of the parts, the rest among them, whose digests are no longer what they were."""
    starts = range(0, max(len(before), len(now)), SIZE)
    return reduce(or_, (1 << at // SIZE for at in starts if before[at : at + SIZE] != now[at : at + SIZE]), 0)


def _digest(part: Any) -> bytes:
    # Version 2: later ones mark what is used in several places, and equal values would differ.
    return blake2b(marshal.dumps(part, 2), digest_size=SIZE).digest()
