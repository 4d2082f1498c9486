"""What pages tell programs (JSON-LD, Open Graph, the site map) is what they tell readers."""

from __future__ import annotations

import gzip
import json
import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

import pytest
from built_site import BuiltPage, BuiltSite, few, one, read_yaml, text_of
from conftest import SITE_URL
from guide import PAGES
from slow import slow

from generator.site.sitemap import sitemap_files

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def nodes_of(page: BuiltPage) -> dict[str, Any]:
    """The nodes of a page's JSON-LD by their type."""
    script = one(page.tree, "//script[@type='application/ld+json']")
    content = json.loads(script.text)
    assert content["@context"] == "https://schema.org"
    return {node["@type"]: node for node in content["@graph"]}


def addresses_in(node: Any) -> Iterator[str]:
    """Every address of this site in a node, at any depth."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name in {"url", "contentUrl", "item"}:
                yield value
            else:
                yield from addresses_in(value)
    elif isinstance(node, list):
        for each in node:
            yield from addresses_in(each)


def file_behind(address: str, page: str) -> str:
    """The file that an address leads to, from a page."""
    path = urlsplit(address).path
    found = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)).removeprefix("./")
    if path.endswith("/") or path in {"", ".", ".."}:
        found = posixpath.join("" if found == "." else found, "index.html")
    return found


def generated_pages(site: BuiltSite) -> dict[str, BuiltPage]:
    """All pages but those that people wrote by hand."""
    guide = {path.relative_to(PAGES.parent).as_posix() for path in PAGES.rglob("index.md")}
    written = {"404.html", *(path.removesuffix(".md") + ".html" for path in guide)}
    return {path: page for path, page in site.pages.items() if path not in written}


def test_the_trail_is_the_one_that_readers_see(site: BuiltSite) -> None:
    for path, page in generated_pages(site).items():
        if path == "index.html":
            continue
        *above, own = nodes_of(page)["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in (*above, own)] == list(range(1, len(above) + 2))
        told = [(step["name"], file_behind(step["item"], path)) for step in above]
        links = page.tree.xpath("//nav[@class='sk-crumbs']/a")
        if links:
            assert told == [(text_of(link), file_behind(link.get("href"), path)) for link in links], path
        else:
            assert told == [("Trang chủ", "index.html")], path
        assert one(page.tree, "//title").text == f"{own['name']} - Sổ kế hoạch"


def test_every_address_leads_to_a_file(site: BuiltSite, published_site: BuiltSite) -> None:
    wrong = []
    for path, page in generated_pages(site).items():
        own = [address for node in nodes_of(page).values() for address in addresses_in(node)]
        wrong += [f"{path}: {address}" for address in own if file_behind(address, path) not in site.files]
    for path, page in generated_pages(published_site).items():
        own = [address for node in nodes_of(page).values() for address in addresses_in(node)]
        assert all(address.startswith(SITE_URL) for address in own), path
        inside = [address.removeprefix(SITE_URL) or "./" for address in own]
        wrong += [f"{path}: {one}" for one in inside if file_behind(one, "index.html") not in published_site.files]
    assert not wrong, few(wrong)


@pytest.mark.parametrize("plan", read_yaml("plans"))
def test_a_plan_is_told_as_its_file_says(site: BuiltSite, plan: str) -> None:
    typed = read_yaml("plans")[plan]
    node = nodes_of(site.page(f"ke-hoach/{plan}"))["DigitalDocument"]
    assert node["name"] == typed["title"].strip()
    first, last = typed["period"]["from"], typed["period"]["to"]
    assert node["temporalCoverage"] == (first if first == last else f"{first}/{last}")
    official = node["isBasedOn"]
    assert official["name"] == typed["source"]["document"].strip()
    assert official.get("identifier") == typed.get("number")
    day = typed.get("issued", {}).get("date")
    told = official.get("datePublished")
    assert (told and "/".join(str(int(part)) for part in reversed(told.split("-")))) == day
    assert official["author"]["name"] == read_yaml("units")[typed["issuer"]]["name"]
    types = {file["encodingFormat"].rsplit(".", 1)[-1] for file in node["encoding"]}
    assert {"text/csv", "text/calendar", "application/json", "sheet", "document"} == types


def test_units_are_told_as_their_files_say(site: BuiltSite) -> None:
    units = read_yaml("units")
    for id_, typed in units.items():
        node = nodes_of(site.page(f"don-vi/{id_}")).get("Organization")
        assert (node is None) == (typed["kind"] == "group"), id_
        if node:
            assert node["name"] == typed["name"]
            assert set(node.get("alternateName", ())) <= {typed.get("short_name"), *typed.get("aliases", ())}
            parent = units.get(typed.get("parent", ""))
            assert node.get("parentOrganization", {}).get("name") == (parent and parent["name"])


def test_the_search_and_the_data_are_told(site: BuiltSite, published_site: BuiltSite) -> None:
    assert "potentialAction" not in nodes_of(site.page(""))["WebSite"], "engines take only an absolute address"
    action = nodes_of(published_site.page(""))["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{SITE_URL}hoat-dong/?q={{search_term_string}}"
    dataset = nodes_of(site.page("du-lieu"))["Dataset"]
    years = [year for activity in site.activities for year in activity["years"]]
    assert dataset["temporalCoverage"] == f"{min(years)}/{max(years)}"
    assert len(dataset["distribution"]) == 3


def test_open_graph_repeats_title_and_description(site: BuiltSite, published_site: BuiltSite) -> None:
    for built, address in ((site, ""), (published_site, SITE_URL)):
        for path, page in built.pages.items():
            told = {meta.get("property"): meta.get("content") for meta in page.tree.xpath("//meta[@property]")}
            title = one(page.tree, "//title").text
            assert title in {told["og:title"], f"{told['og:title']} - Sổ kế hoạch"}, path
            assert told["og:description"] == one(page.tree, "//meta[@name='description']").get("content"), path
            assert (told["og:locale"], told["og:site_name"]) == ("vi_VN", "Sổ kế hoạch")
            expected = address + path.removesuffix("index.html") if address and path != "404.html" else None
            assert told.get("og:url") == expected, path


def test_every_page_leads_to_the_feed(site: BuiltSite) -> None:
    for path, page in site.pages.items():
        feed = one(page.tree, "//link[@type='application/atom+xml']").get("href")
        assert path == "404.html" or file_behind(feed, path) == "du-lieu/atom.xml"


def test_the_site_map_has_every_page(published_site: BuiltSite) -> None:
    listed = listed_in((published_site.root / "sitemap.xml").read_bytes())
    pages = {f"{SITE_URL}{path.removesuffix('index.html')}" for path in published_site.pages if path != "404.html"}
    assert sorted(listed) == sorted(pages)


@pytest.mark.parametrize("many", [0, 50_001, *map(slow, (50_000, 100_001))])
def test_no_file_of_the_site_map_has_more_addresses_than_engines_take(many: int) -> None:
    pages = {f"{number}/index.html" for number in range(many)}
    files = sitemap_files(SITE_URL, pages, set())
    assert all(gzip.decompress(files[f"{name}.gz"]) == text for name, text in files.items() if name.endswith(".xml"))
    lists = [file for name, file in files.items() if name.endswith(".xml") and b"<urlset" in file]
    assert [addresses for addresses in map(listed_in, lists) if len(addresses) > 50_000] == []
    found = [address for file in lists for address in listed_in(file)]
    assert sorted(found) == sorted(f"{SITE_URL}{path.removesuffix('index.html')}" for path in pages)
    if lists != [files["sitemap.xml"]]:
        named = [address.removeprefix(SITE_URL) for address in listed_in(files["sitemap.xml"])]
        assert [files[name] for name in named] == lists


def listed_in(file: bytes) -> list[str]:
    return [element.text or "" for element in Xml.fromstring(file).iter(f"{{{SITEMAP}}}loc")]


def test_without_an_address_there_is_no_site_map(site: BuiltSite) -> None:
    assert not {"sitemap.xml", "sitemap.xml.gz"} & site.files
