"""The search in the header: its dialog, its worker, its bytes, and its message if a file is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from built_site import BuiltSite
from playwright.sync_api import Locator, Page, Route, expect
from slow import rest_slow, slow
from visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser

BUTTON = "[data-seek]"
BOX = ".sk-seek__box"
RESULT = ".sk-seek__link"
STATUS = ".sk-seek__status"
OFFER = "[data-search-offer]"
WORKER, ENTRIES = "assets/search/header-worker.js", "assets/search/header-entries.js"

PLAN = "ke-hoach/thai-nguyen-2021-2026/"
UNIT = "don-vi/thai-nguyen-ban-tg-cslp/"
TARGET = "chi-tieu/thai-nguyen-2021-2026/ct2/"
TASK = "nhiem-vu/national-2022-2027/nv1/"
PROGRAMME = "chuong-trinh/de-an-938/"
GUIDE = "dong-gop/"

QUERIES = [
    ("Thái Nguyên 2021", PLAN),
    ("thai nguyen 2021", PLAN),
    ("ke hoach toan khoa thai nguyen", PLAN),
    ("11/KH-BCH", PLAN),
    ("Thoát nghèo, nữ chủ doanh nghiệp", TARGET),
    ("chi tieu thoat ngheo nu chu doanh nghi", TARGET),
    ("TG-CSLP", UNIT),
    ("tg-cslp thai nguyen", UNIT),
    ("Ban TGCSLP", UNIT),
    ("đề án 938", PROGRAMME),
    ("de an 938", PROGRAMME),
    ("gia đình Việt Nam ấm no", TASK),
    ("gia dinh viet nam am no", TASK),
    ("nam 2025", "nam/2025/"),
    ("du lieu mo", "du-lieu/"),
    ("so sanh", "so-sanh/"),
    ("dong gop ke hoach", GUIDE),
]
MOST_BEFORE = 3  # what a person sees without scrolling


def types(page: Page, text: str) -> None:
    """As a hand does, one key after the other, in the dialog."""
    opened(page).press_sequentially(text)


def opened(page: Page) -> Locator:
    """Return the box; the button opens the dialog where it is not open yet."""
    box = page.locator(BOX)
    if not (box.count() and box.is_visible()):
        page.locator(BUTTON).click()
    return box


def addresses(page: Page, own: str) -> list[str]:
    """Where the results lead, from the site's root."""
    links = page.locator(RESULT).evaluate_all("links => links.map(link => link.href)")
    return [urlsplit(link)._replace(query="").geturl().removeprefix(own) for link in links]


def awaited(page: Page, holds: Callable[[], bool], what: Callable[[], object]) -> None:
    """Typing asks at every letter: wait for the answer to the last."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError(what())


def found(page: Page, own: str, address: str) -> None:
    def first() -> list[str]:
        return addresses(page, own)[:MOST_BEFORE]

    awaited(page, lambda: address in first(), first)


@pytest.mark.parametrize(
    ("query", "address"), [each if number % 5 == 0 else slow(each) for number, each in enumerate(QUERIES)]
)
def test_finds(visitor: Visitor, query: str, address: str) -> None:
    """Below a sub-path, with accents and without."""
    page, watch = visitor.opens("nam/")
    types(page, query)
    found(page, visitor.own, address)
    assert not watch.faults


@pytest.mark.parametrize(("query", "address"), rest_slow(QUERIES))
def test_finds_from_disk(offline_visitor: Visitor, query: str, address: str) -> None:
    page, watch = offline_visitor.opens("nam/index.html")
    types(page, query)
    found(page, offline_visitor.own, f"{address}index.html")
    assert not watch.faults


def test_a_result_opens(visitor: Visitor) -> None:
    """Enter takes the best one."""
    page, watch = visitor.opens("ke-hoach/thai-nguyen-2021-2026/")
    types(page, "de an 938")
    found(page, visitor.own, PROGRAMME)
    page.locator(BOX).press("Enter")
    page.wait_for_url(f"**/{PROGRAMME}*")
    expect(page.locator("article h1")).to_contain_text("Đề án 938")
    assert not watch.faults


@pytest.mark.slow
def test_a_result_opens_from_disk(offline_visitor: Visitor) -> None:
    page, watch = offline_visitor.opens("index.html")
    types(page, "TG-CSLP")
    found(page, offline_visitor.own, f"{UNIT}index.html")
    page.locator(RESULT).first.click()
    page.wait_for_url(f"**/{UNIT}index.html*")
    assert not watch.faults


def test_a_part_of_a_page_written_by_hand(visitor: Visitor) -> None:
    """It leads to its heading, and names the page that it is of."""
    page, watch = visitor.opens("")
    types(page, "dat ma va tao tep")
    found(page, visitor.own, f"{GUIDE}#buoc-3")
    item = page.locator(f"{RESULT}[href*='#buoc-3']")
    expect(item.locator("strong")).to_contain_text("Đóng góp kế hoạch: Bước 3")
    assert "<p" not in item.inner_text()
    assert not watch.faults


@pytest.mark.slow
def test_the_guide_comes_after_what_plans_hold(visitor: Visitor) -> None:
    page, _ = visitor.opens("")
    types(page, "thoat ngheo")
    found(page, visitor.own, TARGET)
    order = [address.startswith(GUIDE) for address in addresses(page, visitor.own)]
    assert order == sorted(order)
    assert any(order)


@pytest.mark.parametrize(
    ("typed", "address", "kind"),
    rest_slow(
        [
            ("11/KH-BCH", PLAN, "Kế hoạch"),
            ("Thái Nguyên 2021-2026", PLAN, "Kế hoạch"),
            ("Đề án 938", PROGRAMME, "Chương trình, đề án"),
            ("Ban TG-CSLP", UNIT, "Đơn vị"),
            ("ddeef ans 938", PROGRAMME, "Chương trình, đề án"),
            ("đề án938", PROGRAMME, "Chương trình, đề án"),
            ("bac kan", "don-vi/hoi-lhpn-thai-nguyen/", "Đơn vị"),
            ("TPHCM", "don-vi/hoi-lhpn-thanh-pho-ho-chi-minh/", "Đơn vị"),
        ]
    ),
)
def test_an_exact_name_is_first_with_its_kind(visitor: Visitor, typed: str, address: str, kind: str) -> None:
    page, _ = visitor.opens("nam/")
    types(page, typed)
    awaited(page, lambda: addresses(page, visitor.own)[:1] == [address], lambda: addresses(page, visitor.own))
    expect(page.locator(RESULT).first.locator(".sk-seek__kind")).to_have_text(kind)


# ---- What is shown ----


@pytest.mark.slow
def test_marks_have_their_accents(visitor: Visitor) -> None:
    page, _ = visitor.opens("")
    types(page, "thai nguyen 2021")
    found(page, visitor.own, PLAN)
    result = page.locator(RESULT).first
    expect(result.locator("strong mark").first).to_have_text(re.compile("^Thái Nguyên"))
    expect(result.locator(".sk-seek__kind")).to_have_text("Kế hoạch")


@pytest.mark.parametrize(("typed", "address"), rest_slow([("ct2", TARGET), ("nhiệm vụ 1 toàn quốc", TASK)]))
def test_a_kind_is_said_once(visitor: Visitor, typed: str, address: str) -> None:
    page, _ = visitor.opens("")
    types(page, typed)
    found(page, visitor.own, address)
    result = page.locator(f"{RESULT}[href$='{address}']")
    title = result.locator("strong").inner_text()
    assert result.inner_text().startswith(title)
    assert title.startswith(("Chỉ tiêu 2", "Nhiệm vụ 1"))


def test_typed_accents_come_first(visitor: Visitor) -> None:
    """`phủ` is not `phụ`, though both are `phu`."""
    page, _ = visitor.opens("")
    types(page, "chính phủ")
    awaited(page, lambda: "hính phủ" in first_text(page).lower(), lambda: first_text(page))


def first_text(page: Page) -> str:
    links = page.locator(RESULT)
    return links.first.inner_text() if links.count() else ""


def test_says_which_word_is_missing(visitor: Visitor) -> None:
    page, watch = visitor.opens("")
    types(page, "de an 938 zyxwv")
    found(page, visitor.own, PROGRAMME)
    expect(page.locator(RESULT).first.locator(".sk-seek__missing")).to_have_text("Thiếu: zyxwv")
    assert not watch.faults


@pytest.mark.parametrize(
    "typed",
    rest_slow(["<img src=x onerror=alert(1)>", "title:^~*+-\"'", "__proto__", "\u0000 😀", "x" * 10_000]),
)
def test_whatever_is_typed_is_words(visitor: Visitor, typed: str) -> None:
    page, watch = visitor.opens("")
    opened(page).fill(typed)
    page.wait_for_timeout(300)
    assert page.locator(".sk-seek img").count() == 0
    expect(page.locator(OFFER)).to_be_visible()
    assert not watch.faults


# ---- The line that leads to the activities ----


@pytest.mark.parametrize("width", rest_slow([PHONE, DESK]))
def test_offer_of_activities(visitor: Visitor, width: int) -> None:
    """It stands there before anything is typed, and with what is typed; the box over there then has it."""
    page, watch = visitor.opens(PLAN, width)
    opened(page)
    expect(page.locator(OFFER)).to_be_visible()
    assert page.locator(OFFER).evaluate("link => link.href") == f"{visitor.own}hoat-dong/"
    types(page, "bò sữa & 50%")
    expect(page.locator(OFFER)).to_contain_text("Tìm hoạt động: bò sữa & 50%")
    page.locator(OFFER).click()
    page.wait_for_url("**/hoat-dong/?q=*")
    assert queried(page) == "bò sữa & 50%"
    expect(page.locator("input[type=search][name=q]")).to_have_value("bò sữa & 50%")
    assert not watch.faults


@pytest.mark.slow
def test_offer_from_disk(offline_visitor: Visitor) -> None:
    page, watch = offline_visitor.opens("don-vi/index.html")
    types(page, "khởi nghiệp")
    page.locator(OFFER).click()
    page.wait_for_url("**/hoat-dong/index.html?q=*")
    assert queried(page) == "khởi nghiệp"
    assert not watch.faults


def queried(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["q"][0]


def test_offer_by_keys(visitor: Visitor) -> None:
    """The arrow reaches it first; where nothing is found, Enter takes it."""
    page, watch = visitor.opens("")
    types(page, "TG-CSLP")
    found(page, visitor.own, UNIT)
    page.locator(BOX).press("ArrowDown")
    expect(page.locator(OFFER)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(RESULT).first).to_be_focused()

    page, watch = visitor.opens("")
    types(page, "zyxwv")
    expect(page.locator(STATUS)).to_have_text("Không có trang nào khớp")
    page.locator(BOX).press("Enter")
    page.wait_for_url("**/hoat-dong/?q=zyxwv")
    assert not watch.faults


@pytest.mark.slow
def test_what_is_pasted_counts(visitor: Visitor) -> None:
    page, _ = visitor.opens("")
    opened(page).focus()
    page.evaluate("text => document.execCommand('insertText', false, text)", "đề án 938")
    found(page, visitor.own, PROGRAMME)
    expect(page.locator(OFFER)).to_contain_text("đề án 938")


@pytest.mark.slow
def test_emptied(visitor: Visitor) -> None:
    page, _ = visitor.opens("")
    types(page, "TG-CSLP")
    found(page, visitor.own, UNIT)
    page.locator(BOX).fill("")
    expect(page.locator(OFFER)).to_have_text("Tìm trong các hoạt động")
    expect(page.locator(RESULT)).to_have_count(0)


def test_keys_open_and_close_it(visitor: Visitor) -> None:
    page, watch = visitor.opens("nam/")
    page.keyboard.press("/")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(BOX)).to_be_hidden()
    assert not watch.faults


@pytest.mark.slow
def test_without_javascript_the_button_leads_to_the_search(visitor: Visitor) -> None:
    page = visitor.browser.new_page(java_script_enabled=False)
    page.goto(visitor.own + PLAN)
    page.locator(BUTTON).click()
    page.wait_for_url("**/hoat-dong/")
    page.close()


# ---- What it costs, and what is told ----


def test_nothing_is_read_before_the_first_letter(visitor: Visitor) -> None:
    """Neither worker nor entries, and nothing of Material's search."""
    page, watch = visitor.opens("")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(visitor.own)))
    page.goto(visitor.own + "nam/")
    opened(page)
    page.wait_for_timeout(300)
    assert not {WORKER, ENTRIES} & set(asked)
    assert not any("search_index" in address or "javascripts/workers" in address for address in asked)
    types(page, "t")
    expect(page.locator(RESULT).first).to_be_visible()
    assert asked.count(ENTRIES) == asked.count(WORKER) == 1
    assert not watch.faults


@pytest.mark.parametrize("file", rest_slow([WORKER, ENTRIES]))
@pytest.mark.parametrize("fault", rest_slow(["missing", "page", "type"]))
def test_a_file_that_does_not_come_is_told(visitor: Visitor, file: str, fault: str) -> None:
    """A file that is not there, a page instead of it, a script that is called a text: the next letter tries again."""
    page, _ = visitor.opens("")

    def answer(route: Route) -> None:
        if fault == "missing":
            route.fulfill(status=404)
        elif fault == "page":
            route.fulfill(status=200, body="<!doctype html><p>404</p>", content_type="text/html")
        else:
            route.fulfill(status=200, body="", content_type="text/plain", headers={"X-Content-Type-Options": "nosniff"})

    page.context.route(f"**/{file}", answer)
    types(page, "TG")
    expect(page.locator(STATUS)).to_contain_text(file.rpartition("/")[2])
    expect(page.locator(OFFER)).to_contain_text("TG")
    page.context.unroute_all()
    types(page, "-CSLP")
    found(page, visitor.own, UNIT)


def test_entries_are_of_pages_only(site: BuiltSite) -> None:
    """Every page, and each part of those written by hand; sheets and matrices stand on other pages."""
    entries = (site.root / ENTRIES).read_text("utf-8")
    rows = json.loads(entries.removeprefix("sokehoachEntries(").removesuffix(")\n"))
    pages = {path.parent.relative_to(site.root).as_posix() for path in site.root.rglob("index.html")}
    pages = {path for path in pages if not re.fullmatch(r"don-vi/[a-z0-9-]+/\d{4}|doi-chieu/[a-z0-9-]+", path)}
    assert {row[0].split("#")[0].strip("./") or "." for row in rows} == pages
    assert not (site.root / "search").exists()
    texts = " ".join(row[2] for row in rows if row[0].startswith(GUIDE))
    assert "Kho mã" in texts
    assert not any(words in texts for words in ("In trang này", "Chép đường dẫn", "{:"))
