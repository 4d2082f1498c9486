"""The site in a real browser: on phone and desktop, light and dark, from a server, from disk and on paper."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pypdf
import pytest
from built_site import BuiltSite
from playwright.sync_api import Browser, Page, expect
from printed import squeezed
from slow import rest_slow
from visitor import CONTRAST, DESK, PHONE, Scheme, Visitor, drawn

pytestmark = pytest.mark.browser

PLANS = {"years": "thai-nguyen-2021-2026", "roles": "national-2022-2027", "outline": "da-nang-2023"}
ADDRESSES = (
    "",
    "ke-hoach/",
    *(f"ke-hoach/{plan}/" for plan in PLANS.values()),
    "chi-tieu/thai-nguyen-2021-2026/ct2/",
    "nhiem-vu/national-2022-2027/nv1/",
    "don-vi/hoi-lhpn-viet-nam/",
    "don-vi/",
    "nam/2025/",
    "chuong-trinh/de-an-938/",
    "hoat-dong/",
    "du-lieu/",
    "dong-gop/",
    "dong-gop/truong/",
    "dong-gop/quy-tac/",
    "dong-gop/sua-ke-hoach/",
    "dong-gop/nhap-tu-tep/",
)


# ---- Every kind of page ----


@pytest.mark.parametrize("address", rest_slow(ADDRESSES, plain=9))
@pytest.mark.parametrize("width", rest_slow([PHONE, DESK]))
@pytest.mark.parametrize("scheme", rest_slow(["light", "dark"]))
def test_page_fits_and_is_quiet(visitor: Visitor, address: str, width: int, scheme: Scheme) -> None:
    """No sideways scroll, no error, no request to another host; and the chosen scheme is the one shown."""
    page, watch = visitor.opens(address, width, scheme)
    fits = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert fits[0] <= fits[1], f"{fits[0]} px wide on {fits[1]} px: {widest(page)}"
    assert page.locator("body").get_attribute("data-md-color-scheme") == {"light": "default", "dark": "slate"}[scheme]
    assert not watch.faults


def widest(page: Page) -> list[str]:
    """The innermost elements that reach out of the window on the right, for the failure's message."""
    return page.evaluate(
        """() => [...document.querySelectorAll("article *")]
            .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .filter((one, _, all) => !all.some(other => other !== one && one.contains(other)))
            .slice(0, 5).map(one => one.outerHTML.slice(0, 160))"""
    )


@pytest.mark.parametrize("scheme", rest_slow(["light", "dark"]))
@pytest.mark.parametrize(
    "address", rest_slow(["", f"ke-hoach/{PLANS['years']}/", "nam/2025/", "dong-gop/", "dong-gop/truong/"])
)
def test_text_can_be_read(visitor: Visitor, address: str, scheme: Scheme) -> None:
    """Each text has a contrast of 4.5 : 1 with what lies behind it (3 : 1 where it is large), as WCAG AA asks."""
    page, _ = visitor.opens(address, DESK, scheme)
    assert page.evaluate(CONTRAST) == []


# ---- The search in the header ----


@pytest.mark.parametrize("width", rest_slow([PHONE, DESK]))
def test_header_search_finds_a_page(visitor: Visitor, width: int) -> None:
    """Its worker and index come from the site itself, also below a sub-path; a result leads to a page with the word."""
    page, watch = visitor.opens("ke-hoach/", width)
    page.locator("[data-seek]").click()
    page.locator(".sk-seek__box").fill("Thái Nguyên 2021")
    found = page.locator(".sk-seek__link").first
    expect(found).to_be_visible()
    found.click()
    page.wait_for_url("**/so-ke-hoach/ke-hoach/thai-nguyen-2021-2026/")
    expect(page.locator("article")).to_contain_text("Thái Nguyên")
    assert not watch.faults


# ---- The year filter of a plan ----


@pytest.mark.parametrize("layout", rest_slow(["years", "roles"]))
def test_year_filter(visitor: Visitor, site: BuiltSite, layout: str) -> None:
    """One click leaves what is due in the year; the address keeps the choice; back and a pasted address work."""
    plan = PLANS[layout]
    activities = [activity for activity in site.activities if activity["plan"] == plan]
    everything = [activity["id"] for activity in activities]
    due = [activity["id"] for activity in activities if 2025 in activity["years"]]
    assert 0 < len(due) < len(everything)

    page, watch = visitor.opens(f"ke-hoach/{plan}/")
    assert visible_rows(page) == everything
    button = page.locator("[data-year-filter] button[data-year='2025']")
    button.click()
    assert visible_rows(page) == due
    assert page.url.endswith(f"/ke-hoach/{plan}/?nam=2025")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-year-found]")).to_contain_text(str(len(due)))

    page.go_back()
    assert visible_rows(page) == everything
    assert page.url.endswith(f"/ke-hoach/{plan}/")
    page.go_forward()
    assert visible_rows(page) == due
    assert not watch.faults

    pasted, _ = visitor.opens(f"ke-hoach/{plan}/?nam=2025", PHONE)
    assert visible_rows(pasted) == due
    pasted.locator("[data-year-filter] button[data-year='']").click()
    assert visible_rows(pasted) == everything
    assert "nam=" not in pasted.url


def test_a_link_to_a_row_of_another_year_shows_it(visitor: Visitor) -> None:
    page, watch = visitor.opens("ke-hoach/thai-nguyen-2021-2026/?nam=2026#nv1-1-4")
    expect(page.locator("#nv1-1-4")).to_be_in_viewport()
    page.locator("[data-year-filter] button[data-year='2026']").click()
    expect(page.locator("#nv1-1-4")).to_be_hidden()
    page.evaluate("location.hash = 'nv1-1-4'")
    expect(page.locator("#nv1-1-4")).to_be_in_viewport()
    assert not watch.faults


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("ke-hoach/thai-nguyen-2021-2026/?nam=2026", "chỉ có 70 trong 88 hoạt động: các hoạt động của năm 2026"),
        ("don-vi/hoi-lhpn-thai-nguyen/#nam-2025", "chỉ có việc của năm 2025"),
    ],
)
def test_paper_says_what_a_choice_leaves_out(visitor: Visitor, address: str, says: str) -> None:
    page, _ = visitor.opens(address)
    note = page.locator("[data-year-printed]")
    expect(note).to_be_hidden()
    page.emulate_media(media="print")
    expect(note).to_contain_text(says)
    page.emulate_media(media="screen")
    page.locator("[data-year-filter] button[data-year=''], [data-all-years]").first.click()
    page.emulate_media(media="print")
    expect(note).to_be_hidden()


def test_year_filter_leaves_only_sub_rows_of_the_year(visitor: Visitor) -> None:
    """A sub-row with its own years goes when they are over; one without goes with its activity."""
    page, _ = visitor.opens("ke-hoach/dong-nai-2017-2021/?nam=2021")
    years = page.locator(".sk-row--sub:visible").evaluate_all("rows => rows.map(row => row.dataset.years)")
    assert years
    assert all("2021" in each.split() for each in years)


@pytest.mark.slow
def test_year_filter_ignores_a_year_of_no_meaning(visitor: Visitor, site: BuiltSite) -> None:
    """A mistyped address shows the whole plan, not an empty page."""
    plan = PLANS["years"]
    page, watch = visitor.opens(f"ke-hoach/{plan}/?nam=1925")
    assert visible_rows(page) == [each["id"] for each in site.activities if each["plan"] == plan]
    assert not watch.faults


@pytest.mark.slow
def test_year_filter_leaves_no_empty_heading(visitor: Visitor) -> None:
    """A table whose rows are all gone takes its column heads with it."""
    page, _ = visitor.opens(f"ke-hoach/{PLANS['roles']}/?nam=2025")
    empty = page.locator(".sk-table:visible").evaluate_all(
        "tables => tables.filter(one => !one.querySelector('.sk-row:not([hidden])')).length"
    )
    assert empty == 0


def visible_rows(page: Page) -> list[str]:
    return page.locator(".sk-row[id]").evaluate_all(
        "rows => rows.filter(row => row.checkVisibility()).map(row => row.id)"
    )


# ---- Desk ----


@pytest.mark.parametrize("layout", rest_slow(["years", "roles"]))
def test_table_head_stays(visitor: Visitor, layout: str) -> None:
    """In the middle of a long table its column heads stand right below the site's header, and nothing covers them."""
    page, _ = visitor.opens(f"ke-hoach/{PLANS[layout]}/")
    table = page.locator(".sk-table").evaluate_all(
        "tables => tables.map(one => one.offsetHeight).reduce((best, now, i, all) => now > all[best] ? i : best, 0)"
    )
    state = (
        page.locator(".sk-table")
        .nth(table)
        .evaluate(
            """async table => {
            const box = table.getBoundingClientRect()
            scrollTo({top: scrollY + box.top + box.height / 2, behavior: "instant"})
            await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
            const covered = [...document.querySelectorAll(".md-header, .md-tabs")]
                .map(one => one.getBoundingClientRect()).filter(one => one.height).map(one => one.bottom)
            const heads = [...table.querySelectorAll("thead th")].map(head => {
                const own = head.getBoundingClientRect()
                const on_top = document.elementFromPoint(own.left + own.width / 2, own.top + own.height / 2)
                return {top: own.top, seen: head.contains(on_top), text: head.innerText}
            })
            return {above: table.getBoundingClientRect().top, header: Math.max(...covered), heads}
        }"""
        )
    )
    assert state["above"] < 0, "the table's own top has been scrolled away"
    for head in state["heads"]:
        assert head["seen"], head
        assert state["header"] - 1 <= head["top"] <= state["header"] + 8, (head, state["header"])


@pytest.mark.parametrize("width", rest_slow([DESK, PHONE]))
@pytest.mark.parametrize(
    ("entries", "layout"),
    rest_slow(
        [
            ("activities", "years"),
            ("targets", "years"),
            ("activities", "roles"),
            ("targets", "roles"),
            ("activities", "outline"),
        ],
        plain=2,
    ),
)
def test_an_anchor_shows_its_row(visitor: Visitor, site: BuiltSite, entries: str, layout: str, width: int) -> None:
    """Whoever comes from another page sees the entry itself, hidden by no header and no head of a table."""
    ids = [entry["id"] for entry in site.plans[PLANS[layout]][entries]]
    anchor = ids[len(ids) // 2]
    page, _ = visitor.opens(f"ke-hoach/{PLANS[layout]}/#{anchor}", width)
    title = ".sk-title" if entries == "activities" else ".sk-target__label"
    shown = page.locator(f"[id='{anchor}'] {title}").first
    expect(shown).to_be_in_viewport()
    assert shown.evaluate(
        """one => {
            const box = one.getClientRects()[0]
            return one.contains(document.elementFromPoint(box.left + 3, box.top + box.height / 2))
        }"""
    )


# ---- Phone ----


@pytest.mark.slow
def test_cells_name_their_year_on_a_phone(visitor: Visitor, site: BuiltSite) -> None:
    """Without the table's head a bare "500" says nothing: the year stands beside it, and empty cells are gone."""
    plan = PLANS["years"]
    page, _ = visitor.opens(f"ke-hoach/{plan}/", PHONE)
    shown = page.locator(".sk-row[id]").evaluate_all(
        """rows => Object.fromEntries(rows.map(row => [row.id, [...row.querySelectorAll("td.sk-cell")]
            .filter(cell => cell.checkVisibility()).map(cell => cell.innerText.replace(/\\s+/g, " ").trim())]))"""
    )
    expected = {
        activity["id"]: [f"{year} {cell}" for year, cell in activity["by_year"].items()]
        for activity in site.activities
        if activity["plan"] == plan
    }
    assert shown == expected


@pytest.mark.parametrize("scheme", rest_slow(["light", "dark"]))
def test_a_table_that_goes_on_says_so(visitor: Visitor, scheme: Scheme) -> None:
    """Where the window cuts between two columns, a table of years would look whole."""
    page, _ = visitor.opens("doi-chieu/national-2022-2027/", PHONE, scheme)
    frame = page.locator(".sk-frame")

    def edge() -> bytes:
        frame.evaluate(
            "frame => scrollTo({top: scrollY + frame.getBoundingClientRect().bottom - 400, behavior: 'instant'})"
        )
        box = frame.bounding_box()
        assert box
        return page.screenshot(
            clip={"x": box["x"] + box["width"] - 4, "y": box["y"] + box["height"] - 4, "width": 4, "height": 2}
        )

    more = edge()
    frame.evaluate("frame => frame.scrollLeft = frame.scrollWidth")
    assert edge() != more


def test_cells_name_their_column_on_a_phone(visitor: Visitor) -> None:
    """The same for the columns that are no years."""
    page, _ = visitor.opens(f"ke-hoach/{PLANS['roles']}/", PHONE)
    unnamed = page.locator(".sk-row td[data-label]:not(.sk-cell)").evaluate_all(
        """cells => cells.filter(cell => cell.checkVisibility() && cell.innerText.trim()
            && !getComputedStyle(cell, "::before").content.includes(cell.dataset.label))
            .map(cell => cell.innerText)"""
    )
    assert unnamed == []


def test_drawer_leads_to_the_units(visitor: Visitor) -> None:
    """On a phone the tabs are in the drawer."""
    page, watch = visitor.opens("", PHONE)
    link = page.locator(".md-sidebar--primary a[href='don-vi/']")
    expect(link).not_to_be_in_viewport()
    page.locator(".sk-menu").click()
    expect(link).to_be_in_viewport()
    link.click()
    page.wait_for_url("**/so-ke-hoach/don-vi/")
    expect(page.locator("article h1")).to_contain_text("Đơn vị")
    assert not watch.faults


# ---- From disk ----


@pytest.mark.parametrize("width", rest_slow([PHONE, DESK]))
def test_bundle_from_disk(offline_visitor: Visitor, width: int) -> None:
    """Home, plan, unit and back by clicks alone, with no server and no error."""
    page, watch = offline_visitor.opens("index.html", width)
    page.locator(f"article a[href='ke-hoach/{PLANS['years']}/index.html']").first.click()
    page.wait_for_url(f"**/ke-hoach/{PLANS['years']}/index.html")
    page.locator("article .sk-row a[href*='don-vi/thai-nguyen-ban-tg-cslp/']").first.click()
    page.wait_for_url("**/don-vi/thai-nguyen-ban-tg-cslp/index.html*")
    page.locator("article .sk-act__title:visible").first.click()
    page.wait_for_url("**/ke-hoach/*/index.html#*")
    drawn(page)
    assert not watch.faults


@pytest.mark.slow
def test_bundle_filters_by_year(offline_visitor: Visitor, site: BuiltSite) -> None:
    """A browser loads no module script from disk, so the filter has to come as a plain one."""
    plan = PLANS["years"]
    page, _ = offline_visitor.opens(f"ke-hoach/{plan}/index.html?nam=2025")
    due = [each["id"] for each in site.activities if each["plan"] == plan and 2025 in each["years"]]
    assert visible_rows(page) == due


def test_bundle_searches(offline_visitor: Visitor) -> None:
    """The header's search needs no server either."""
    page, watch = offline_visitor.opens("index.html")
    page.locator("[data-seek]").click()
    page.locator(".sk-seek__box").fill("Thái Nguyên")
    expect(page.locator(".sk-seek__link").first).to_be_visible()
    assert not watch.faults


# ---- On paper ----


@pytest.fixture
def printed(visitor: Visitor) -> Callable[[str], str]:
    """The text of a page on paper, without blanks: where a line breaks is of no matter here."""

    def text(address: str) -> str:
        page, _ = visitor.opens(address)
        pages = pypdf.PdfReader(BytesIO(page.pdf(format="A4"))).pages
        return squeezed("".join(each.extract_text() for each in pages))

    return text


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["years", "roles", "outline"])
def test_plan_on_paper(printed: Callable[[str], str], site: BuiltSite, layout: str) -> None:
    """Whole and in order: every activity with its label, and where it was printed from; no header, no tabs."""
    plan = site.plans[PLANS[layout]]
    text = printed(f"ke-hoach/{plan['id']}/")
    at, missing = 0, []
    for activity in plan["activities"]:
        words = squeezed((activity["label"] or "") + activity["title"])[:40]
        found = text.find(words, at)
        if found < 0:
            missing.append(f"{activity['id']}: {words}")
        else:
            at = found
    assert not missing
    assert squeezed("In từ http") in text
    assert squeezed(plan["title"])[:60].casefold() in text.casefold()
    assert squeezed("Trang chủ") not in text, "the site's tabs or the way to the page"


@pytest.mark.slow
def test_no_furniture_on_paper(visitor: Visitor) -> None:
    """What only a screen can use takes no room."""
    page, _ = visitor.opens(f"ke-hoach/{PLANS['years']}/")
    page.emulate_media(media="print")
    for part in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".sk-crumbs", "[data-year-filter]"):
        for found in page.locator(part).all():
            expect(found).to_be_hidden()


@pytest.mark.slow
def test_paper_keeps_the_filter(printed: Callable[[str], str], site: BuiltSite) -> None:
    """Who prints a plan filtered by year wants that year's work."""
    plan = PLANS["years"]
    text = printed(f"ke-hoach/{plan}/?nam=2022")
    gone = [each for each in site.activities if each["plan"] == plan and 2022 not in each["years"]]
    left = [each for each in site.activities if each["plan"] == plan and 2022 in each["years"]]
    assert all(squeezed(each["title"])[:40] in text for each in left)
    assert not [each["id"] for each in gone if squeezed(each["title"]) in text]


# ---- Without JavaScript ----


def test_plan_without_javascript(browser: Browser, base_url: str, site: BuiltSite) -> None:
    """The plan stands whole, and no button shows that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base_url}ke-hoach/{PLANS['years']}/")
    expect(page.locator("[data-year-filter]")).to_be_hidden()
    rows = page.locator(".sk-row[id]")
    expect(rows).to_have_count(sum(each["plan"] == PLANS["years"] for each in site.activities))
    expect(rows.first).to_be_visible()
    context.close()


def test_the_words_in_the_home_search_are_whole_on_a_phone(visitor: Visitor) -> None:
    page, _ = visitor.opens("", PHONE)
    room, words = page.locator("#sk-q").evaluate(
        """box => {
            const style = getComputedStyle(box)
            const canvas = document.createElement("canvas").getContext("2d")
            canvas.font = style.font
            const room = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
            return [room, canvas.measureText(box.placeholder).width]
        }"""
    )
    assert words <= room


def test_home_search_leads_somewhere(visitor: Visitor) -> None:
    """What is typed into the front door's box is searched for."""
    page, watch = visitor.opens("")
    page.locator("input[type=search][name=q]").fill("Thái Nguyên")
    page.locator("input[type=search][name=q]").press("Enter")
    results = page.locator("[data-results] a:visible")
    expect(results.first).to_be_visible()
    assert not watch.faults
