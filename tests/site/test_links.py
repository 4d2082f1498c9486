"""Every link of the built site leads to a page or file of the site, and a link leads back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

import pytest
from broken_links import broken_links
from built_site import (
    CONTENT,
    BuiltPage,
    BuiltSite,
    Json,
    Link,
    Place,
    few,
    index_of,
    read_yaml,
    units_named,
    with_class,
)
from conftest import build_site_of
from once import Once
from slow import rest_slow


@pytest.fixture(scope="module")
def whole_bundle(once: Once) -> BuiltSite:
    """The bundle that is opened from disk with all its files."""
    return build_site_of(once, "bundle", "--offline")


@pytest.fixture(params=rest_slow(["site", "whole_bundle"]))
def any_site(request: pytest.FixtureRequest) -> BuiltSite:
    """The site as it is served, and the bundle that is opened from disk."""
    return request.getfixturevalue(request.param)


def test_every_link_resolves(any_site: BuiltSite) -> None:
    problems = broken_links(any_site)
    assert not problems, few(problems)


def test_no_id_stands_twice_in_a_page(any_site: BuiltSite) -> None:
    """Of two equal ids, a link reaches only the first."""
    problems = [
        f"{page.path}: {name} × {len(elements)}"
        for page in any_site.pages.values()
        for name, elements in page.by_id.items()
        if len(elements) > 1
    ]
    assert not problems, few(problems)


def test_addresses_hold_below_any_path(any_site: BuiltSite) -> None:
    """An address from the server's root breaks below a sub-path. The 404 page, shown at any depth, has no other."""
    problems = [
        f"{page.path}: {link.raw}"
        for page, link in links_of(any_site)
        if link.raw.startswith("/") and page.path != "404.html"
    ]
    assert not problems, few(problems)


def test_other_hosts_only_as_sources(any_site: BuiltSite) -> None:
    """Nothing is loaded from elsewhere, and only a link that the content itself gives (a source) leads elsewhere."""
    given = "\n".join(
        path.read_text(encoding="utf-8") for suffix in ("yml", "md") for path in CONTENT.rglob(f"*.{suffix}")
    )
    problems = [
        f"{page.path}: <{link.element.tag}> {link.raw}"
        for page, link in links_of(any_site)
        if link.host and not (link.element.tag == "a" and link.raw in given)
    ]
    assert not problems, few(problems)


def test_styles_load_nothing_from_other_hosts(any_site: BuiltSite) -> None:
    """A font or picture named in a style sheet is a request too, and its file has to be there."""
    problems = []
    for path in sorted(any_site.files):
        if not path.endswith(".css"):
            continue
        text = (any_site.root / path).read_text(encoding="utf-8")
        for raw in re.findall(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)", text):
            address = "".join(raw)
            if re.match(r"(?:https?:)?//", address):
                problems.append(f"{path}: {address}")
            elif not address.startswith(("data:", "#")):
                file = (any_site.root / path).parent / re.split("[?#]", address)[0]
                if not file.is_file():
                    problems.append(f"{path}: no file {address}")
    assert not problems, few(problems)


def test_the_bundle_names_its_files(offline_site: BuiltSite) -> None:
    """From disk, an address that ends in a folder shows a listing of files. (Nothing shows 404.html from disk.)"""
    problems = [
        f"{page.path}: {link.raw}"
        for page, link in links_of(offline_site)
        if page.path != "404.html" and link.place and names_a_folder(link.raw)
    ]
    assert not problems, few(problems)


def names_a_folder(raw: str) -> bool:
    path = re.split("[?#]", raw)[0]
    return bool(path) and not PurePosixPath(path).suffix


def links_of(site: BuiltSite) -> Iterator[tuple[BuiltPage, Link]]:
    for page in site.pages.values():
        for link in page.links:
            yield page, link


# ---- Both ways ----


def subjects_of(activity: Json) -> Iterator[str]:
    """The pages that an activity concerns, by their public addresses."""
    yield from (f"don-vi/{unit}" for unit in sorted(units_named(activity, "lead", "partners")))
    yield from (f"nam/{year}" for year in activity["years"])
    yield from (f"chuong-trinh/{programme}" for programme in activity["programmes"])
    if activity["task"]:
        yield f"nhiem-vu/{activity['plan']}/{activity['task']}"
    if activity["target"]:
        yield f"chi-tieu/{activity['plan']}/{activity['target']}"


def row_places(page: BuiltPage, anchor: str) -> set[Place]:
    """What an activity's row links to: its own element and its sub-rows, not the activities nested in it."""
    row = page.by_id[anchor][0]
    parts = [row]
    for after in row.itersiblings("tr"):
        if after.get("id"):
            break
        parts.append(after)
    places = set().union(*(page.places_in(part) for part in parts))
    nested = row.xpath(f".//*[@id][{with_class('sk-row')}]")
    inside = set().union(*(page.places_in(one) for one in nested)) if nested else set()
    if not inside:
        return places
    direct = {id(element) for each in nested for element in each.iter()}
    return {link.place for link in page.links_in(row) if link.place and id(link.element) not in direct}


def test_an_activity_links_to_all_that_it_concerns(site: BuiltSite) -> None:
    """From its row: every lead and partner, year, programme, its task and its target."""
    problems = []
    for activity in site.activities:
        page = site.page(f"ke-hoach/{activity['plan']}")
        paths = {place.path for place in row_places(page, activity["id"])}
        problems += [
            f"{activity['plan']}/{activity['id']} → {subject}"
            for subject in subjects_of(activity)
            if index_of(subject) not in paths
        ]
    assert not problems, few(problems)


def test_what_an_activity_concerns_links_back_to_it(site: BuiltSite) -> None:
    """To its very row: a reader of a unit's or year's page must not search the plan again."""
    problems = []
    for activity in site.activities:
        back = Place(index_of(f"ke-hoach/{activity['plan']}"), activity["id"])
        problems += [
            f"{subject} → {activity['plan']}/{activity['id']}"
            for subject in subjects_of(activity)
            if back not in site.page(subject).places
        ]
    assert not problems, few(problems)


def test_the_address_in_the_data_is_the_activity(site: BuiltSite) -> None:
    """`url` of an activity is the contract's address of its row, from the site's root."""
    problems = [
        activity["url"]
        for activity in site.activities
        if activity["url"] != f"ke-hoach/{activity['plan']}/#{activity['id']}"
    ]
    assert not problems, few(problems)


def pairs(site: BuiltSite) -> dict[str, set[tuple[str, str]]]:
    """Pages that belong together, by the kind of their relation; the data says so, not the pages."""
    units = read_yaml("units")
    found: dict[str, set[tuple[str, str]]] = {
        "unit and its parent": {
            (f"don-vi/{id_}", f"don-vi/{unit['parent']}") for id_, unit in units.items() if "parent" in unit
        },
        "unit and the groups it is in": {
            (f"don-vi/{id_}", f"don-vi/{group}") for id_, unit in units.items() for group in unit.get("member_of", ())
        },
        "unit and its successors": {
            (f"don-vi/{id_}", f"don-vi/{after}") for id_, unit in units.items() for after in unit.get("successors", ())
        },
        "plan and its issuer": set(),
        "plan and the plan it implements": set(),
        "plan and its tasks": set(),
        "plan and its targets": set(),
        "task and its targets": set(),
        "target and the units responsible": set(),
        "target and its programmes": set(),
        "target and the target it contributes to": set(),
        "counterparts": set(),
    }
    for plan in site.plans.values():
        own = f"ke-hoach/{plan['id']}"
        found["plan and its issuer"].add((own, f"don-vi/{plan['issuer']}"))
        found["plan and the plan it implements"] |= {(own, f"ke-hoach/{other}") for other in plan["implements"]}
        for task in plan["tasks"]:
            page = f"nhiem-vu/{plan['id']}/{task['id']}"
            found["plan and its tasks"].add((own, page))
            found["counterparts"] |= {(page, f"nhiem-vu/{other}") for other in task.get("counterparts", ())}
        for target in plan["targets"]:
            page = f"chi-tieu/{plan['id']}/{target['id']}"
            found["plan and its targets"].add((own, page))
            if "task" in target:
                found["task and its targets"].add((page, f"nhiem-vu/{plan['id']}/{target['task']}"))
            found["counterparts"] |= {(page, f"chi-tieu/{other}") for other in target.get("counterparts", ())}
            found["target and the units responsible"] |= {(page, f"don-vi/{unit}") for unit in target.get("lead", ())}
            found["target and its programmes"] |= {
                (page, f"chuong-trinh/{programme}") for programme in target.get("programmes", ())
            }
            found["target and the target it contributes to"] |= {
                (page, f"chi-tieu/{upper['measure'].rpartition('/')[0]}")
                for measure in target.get("measures", ())
                for upper in measure.get("contributes_to", ())
            }
    return found


RELATIONS = (
    "unit and its parent",
    "unit and the groups it is in",
    "unit and its successors",
    "plan and its issuer",
    "plan and the plan it implements",
    "plan and its tasks",
    "plan and its targets",
    "task and its targets",
    "target and the units responsible",
    "target and its programmes",
    "target and the target it contributes to",
    "counterparts",
)


@cache
def paths_of(page: BuiltPage) -> frozenset[str]:
    return frozenset(place.path for place in page.places)


@pytest.mark.parametrize("relation", RELATIONS)
def test_related_pages_link_both_ways(site: BuiltSite, relation: str) -> None:
    """Whoever reads one of the two finds the other."""
    problems = [
        f"{start} → {end}"
        for one, other in sorted(pairs(site)[relation])
        for start, end in ((one, other), (other, one))
        if index_of(end) not in paths_of(site.page(start))
    ]
    assert not problems, few(problems)


def test_a_plan_and_its_neighbours_link_both_ways(site: BuiltSite) -> None:
    """No page links to a plan that does not link to it, whatever the relation (lists of everything aside)."""
    plans = {index_of(f"ke-hoach/{id_}") for id_ in site.plans}
    lists = {index_of("du-lieu"), index_of("hoat-dong"), index_of("dong-gop"), "404.html"}
    # the way back to the sheet of a unit's year is the unit's page
    lists |= {path for path in site.pages if re.fullmatch(r"don-vi/[a-z0-9-]+/\d{4}/index\.html", path)}
    lists |= {path for path in site.pages if path.startswith("so-sanh/")}
    # the way back from the cell of a term is the page of its own target
    lists |= {path for path in site.pages if path.startswith("chi-tieu/national-2022-2027/")}
    problems = []
    for path, page in site.pages.items():
        for other in paths_of(page) & site.pages.keys():
            if not {path, other} & lists and {path, other} & plans and path not in paths_of(site.pages[other]):
                problems.append(f"{path} → {other}")
    assert not problems, few(problems)


def test_every_page_is_reached_from_home(site: BuiltSite) -> None:
    """By the tabs and by links in the pages' own text, with no need of the search or of JavaScript."""
    tabs = {link.place.path for link in site.page("").links if link.place}
    reached: set[str] = set()
    ahead = tabs & site.pages.keys()
    while ahead:
        reached |= ahead
        ahead = set().union(*(paths_of(site.pages[path]) & site.pages.keys() for path in ahead)) - reached
    missing = sorted(site.pages.keys() - reached - {"404.html"})
    assert not missing, few(missing)
