"""Marks all but the first few of many parameter values as `slow`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def rest_slow(values: Iterable[Any], plain: int = 1) -> list[Any]:
    """Return the values as parameters, all but the first `plain` marked for `make test-slow`."""
    first = list(values)
    return [*first[:plain], *map(slow, first[plain:])]


def slow(value: Any) -> Any:
    """Return one value, or the tuple of several parameters, marked for `make test-slow`."""
    return pytest.param(*value if isinstance(value, tuple) else (value,), marks=pytest.mark.slow)
