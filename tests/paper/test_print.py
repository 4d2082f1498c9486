"""Plans on paper: printed by Chromium from their pages, and by the engine of `--pdf`; both read back and compared with
the data that the site publishes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from built_site import CONTENT, BuiltSite, Json
from playwright.sync_api import Browser
from printed import Sheet, read_sheets, squeezed
from slow import rest_slow, slow
from visitor import Visitor

from generator.check import check
from generator.language.catalogue import catalogue
from generator.model.builder import link
from generator.pages.page import Options
from generator.site.pdf import plan_pdf

LOCAL = ("province", "district", "commune", "branch")
SHORTEST = "dong-nai-2017-2021"
"""The plan with the shortest table."""

IDS = [id_ if id_ == SHORTEST else slow(id_) for id_ in sorted(path.stem for path in (CONTENT / "plans").glob("*.yml"))]
ENGINES = [pytest.param("chromium", marks=pytest.mark.browser), "weasyprint"]
NATION, MOTTO = squeezed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), squeezed("Độc lập - Tự do - Hạnh phúc")

Printed = Callable[[str, str], tuple[bytes, list[Sheet]]]


class Pdfs(dict[str, bytes]):
    """The PDF of each plan as `--pdf` makes it, made when it is first asked for."""

    def __init__(self, kept: Path) -> None:
        super().__init__()
        self._corpus, self._kept = link(check(CONTENT)), kept

    def __missing__(self, id_: str) -> bytes:
        self[id_] = plan_pdf(self._corpus, self._corpus.plans[id_], Options(), self._kept)
        return self[id_]


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> Pdfs:
    return Pdfs(tmp_path_factory.mktemp("pdf"))


@pytest.fixture(scope="module")
def printed(request: pytest.FixtureRequest, pdfs: Pdfs) -> Printed:
    """A plan's PDF by the engine's and the plan's names, read once."""
    read: dict[tuple[str, str], tuple[bytes, list[Sheet]]] = {}

    def get(engine: str, plan: str) -> tuple[bytes, list[Sheet]]:
        if (engine, plan) not in read:
            pdf = pdfs[plan] if engine == "weasyprint" else from_page(request.getfixturevalue("visitor"), plan)
            read[engine, plan] = pdf, read_sheets(pdf)
        return read[engine, plan]

    return get


def from_page(visitor: Visitor, plan: str) -> bytes:
    """The plan's page as a visitor prints it."""
    page, watch = visitor.opens(f"ke-hoach/{plan}/")
    pdf = page.pdf(prefer_css_page_size=True)
    assert not watch.faults
    return pdf


def whole(sheets: list[Sheet]) -> str:
    return "".join(sheet.text for sheet in sheets)


def rows_of(sheets: list[Sheet]) -> Iterator[list[str | None]]:
    """All rows of all tables in order, without the heads."""
    for sheet in sheets:
        for table in sheet.tables:
            yield from (row for row in table if row[0] is not None and row[0] != "TT")


@pytest.mark.parametrize("engine", rest_slow(ENGINES))
@pytest.mark.parametrize("id_", IDS)
def test_sheet(printed: Printed, site: BuiltSite, engine: str, id_: str) -> None:
    """A4, landscape where the plan is a table; the margins are kept; every page but the first has its number."""
    _, sheets = printed(engine, id_)
    wide = site.plans[id_]["layout"] != "outline"
    for number, sheet in enumerate(sheets, 1):
        assert sheet.is_a4 and sheet.is_wide == wide, (sheet.width, sheet.height)
        assert [word.text for word in sheet.numbers] == ([] if number == 1 else [str(number)])
        assert sheet.outside() == [], f"page {number}"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("id_", IDS)
def test_head_and_end_stand_once(printed: Printed, site: BuiltSite, engine: str, id_: str) -> None:
    """Issuer left and nation right on the first page; recipients left and signer right at the end; nothing invented."""
    _, sheets = printed(engine, id_)
    plan, text = site.plans[id_], whole(sheets)
    head = sheets[0].text
    assert text.count(NATION) == head.count(NATION) == 1
    assert text.count(MOTTO) == head.count(MOTTO) == 1
    assert head.count(squeezed(plan["issuing_body"].upper())) == 1
    assert squeezed(plan["title"]).casefold() in head.casefold()
    assert ("Số:" in head) == bool(plan["number"]) and squeezed(plan["number"] or "") in head
    assert bool(re.search(r"ngày\d\dtháng\d\d?năm\d{4}", head[:400])) == bool((plan["issued"] or {}).get("date"))

    signer = plan["signer"]
    assert text.count(squeezed(signer["name"])) == 1
    end = next(sheet for sheet in sheets if squeezed(signer["name"]) in sheet.text)
    assert (squeezed(f"TM. {(signer.get('on_behalf_of') or '')}").upper() in end.text) or not signer.get("on_behalf_of")
    middle = end.width / 2
    assert next(word for word in end.words if word.text == "Nơi").left < middle
    last = signer["name"].split()[-1]
    assert [word for word in end.words if word.text == last][-1].left > middle
    assert all(squeezed(each.rstrip(".;")) in text for each in plan["recipients"])
    assert "bảntómlược" in text.casefold()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("id_", IDS)
def test_every_row_stands_whole(printed: Printed, site: BuiltSite, engine: str, id_: str) -> None:
    """Each activity with its label and its cells, in one piece, in order; the heads on every page of the table."""
    _, sheets = printed(engine, id_)
    plan = site.plans[id_]
    if plan["layout"] == "outline":
        text, at = whole(sheets), 0
        for activity in plan["activities"]:
            found = text.find(squeezed((activity["label"] or "") + activity["title"]), at)
            assert found >= 0, activity["id"]
            at = found
        return
    for sheet in sheets:
        for table in sheet.tables:
            assert table[0][:2] == ["TT", "Hoạtđộng"], sheet.text[:80]
    rows = list(rows_of(sheets))
    years = [str(year) for year in sorted({int(year) for each in plan["activities"] for year in cells_by_year(each)})]
    heads = next(table[0] for sheet in sheets for table in sheet.tables)[2 + len(years) :]
    at = 0
    for activity in plan["activities"]:
        further = expected_further(plan, activity, heads)
        at = find(rows, at, activity, plan["layout"], years=years, further=further)
        for row in activity.get("rows", ()):
            at = find(rows, at, row, plan["layout"], years=years, further=[""] * len(further))


def is_printed(cell: str, text: str) -> bool:
    """Whether a cell of paper has a text; the signs of a list are drawn by one engine and written by the other."""
    return cell in {squeezed(text), squeezed(re.sub(r"^- ", "", text, flags=re.MULTILINE))}


def cells_by_year(activity: Json) -> set[str]:
    return {
        *activity.get("by_year", ()),
        *(year for row in activity.get("rows", ()) for year in row.get("by_year", ())),
    }


def expected_further(plan: Json, activity: Json, heads: list[str | None]) -> list[str]:
    """What the columns behind the years hold; in a plan by roles, the last column: what each local level does."""
    words = catalogue("vi")
    level = {name: words.text(f"site.level.{name}") for name in ("central", *LOCAL)}
    roles = activity.get("roles") or {}
    if plan["layout"] == "roles":
        local = {"local": "", **{name: f"{text}: " for name, text in level.items()}}
        said = "".join(local[role] + roles[role] for role in ("local", *LOCAL) if role in roles)
        return [said]

    def names(units: list[str]) -> str:
        return ", ".join(plan["units"][unit]["short_name"] for unit in units)

    cells = {
        "levels": activity.get("levels_text") or ", ".join(level[name] for name in activity["levels"]),
        "lead": activity.get("lead_text") or names(activity["lead"]),
        "partners": activity.get("partners_text") or names(activity["partners"]),
        "funding": activity["funding"] or "",
    }
    by_head = {squeezed(words.text(f"site.column.{name}")): squeezed(text) for name, text in cells.items()}
    return [by_head[head or ""] for head in heads]


def find(
    rows: list[list[str | None]], start: int, entry: Json, layout: str, *, years: list[str], further: list[str]
) -> int:
    """The place behind the row that shows an entry with its cells as the document prints them."""
    label, title = squeezed(entry.get("label") or ""), squeezed(entry["title"])
    for place in range(start, len(rows)):
        row = [cell or "" for cell in rows[place]]
        if bare(title, entry) not in bare(row[1], entry) or row[0] not in {label, label or "–"}:
            continue
        if layout == "years":
            cells = [squeezed(entry.get("by_year", {}).get(year, "")) for year in years]
            assert [same(cell) for cell in row[2 : 2 + len(years)]] == [same(cell) for cell in cells], entry["title"]
            assert [same(cell) for cell in row[2 + len(years) :]] == [same(cell) for cell in further], entry["title"]
        else:
            assert row[2] == squeezed(entry.get("when") or ""), entry["title"]
            central = (entry.get("roles") or {}).get("central", "")
            assert all(map(is_printed, row[3:], [central, *further])), entry["title"]
            assert len(row) == 4 + len(further)
        return place + 1
    raise AssertionError(f"{label} {entry['title']}: no row behind row {start}")


def bare(text: str, entry: Json) -> str:
    """A text without the numbers of the entry's footnotes, which a reader of PDFs puts between two lines."""
    ids = "".join(re.escape(id_) for id_ in entry.get("footnotes") or ())
    return re.sub(f"[{ids}]", "", text) if ids else text


def same(cell: str) -> str:
    """A cell without the year that a page's cell repeats for a phone."""
    return re.sub(r"^20\d\d(?=.)", "", cell)


# ---- What only one of the two has ----


@pytest.mark.parametrize("id_", IDS)
def test_pdf_leads_and_can_be_searched(pdfs: Pdfs, site: BuiltSite, id_: str) -> None:
    """Title, author, language, bookmarks at the headings; Vietnamese text; every letter in the file, of one family."""
    reader = pypdf.PdfReader(BytesIO(pdfs[id_]))
    plan = site.plans[id_]
    assert reader.metadata and reader.metadata.title == plan["title"]
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    marks = {squeezed(each).casefold() for each in titles(reader.outline)}
    for heading in (*plan["tasks"], *plan["sections"], *plan["breakthroughs"]):
        assert any(squeezed(heading["title"]).casefold() in mark for mark in marks), heading["id"]
    fonts = {font.get_object()["/BaseFont"]: font.get_object() for page in reader.pages for font in page_fonts(page)}
    assert fonts
    for name, font in fonts.items():
        assert re.search("Liberation-?Serif|Times-?New-?Roman|Tinos", name), name
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor), name


@pytest.mark.parametrize("id_", IDS)
def test_numbers_of_documents_are_not_cut_in_a_pdf(pdfs: Pdfs, id_: str) -> None:
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdfs[id_])).pages)
    assert re.search(r"\d+[-/][A-ZĐ]", text)
    assert re.findall(r"\d+[-/](?:[A-ZĐ]+[-/])*\n[A-ZĐ]\w*", text) == []


@pytest.mark.slow
def test_targets_begin_below_the_head_of_a_plan(pdfs: Pdfs) -> None:
    """Four of them, one above the other, are not kept together with all that follows."""
    first = pypdf.PdfReader(BytesIO(pdfs["national-2022-2027"])).pages[0].extract_text()
    assert "Chỉ tiêu 1" in first


def titles(outline: list[object]) -> Iterator[str]:
    for each in outline:
        if isinstance(each, list):
            yield from titles(each)
        else:
            yield each.title


def page_fonts(page: pypdf.PageObject) -> list[object]:
    return list(page["/Resources"]["/Font"].values())


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("id_", rest_slow(["thai-nguyen-2021-2026", "national-2022-2027"]))
def test_page_is_as_before_when_printed(visitor: Visitor, id_: str) -> None:
    """Tables that were joined for paper stand where they stood, filtered or not; only the stamp has changed."""
    for query in ("", "?nam=2025"):
        page, watch = visitor.opens(f"ke-hoach/{id_}/{query}")
        page.evaluate("document.querySelector('.sk-printed').remove()")
        before = page.inner_html("article")
        heads = page.locator(".sk-table thead").count()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator(".sk-table:not([hidden]) thead").count() < heads
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.inner_html("article") == before
        assert not watch.faults


@pytest.mark.slow
@pytest.mark.browser
def test_plan_prints_without_javascript(browser: Browser, base_url: str, site: BuiltSite) -> None:
    """Each table then has heads of its own; where it was printed from stands without address and day."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base_url}ke-hoach/thai-nguyen-2021-2026/")
    pages = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    context.close()
    text = "".join(squeezed(each.extract_text()) for each in pages)
    assert all(squeezed(each["title"]) in text for each in site.plans["thai-nguyen-2021-2026"]["activities"])
    assert squeezed("In từ Sổ kế hoạch, bản tóm lược.") in text
    assert all(each.mediabox.width > each.mediabox.height for each in pages)


# ---- Every other kind of page ----

KINDS = {
    "task": "nhiem-vu/thai-nguyen-2021-2026/nv1/",
    "target": "chi-tieu/thai-nguyen-2021-2026/ct2/",
    "unit": "don-vi/thai-nguyen-ban-tg-cslp/",
    "union": "don-vi/hoi-lhpn-thai-nguyen/",
    "year": "nam/2025/",
    "programme": "chuong-trinh/de-an-939/",
    "search": "hoat-dong/?q=khoi+nghiep",
    "home": "",
    "plans": "ke-hoach/",
    "tasks": "nhiem-vu/",
    "targets": "chi-tieu/",
    "years": "nam/",
    "units": "don-vi/",
    "programmes": "chuong-trinh/",
    "data": "du-lieu/",
    "guide": "dong-gop/",
}


@pytest.mark.browser
@pytest.mark.parametrize("kind", rest_slow(KINDS, plain=3))
def test_other_pages_on_paper(visitor: Visitor, kind: str) -> None:
    """A4, upright, inside the margins, with numbers; what the page lists is on the sheet, the site around it is not."""
    page, watch = visitor.opens(KINDS[kind])
    if kind == "search":
        page.locator("[data-results] [data-activity]").first.wait_for()
    title = page.locator("article h1").inner_text()
    listed = page.locator("article :is(.sk-act__title, .sk-rowlist a, .sk-card__title, .sk-hit__title):visible")
    said = [squeezed(each) for each in listed.all_inner_texts()]
    sheets = read_sheets(page.pdf(prefer_css_page_size=True))
    text = whole(sheets)
    assert squeezed(title).rstrip("#").casefold() in sheets[0].text.casefold()
    assert [each for each in said if each not in text] == []
    for number, sheet in enumerate(sheets, 1):
        assert sheet.is_a4 and not sheet.is_wide
        assert [word.text for word in sheet.numbers] == ([] if number == 1 else [str(number)])
        assert sheet.outside() == [], f"page {number}"
        assert len(sheet.words) > len(sheet.numbers), "no empty sheet"
    assert squeezed("Trang chủ ›") not in text
    assert squeezed("In trang này") not in text
    if kind not in {"home", "guide"}:
        assert squeezed("In từ http") in text
    assert not watch.faults
