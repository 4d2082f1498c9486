"""Tables with ten years and five more columns, all other layouts, and the real plans fit without wrong breaks.

No line breaks inside a number, year or name; no page breaks after a heading or a table's head.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pytest
from built_site import CONTENT as REAL
from built_site import BuiltSite
from conftest import run
from golden import corpus_of, parts_of, write_files
from once import Once
from playwright.sync_api import Browser, Page
from slow import rest_slow, slow

from generator.model.corpus import Corpus
from generator.pages.page import Options
from generator.paper.word import plan_docx
from generator.site.pdf import plan_pdf

CONTENT = Path(__file__).parents[1] / "wide_table.txt"
PLAN = "rong-2021-2030"
LONGEST = 24
EM, PADDING = 11 / 72 * 25.4, 2 * 1.9
"""Of the letters and the cells of a table in Word, in millimetres."""

# Every word with a digit, a hyphen or a slash inside, and every word of a unit's name, that stands on several lines.
CUT = """
longest => {
  const cut = []
  const plan = document.querySelector(".md-content")
  const walker = document.createTreeWalker(plan, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.checkVisibility()) continue
    const named = node.parentElement.closest('a[href*="don-vi/"]')
    for (const match of node.data.matchAll(/(?:[≥≤><] )?\\S+/g)) {
      if (match[0].length > longest || !(named || /\\d|\\p{L}[-–/]\\p{L}/u.test(match[0]))) continue
      const range = document.createRange()
      range.setStart(node, match.index)
      range.setEnd(node, match.index + match[0].length)
      const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)))
      if (lines.size !== 1) cut.push(match[0])
    }
  }
  return cut
}
"""


HEADS = """
() => [...document.querySelector(".md-content").querySelectorAll("h2, h3, h4, h5, h6, .sk-under > span, thead")]
  .map(element => element.innerText)
"""


@pytest.fixture(scope="module")
def site(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = write_files(tmp_path_factory.mktemp("wide"), parts_of(CONTENT))
    cache = content / "cache"
    words = ("build", "--offline", "--no-office", "--content", content, "--cache", cache, "--site")
    return once("wide-table", lambda at: run("sokehoach", *words, at))


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return corpus_of(CONTENT)


@pytest.mark.browser
@pytest.mark.parametrize("width", rest_slow([390, 900, 1280, 1600]))
def test_nothing_is_cut_on_screen(browser: Browser, site: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((site / "ke-hoach" / PLAN / "index.html").as_uri())
    assert "10.000.000" in page.inner_text("table.sk-table")
    assert page.evaluate(CUT, LONGEST) == []
    ids = page.evaluate("Array.from(document.querySelectorAll('[id]'), element => element.id)")
    assert len(ids) == len(set(ids)), "a target without rows stands above its table, not in it too"
    assert "<b>" not in page.inner_text(".md-content"), "the names of levels are bold, not written as tags"
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, "the page itself must not scroll sideways"
    page.close()


@pytest.mark.slow
@pytest.mark.browser
def test_label_and_title_stay_side_by_side_while_years_scroll(browser: Browser, site: Path) -> None:
    """They keep their widths, too: what one of them takes more is years less on the screen."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((site / "ke-hoach" / PLAN / "index.html").as_uri())
    wide = page.locator(".sk-wide").first
    row = wide.locator(".sk-row:has(.sk-no)").first
    before = [row.locator(name).bounding_box() for name in (".sk-no", ".sk-what")]
    wide.evaluate("wide => wide.scrollLeft = 400")
    assert [row.locator(name).bounding_box() for name in (".sk-no", ".sk-what")] == before
    label, title = before
    assert label
    assert title
    assert label["x"] + label["width"] == pytest.approx(title["x"], abs=1)
    assert label["width"] < 70
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("plan", [slow(path.stem) for path in sorted((REAL / "plans").glob("*.yml"))])
def test_nothing_is_cut_in_the_real_plans(browser: Browser, offline_site: BuiltSite, plan: str) -> None:
    page = browser.new_page()
    page.goto((offline_site.root / "ke-hoach" / plan / "index.html").as_uri())
    for width in (390, 900, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CUT, LONGEST) == [], width
    assert heads_alone(page) == []
    page.close()


@pytest.mark.browser
def test_nothing_is_cut_in_print(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "ke-hoach" / PLAN / "index.html").as_uri())
    assert missing_in(page.pdf(prefer_css_page_size=True)) == []
    assert heads_alone(page) == []
    page.close()


def test_nothing_is_cut_in_pdf(corpus: Corpus, tmp_path: Path) -> None:
    pdf = plan_pdf(corpus, corpus.plans[PLAN], Options(), tmp_path)
    assert missing_in(pdf) == []
    titles = [heading.full_title for heading in corpus.plans[PLAN].load().headings]
    assert ends_of_pages(pdf).isdisjoint(map(joined, titles))


def heads_alone(page: Page) -> list[str]:
    """Return the headings and the heads of tables with which a page of print ends."""
    page.emulate_media(media="print")
    ends = ends_of_pages(page.pdf(prefer_css_page_size=True))
    return [head for head in page.evaluate(HEADS) if joined(head) in ends]


def ends_of_pages(pdf: bytes) -> set[str]:
    """Return what stands in the last lines of each page but the last: one line, two, and so on."""
    pages = [page.extract_text().strip().splitlines() for page in pypdf.PdfReader(BytesIO(pdf)).pages]
    return {joined("".join(lines[-number:])) for lines in pages[:-1] for number in range(1, 9)}


def joined(text: str) -> str:
    """Return a text without blanks and with small letters: print sets blanks, and may set capitals, of its own."""
    return "".join(text.casefold().split())


def missing_in(pdf: bytes) -> list[str]:
    """Return the words of the cells that do not stand in one piece in a PDF."""
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
    words = set(text.split())
    cells = re.findall(r'"([^"]*)"', "".join(re.findall(r"by_year: \{.*\}", CONTENT.read_text("utf-8"))))
    wanted = [word for cell in cells for word in cell.split() if re.search(r"\d", word)]
    assert len(wanted) == 21
    wanted += [*map(str, range(2021, 2031)), "TG-CS-PL", "huyện/thành/thị", "01-02/2021,", "15-20/4/2021"]
    wanted += ["05/KH-HND,", "212-QĐ/TW", "62-KL/TW", "2022-2027"]
    return [word for word in wanted if word not in words]


def test_columns_in_word_hold_their_numbers(corpus: Corpus) -> None:
    """Digits are half an em wide in Times, points and commas a quarter; each table repeats label and title."""
    word = docx.Document(BytesIO(plan_docx(corpus, corpus.plans[PLAN], Options())))
    years: set[str] = set()
    for table in word.tables:
        if table.rows[0].cells[0].text != "TT":
            continue  # the letterhead
        years |= {cell.text for cell in table.rows[1].cells if cell.text.isdecimal()}
        for row in table.rows[2:]:
            assert row.cells[1].text.startswith(("Vốn vay", "Nguồn trung ương", "Tỷ lệ", "Đăng tại"))
            for cell in row.cells[2:]:
                for number in re.findall(r"[\d.,]+", cell.text):
                    needed = sum(0.25 if sign in ".," else 0.5 for sign in number) * EM + PADDING
                    assert cell.width is not None
                    assert cell.width.mm >= needed, (number, cell.width.mm)
    assert years == {str(year) for year in range(2021, 2031)}
