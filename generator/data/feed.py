"""The Atom feed (RFC 4287) of plans that were published or amended.

An entry's id consists of the plan's and its issuer's ids, so it stays if the site moves. `published` is the day of
issue, `updated` the day when the plan was posted on the site or amended. A plan without a known date is left out: a
feed must not invent one. If the site's address is unknown, addresses are relative to the feed's own, as the standard
permits.
"""

from __future__ import annotations

import uuid
from datetime import date
from xml.etree import ElementTree as Xml

from generator.data.about import day_of
from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Plan
from generator.pages.letterhead import amendments_of, standing_of
from generator.pages.links import DATA, Links
from generator.pages.page import Options

FEED = f"{DATA}/atom.xml"
MOST_ENTRIES = 50
"""The most entries, latest first: older news is on the site only."""

_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:x-so-ke-hoach")


def atom_feed(corpus: Corpus, options: Options) -> str:
    """Return the feed, latest news first."""
    words = catalogue(options.language)
    plans = [plan for plan in corpus.plans.values() if plan.status != "draft" and plan.changed_on]
    plans = sorted(plans, key=lambda plan: (day_of(plan), plan.id), reverse=True)[:MOST_ENTRIES]
    feed = Xml.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": options.language})
    _add(feed, "id", options.absolute(FEED) if options.site_url else _NAMES.urn)
    _add(feed, "title", options.title)
    _add(feed, "subtitle", words.text("site.feed.lead"))
    _add(feed, "updated", _moment(max(map(day_of, plans), default=date(1980, 1, 1))))
    if options.site_url:
        _add(feed, "link", rel="self", type="application/atom+xml", href=options.absolute(FEED))
    _add(feed, "link", rel="alternate", type="text/html", href=options.absolute(_links(options).page()))
    _add(_add(feed, "author"), "name", options.title)
    for plan in plans:
        feed.append(_entry(corpus, plan, options))
    Xml.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(feed, encoding="unicode") + "\n"


def _entry(corpus: Corpus, plan: Plan, options: Options) -> Xml.Element:
    words = catalogue(options.language)
    issuer = corpus.units[plan.issuer]
    entry = Xml.Element("entry")
    _add(entry, "id", uuid.uuid5(_NAMES, f"{plan.issuer}/{plan.id}").urn)
    _add(entry, "title", plan.title)
    if plan.issued_on:
        _add(entry, "published", _moment(plan.issued_on))
    _add(entry, "updated", _moment(day_of(plan)))
    _add(entry, "link", rel="alternate", type="text/html", href=options.absolute(_links(options).plan(plan)))
    _add(_add(entry, "author"), "name", issuer.name)
    _add(entry, "category", term=plan.kind, label=words.text(f"site.kind.{plan.kind}"))
    standing = standing_of(corpus, plan, words)
    news = [plan.document, *amendments_of(plan, words), *([standing] if standing else [])]
    _add(entry, "summary", " ".join(f"{part.rstrip('.')}." for part in news), type="text")
    return entry


def _links(options: Options) -> Links:
    """Return addresses from the root, or relative to the feed.

    From the root if the site's address is known and goes in front.
    """
    return Links("" if options.site_url else DATA, options.index)


def _moment(day: date) -> str:
    """Return the beginning of a day in Viet Nam (RFC 3339)."""
    return f"{day.isoformat()}T00:00:00+07:00"


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, name, attributes)
    element.text = text
    return element
