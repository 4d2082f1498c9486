"""One way to turn plain data into bytes, and bytes into a fingerprint."""

from __future__ import annotations

import marshal
from hashlib import blake2b
from typing import Any

FINGERPRINT_SIZE = 8
"""Bytes of a fingerprint: among a million values, two are equal by chance in 1 of 37 million cases."""


def canonical_bytes(value: Any) -> bytes:
    """Return plain data (numbers, texts, tuples, lists, dictionaries) as bytes, equal for equal values.

    Dictionaries give equal bytes only if the order of their keys is the same too.
    """
    # marshal version 2: later versions write a reference for an object that occurs twice, so equal values would differ.
    return marshal.dumps(value, 2)


def from_bytes(data: bytes) -> Any:
    """Return the plain data from bytes of `canonical_bytes`."""
    return marshal.loads(data)


def fingerprint(data: bytes) -> bytes:
    """Return a short hash of bytes."""
    return blake2b(data, digest_size=FINGERPRINT_SIZE).digest()


def fingerprint_of(*values: object) -> str:
    """Return a short hash of values; it differs where their `repr` differs."""
    return fingerprint(repr(values).encode()).hex()
