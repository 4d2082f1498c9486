"""Addresses that were published once are answered: those of earlier ids, and all of a stored list."""

from __future__ import annotations

from pathlib import Path

import pytest
from built_site import ROOT, BuiltSite
from playwright.sync_api import Browser
from served import served
from small_site import content_in, sokehoach

PLAN = """\
id: moi
formerly: [cu, cu-hon]
title: Kế hoạch
kind: annual
status: published
issuer: hoi
period: {from: 2024, to: 2024}
layout: outline
source: {document: Văn bản}
outline:
  - {id: nv1, formerly: [nv-cu], kind: task, title: Nhiệm vụ}
targets:
  - id: ct1
    formerly: [ct-cu]
    label: Chỉ tiêu 1
    section: nv1
    title: Chỉ tiêu
    statement: Giúp 5 hộ.
    measures: [{id: ho, name: Hộ, value: "5"}]
activities:
  - {id: a1, formerly: [a-cu], section: nv1, target: ct1, title: Họp, lead: [hoi], programmes: [de-an]}
"""


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moved")
    content = content_in(folder / "content")
    (content / "plans" / "thu.yml").unlink()
    (content / "plans" / "moi.yml").write_text(PLAN, encoding="utf-8")
    (content / "units" / "hoi.yml").write_text(
        "id: hoi\nname: Hội\nkind: union\nformerly: [hoi-cu]\n", encoding="utf-8"
    )
    (content / "programmes" / "de-an.yml").write_text(
        "id: de-an\nname: Đề án\nkind: project\nformerly: [de-an-cu]\n", encoding="utf-8"
    )
    done = sokehoach("build", "--content", content, "--site", folder / "site", "--cache", folder / "cache")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


PAGES = {
    "ke-hoach/cu/": "ke-hoach/moi/",
    "ke-hoach/cu-hon/": "ke-hoach/moi/",
    "nhiem-vu/cu/nv1/": "nhiem-vu/moi/nv1/",
    "nhiem-vu/cu/nv-cu/": "nhiem-vu/moi/nv1/",
    "nhiem-vu/moi/nv-cu/": "nhiem-vu/moi/nv1/",
    "chi-tieu/cu-hon/ct-cu/": "chi-tieu/moi/ct1/",
    "don-vi/hoi-cu/": "don-vi/hoi/",
    "don-vi/hoi-cu/2024/": "don-vi/hoi/2024/",
    "chuong-trinh/de-an-cu/": "chuong-trinh/de-an/",
}


@pytest.mark.browser
def test_an_earlier_address_leads_to_the_page_with_its_part(moved: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.add_init_script("document.addEventListener('securitypolicyviolation', () => { self.violated = true })")
    with served(moved) as base:
        for former, now in PAGES.items():
            page.goto(base + former)
            page.wait_for_url(base + now)
        page.goto(f"{base}ke-hoach/cu/?nam=2024#a-cu")
        page.wait_for_url(f"{base}ke-hoach/moi/?nam=2024#a-cu")
        for part in ("a-cu", "nv-cu", "ct-cu"):
            assert page.locator(f"[id={part}]").count() == 1
        plain = browser.new_context(java_script_enabled=False).new_page()
        plain.goto(base + "don-vi/hoi-cu/")
        plain.wait_for_url(f"{base}don-vi/hoi/")
    page.close()


def test_files_of_earlier_ids_are_the_files_of_today(moved: Path) -> None:
    for former, now in {
        "du-lieu/ke-hoach/cu.json": "du-lieu/ke-hoach/moi.json",
        "du-lieu/ke-hoach/cu-hon.xlsx": "du-lieu/ke-hoach/moi.xlsx",
        "ke-hoach/cu/cu.docx": "ke-hoach/moi/moi.docx",
        "du-lieu/don-vi/hoi-cu.ics": "du-lieu/don-vi/hoi.ics",
    }.items():
        assert (moved / former).read_bytes() == (moved / now).read_bytes()


def test_an_earlier_id_of_two_is_refused(moved: Path) -> None:
    content = moved.parent / "content"
    (content / "units" / "khac.yml").write_text(
        "id: khac\nname: Khác\nkind: union\nformerly: [hoi]\n", encoding="utf-8"
    )
    plan = content / "plans" / "moi.yml"
    plan.write_text(PLAN.replace("formerly: [a-cu]", "formerly: [ct-cu]"), encoding="utf-8")
    done = sokehoach("check", "--content", content)
    assert done.returncode == 1
    assert (done.stdout + done.stderr).count("[duplicate-id]") == 2


def test_each_published_address_of_the_list_is_answered(site: BuiltSite) -> None:
    """The list only grows: an address that has been published once is never taken away."""
    addresses = (ROOT / "tests" / "published.txt").read_text("utf-8").split()
    assert len(addresses) > 300
    missing = [
        path for path in addresses if not (site.root / (f"{path}index.html" if path.endswith("/") else path)).exists()
    ]
    assert missing == []
