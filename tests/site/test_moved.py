"""Published addresses keep working: those of former ids, and all of a stored list."""

from __future__ import annotations

from pathlib import Path

import lxml.etree
import lxml.html
import pytest
from built_site import ROOT, BuiltSite
from conftest import SITE_URL
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
removed: [ct-bo]
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
    build = ("build", "--content", content, "--site", folder / "site", "--cache", folder / "cache")
    done = sokehoach(*build, SITE_URL=SITE_URL)
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


def test_where_an_entry_was_removed_a_page_says_so_and_leads_to_the_plan(moved: Path) -> None:
    for path in ("chi-tieu/moi/ct-bo", "nhiem-vu/moi/ct-bo", "chi-tieu/cu/ct-bo"):
        page = lxml.html.document_fromstring((moved / path / "index.html").read_bytes())
        assert page.findtext(".//h1") == "Mục này không còn trong kế hoạch."
        assert (moved / path / page.find(".//a").get("href") / "index.html").samefile(moved / "ke-hoach/moi/index.html")
        assert page.find(".//meta[@http-equiv]") is None


def test_the_site_map_has_no_page_that_engines_are_told_not_to_list(moved: Path) -> None:
    listed = {loc.text for loc in lxml.etree.parse(moved / "sitemap.xml").iter("{*}loc")}
    pages = {path.relative_to(moved).as_posix(): lxml.html.parse(path) for path in moved.rglob("*.html")}
    hidden = {path for path, page in pages.items() if page.find(".//meta[@name='robots']") is not None}
    assert hidden >= {f"{former}index.html" for former in PAGES}
    shown = pages.keys() - hidden - {"404.html"}
    assert listed == {SITE_URL + path.removesuffix("index.html") for path in shown}


@pytest.mark.slow
def test_withdrawing_or_removing_a_plan_is_told_and_stops_nothing(tmp_path: Path) -> None:
    """The way that the guide shows: record what is published, then remove, then withdraw instead."""
    content = content_in(tmp_path / "content")
    words = ("--content", content, "--site", tmp_path / "site")
    assert sokehoach("record", *words).returncode == 1
    build = ("build", "--strict", *words, "--cache", tmp_path / "cache")
    assert sokehoach(*build).returncode == 0
    assert sokehoach("record", *words).returncode == 0
    listed = (content / "published.txt").read_text("utf-8").splitlines()
    assert {"ke-hoach/thu/", "nhiem-vu/thu/nv1/", "don-vi/hoi/", "du-lieu/ke-hoach/thu.json"} <= set(listed)
    assert "thêm 0." in sokehoach("record", *words).stdout
    assert "lost-address" not in sokehoach("check", "--content", content).stdout

    plan = content / "plans" / "thu.yml"
    text = plan.read_text("utf-8")
    plan.unlink()
    checked = sokehoach("check", "--content", content)
    line = listed.index("ke-hoach/thu/") + 1
    assert f"published.txt:{line}:1: để biết[lost-address]" in checked.stdout
    assert "status: withdrawn" in checked.stdout
    assert (checked.returncode, sokehoach(*build).returncode) == (0, 0)

    head = text.partition("outline:")[0].replace("status: published", "status: withdrawn")
    why = "amended: [{date: 28/11/2026, note: Đăng nhầm.}]\n"
    plan.write_text(f"{head}{why}outline: []\nactivities: []\n", encoding="utf-8")
    checked = sokehoach("check", "--content", content)
    assert "thu.yml:1:5: để biết[lost-address]" in checked.stdout and "removed: [nv1]" in checked.stdout
    plan.write_text(f"{plan.read_text('utf-8')}removed: [nv1]\n", encoding="utf-8")
    checked = sokehoach("check", "--content", content)
    assert (checked.returncode, checked.stdout.count("[lost-address]")) == (0, 0), checked.stdout
    done = sokehoach(*build)
    assert done.returncode == 0, done.stdout + done.stderr
    page = lxml.html.document_fromstring((tmp_path / "site/ke-hoach/thu/index.html").read_bytes()).text_content()
    assert "Đã thu hồi" in page and "Đăng nhầm." in page
    assert all((tmp_path / "site" / path).exists() for path in listed if path.startswith(("ke-hoach/", "nhiem-vu/thu")))
    assert (tmp_path / "site/du-lieu/ke-hoach/thu.json").exists()


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
    plan.write_text(PLAN.replace("removed: [ct-bo]", "removed: [ct1, ct-cu]"), encoding="utf-8")
    done = sokehoach("check", "--content", content)
    assert (done.stdout + done.stderr).count("[duplicate-id]") == 3


def test_each_published_address_of_the_list_is_answered(site: BuiltSite) -> None:
    """The list only grows: an address that has been published once is never taken away."""
    addresses = (ROOT / "content" / "published.txt").read_text("utf-8").split()
    assert len(addresses) > 300
    missing = [
        path for path in addresses if not (site.root / (f"{path}index.html" if path.endswith("/") else path)).exists()
    ]
    assert missing == []
