"""The sheet of a unit's year: which units have one, what is on it, and its workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openpyxl
import pytest
import zxingcpp
from built_site import BuiltSite, few, read_yaml, text_of, units_named, with_class
from PIL import Image, ImageDraw

from generator.pages.quick_code import quick_code

SHEET = re.compile(r"don-vi/([a-z0-9-]+)/(\d{4})/index\.html")


def test_there_is_a_sheet_for_each_year_with_work_of_a_unit_or_its_departments(site: BuiltSite) -> None:
    """What is given to a whole group makes no sheet for each of its members: they would all be the same."""
    units = read_yaml("units")
    expected = set()
    for activity in site.activities:
        leads = units_named(activity, "lead")
        above = {units[lead].get("parent") for lead in leads if units[lead]["kind"] == "department"}
        for unit in units_named(activity, "lead", "partners", "levels_units") | (above - {None}):
            expected |= {(unit, str(year)) for year in activity["years"]}
    sheets = {found.groups() for path in site.pages if (found := SHEET.fullmatch(path))}
    assert sheets == expected


def test_a_sheet_holds_what_the_unit_leads_and_takes_part_in(site: BuiltSite) -> None:
    problems = []
    for path, page in site.pages.items():
        if not (found := SHEET.fullmatch(path)):
            continue
        unit, year = found[1], int(found[2])
        due = [activity for activity in site.activities if year in activity["years"]]
        expected = {f"{one['plan']}/{one['id']}" for one in due if unit in one["lead"] or unit in one["partners"]}
        links = page.article.xpath(f"//table//a[{with_class('sk-sheet__title')}]/@href")
        listed = [re.sub(r".*ke-hoach/([a-z0-9-]+)/(?:index\.html)?#", r"\1/", link) for link in links]
        if len(listed) != len(set(listed)) or not expected <= set(listed):
            problems.append(f"{unit} {year}: {sorted(expected - set(listed))}")
    assert not problems, few(problems)


def test_a_sheet_counts_what_it_lists(site: BuiltSite) -> None:
    """In each part of its table, and of what departments lead all, with how many stand in the table too."""
    problems, told = [], 0
    for path, page in site.pages.items():
        if not SHEET.fullmatch(path):
            continue
        lead = text_of(page.article.xpath(f"//p[{with_class('sk-lead')}]")[0])
        parts = page.article.xpath(f"//tr[{with_class('sk-sheet__part')}]")
        table, inside = (
            page.article.xpath(f"//{place}//a[{with_class('sk-sheet__title')}]/@href")
            for place in ("table", f"section[{with_class('sk-side__unit')}]")
        )
        again = set(table) & set(inside)
        told += len(again)
        counts = [int(text_of(part).split()[-1]) for part in parts]
        counts += [number for number in (len(set(inside)), len(again)) if number]
        if [int(number) for number in re.findall(r"\d+", lead)] != counts:
            problems.append(f"{path}: {lead}")
    assert not problems, few(problems)
    assert told


def test_what_a_unit_is_named_for_comes_before_what_its_group_is_given(site: BuiltSite) -> None:
    page = site.page("don-vi/thai-nguyen-hoi-lhpn-cap-huyen/2022")
    parts = [text_of(part) for part in page.article.xpath(f"//tr[{with_class('sk-sheet__part')}]")]
    assert [part.rsplit(" ", 1)[0] for part in parts] == ["Là cấp thực hiện", "Phối hợp", "Việc giao chung cho nhóm"]
    named = [activity for activity in site.activities if 2022 in activity["years"]]
    partnered = [activity for activity in named if "thai-nguyen-hoi-lhpn-cap-huyen" in activity["partners"]]
    assert parts[1].split()[-1] == str(len(partnered))


def test_quantity_and_target_stand_in_words(site: BuiltSite) -> None:
    """A number without what it counts, and a target by its label alone, tell a member nothing."""
    page = site.page("don-vi/thai-nguyen-ban-tg-cslp/2024")
    row = next(row for row in page.article.xpath("//tr") if "chủ trì giám sát ít nhất 01 chính sách" in text_of(row))
    cells = [text_of(cell) for cell in row.xpath("./td")]
    assert "Chỉ tiêu 7: Giám sát chính sách ở ba cấp Hội" in cells[1]
    assert cells[2] == "01 chính sách"
    assert cells[5] == "Thái Nguyên 2021–2026, 7.1"
    assert cells[6] == ""


def test_a_unit_below_is_told_whose_amounts_are_those_of_the_plan(site: BuiltSite) -> None:
    """An officer of a commune must not take the sum of a province for what she has to do herself."""
    page = site.page("don-vi/thai-nguyen-hoi-lhpn-cap-xa/2026")
    cells = {text_of(row[1]): text_of(row[2]) for row in page.article.xpath(f"//tr[{with_class('sk-sheet__row')}]")}
    amounts = {cell for cell in cells.values() if re.match(r"\W*\d", cell)}
    assert amounts and all("%" in cell for cell in amounts)
    (cell,) = (cell for title, cell in cells.items() if title.startswith("Mỗi Hội LHPN xã, phường"))
    assert cell == "cả kế hoạch 178 chính sách"
    norms = [cell for cell in cells.values() if " mỗi cơ sở Hội" in cell]
    assert norms and not any("cả kế hoạch" in cell for cell in norms)
    listed = site.page("don-vi/thai-nguyen-hoi-lhpn-cap-xa").article.xpath(f"//*[{with_class('sk-act__cell')}]")
    assert {text_of(cell) for cell in listed} == {"cả kế hoạch 178", "cả kế hoạch 356"}


def test_who_has_issued_a_plan_reads_its_amounts_as_printed(site: BuiltSite) -> None:
    """So do the departments; a province reads those of the nation's plan with their area."""
    pages = ["don-vi/thai-nguyen-ban-gdxh-kt/2022", "don-vi/hoi-lhpn-dong-nai/2020", "don-vi/hoi-lhpn-viet-nam/2024"]
    for path in pages:
        assert not re.search(r"cả kế hoạch (từ )?\d", text_of(site.page(path).article)), path
    assert "cả kế hoạch 3.500 người" in text_of(site.page("don-vi/hoi-lhpn-thai-nguyen/2026").article)


@pytest.mark.parametrize("name", ["thai-nguyen-hoi-lhpn-cap-xa/2026", "thai-nguyen-hoi-lhpn-cap-xa"])
def test_a_workbook_says_whose_amounts_are_those_of_the_plan(site: BuiltSite, name: str) -> None:
    sheet = openpyxl.load_workbook(site.root / f"du-lieu/don-vi/{name}.xlsx").worksheets[0]
    head, *lines = ([cell.value for cell in row] for row in sheet.iter_rows())
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    row = next(row for row in rows if row["Hoạt động"].startswith("Mỗi Hội LHPN xã, phường"))
    assert (row["2026"], row["Phạm vi của số"]) == (178, "cả kế hoạch")


def test_no_number_stands_alone(site: BuiltSite) -> None:
    alone = [
        f"{path}: {text_of(row)}"
        for path, page in site.pages.items()
        if SHEET.fullmatch(path)
        for row in page.article.xpath(f"//tr[{with_class('sk-sheet__row')}]")
        if re.fullmatch(r"[≥>]?\s*[\d.,]+", text_of(row[2]))
    ]
    assert not alone, few(alone)


def test_a_workbook_says_what_its_numbers_count(site: BuiltSite) -> None:
    """As the page does: the numbers of sub-rows, too."""
    sheet = openpyxl.load_workbook(site.root / "du-lieu/don-vi/thai-nguyen-ban-gdxh-kt/2022.xlsx").worksheets[0]
    head, *lines = ([cell.value for cell in row] for row in sheet.iter_rows())
    counts = [dict(zip(head, line, strict=True)) for line in lines if isinstance(line[head.index("2022")], int)]
    assert len(counts) > 10
    assert [line for line in counts if not line["Đơn vị tính"]] == []


def test_a_sheet_says_where_in_the_document(site: BuiltSite) -> None:
    """Labels such as `7` stand in a plan many times: with those of the headings above they are one place."""
    page = site.page("don-vi/hoi-lhpn-viet-nam/2024")
    places = [text_of(row[5]) for row in page.article.xpath(f"//tr[{with_class('sk-sheet__row')}]") if text_of(row[5])]
    assert "Toàn quốc 2022–2027, Nhiệm vụ 1, A.I.2" in places
    assert len(set(places)) == len(places) > 40


def test_shared_work_stands_in_the_order_of_the_document(site: BuiltSite) -> None:
    """Be it given to a group as a level or as a partner."""
    body = site.page("don-vi/thai-nguyen-hoi-lhpn-cap-xa/2026").article.xpath("//table/tbody")[-1]
    rows = body.xpath(f"./tr[{with_class('sk-sheet__row')}][td[1]/text()]")
    undated = [text_of(row[5]).rpartition(", ")[2] for row in rows if not text_of(row[3])]
    places = [[int(part) for part in place.split(".")] for place in undated]
    targets, tasks = [place for place in places if len(place) == 2], [place for place in places if len(place) == 3]
    assert places == [*targets, *tasks]
    assert targets == sorted(targets) and tasks == sorted(tasks)


def test_the_lines_of_departments_have_the_figures_of_sub_rows(site: BuiltSite) -> None:
    items = site.page("don-vi/hoi-lhpn-thai-nguyen/2026").article.xpath(f"//ol[{with_class('sk-sheet__lines')}]/li")
    item = next(item for item in items if "tập huấn, bồi dưỡng kỹ năng công tác Hội" in text_of(item))
    assert [text_of(row) for row in item.xpath("./ul/li")] == [
        "Chủ tịch, Phó Chủ tịch 36 người",
        "Chi hội trưởng 335 người",
    ]


@pytest.mark.parametrize(
    ("name", "title", "figures"),
    [
        ("hoi-lhpn-thai-nguyen/2026", "Tập huấn, bồi dưỡng 3.500 cán bộ nữ", "cả kế hoạch 3.500 người, cả nhiệm kỳ"),
        ("hoi-lhpn-viet-nam/2026", "Tập huấn, bồi dưỡng 3.500 cán bộ nữ", ": 3.500 người, cả nhiệm kỳ"),
        ("thai-nguyen-hoi-lhpn-cap-xa/2026", "100% cơ sở Hội thu hút trên 50%", "trên 50%"),
    ],
)
def test_a_workbook_has_the_figures_of_sentences(site: BuiltSite, name: str, title: str, figures: str) -> None:
    """As the sheet shows them, with whose they are."""
    sheet = openpyxl.load_workbook(site.root / f"du-lieu/don-vi/{name}.xlsx").worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    (row,) = (row for row in rows if row[head.index("Hoạt động")].startswith(title))
    assert figures in row[head.index("Con số trong câu")]


def test_a_unit_that_has_ended_says_so_beside_its_work(site: BuiltSite) -> None:
    unit, day = "don-vi/thai-nguyen-hoi-lhpn-cap-huyen", "30/6/2025"
    told = {year: text_of(site.page(f"{unit}/{year}").article) for year in (2024, 2025, 2026)}
    assert day not in told[2024]
    assert f"hoạt động đến hết {day}." in told[2025]
    assert f"kết thúc hoạt động ngày {day}" in told[2026]
    assert f"kết thúc hoạt động ngày {day}" in text_of(site.page(unit).article)
    for name in (unit, f"{unit}/2026"):
        source = openpyxl.load_workbook(site.root / f"du-lieu/{name}.xlsx")["Nguồn"]
        assert ("Thời gian hoạt động", f"đến hết {day}") in list(source.iter_rows(values_only=True))


@pytest.mark.slow
def test_the_sums_of_all_sheets_are_those_of_the_year(site: BuiltSite) -> None:
    """Of what is led by somebody: the workbooks of all units of a year hold the same lines as that of the year."""
    units = {path.parent for path in (site.root / "du-lieu/don-vi").glob("*/*.xlsx")}
    for year in sorted({year for activity in site.activities for year in activity["years"]}):
        of_year = {line for line, lead in _lines(site.root / f"du-lieu/nam/{year}.xlsx", year) if lead}
        files = [unit / f"{year}.xlsx" for unit in sorted(units) if (unit / f"{year}.xlsx").exists()]
        of_units = {line for file in files for line, lead in _lines(file, year) if lead}
        assert of_units == of_year
        assert sum(number for *_, number in of_units) == sum(number for *_, number in of_year)


@cache
def _lines(path: Path, year: int) -> list[tuple[tuple[object, ...], object]]:
    return list(_read(path, year))


def _read(path: Path, year: int) -> Iterator[tuple[tuple[object, ...], object]]:
    book = openpyxl.load_workbook(path, read_only=True)
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        number = cells.get(str(year))
        line = (
            cells["Kế hoạch"],
            cells.get("TT"),
            cells["Hoạt động"],
            number if isinstance(number, int | float) else 0,
        )
        yield line, cells.get("Chủ trì")


def test_the_workbook_of_a_sheet_has_its_columns_and_room_for_results(site: BuiltSite) -> None:
    book = openpyxl.load_workbook(site.root / "du-lieu/don-vi/thai-nguyen-ban-tg-cslp/2024.xlsx")
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    assert head[-1] == "Kết quả"
    assert {"Phần việc", "Hoạt động", "2024", "Đơn vị tính", "Chỉ tiêu", "Kế hoạch"} <= set(head)
    rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    row = next(row for row in rows if "chủ trì giám sát ít nhất 01 chính sách" in row["Hoạt động"])
    assert (row["Phần việc"], row["2024"], row["Đơn vị tính"], row["Kết quả"]) == (
        "chủ trì, thực hiện",
        1,
        "chính sách",
        None,
    )
    assert not any(row["Kết quả"] for row in rows)


@pytest.mark.parametrize(
    "address", ["https://a.vn/", "https://hoi.example/so-ke-hoach/don-vi/" + "ban-" * 20 + "x/2025/"]
)
def test_a_reader_of_codes_reads_the_address(address: str) -> None:
    image = _drawn(str(quick_code(address)))
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [address]


def _drawn(svg: str) -> Image.Image:
    """Draw the horizontal strokes that the code consists of."""
    size = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])  # type: ignore[index]
    image = Image.new("L", (size * 8, size * 8), 255)
    draw = ImageDraw.Draw(image)
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", re.search(r' d="([^"]+)"', svg)[1]):  # type: ignore[index]
        values = [float(number) for number in numbers.split()]
        if command == "h":
            draw.rectangle((x * 8, (y - 0.5) * 8, (x + values[0]) * 8 - 1, (y + 0.5) * 8 - 1), fill=0)
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return image
