"""One way to turn plain data into bytes, and bytes into a fingerprint."""

from __future__ import annotations

import marshal
from hashlib import blake2b
from typing import Any

FINGERPRINT_SIZE = 8
"""Bytes of a fingerprint: among a million values two have the same one with a chance of 1 in 37 million."""


def canonical_bytes(value: Any) -> bytes:
    """Return plain data (numbers, texts, tuples, lists, dictionaries) as bytes, equal for equal values.

    Equal only for dictionaries with the same order of keys.
    """
    # Version 2 of marshal: later ones write a reference where one object stands twice, so that equal values differ.
    return marshal.dumps(value, 2)


def from_bytes(data: bytes) -> Any:
    """Return the plain data that `canonical_bytes` has written."""
    return marshal.loads(data)


def fingerprint(data: bytes) -> bytes:
    """Return a short hash of bytes."""
    return blake2b(data, digest_size=FINGERPRINT_SIZE).digest()


def fingerprint_of(*values: object) -> str:
    """Return a short hash of values that differ where their `repr` differs."""
    return fingerprint(repr(values).encode()).hex()
