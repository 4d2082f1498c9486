"""The entries of the header's search: every page by its own name, and no activities."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from header_entries import header_entries

from generator.check import check
from generator.incremental import Build
from generator.language.catalogue import catalogue
from generator.model.builder import corpus_of, link
from generator.model.corpus import Corpus
from generator.model.entities import Plan
from generator.pages.page import Options
from generator.search.header import HeaderEntry, header_files
from generator.site.tasks import site_files

CONTENT = Path(__file__).parents[2] / "content"
OPTIONS = Options()


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return link(check(CONTENT))


@pytest.fixture(scope="module")
def entries(corpus: Corpus) -> dict[str, HeaderEntry]:
    """By address."""
    return {entry.location: entry for entry in header_entries(corpus, OPTIONS)}


def with_body(plan: Plan, **changes: Any) -> Plan:
    body = replace(plan.load(), **changes)
    return replace(plan, load=lambda: body)


def test_every_page_once_and_nothing_else(corpus: Corpus, entries: dict[str, HeaderEntry]) -> None:
    """So no activity either: they have no page of their own. Sheets of a unit's years and matrices of a plan
    stand on the unit's and the plan's pages."""
    files = site_files(corpus, Options(office=False))
    pages = [path.removesuffix("index.md") or "./" for path in files if path.endswith(".md")]
    pages = [page for page in pages if not re.fullmatch(r"don-vi/[a-z0-9-]+/\d{4}/|doi-chieu/[a-z0-9-]+/", page)]
    assert sorted(entry.location for entry in header_entries(corpus, OPTIONS)) == sorted(pages)
    assert not any("#" in location for location in entries)


def test_no_wording_of_activities(corpus: Corpus, entries: dict[str, HeaderEntry]) -> None:
    """What only activities say must not make the index grow."""
    index = "\n".join(f"{entry.title}\n{entry.text}" for entry in entries.values())
    long = [one.title for one in corpus.activities.values() if len(one.title) > 40]
    assert len(long) > 200
    # A document may call an activity as its target or programme.
    assert sum(title in index for title in long) < len(long) / 50


def test_the_index_grows_with_pages_only(corpus: Corpus) -> None:
    plans = [with_body(plan, activities=()) for plan in corpus.plans.values()]
    bare = corpus_of(plans, corpus.units.values(), corpus.programmes.values())
    years = {f"nam/{year}/" for year in corpus.of_year}
    kept = [entry for entry in header_entries(corpus, OPTIONS) if entry.location not in years]
    assert header_entries(bare, OPTIONS) == kept


@pytest.mark.parametrize(
    ("location", "kind", "said"),
    [
        (
            "ke-hoach/thai-nguyen-2021-2026/",
            "Kế hoạch",
            ["Thái Nguyên 2021–2026", "11/KH-BCH", "Phụ nữ tỉnh lần thứ XIV"],
        ),
        ("chi-tieu/thai-nguyen-2021-2026/ct2/", "Chỉ tiêu", ["Chỉ tiêu 2: Thoát nghèo", "ít nhất 500 hộ"]),
        ("nhiem-vu/national-2022-2027/nv1/", "Nhiệm vụ", ["Nhiệm vụ 1: Hỗ trợ phụ nữ", "Toàn quốc 2022–2027"]),
        (
            "don-vi/thai-nguyen-ban-tg-cslp/",
            "Đơn vị",
            ["Ban TG-CSLP · Hội LHPN Thái Nguyên", "Tuyên giáo - Chính sách", "Ban TGCSLP", "Ban CSLP"],
        ),
        ("chuong-trinh/de-an-938/", "Chương trình", ["Đề án 938", "Đề án 938/CP", "giai đoạn 2017-2027"]),
        ("nam/2025/", "Năm", ["2025"]),
        ("don-vi/", "", ["Đơn vị"]),
    ],
)
def test_what_an_entry_says(entries: dict[str, HeaderEntry], location: str, kind: str, said: list[str]) -> None:
    entry = entries[location]
    assert entry.kind.startswith(kind)
    assert all(part in f"{entry.title} · {entry.text}" for part in said), entry


def test_abbreviations_count_both_ways(entries: dict[str, HeaderEntry]) -> None:
    written = [entry for entry in entries.values() if "hợp tác xã" in entry.title]
    assert written
    assert all("HTX" in entry.also.split(" · ") for entry in written)


def test_who_signed_a_plan_finds_it(corpus: Corpus, entries: dict[str, HeaderEntry]) -> None:
    signed = {f"ke-hoach/{plan.id}/": plan.signer.name for plan in corpus.plans.values() if plan.signer}
    assert signed
    assert all(name in entries[location].text.split(" · ") for location, name in signed.items())


def test_names_of_places_on_disk(corpus: Corpus) -> None:
    """A bundle's addresses name the file, for nobody else does there."""
    files = header_entries(corpus, replace(OPTIONS, index="index.html"))
    assert all(entry.location.endswith("index.html") for entry in files)


def test_hostile_words_stay_words(corpus: Corpus) -> None:
    """The file is a script with one call; what contributors write cannot end its texts."""
    nasty = '</script><img src=x onerror="alert(1)">\u2028`${1}`\\'
    plans = [replace(plan, short_title=nasty) for plan in corpus.plans.values()]
    files = header_files(corpus_of(plans, corpus.units.values(), corpus.programmes.values()), OPTIONS, Build())
    text = bytes(files["assets/search/header-entries.js"]).decode()
    assert text.startswith("sokehoachEntries([[")
    rows = json.loads(text.removeprefix("sokehoachEntries(").removesuffix(")\n"))
    assert [row[1] for row in rows[: len(plans)]] == [nasty] * len(plans)


@pytest.mark.parametrize("script", ["header-worker.js", "header-page.js"])
def test_scripts_are_classic(corpus: Corpus, script: str) -> None:
    text = header_files(corpus, OPTIONS, Build())[f"assets/search/{script}"]
    assert not re.search(r"^\s*(import|export)\b", text, re.M)


def test_the_page_is_told_words_and_address(corpus: Corpus) -> None:
    line = header_files(corpus, OPTIONS, Build())["assets/search/header-page.js"].split("\n")[0]
    setup = json.loads(line.removeprefix("self.sokehoachHeader = ").removesuffix(";"))
    assert setup["activities"] == "hoat-dong/"
    assert setup["words"]["offer_query"] == catalogue("vi").texts["site.header.offer_query"] == "Tìm hoạt động: {q}"
