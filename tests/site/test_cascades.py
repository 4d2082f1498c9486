"""What plans below promise, on the real content: figures found by hand are the same on page, JSON and Excel."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import openpyxl
import pytest
from built_site import BuiltSite, text_of, with_class

UPPER = "national-2022-2027"
TN, DN = "hoi-lhpn-thai-nguyen", "hoi-lhpn-da-nang"
PROVINCES = 34

# By hand, from the documents: Thái Nguyên promises for 2022 to 2026; the plan of Đà Nẵng is of 2023 and is `partly` so.
SUMS = {
    "ct2/ho-thoat-ngheo": {"upper": 33500, "years": dict.fromkeys(range(2022, 2027), 500)},
    "ct2/nu-chu-nang-cao-nang-luc": {"upper": 17000, "years": dict.fromkeys(range(2022, 2027), 30)},
    "ct2/htx-moi": {"upper": 350, "years": {"end": 10}},
    "ct4/ho-5-khong-3-sach": {"upper": 55000, "years": {}},
    "ct5/hoi-vien-moi": {"upper": 800000, "years": {"end": 5000}},
}


@pytest.fixture(scope="module")
def data(site: BuiltSite) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site.root / f"du-lieu/ke-hoach/{UPPER}.json").read_text("utf-8"))
    return found


def cascade(data: dict[str, Any], measure: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in data["cascades"] if one["measure"] == f"{UPPER}/{measure}")
    return found


@pytest.mark.parametrize("measure", SUMS)
def test_sums_are_those_found_by_hand(data: dict[str, Any], measure: str) -> None:
    found = cascade(data, measure)
    assert found["summed"]
    assert {slot["upper"]["number"] for slot in found["slots"]} == {SUMS[measure]["upper"]}
    sums = {slot["slot"]: slot["sum"]["number"] for slot in found["slots"] if slot["sum"]}
    assert sums == {str(slot): number for slot, number in SUMS[measure]["years"].items()}


def test_what_is_at_least_stays_at_least(data: dict[str, Any]) -> None:
    slot = cascade(data, "ct2/ho-thoat-ngheo")["slots"][1]
    assert slot["sum"]["bound"] == "at_least"
    assert {term["issuer"]: (term["cell"], term["reason"]) for term in slot["terms"]} == {
        TN: ("500", "counted"),
        DN: ("1.000", "partly"),
    }


def test_a_sum_of_another_term_names_it(data: dict[str, Any]) -> None:
    (slot,) = cascade(data, "ct5/hoi-vien-moi")["slots"]
    assert (slot["sum"]["number"], slot["other_periods"]) == (5000, [[2021, 2026]])


def test_norms_are_compared_and_never_added(data: dict[str, Any]) -> None:
    found = cascade(data, "ct7/giam-sat-huyen-xa")
    assert not found["summed"]
    assert all(slot["sum"] is None for slot in found["slots"])
    terms = [term for term in found["slots"][1]["terms"] if term["issuer"] == DN]
    assert [(term["cell"], term["reason"], term["verdict"]) for term in terms] == [("01", "compared", "met")]


def test_every_province_answers_or_is_silent(data: dict[str, Any]) -> None:
    for found in data["cascades"]:
        for slot in found["slots"]:
            silent = [unit for units in slot["silent"].values() for unit in units]
            answering = {term["issuer"] for term in slot["terms"]} - set(silent)
            assert len(silent) + len(answering) == PROVINCES, (found["measure"], slot["slot"])
    last = cascade(data, "ct2/ho-thoat-ngheo")["slots"][-1]
    assert last["slot"] == "2027"
    assert {TN, DN} <= set(last["silent"]["no_plan"])


def test_totals_and_norms_prove_the_number_of_base_unions(site: BuiltSite) -> None:
    """178 ÷ 1, 178 ÷ 1, 356 ÷ 2; and 3 × 178 = 534, not below the 500 that are promised."""
    plan = json.loads((site.root / "du-lieu/ke-hoach/thai-nguyen-2021-2026.json").read_text("utf-8"))
    proofs = {proof["norm"]["measure"].partition("/")[2]: proof for proof in plan["proofs"]}
    for measure in ("ct4/cong-trinh-phan-viec", "ct7/giam-sat-xa", "ct8/gop-y-xa"):
        assert proofs[measure]["at_least"] == proofs[measure]["at_most"] == 178
    households = proofs["ct2/ho-thoat-ngheo-moi-co-so"]
    assert (households["units"], households["product"]) == (178, 534)
    assert "534" in text_of(site.page("chi-tieu/thai-nguyen-2021-2026/ct2").article)


def test_page_and_workbook_hold_the_figures_of_the_json(site: BuiltSite, data: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(site.root / f"du-lieu/ke-hoach/{UPPER}.xlsx")
    head, *rows = book["Đối chiếu"].iter_rows(values_only=True)
    lines = Counter((row[head.index("Dòng")], row[head.index("Số")]) for row in rows)
    slots = [slot for found in data["cascades"] for slot in found["slots"]]
    assert Counter({key: n for key, n in lines.items() if key[0] == "Cộng"}) == Counter(
        ("Cộng", slot["sum"]["number"]) for slot in slots if slot["sum"]
    )
    assert Counter({key: n for key, n in lines.items() if key[0] == "Cấp dưới"}) == Counter(
        ("Cấp dưới", term["number"]) for slot in slots for term in slot["terms"]
    )
    article = site.page(f"chi-tieu/{UPPER}/ct2").article
    totals = [text_of(node) for node in article.xpath(f".//*[{with_class('sk-casc__text')}]")]
    assert totals[:5] == ["ít nhất 500 trong 33.500 hộ"] * 5
    assert len(article.xpath(f".//*[{with_class('sk-casc')}]//details[ul]")) == 11  # totals that open to their terms


def test_the_matrix_has_every_province_and_target(site: BuiltSite) -> None:
    article = site.page(f"doi-chieu/{UPPER}").article
    rows = article.xpath(f".//table[{with_class('sk-replies')}]/tbody/tr[@id]")
    assert len(rows) == PROVINCES
    assert len(article.xpath(f".//li[{with_class('sk-tile')}]")) == PROVINCES
    cells = {row.get("id"): Counter(cell.get("class") for cell in row.xpath("./td")) for row in rows}
    assert cells[TN] == {"sk-reply--answered": 6, "sk-reply--partly": 2}
    assert set(cells[DN]) == {"sk-reply--answered", "sk-reply--partly", "sk-reply--not_in_plan"}
    assert all(cells[unit] == {"sk-reply--no_plan": 8} for unit in cells.keys() - {TN, DN})
