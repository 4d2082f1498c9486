"""From a page to its source: "Sửa trang này" links to the right file, if the repository's address is known."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from built_site import ROOT, BuiltSite
from conftest import REPO_URL, SITE_URL, run
from playwright.sync_api import Browser
from served import served
from visitor import PHONE, Visitor

EDIT = f"{REPO_URL}/edit/main/"


def source_of(path: str) -> str | None:
    """The source of a page, by its address on the site."""
    parts = path.split("/")[:-1]
    folder = {
        "ke-hoach": "plans",
        "nhiem-vu": "plans",
        "chi-tieu": "plans",
        "don-vi": "units",
        "chuong-trinh": "programmes",
    }
    if len(parts) > 1 and parts[0] in folder:
        return f"content/{folder[parts[0]]}/{parts[1]}.yml"
    written = f"{'/'.join(parts)}/index.md".lstrip("/")
    return f"content/pages/{written}" if (ROOT / "content" / "pages" / written).exists() else None


def test_every_page_leads_to_its_source_and_no_list_to_any(published_site: BuiltSite) -> None:
    kinds = set()
    for path, page in published_site.pages.items():
        links = [link.get("href") for link in page.tree.xpath("//a[@rel='edit']")]
        source = source_of(path)
        assert links == ([EDIT + source] if source else []), path
        if source:
            assert (ROOT / source).is_file()
            kinds.add(path.split("/")[0])
    assert kinds == {"ke-hoach", "nhiem-vu", "chi-tieu", "don-vi", "chuong-trinh", "dong-gop"}


def test_without_a_repository_no_page_offers_to_be_edited(site: BuiltSite) -> None:
    assert not [path for path, page in site.pages.items() if page.tree.xpath("//a[@rel='edit']")]


def test_a_schema_lies_where_its_id_says(site: BuiltSite, published_site: BuiltSite) -> None:
    """Its `$id` is its own address: whole where that is known, else relative to where it was found."""
    names = sorted(path.name for path in (ROOT / "schema").glob("*.json"))
    for name in names:
        known = json.loads((published_site.root / "schema" / name).read_text("utf-8"))["$id"]
        assert known.startswith(SITE_URL)
        assert (published_site.root / known.removeprefix(SITE_URL)).name == name
        assert (published_site.root / known.removeprefix(SITE_URL)).is_file()
        relative = json.loads((site.root / "schema" / name).read_text("utf-8"))["$id"]
        assert (site.root / "schema" / relative).resolve() == (site.root / "schema" / name).resolve()
    assert sorted(path.name for path in (published_site.root / "schema").iterdir()) == names


@pytest.mark.slow
def test_own_content_leads_to_its_own_repository(tmp_path: Path) -> None:
    """Who keeps plans in a repository of their own says so in EDIT_URI; the paths are those of that repository."""
    shutil.copytree(ROOT / "content", tmp_path / "our")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPO_URL", REPO_URL)
        patch.setenv("EDIT_URI", "edit/main/pages/")
        content, cache = ("--content", tmp_path / "our"), ("--cache", tmp_path / "cache")
        run("sokehoach", "build", "--strict", "--no-office", *content, *cache, "--site", tmp_path / "site")
    page = BuiltSite(tmp_path / "site").page("ke-hoach/national-2020")
    assert [a.get("href") for a in page.tree.xpath("//a[@rel='edit']")] == [f"{EDIT}plans/national-2020.yml"]


@pytest.mark.browser
def test_the_way_to_the_source_asks_no_other_host_and_is_not_printed(
    browser: Browser, published_site: BuiltSite
) -> None:
    """Material would ask GitHub for the stars of the repository; paper has no use for the link."""
    with served(published_site.root) as address:
        page, watch = Visitor(browser, address).opens("ke-hoach/national-2020/", PHONE)
        link = page.get_by_role("link", name="Sửa trang này")
        assert link.is_visible()
        page.wait_for_timeout(300)
        assert not watch.faults
        page.emulate_media(media="print")
        assert not link.is_visible()
