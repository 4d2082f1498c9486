"""The Atom feed, read by another program and compared with RFC 4287."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as Xml

import feedparser
from built_site import read_yaml

from generator.data.data_files import Content
from generator.data.feed import atom_feed
from generator.model.builder import corpus_of
from generator.model.corpus import Corpus
from generator.model.entities import Amendment, Plan
from generator.pages.page import Options

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def check_against_the_standard(text: str) -> Xml.Element:
    """What RFC 4287 demands of a feed and its entries (4.1.1, 4.1.2, 4.2.6, 4.2.7, 3.3)."""
    feed = Xml.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    ids = []
    for element in [feed, *feed.iter(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        for name in ("published", "summary", "rights", "subtitle", "logo", "icon", "content"):
            assert len(element.findall(f"{ATOM}{name}")) <= 1, name
        ids.append(element.findtext(f"{ATOM}id") or "")
        assert re.match(r"(https?://|urn:uuid:[0-9a-f-]{36}$)", ids[-1]), "an id is an absolute IRI"
        for moment in (*element.findall(f"{ATOM}updated"), *element.findall(f"{ATOM}published")):
            assert MOMENT.fullmatch(moment.text or "")
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link")]
        assert links.count(("alternate", "text/html", None)) == 1
        assert all(link.get("href") for link in element.findall(f"{ATOM}link"))
        assert element.findtext(f"{ATOM}author/{ATOM}name")
    assert len(set(ids)) == len(ids)
    return feed


def feed_of(corpus: Corpus, plans: Sequence[Plan]) -> str:
    """The feed of some plans."""
    return atom_feed(corpus_of(plans, corpus.units.values(), corpus.programmes.values()), Options())


def test_entries_are_the_published_plans(files: dict[str, bytes]) -> None:
    text = files["du-lieu/atom.xml"].decode()
    check_against_the_standard(text)
    found = feedparser.parse(text)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    plans = read_yaml("plans")
    assert {entry.title for entry in found.entries} == {plan["title"].strip() for plan in plans.values()}
    for entry in found.entries:
        plan = next(plan for plan in plans.values() if plan["title"].strip() == entry.title)
        assert entry.link == f"../ke-hoach/{plan['id']}/"
        issued = plan.get("issued", {}).get("date")
        assert ("published" in entry) == bool(issued)
        if issued:
            day, month, year = map(int, issued.split("/"))
            assert entry.published == f"{year}-{month:02}-{day:02}T00:00:00+07:00"


def test_addresses_are_absolute_where_the_site_knows_its_own(addressed: dict[str, Content]) -> None:
    feed = check_against_the_standard(str(addressed["du-lieu/atom.xml"]))
    assert feed.findtext(f"{ATOM}id") == "https://hoi.example/so-ke-hoach/du-lieu/atom.xml"
    addresses = {(link.get("rel"), link.get("href")) for link in feed.findall(f"{ATOM}link")}
    assert ("self", "https://hoi.example/so-ke-hoach/du-lieu/atom.xml") in addresses
    assert ("alternate", "https://hoi.example/so-ke-hoach/") in addresses
    for link in feed.iter(f"{ATOM}link"):
        assert (link.get("href") or "").startswith("https://hoi.example/so-ke-hoach/")


def test_an_entry_keeps_its_name_when_the_site_moves(files: dict[str, bytes], addressed: dict[str, Content]) -> None:
    here, there = (
        [entry.id for entry in feedparser.parse(made["du-lieu/atom.xml"]).entries] for made in (files, addressed)
    )
    assert here == there


def test_an_amended_plan_comes_first_and_says_what_changed(corpus: Corpus) -> None:
    plan = corpus.plans["dong-nai-2017-2021"]
    changed = replace(plan, amended=(Amendment(date(2027, 3, 15), "Bổ sung chỉ tiêu 9."),))
    text = feed_of(corpus, [*(one for one in corpus.plans.values() if one.id != plan.id), changed])
    check_against_the_standard(text)
    first = feedparser.parse(text).entries[0]
    assert (first.title, first.updated) == (plan.title, "2027-03-15T00:00:00+07:00")
    assert first.published == "2017-09-29T00:00:00+07:00"
    assert "15/3/2027: Bổ sung chỉ tiêu 9." in first.summary


def test_drafts_and_plans_without_any_date_are_left_out(corpus: Corpus) -> None:
    first, second, *others = corpus.plans.values()
    plans = [replace(first, status="draft"), replace(second, posted_on=None, issued_on=None), *others]
    text = feed_of(corpus, plans)
    check_against_the_standard(text)
    assert len(feedparser.parse(text).entries) == len(others)


def test_a_feed_of_nothing_is_still_a_feed(corpus: Corpus) -> None:
    check_against_the_standard(feed_of(corpus, []))
