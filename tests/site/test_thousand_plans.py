"""A site of hundreds or a thousand plans: its pages stay small, whatever they list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from slow import slow

from benchmarks.corpus import write_corpus
from generator.site.build import build_site
from generator.site.progress import Clock
from generator.site.request import Request

SIZES = [slow(250), pytest.param(1000, marks=pytest.mark.endurance)]
LARGEST, MOST_LINKS = 300_000, 2_000
A_PLAN = re.compile(r"ke-hoach/[^/]+/index\.html")


@pytest.fixture(scope="module", params=SIZES)
def plans(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def large_site(plans: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    write_corpus(folder / "content", plans)
    request = Request(folder / "content", folder / "site", folder / "cache", office=False)
    report = build_site(request, Clock())
    assert not report.problems.get("error")
    assert report.counts["plan"] == plans
    return folder / "site"


def pages(site: Path) -> Iterator[tuple[str, bytes]]:
    for path in site.rglob("*.html"):
        yield path.relative_to(site).as_posix(), path.read_bytes()


def test_no_page_grows_with_the_corpus(large_site: Path, plans: int) -> None:
    found = {path: (len(page), page.count(b"<a ")) for path, page in pages(large_site)}
    assert len(found) > 15 * plans
    assert [(path, size) for path, (size, _) in found.items() if size > LARGEST and not A_PLAN.fullmatch(path)] == []
    assert [(path, links) for path, (_, links) in found.items() if links > MOST_LINKS] == []


def test_plans_that_an_index_only_counts_are_listed_by_the_union_above(large_site: Path, plans: int) -> None:
    index = (large_site / "ke-hoach" / "index.html").read_text("utf-8")
    news = index.partition('<ul class="sk-rowlist sk-news">')[2].partition("</ul>")[0]
    shown = set(re.findall(r'href="\.\./ke-hoach/([^/"]+)/"', index.replace(news, "")))
    unions = re.findall(
        r'href="\.\./don-vi/([^/"]+)/#ke-hoach-cap-duoi">[^<]*</a> <span class="sk-dim">([\d.]+)', index
    )
    counted = 0
    for union, number in unions:
        page = (large_site / "don-vi" / union / "index.html").read_text("utf-8")
        inner = page.partition('id="ke-hoach-cap-duoi"')[2].partition("</ul>")[0]
        listed = re.findall(r'href="\.\./\.\./ke-hoach/([^/"]+)/"', inner)
        assert len(set(listed) - shown) >= int(number) > 0
        counted += int(number)
    assert len(shown) + counted == plans


def test_the_index_of_targets_shows_the_figures_of_the_central_plan(large_site: Path) -> None:
    index = (large_site / "chi-tieu" / "index.html").read_text("utf-8")
    with_figures = re.findall(r'href="\.\./chi-tieu/([^/"]+)/ct\d+/">.*<span class="sk-values">\S', index)
    assert set(with_figures) == {"tw-2021-2026"}
    assert len(with_figures) == 8


def test_activities_that_a_list_does_not_reach_are_found_by_the_search(large_site: Path) -> None:
    more = [
        address
        for path, page in pages(large_site)
        if path.startswith("don-vi/")
        for address in re.findall(rb'<li><a href="[./]*(hoat-dong/\?[^"]*)">', page)
    ]
    assert more
    units = rb"don-vi=[a-z0-9-]+(?:&amp;don-vi=[a-z0-9-]+)*"  # with the groups of the unit
    due = rb"(?:&amp;nam=\d{4}(?:&amp;tinh-trang=published)?)?"
    assert all(re.fullmatch(rb"hoat-dong/\?%b%b" % (units, due), address) for address in more)
