"""`numbers` in the JSON: the numbers of a row's cells, and none if they are not comparable."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.data.data_files import Content


@pytest.fixture(scope="module")
def activities(addressed: dict[str, Content]) -> dict[str, Any]:
    content = addressed["du-lieu/hoat-dong.json"]
    text = content if isinstance(content, str | bytes) else b"".join(_pieces(content))
    return {f"{one['plan']}/{one['id']}": one for one in json.loads(text)["activities"]}


def _pieces(content: Any) -> list[bytes]:
    pieces: list[bytes] = []
    content.write(pieces.append)
    return pieces


def test_a_row_of_counts_and_shares_has_no_numbers(activities: dict[str, Any]) -> None:
    row = activities["dong-nai-2017-2021/ct5-1"]
    assert row["by_year"]["2021"] == "100% (Thành lập HTX /THT)"
    assert not row.get("numbers")


def test_a_row_of_one_kind_keeps_its_numbers(activities: dict[str, Any]) -> None:
    assert activities["dong-nai-2017-2021/ct1-3"]["numbers"]["2017"] == 88.3
    assert activities["thai-nguyen-2021-2026/ct4-1"]["numbers"]["2026"] == 2500
