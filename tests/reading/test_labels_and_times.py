"""The small grammars: labels, times, levels, names."""

from __future__ import annotations

import pytest

from generator.reading.level_words import read_levels
from generator.reading.row_labels import parse_label, split_label
from generator.reading.unit_names import read_names
from generator.reading.year_words import read_years


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        ("I", "roman", 1),
        ("XIV.", "roman", 14),
        ("A.", "capital", 1),
        ("1", "number", 1),
        ("12.", "number", 12),
        ("1.10", "dotted", 10),
        ("(3)", "bracket", 3),
        ("a)", "letter", 1),
        ("đ)", "letter", 5),
        ("-", "bullet", 0),
        ("Chỉ tiêu 12:", "word", 12),
    ],
)
def test_labels(text: str, kind: str, count: int) -> None:
    label = parse_label(text)
    assert label is not None
    assert (label.kind, label.count) == (kind, count)


@pytest.mark.parametrize("text", ["x", "Tập huấn", "2.500 hộ", "Các cấp Hội", "100%", ""])
def test_what_is_no_label(text: str) -> None:
    assert parse_label(text) is None


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("1.1. Tổ chức", "1.1.", "Tổ chức"),
        ("Nhiệm vụ 1: Hỗ trợ", "Nhiệm vụ 1", "Hỗ trợ"),
        ("- Tập huấn", "-", "Tập huấn"),
        ("100% cán bộ Hội", None, "100% cán bộ Hội"),
        ("2.500 hộ nghèo", None, "2.500 hộ nghèo"),
        ("Chỉ tiêu giao năm 2023", None, "Chỉ tiêu giao năm 2023"),
    ],
)
def test_labels_in_front_of_a_text(text: str, label: str | None, rest: str) -> None:
    found, left = split_label(text)
    assert (found.printed if found else None, left) == (label, rest)


@pytest.mark.parametrize(
    ("words", "years", "is_sure"),
    [
        ("2022 - 2027", "2022-2027", True),
        ("giai đoạn 2022-2025", "2022-2025", True),
        ("2023, 2025", "2023, 2025", True),
        ("năm 2023 và 2025", "2023, 2025", True),
        ("Từ năm 2024", "2024-2027", True),
        ("Hằng năm", "2022-2027", True),
        ("Năm 2023", "2023", True),
        ("Quý I-II/2023", "2023", True),
        ("tháng 3/2023", "2023", True),
        ("trước ngày 30/6/2024", "2024", True),
        ("6 tháng đầu năm 2023", "2023", True),
        ("Đến năm 2025", "2022-2025", True),
        ("2025 2026", "2025-2026", False),
        ("Năm học 2026-2027", None, False),
        ("Thường xuyên", "2022-2027", False),
        ("Năm 2031", "2031", False),
        ("khi có điều kiện", "2022-2027", False),
    ],
)
def test_times_of_a_term(words: str, years: str | None, is_sure: bool) -> None:
    reading = read_years(words, 2022, 2027)
    assert (reading.years, reading.is_sure) == (years, is_sure)


@pytest.mark.parametrize("words", ["Quý I", "trước 30/6", "Thường xuyên", "tháng 9/2026"])
def test_times_of_one_year_need_no_years(words: str) -> None:
    reading = read_years(words, 2026, 2026)
    assert (reading.years, reading.is_sure) == (None, True)


@pytest.mark.parametrize(
    ("words", "levels"),
    [
        ("Các cấp Hội", ("province", "district", "commune")),
        ("Tỉnh hội và các cấp hội cơ sở", ("province", "commune")),
        ("Hội LHPN huyện/TP/TX", ("district",)),
        ("Hội LHPN các đơn vị", None),
        ("Cấp tỉnh. Cấp huyện gửi tin bài về tỉnh", None),
        ("Các xã, phường, đặc khu", ("commune",)),
        ("Đoàn xã", None),  # of another body
    ],
)
def test_levels(words: str, levels: tuple[str, ...] | None) -> None:
    assert read_levels(words, "province", has_districts=True) == levels


@pytest.mark.parametrize(
    ("issuer", "words", "levels"),
    [
        ("Tỉnh đoàn Minh Họa", "Đoàn xã, phường, đặc khu", ("commune",)),
        ("Ban Thường vụ Tỉnh Đoàn", "Tỉnh đoàn; Đoàn cơ sở; chi đoàn", ("province", "commune", "branch")),
        ("Đoàn TNCS Hồ Chí Minh tỉnh Minh Họa", "Các cấp bộ Đoàn", ("province", "commune")),
        ("Hội Nông dân tỉnh Minh Họa", "Hội Nông dân cấp xã", ("commune",)),
        ("Hội Nông dân tỉnh Minh Họa", "Hội ND tỉnh, chi hội nông dân", ("province", "branch")),
        ("Liên đoàn Lao động tỉnh Minh Họa", "LĐLĐ tỉnh, công đoàn xã", ("province", "commune")),
        ("Liên đoàn Lao động tỉnh Minh Họa", "Các cấp công đoàn", ("province", "commune")),
        ("Liên đoàn Lao động tỉnh Minh Họa", "Công đoàn cơ sở", None),
        ("Ủy ban MTTQ Việt Nam tỉnh Minh Họa", "Ủy ban MTTQ cấp xã", ("commune",)),
        ("Hội Nông dân tỉnh Minh Họa", "Đoàn xã", None),
        ("Hội LHPN tỉnh Minh Họa", "Hội Nông dân cấp xã", None),
    ],
)
def test_levels_of_other_bodies(issuer: str, words: str, levels: tuple[str, ...] | None) -> None:
    assert read_levels(words, "province", has_districts=False, issuer=issuer) == levels


def test_names_are_taken_whole_or_not_at_all() -> None:
    known = {"Ban A, B", "Ban A", "Các ngành", "MTTQ", "các đoàn thể"}.__contains__
    assert read_names(["Ban A, B; Các ngành"], known).names == ("Ban A, B", "Các ngành")
    assert read_names(["MTTQ và các đoàn thể"], known).names == ("MTTQ", "các đoàn thể")
    reading = read_names(["Ban A, Ban Lạ"], known)
    assert (reading.names, reading.unknown) == (("Ban A",), ("Ban Lạ",))
    assert read_names(["Ban A Đà Nẵng"], known).names == ()
