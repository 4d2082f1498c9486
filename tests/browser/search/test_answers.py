"""What the page of all activities shows besides activities: pages by name, readings, a workbook, a printed heading."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from built_site import BuiltSite
from playwright.sync_api import expect
from search_page import address, downloaded, keys, total
from slow import rest_slow
from visitor import PHONE, Visitor

pytestmark = pytest.mark.browser


def test_a_number_leads_to_its_plan_first_with_its_kind(visitor: Visitor) -> None:
    page, watch = visitor.opens(address(q="11/KH-BCH"))
    total(page)
    first = page.locator("[data-page]").first
    expect(first).to_contain_text("Kế hoạch Thái Nguyên 2021–2026")
    assert first.evaluate("one => one.getBoundingClientRect().bottom") < 800
    first.locator("a").click()
    page.wait_for_url("**/ke-hoach/thai-nguyen-2021-2026/")
    assert not watch.faults


@pytest.mark.parametrize("query", rest_slow([{"q": "khởi nghiệp"}, {"q": "HTX", "nam": "2025", "cap": "province"}]))
def test_the_first_hit_stands_in_the_first_screen_of_a_phone(visitor: Visitor, query: dict[str, str]) -> None:
    page, _ = visitor.opens(address(**query), PHONE)
    assert total(page) > 0
    title = page.locator("[data-activity] .sk-hit__title").first
    assert title.evaluate("one => one.getBoundingClientRect().bottom") <= 844


def test_a_card_shows_partners_and_the_targets_words(visitor: Visitor, site: BuiltSite) -> None:
    page, _ = visitor.opens(address(q="vận động hội viên nâng cao kiến thức kỹ năng sức khỏe"))
    total(page)
    card = page.locator("[data-activity='thai-nguyen-2021-2026/ct1-1']")
    expect(card).to_contain_text("Phối hợp: Các ngành liên quan")
    expect(card).to_contain_text("Chỉ tiêu 1: Hoạt động nâng cao kiến thức, đạo đức, sức khỏe ở cơ sở Hội")


def test_a_card_names_who_carries_out_apart_from_partners(visitor: Visitor) -> None:
    page, watch = visitor.opens(address(don_vi="thai-nguyen-hoi-lhpn-cap-xa", nam="2026"))
    total(page)
    card = page.locator("[data-activity='thai-nguyen-2021-2026/ct7-3']")
    roles = dict(role.split(": ", 1) for role in card.locator(".sk-hit__role").all_inner_texts())
    assert list(roles) == ["Chủ trì, thực hiện", "Phối hợp", "Cấp thực hiện"]
    assert "cấp xã" not in roles["Phối hợp"]
    assert roles["Cấp thực hiện"].startswith("Hội LHPN cấp xã")
    assert not watch.faults


def test_keys_typed_without_a_keyboard_are_told(visitor: Visitor) -> None:
    page, _ = visitor.opens(address(q="phuj nuwx khowir nghieepj"))
    assert total(page) > 0
    expect(page.locator(".sk-find__notice")).to_contain_text("phụ nữ khởi nghiệp")


def test_excel_holds_what_was_found_and_nothing_to_compute(visitor: Visitor) -> None:
    page, _ = visitor.opens(address(q="khởi nghiệp", nam="2023"))
    number = total(page)
    book = openpyxl.load_workbook(BytesIO(downloaded(page, "xlsx")))
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert len(rows) == number
    assert {"Kế hoạch", "Hoạt động", "Phối hợp", "Địa chỉ"} <= set(head)
    titles = [row[head.index("Hoạt động")] for row in rows]
    shown = page.locator("[data-activity] .sk-hit__title").first.inner_text()
    assert titles[0] in shown
    assert all(cell.data_type in ("s", "n", "inlineStr") for row in book.worksheets[0].iter_rows() for cell in row)
    asked = dict(book.worksheets[1].iter_rows(values_only=True))
    assert asked["Nội dung tìm"] == "“khởi nghiệp”; Năm: 2023"
    assert len(keys(page)) == min(number, 20)


def test_a_printed_list_says_what_was_asked(visitor: Visitor) -> None:
    page, _ = visitor.opens(address(q="khởi nghiệp", nam="2023", don_vi="hoi-lhpn-viet-nam"))
    total(page)
    page.emulate_media(media="print")
    heading = page.locator(".sk-find .sk-printed").first
    expect(heading).to_be_visible()
    expect(heading).to_contain_text("Năm: 2023")
    expect(heading).to_contain_text("Đơn vị: Hội LHPN Việt Nam")
    expect(page.locator("h1")).to_be_hidden()
