"""The provinces since 1 July 2025, and names of communes as they are usual (made up, each once in a province)."""

from __future__ import annotations

_CITIES = ["Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Thành phố Hồ Chí Minh", "Cần Thơ"]
_PROVINCES = [
    *["Thái Nguyên", "Đồng Nai", "An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Đắk Lắk", "Điện Biên", "Đồng Tháp"],
    *["Gia Lai", "Hà Tĩnh", "Hưng Yên", "Khánh Hòa", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nghệ An"],
    *["Ninh Bình", "Phú Thọ", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sơn La", "Tây Ninh", "Thanh Hóa"],
    *["Tuyên Quang", "Vĩnh Long"],
]
PROVINCES = dict.fromkeys(_PROVINCES, "tỉnh") | dict.fromkeys(_CITIES, "thành phố")
"""Name -> kind."""

COMMUNES_A_PROVINCE = 98
"""3,321 communes over 34 provinces."""

_FIRST = "Tân Phú Long Bình An Hòa Thạnh Vĩnh Mỹ Xuân Đông Tây Nam Bắc Thanh Quang Hưng Yên Đại Kim".split()
_SECOND = "Lộc Thành Sơn Hà Phong Thịnh Cường Bảo Minh Đức Hải Giang Lâm Trung Hội Khánh Thuận Lợi Tiến Xá".split()


def commune_name(province: int, number: int) -> str:
    """The name of a province's commune.

    >>> commune_name(0, 0), commune_name(2, 1)
    ('Tân Lộc', 'Mỹ Thịnh')
    """
    place = (province * 37 + number * 31) % (len(_FIRST) * len(_SECOND))
    return f"{_FIRST[place // len(_SECOND)]} {_SECOND[place % len(_SECOND)]}"
