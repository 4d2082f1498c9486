"""Each kind of page under the strict policy and the rules of WCAG 2.2 AA that axe-core checks."""

from __future__ import annotations

from typing import Any

import pytest
from built_site import ROOT, BuiltSite
from page_kinds import page_kinds
from playwright.sync_api import Browser, Page, Route
from slow import rest_slow

pytestmark = pytest.mark.browser
AXE = ROOT / "tests" / "js" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OTHER_WINDOWS = ((390, "light"), (390, "dark"), (1280, "dark"))
SHARES = 4
"""Tests into which the kinds of pages are shared out: axe takes half a second for each."""
LISTEN = """
self.violations = []
document.addEventListener("securitypolicyviolation", event =>
  self.violations.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))
"""
SEEN = """
() => {
  const reached = document.activeElement
  const shown = reached.matches(".md-option") ? reached.nextElementSibling : reached
  const { opacity, outlineStyle, boxShadow } = getComputedStyle(shown)
  const { left, right } = shown.getBoundingClientRect()
  const inside = right > 0 && left < innerWidth
  const marked = outlineStyle !== "none" || boxShadow !== "none" || shown.matches(".md-top")
  return inside && opacity !== "0" && marked ? [] : [reached.outerHTML.slice(0, 120)]
}
"""
SHIFTS = """
self.shift = 0
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) self.shift += entry.value
}).observe({ type: "layout-shift", buffered: true })
"""


def window(browser: Browser, width: int, scheme: Any = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme, locale="vi-VN")
    page.add_init_script(LISTEN)
    return page


def loaded(page: Page, address: str) -> None:
    page.goto(address)
    if "q=" in address:
        page.wait_for_selector("[data-activity]")


@pytest.mark.parametrize("share", rest_slow(range(SHARES)))
@pytest.mark.parametrize(
    ("width", "scheme"),
    [(1280, "light"), *(pytest.param(*other, marks=pytest.mark.endurance) for other in OTHER_WINDOWS)],
)
def test_no_page_has_a_fault_of_accessibility(
    width: int, scheme: str, *, share: int, site: BuiltSite, browser: Browser, base_url: str
) -> None:
    assert AXE.exists(), "run .ci/javascript"
    faults = []
    page = window(browser, width, scheme)
    devtools = page.context.new_cdp_session(page)
    for address in page_kinds(site.root)[share::SHARES]:
        loaded(page, base_url + address)
        devtools.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})  # past the policy
        for fault in page.evaluate(
            "async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations", RULES
        ):
            faults += [f"{address}: {fault['id']}: {node['html'][:120]}" for node in fault["nodes"][:3]]
    page.close()
    assert faults == []


@pytest.mark.slow
def test_no_page_breaks_the_policy(site: BuiltSite, browser: Browser, base_url: str) -> None:
    """Also not while it is used: search in the header, colours, a query, paper."""
    page = window(browser, 1280)
    for address in page_kinds(site.root):
        loaded(page, base_url + address)
        policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        page.emulate_media(media="print")
        page.pdf()
        page.emulate_media(media="screen")
        page.locator(".md-header__option label:not([hidden])").click()
        page.locator("[data-seek]").click()
        page.locator(".sk-seek__box").fill("phụ nữ")
        page.wait_for_selector(".sk-seek__link")
        page.keyboard.press("Escape")
        assert page.evaluate("self.violations") == [], address
    page.evaluate(
        "document.body.setAttribute('style', 'color: red'); document.body.append(Object.assign("
        "document.createElement('script'), {textContent: 'self.ran = true'}))"
    )
    assert page.evaluate("self.ran") is None, "the policy is not in force"
    page.close()


@pytest.mark.parametrize("address", rest_slow(["ke-hoach/khong-co/sau/hon/nua/", "khong-co/"]))
def test_the_page_for_addresses_that_are_none_is_right_at_any_depth(
    address: str, browser: Browser, base_url: str
) -> None:
    """Without knowing where the site stands: styled, in Vietnamese, with a search and links that lead on."""
    page = window(browser, 390)
    response = page.goto(base_url + address)
    assert response
    assert response.status == 404
    assert page.inner_text("h1") == "Không tìm thấy trang này"
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    assert {page.evaluate("link => link.href", link) for link in page.query_selector_all("article li a")} > {
        base_url,
        f"{base_url}ke-hoach/",
    }
    page.fill("#sk-missing-q", "phụ nữ")
    page.press("#sk-missing-q", "Enter")
    page.wait_for_selector("[data-activity]")
    assert page.url.startswith(f"{base_url}hoat-dong/?q=")
    assert page.evaluate("self.violations") == []
    page.close()


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(browser: Browser, base_url: str) -> None:
    page = window(browser, 390)
    page.goto(base_url + "ke-hoach/")
    button = page.locator(".sk-menu")
    for _ in range(6):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    assert button.evaluate("one => one === document.activeElement")
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert page.locator(".md-nav--primary a").first.is_visible()
    assert page.evaluate("document.activeElement.closest('.md-nav--primary') !== null")
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert button.evaluate("one => one === document.activeElement")
    page.locator(".md-nav--primary").wait_for(state="hidden")
    page.close()


def test_the_keyboard_is_seen_on_the_switch_of_colours(browser: Browser, base_url: str) -> None:
    page = window(browser, 1280)
    page.goto(base_url)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.md-option')"):
            break
    switch = page.locator(".md-option:focus + label")
    assert switch.evaluate("label => getComputedStyle(label).outlineStyle") == "solid"
    scheme = page.get_attribute("body", "data-md-color-scheme")
    for key in ("ArrowRight", "Space", "Enter", "Space"):
        page.keyboard.press(key)
        changed = page.get_attribute("body", "data-md-color-scheme")
        assert changed != scheme, key
        assert switch.is_visible(), key
        scheme = changed
    page.close()


@pytest.mark.parametrize(
    ("address", "width"), rest_slow([("", 390), ("", 1280), ("khong-co/", 1280), ("doi-chieu/", 1280)])
)
def test_all_that_the_keyboard_reaches_is_seen(address: str, width: int, browser: Browser, base_url: str) -> None:
    page = window(browser, width)
    page.goto(base_url + address)
    unseen = []
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        if page.evaluate(SEEN):
            page.wait_for_timeout(500)  # the skip link fades in
            unseen += page.evaluate(SEEN)
    else:
        raise AssertionError("the keyboard does not leave the page")
    page.close()
    assert unseen == []


def test_a_panel_gives_the_keyboard_back(browser: Browser, base_url: str) -> None:
    page = window(browser, 390)
    page.goto(base_url + "ke-hoach/national-2022-2027/")
    page.locator(".sk-jump summary").press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.sk-jump__panel') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.sk-jump:not([open]) > summary')")
    page.close()


@pytest.mark.slow
def test_nothing_is_cut_off_on_a_narrow_window_nor_in_large_letters(
    site: BuiltSite, browser: Browser, base_url: str
) -> None:
    """At 320 px and on a phone, with letters as they are and twice as large: no page scrolls sideways."""
    faults = []
    page = window(browser, 390)
    for address in page_kinds(site.root):
        loaded(page, base_url + address)
        for width, size in ((320, "125%"), (320, "250%"), (390, "250%")):  # Material's own size is 125%
            page.set_viewport_size({"width": width, "height": 844})
            wide = page.evaluate(
                "size => { document.documentElement.style.fontSize = size;"
                " return document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth }",
                size,
            )
            if wide > 0:
                faults.append(f"{address} at {width} px, {size}: {wide} px")
    page.close()
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_scripts_and_results_come(
    width: int, site: BuiltSite, browser: Browser, base_url: str
) -> None:
    """Cumulative layout shift, the scripts held back until the page has been drawn."""
    kinds = page_kinds(site.root)
    unit, plan = (max((kind for kind in kinds if kind.startswith(each)), key=len) for each in ("don-vi/", "ke-hoach/"))
    moved = {}
    for address in ("hoat-dong/?q=phu+nu", "hoat-dong/?nam=2020", "hoat-dong/", unit, plan):
        page = window(browser, width)
        page.add_init_script(SHIFTS)
        held: list[Route] = []
        page.route("**/assets/s*.????????.js", lambda route, held=held: held.append(route))  # type: ignore[misc]
        page.goto(base_url + address, wait_until="commit")
        page.evaluate(
            "() => new Promise(done => new PerformanceObserver(list =>"
            " list.getEntriesByName('first-contentful-paint').length && done())"
            ".observe({ type: 'paint', buffered: true }))"
        )
        page.unroute("**/assets/s*.????????.js")
        for route in held:
            route.continue_()
        page.wait_for_load_state()
        if "?" in address:
            page.wait_for_selector("[data-activity]")
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        moved[address] = page.evaluate("self.shift")
        page.close()
    assert {address: shift for address, shift in moved.items() if shift > 0.1} == {}


def test_each_table_has_a_caption(site: BuiltSite) -> None:
    """The guide's tables, written in Markdown, have none: each stands right below its heading."""
    bare = [
        path
        for path, page in site.pages.items()
        for table in page.tree.iter("table")
        if table.get("class") and not "".join(text for caption in table.iter("caption") for text in caption.itertext())
    ]
    assert bare == []
