"""How Vietnamese offices write: numbers, years, dates, names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.vietnamese import (
    format_date,
    format_number,
    name_key,
    parse_date,
    parse_number,
    parse_years,
    sort_key,
)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("x", None),
        ("X", None),
        ("-", None),
        ("", None),
        ("500", 500),
        ("2.500", 2500),
        ("33.500", 33500),
        ("1.234.567", 1234567),
        ("88,3%", 88.3),
        ("0.5%", 0.5),
        ("1%", 1),
        (">80%", 80),
        ("> 80%", 80),
        ("≥ 513", 513),
        ("≥513", 513),
        ("01", 1),
        ("342 hộ", 342),
        ("2 (Định Quán, Vĩnh Cửu)", 2),
        ("100% (Thành lập HTX /THT)", 100),
        ("50% hội viên đăng ký, 30% đạt danh hiệu", None),
        ("154 cơ sở Hội đăng ký 01 công trình", None),
        ("Thành lập, thử nghiệm, ra mắt", None),
        ("2-3", None),
        ("12.50", 12.5),
    ],
)
def test_cells_of_the_real_plans(cell: str, number: float | None) -> None:
    assert parse_number(cell) == number


@given(st.integers(0, 10**12))
def test_a_whole_number_comes_back(number: int) -> None:
    assert parse_number(format_number(number)) == number


@given(st.integers(1, 10**15 - 1), st.integers(1, 14))
def test_a_fraction_comes_back(digits: int, places: int) -> None:
    """Of 15 digits in all; a printed figure has no more."""
    number = digits / 10**places
    assert parse_number(format_number(number)) == number


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1234567890.25, "1.234.567.890,25"),
        (0.1 + 0.2, "0,3"),
        (0.00001, "0,00001"),
        (2.0, "2"),
        (10.0**15, "1.000.000.000.000.000"),
    ],
)
def test_a_number_is_written_without_an_exponent(number: float, written: str) -> None:
    assert format_number(number) == written


@given(st.text(max_size=20))
def test_no_cell_breaks_the_parser(cell: str) -> None:
    assert parse_number(cell) is None or isinstance(parse_number(cell), int | float)


@given(st.sets(st.integers(1990, 2090), min_size=1))
def test_years_come_back(years: set[int]) -> None:
    assert parse_years(", ".join(str(year) for year in years)) == tuple(sorted(years))
    assert parse_years([str(year) for year in years]) == tuple(sorted(years))


@pytest.mark.parametrize(
    ("written", "years"),
    [("2022-2024", (2022, 2023, 2024)), ("2022 – 2023, 2027", (2022, 2023, 2027)), ([], ()), ("2025", (2025,))],
)
def test_written_years(written: object, years: tuple[int, ...]) -> None:
    assert parse_years(written) == years


def test_dates() -> None:
    assert parse_date("31/12/2021") == date(2021, 12, 31)
    assert parse_date("31/2/2021") is None
    assert format_date(date(2021, 12, 31)) == "31/12/2021"


def test_spellings_of_one_department() -> None:
    assert len({name_key(name) for name in ("Ban TG- CSLP", "Ban TG-CSLP", "ban tg – cslp", "Ban  TG -CSLP")}) == 1


def test_dictionary_order() -> None:
    words = ["đa", "da", "dã", "ân", "an", "ăn", "ấn", "zeta", "êm", "em", "ơn", "ôn", "on", "1"]
    expected = ["1", "an", "ăn", "ân", "ấn", "da", "dã", "đa", "em", "êm", "on", "ôn", "ơn", "zeta"]
    assert sorted(words, key=sort_key) == expected


def test_provinces_stand_as_a_dictionary_has_them() -> None:
    """Syllable by syllable, in each the letters before the tone mark."""
    names = [
        *("An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai"),
        *("Đồng Tháp", "Gia Lai", "Hà Nội", "Hà Tĩnh", "Hải Phòng", "Huế", "Hưng Yên", "Khánh Hoà", "Lai Châu"),
        *("Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nghệ An", "Ninh Bình", "Phú Thọ", "Quảng Ngãi", "Quảng Ninh"),
        *("Quảng Trị", "Sơn La", "Tây Ninh", "Thái Nguyên", "Thanh Hoá", "Thành phố Hồ Chí Minh", "Tuyên Quang"),
    ]
    assert sorted(names, key=sort_key) == names


@given(st.text(), st.integers(0, 10**9), st.integers(0, 10**9), st.text())
def test_numbers_stand_by_their_size(before: str, one: int, other: int, after: str) -> None:
    """Whatever stands around them."""
    first, second = (sort_key(f"{before} {number} {after}") for number in sorted((one, other)))
    assert first < second or one == other
