"""The page of all activities in a real browser: what is found, what the address keeps, what the keyboard does."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from built_site import CONTENT, BuiltSite
from playwright.sync_api import Browser, Locator, Page, Route, expect
from search_worker import ENGINES
from served import served
from visitor import CONTRAST, DESK, PHONE, Scheme, Visitor, drawn

from generator.check import check
from generator.model.builder import link
from generator.search.files import Engine, search_files

pytestmark = pytest.mark.browser

PAGE = "hoat-dong/"
WORDS = "phu nu khoi nghiep"
UNIT = "hoi-lhpn-viet-nam"
LOADED = re.compile(r"/hoat-dong/kho/|/assets/search/worker")


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Every test of this module runs with each engine."""
    return cast(Engine, request.param)


def with_engine(site: BuiltSite, engine: Engine, folder: Path) -> BuiltSite:
    """A copy of a built site whose search runs on `engine`."""
    shutil.copytree(site.root, folder)
    shutil.rmtree(folder / "hoat-dong" / "kho")
    for path, content in search_files(link(check(CONTENT)), engine).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8", newline="")
    return BuiltSite(folder)


@pytest.fixture(scope="module")
def base_url(site: BuiltSite, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site with this engine, below a sub-path."""
    with served(with_engine(site, engine, tmp_path_factory.mktemp("search") / engine).root) as address:
        yield address


@pytest.fixture(scope="module")
def offline_site(offline_site: BuiltSite, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The bundle with this engine."""
    return with_engine(offline_site, engine, tmp_path_factory.mktemp("disk") / engine)


@pytest.fixture
def reader(browser: Browser, base_url: str) -> Iterator[Visitor]:
    """Someone with a history and a clipboard of their own: windows that are this test's alone."""
    yield from alone(Visitor(browser, base_url))


@pytest.fixture
def disk_reader(browser: Browser, offline_site: BuiltSite) -> Iterator[Visitor]:
    """The same in the bundle, opened from disk."""
    yield from alone(Visitor(browser, offline_site.root.as_uri() + "/"))


def alone(one: Visitor) -> Iterator[Visitor]:
    yield one
    for page, _ in one.windows.values():
        page.context.close()


def address(**query: str | list[str]) -> str:
    """The page with a state: `_` stands for the hyphen of a facet's name."""
    pairs = {name.replace("_", "-"): value for name, value in query.items()}
    return f"{PAGE}?{urlencode(pairs, doseq=True)}" if pairs else PAGE


def box(page: Page) -> str:
    return page.locator("input[type=search][name=q]").input_value()


def typed(page: Page, text: str) -> None:
    page.locator("input[type=search][name=q]").fill(text)


def total(page: Page) -> int:
    """The number found, once the whole answer is there."""
    found = page.locator("[data-total][data-complete=true]")
    return int(found.get_attribute("data-total") or "")


def facet(page: Page, name: str, value: str) -> Locator:
    return page.locator(f"[data-facet='{name}'][data-value='{value}']")


def keys(page: Page) -> list[str]:
    return page.locator("[data-activity]").evaluate_all("all => all.map(one => one.dataset.activity)")


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def all_keys(page: Page) -> list[str]:
    """Every result, however many clicks on "more" it takes."""
    number = total(page)
    while len(keys(page)) < number:
        shown = len(keys(page))
        page.locator("[data-more]").click()
        expect(page.locator("[data-activity]")).not_to_have_count(shown)
    return keys(page)


# ---- What is found ----


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_is_loaded_before_it_is_needed(reader: Visitor, width: int) -> None:
    """Not the worker, not the store: only a letter or a filter brings them."""
    page, watch = reader.opens(PAGE, width)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.wait_for_load_state("networkidle")  # a reload would cut off what is still on its way
    page.reload()
    drawn(page)
    page.locator("input[name=q]").focus()
    assert not [url for url in asked if LOADED.search(url)]
    typed(page, WORDS)
    assert total(page) > 0
    assert [url for url in asked if LOADED.search(url)]
    assert not watch.faults


def test_accents_may_be_left_out(visitor: Visitor) -> None:
    page, watch = visitor.opens(PAGE)
    typed(page, "ho tro phu nu khoi nghiep")
    bare = set(all_keys(page))
    typed(page, "hỗ trợ phụ nữ khởi nghiệp")
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(len(bare)))
    assert set(all_keys(page)) == bare
    assert not watch.faults


def test_a_result_is_what_the_document_says(visitor: Visitor, site: BuiltSite) -> None:
    """Its link leads to the activity, its title is whole, its marks stand on words."""
    known = {f"{each['plan']}/{each['id']}": each for each in site.activities}
    page, _ = visitor.opens(address(q=WORDS))
    assert total(page) > 0
    for card in page.locator("[data-activity]").all():
        activity = known[card.get_attribute("data-activity") or ""]
        link = card.locator("a").first
        assert (link.get_attribute("href") or "").endswith(f"/ke-hoach/{activity['plan']}/#{activity['id']}")
        assert " ".join(activity["title"].split()) in link.inner_text()
    marks = page.locator("[data-activity] mark").all_inner_texts()
    assert marks
    assert all(mark == mark.strip() and mark for mark in marks)
    first = page.locator("[data-activity]").first
    key = first.get_attribute("data-activity") or ""
    first.locator("a").first.click()
    page.wait_for_url(f"**/ke-hoach/{key.replace('/', '/#')}")
    expect(page.locator(f"[id='{key.split('/')[1]}']")).to_be_in_viewport()


FACETS = {
    "nam": lambda each, value: int(value) in each["years"],
    "ke-hoach": lambda each, value: each["plan"] == value,
    "don-vi": lambda each, value: value in (*each["lead"], *each["partners"]),
    "cap": lambda each, value: value in each["levels"],
    "nhiem-vu": lambda each, value: each["task"] and f"{each['plan']}/{each['task']}" == value,
    "chi-tieu": lambda each, value: each["target"] and f"{each['plan']}/{each['target']}" == value,
    "chuong-trinh": lambda each, value: value in each["programmes"],
}


@pytest.mark.parametrize("name", FACETS)
def test_a_facet_leaves_what_the_data_say(visitor: Visitor, site: BuiltSite, name: str) -> None:
    """One value, and two values of one facet, which widen; from an address alone, as other pages link here."""
    page, watch = visitor.opens(address(nam=["2023", "2025"]))
    total(page)
    buttons = page.locator(f"[data-facet='{name}']").evaluate_all(
        "all => all.slice(0, 2).map(one => [one.dataset.value, one.querySelector('b').textContent])"
    )
    values = [value for value, _ in buttons]
    holds = FACETS[name]
    for wanted in (values[:1], values):
        expected = {
            f"{each['plan']}/{each['id']}" for each in site.activities if any(holds(each, value) for value in wanted)
        }
        page.goto(visitor.own + address(**{name.replace("-", "_"): wanted}))
        assert total(page) == len(expected)
        assert set(all_keys(page)) == expected
    assert not watch.faults


@pytest.mark.parametrize("query", [{"q": WORDS}, {"nam": "2025"}, {"q": "tap huan", "don_vi": UNIT}])
def test_a_count_is_what_it_leaves(visitor: Visitor, query: dict[str, str]) -> None:
    page, _ = visitor.opens(address(**query))
    total(page)
    chosen = {name.replace("_", "-") for name in query}
    for name in ("nam", "ke-hoach", "don-vi", "cap"):
        if name in chosen:
            continue
        one = page.locator(f"[data-facet='{name}']").nth(1)
        value, count = one.get_attribute("data-value"), int(one.locator("b").inner_text().replace(".", ""))
        one.click()
        expect(page.locator(f"[data-facet='{name}'][data-value='{value}']")).to_have_attribute("aria-pressed", "true")
        assert total(page) == count
        page.go_back()
        expect(page.locator(f"[data-chip='{name}']")).to_have_count(0)
        total(page)


def test_first_counts_are_those_of_the_store(visitor: Visitor) -> None:
    """What stands on the page before anything is loaded is what the worker would say."""
    page, _ = visitor.opens(PAGE)
    first = page.locator("[data-facet]").evaluate_all(
        "all => all.map(one => [one.dataset.facet, one.dataset.value, one.dataset.count])"
    )
    assert {name for name, _, _ in first} == {"nam", "ke-hoach", "don-vi", "cap", "chuong-trinh"}
    for name in ("nam", "ke-hoach", "don-vi", "cap", "chuong-trinh"):
        value, count = next((value, count) for each, value, count in first if each == name)
        page.goto(visitor.own + address(**{name.replace("-", "_"): value}))
        assert total(page) == int(count)


def test_by_year(visitor: Visitor, site: BuiltSite) -> None:
    years = {f"{each['plan']}/{each['id']}": each["years"] for each in site.activities}
    page, _ = visitor.opens(address(q=WORDS))
    nearest = all_keys(page)
    page.locator("[data-sort=year]").click()
    expect(page.locator("[data-sort=year]")).to_have_attribute("aria-pressed", "true")
    total(page)
    assert query_of(page)["sap-xep"] == ["nam"]
    sorted_ = all_keys(page)
    assert sorted(sorted_) == sorted(nearest)
    firsts = [min(years[key], default=9999) for key in sorted_]
    assert firsts == sorted(firsts)


def test_chart_counts_and_chooses(visitor: Visitor, site: BuiltSite) -> None:
    page, _ = visitor.opens(address(ke_hoach="thai-nguyen-2021-2026"))
    found = total(page)
    due = [each for each in site.activities if each["plan"] == "thai-nguyen-2021-2026" and 2025 in each["years"]]
    assert 0 < len(due) < found
    bar = page.locator("[data-chart-year='2025']")
    expect(bar.locator("b")).to_have_text(str(len(due)))
    bar.click()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(len(due)))
    expect(bar).to_have_attribute("aria-pressed", "true")
    assert query_of(page)["nam"] == ["2025"]


# ---- The address ----


def test_address_keeps_everything(reader: Visitor) -> None:
    """Typing replaces the entry, choosing makes one; back, forward and a pasted address show the same."""
    page, watch = reader.opens(PAGE)
    before = page.evaluate("history.length")
    page.locator("input[name=q]").press_sequentially(WORDS)
    everything = total(page)
    assert query_of(page) == {"q": [WORDS]}
    assert page.evaluate("history.length") == before

    facet(page, "nam", "2023").click()
    expect(page.locator("[data-chip='nam']")).to_have_count(1)
    left = total(page)
    assert left < everything
    assert page.evaluate("history.length") == before + 1
    assert query_of(page) == {"q": [WORDS], "nam": ["2023"]}
    facet(page, "nam", "2025").click()
    expect(page.locator("[data-chip='nam']")).to_have_count(2)
    more, shown = total(page), keys(page)
    assert more >= left
    assert query_of(page)["nam"] == ["2023", "2025"]

    pasted, _ = reader.opens(page.url.removeprefix(reader.own), PHONE)
    assert (box(pasted), total(pasted), keys(pasted)) == (WORDS, more, shown)
    page.go_back()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(left))
    page.go_back()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(everything))
    expect(page.locator("[data-chip]")).to_have_count(0)
    page.go_forward()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(left))
    page.wait_for_load_state("networkidle")
    page.reload()
    assert (box(page), total(page)) == (WORDS, left)
    assert not watch.faults


def test_header_search_leaves_the_query_alone(visitor: Visitor) -> None:
    """Material's own search opens for `?q=` on any page; here the query is this page's."""
    page, _ = visitor.opens(address(q=WORDS))
    total(page)
    assert not page.locator("#__search").is_checked()
    assert query_of(page) == {"q": [WORDS]}


def test_chips_take_filters_away(reader: Visitor) -> None:
    page, _ = reader.opens(address(q=WORDS, nam=["2023", "2025"], cap="province"))
    total(page)
    page.locator("[data-chip='cap']").click()
    expect(page.locator("[data-chip='cap']")).to_have_count(0)
    assert query_of(page) == {"q": [WORDS], "nam": ["2023", "2025"]}
    page.locator("[data-drop-all]").click()
    expect(page.locator("[data-chip]")).to_have_count(0)
    assert query_of(page) == {"q": [WORDS]}
    page.go_back()
    expect(page.locator("[data-chip]")).to_have_count(2)


def test_back_from_an_activity(reader: Visitor) -> None:
    """Whoever comes back from the thirtieth result is at the thirtieth result."""
    page, _ = reader.opens(address(nam="2025"))
    total(page)
    page.locator("[data-more]").click()
    expect(page.locator("[data-activity]")).to_have_count(40)
    key = keys(page)[29]
    page.locator(f"[data-activity='{key}'] a").first.click()
    page.wait_for_url("**/ke-hoach/**")
    page.go_back()
    expect(page.locator("[data-activity]")).to_have_count(40)
    expect(page.locator(f"[data-activity='{key}']")).to_be_in_viewport()


def test_copy_of_the_address(reader: Visitor) -> None:
    page, _ = reader.opens(address(q=WORDS, nam="2023"))
    total(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    expect(page.locator("[data-copy]")).to_have_text("Đã sao chép")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


# ---- Files ----


def downloaded(page: Page, kind: str) -> bytes:
    with page.expect_download() as waiting:
        page.locator(f"[data-download={kind}]").click()
    assert waiting.value.suggested_filename.endswith(f".{kind}")
    return Path(waiting.value.path()).read_bytes()


def test_files_hold_exactly_what_is_found(reader: Visitor, site: BuiltSite) -> None:
    known = {f"{each['plan']}/{each['id']}": each for each in site.activities}
    page, _ = reader.opens(address(q="phu nu", nam="2025"))
    number = total(page)
    table, data = downloaded(page, "csv"), json.loads(downloaded(page, "json"))
    shown = all_keys(page)
    assert len(shown) == number > 20

    assert [f"{each['plan']}/{each['id']}" for each in data["activities"]] == shown
    assert data["query"] == {"q": "phu nu", "nam": ["2025"], "sort": "relevance"}
    assert data["address"] == page.url
    for each in data["activities"]:
        activity = known[f"{each['plan']}/{each['id']}"]
        assert each["url"] == reader.own + activity["url"]
        assert (each["lead"], each["years"], each["task"]) == (activity["lead"], activity["years"], activity["task"])

    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert [row["Địa chỉ"] for row in rows] == [each["url"] for each in data["activities"]]
    assert [row["Hoạt động"] for row in rows] == [each["title"] for each in data["activities"]]


HOSTILE = '=HYPERLINK("x")<img src=x onerror="self.hacked=1"><script>self.hacked=1</script> & “phụ nữ”, khởi nghiệp'


def test_texts_are_only_texts(reader: Visitor, site: BuiltSite) -> None:
    """What a document says becomes no markup and no formula."""
    page, watch = reader.opens(PAGE)
    title = " ".join(site.activities[0]["title"].split())

    def spoil(route: Route) -> None:
        text = route.fetch().text().replace(json.dumps(title, ensure_ascii=False), json.dumps(HOSTILE))
        route.fulfill(body=text, content_type="text/javascript")

    page.context.route(re.compile(r"/kho/(chunk|texts)-"), spoil)
    page.goto(reader.own + address(ke_hoach=site.activities[0]["plan"]))
    total(page)
    card = page.locator("[data-activity]").filter(has_text="=HYPERLINK")
    expect(card).to_contain_text(HOSTILE)
    assert card.locator("img, script").count() == 0
    rows = list(csv.reader(io.StringIO(downloaded(page, "csv").decode("utf-8-sig"), newline="")))
    assert f"'{HOSTILE}" in {cell for row in rows for cell in row}
    assert not [cell for row in rows for cell in row if re.match(r"\s*[=+\-@]", cell)]
    assert page.evaluate("self.hacked") is None
    assert not watch.faults


# ---- Bad input, bad network ----

BAD = [
    "a" * 10_000,
    "phụ nữ " * 1_500,
    '*:~^+-"',
    '+phụ -nữ title:khởi nghiệp~2^3 "tập huấn',
    "<img src=x onerror=self.hacked=1>",
    "</script><script>self.hacked=1</script>",
    "🎉👩🏽‍🌾 phụ nữ",
    "phụ\u0000nữ",
    "\ud83d phụ nữ",
    "__proto__ constructor",
    "%E0%A4%A",
    "((((((((",
    "' OR 1=1 --",
]


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_anything_may_be_typed(visitor: Visitor, text: str) -> None:
    """An answer or a plain sentence, no error, nothing obeyed; the same from a pasted address."""
    page, watch = visitor.opens(PAGE)
    page.locator("input[name=q]").evaluate(
        "(one, text) => { one.value = text; one.dispatchEvent(new Event('input', {bubbles: true})) }", text
    )
    settled(page)
    said = page.locator("[data-results]").inner_text()
    assert said.strip()
    page.wait_for_load_state("networkidle")
    page.reload()
    settled(page)
    assert page.locator("[data-results]").inner_text() == said
    assert page.evaluate("self.hacked") is None
    assert page.locator("[data-results] :is(img, script)").count() == 0
    assert not watch.faults


def settled(page: Page) -> None:
    expect(page.locator("[data-results]")).to_have_attribute("aria-busy", "false")
    expect(page.locator("[data-results]")).to_be_visible()


@pytest.mark.parametrize(
    "query",
    [
        {"nam": "1925"},
        {"don_vi": "__proto__"},
        {"ke_hoach": "<b>x</b>"},
        {"q": WORDS, "cap": "constructor"},
        {"nhiem_vu": "toString"},
        {"chi_tieu": "/"},
        {"kinh_phi": "x" * 250},
        {"sap_xep": "__proto__", "q": WORDS, "chuong_trinh": ["", "no-such"]},
    ],
    ids=str,
)
def test_an_address_may_say_anything(visitor: Visitor, query: dict[str, str]) -> None:
    """An unknown value leaves nothing, says so, and can be taken away."""
    page, watch = visitor.opens(address(**query))
    assert total(page) == 0
    page.locator("[data-suggest]").first.click()
    settled(page) if "q" in query else expect(page.locator("[data-plain]")).to_be_visible()
    expect(page.locator("[data-suggest]")).to_have_count(0)
    if "q" in query:
        assert total(page) > 0
    assert not watch.faults


def test_one_letter_is_not_enough(visitor: Visitor) -> None:
    page, _ = visitor.opens(PAGE)
    typed(page, "p")
    expect(page.locator("[data-results]")).to_contain_text("hai chữ cái")
    expect(page.locator("[data-total]")).to_have_count(0)
    expect(page.locator("[data-plain]")).to_be_visible()
    typed(page, "ph")
    assert total(page) > 0
    expect(page.locator("[data-plain]")).to_be_hidden()


def test_partial_matches_are_called_so(visitor: Visitor) -> None:
    page, _ = visitor.opens(address(q="khởi nghiệp xylophone"))
    assert total(page) > 0
    expect(page.locator("[data-results]")).to_contain_text("nhiều từ nhất")
    typed(page, "khởi nghiệp")
    expect(page.locator("[data-results]")).not_to_contain_text("nhiều từ nhất")


@pytest.mark.parametrize("lost", ["kho/index.js", "kho/chunk-", "search/worker"])
def test_what_is_lost_can_be_tried_again(reader: Visitor, lost: str) -> None:
    page, _ = reader.opens(PAGE)
    page.context.route(re.compile(lost), lambda route: route.abort())
    typed(page, WORDS)
    again = page.get_by_role("button", name="Thử lại")
    expect(again).to_be_visible()
    page.context.unroute(re.compile(lost))
    again.click()
    assert total(page) > 0
    expect(again).to_have_count(0)


def test_only_the_last_word_counts(visitor: Visitor) -> None:
    """However fast somebody types and deletes, what stands there is the answer to what stands in the box."""
    page, watch = visitor.opens(PAGE)
    for text in ("tap huan", "ho tro", "htx", "gia dinh", "tap", "11/KH-BCH", WORDS):
        page.locator("input[name=q]").evaluate(
            "(one, text) => { one.value = text; one.dispatchEvent(new Event('input', {bubbles: true})) }", text
        )
    number, shown = total(page), keys(page)
    other, _ = visitor.opens(address(q=WORDS))
    assert (total(other), keys(other)) == (number, shown)
    assert not watch.faults


# ---- Hands, eyes, ears ----


def test_keyboard_alone(visitor: Visitor) -> None:
    page, watch = visitor.opens(PAGE)
    page.keyboard.press("/")
    expect(page.locator("input[name=q]")).to_be_focused()
    assert not page.locator("#__search").is_checked()
    page.keyboard.type(WORDS)
    assert total(page) > 2
    links = page.locator("[data-activity] > a:first-child")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("input[name=q]")).to_be_focused()
    page.keyboard.type(" 938/QĐ")
    assert box(page) == f"{WORDS} 938/QĐ"
    page.keyboard.press("Escape")
    assert box(page) == ""
    assert query_of(page) == {}
    expect(page.locator("[data-plain]")).to_be_visible()
    assert not watch.faults


def test_a_filter_by_keyboard_keeps_its_place(visitor: Visitor) -> None:
    page, _ = visitor.opens(address(q=WORDS))
    total(page)
    page.locator("[data-facet='nam'][data-value='2023']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-chip='nam']")).to_have_count(1)
    total(page)
    expect(page.locator("[data-facet='nam'][data-value='2023']")).to_be_focused()


def test_the_number_is_announced_and_no_more(visitor: Visitor) -> None:
    """The list is a live region, in which the cards keep silent."""
    page, _ = visitor.opens(address(q=WORDS))
    total(page)
    live = page.locator("[data-results]")
    expect(live).to_have_attribute("aria-live", "polite")
    expect(live).to_have_attribute("aria-busy", "false")
    nearest = "one => one.closest('[aria-live]').getAttribute('aria-live')"
    assert live.locator("[data-total]").evaluate(nearest) == "polite"
    assert live.locator("[data-activity]").first.evaluate(nearest) == "off"


def test_long_facets_show_a_few(visitor: Visitor) -> None:
    page, _ = visitor.opens(address(nam="2025"))
    total(page)
    group = page.locator("[data-facet-group='don-vi']")
    expect(group.locator("[data-facet]")).to_have_count(8)
    group.get_by_role("button", name="xem thêm").click()
    assert group.locator("[data-facet]").count() > 8
    group.locator("input").fill("ban tg-cslp")
    expect(group.locator("[data-facet]").first).to_contain_text("TG-CSLP")
    page.keyboard.press("Escape")
    expect(group.locator("input")).to_have_value("")
    assert query_of(page) == {"nam": ["2025"]}


def test_filters_on_a_phone(visitor: Visitor) -> None:
    page, watch = visitor.opens(address(q=WORDS), PHONE)
    total(page)
    button = page.locator("[data-facet='nam'][data-value='2023']")
    expect(button).to_be_hidden()
    page.locator("[data-filters] summary").click()
    count = int(button.get_attribute("data-count") or "")
    button.click()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(count))
    expect(page.locator("[data-filters] summary")).to_contain_text(f"{count} hoạt động")
    assert not watch.faults


STATES: list[dict[str, str]] = [{}, {"q": WORDS}, {"q": "xylophone", "nam": "1925", "don_vi": UNIT}, {"nam": "2025"}]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("query", STATES, ids=str)
def test_fits_and_can_be_read(visitor: Visitor, query: dict[str, str], width: int, scheme: Scheme) -> None:
    page, watch = visitor.opens(address(**query), width, scheme)
    if query:
        total(page)
    if width == PHONE:
        page.locator("[data-filters] summary").click()
    fits = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert fits[0] <= fits[1]
    assert page.evaluate(CONTRAST) == []
    assert not watch.faults


def test_on_paper(reader: Visitor) -> None:
    """What was searched for and what was found; no box, no filters."""
    page, _ = reader.opens(address(q=WORDS, nam="2023"))
    total(page)
    page.emulate_media(media="print")
    expect(page.locator("[data-activity]").first).to_be_visible()
    expect(page.locator("[data-results]")).to_contain_text(f"{WORDS}; Năm: 2023")
    for gone in ("input[name=q]", "[data-filters]", "[data-copy]", "[data-chart]", "[data-plain]"):
        expect(page.locator(gone)).to_be_hidden()


# ---- From disk, and without JavaScript ----


def test_from_disk(disk_reader: Visitor, site: BuiltSite) -> None:
    page, watch = disk_reader.opens("hoat-dong/index.html")
    typed(page, WORDS)
    everything = total(page)
    assert everything > 0
    facet(page, "nam", "2023").click()
    expect(page.locator("[data-chip='nam']")).to_have_count(1)
    left, shown = total(page), keys(page)
    assert query_of(page) == {"q": [WORDS], "nam": ["2023"]}
    page.go_back()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(everything))

    pasted, _ = disk_reader.opens("hoat-dong/index.html?" + urlencode({"q": WORDS, "nam": "2023"}))
    assert (total(pasted), keys(pasted)) == (left, shown)
    assert json.loads(downloaded(pasted, "json"))["total"] == left
    pasted.locator("[data-activity] a").first.click()
    pasted.wait_for_url("**/ke-hoach/*/index.html#*")
    assert not watch.faults


def test_from_disk_with_files_lost(disk_reader: Visitor, offline_site: BuiltSite) -> None:
    page, _ = disk_reader.opens("hoat-dong/index.html")
    chunks = (offline_site.root / "hoat-dong/kho").glob("chunk-*")
    hidden = [(path, path.rename(path.with_suffix(".lost"))) for path in list(chunks)]
    try:
        typed(page, WORDS)
        again = page.get_by_role("button", name="Thử lại")
        expect(again).to_be_visible()
    finally:
        for path, lost in hidden:
            lost.rename(path)
    again.click()
    assert total(page) > 0


def test_without_javascript(browser: Browser, base_url: str, site: BuiltSite) -> None:
    """The plain list by plan, ways to the lists by year and unit, and no box that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base_url}{PAGE}?q={WORDS}")
    expect(page.locator("input[name=q]")).to_be_hidden()
    expect(page.locator("[data-filters]")).to_be_hidden()
    expect(page.locator("[data-plain] li")).to_have_count(len(site.activities))
    for folder in ("nam", "don-vi", "ke-hoach"):
        expect(page.locator(f"article a[href='../{folder}/']")).to_be_visible()
    context.close()
