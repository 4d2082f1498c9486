"""What a page tells search engines and other programs: JSON-LD with the vocabulary of schema.org.

It says nothing that the page does not say. Addresses are absolute if the site's own is known, else relative to the
page, as JSON-LD permits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from generator.language.catalogue import Catalogue, catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Plan, Unit
from generator.pages.downloads import Download
from generator.pages.links import ACTIVITIES, DATA, Links
from generator.pages.page import Options, Page
from generator.pages.trails import Step

Node = dict[str, Any]

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "excel": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "calendar": "text/calendar",
    "csv": "text/csv",
    "json": "application/json",
}


@dataclass(frozen=True)
class _Teller:
    """Makes the nodes of one page."""

    page: Page
    corpus: Corpus
    options: Options

    @property
    def words(self) -> Catalogue:
        return catalogue(self.options.language)

    @property
    def to(self) -> Links:
        return Links("" if self.options.site_url else self.page.folder, self.options.index)

    def text(self, key: str) -> str:
        """Return a text of the site."""
        return self.words.text(f"site.{key}")

    def breadcrumbs(self) -> Node:
        """Return the page's trail; the last step is the page itself."""
        trail = [Step(self.text("home.short"), ""), *self.page.trail]
        above = [{"name": step.text, "item": self.at(self.to.page(step.folder, step.anchor))} for step in trail]
        steps = [*above, {"name": self.page.title}]
        items = [{"@type": "ListItem", "position": position, **step} for position, step in enumerate(steps, 1)]
        return {"@type": "BreadcrumbList", "itemListElement": items}

    def subject(self) -> Node | None:
        """Return the node of the page's subject, or None."""
        match self.page.subject:
            case Plan() as plan:
                return self.plan(plan)
            case Unit() as unit:
                return self.unit(unit)
        if self.page.folder == DATA:
            return self.dataset()
        return None if self.page.folder else self.site()

    def site(self) -> Node:
        """Return the site and the address of its search: search engines need an absolute one."""
        node = {
            "@type": "WebSite",
            "name": self.page.title,
            "description": self.page.description,
            "inLanguage": self.options.language,
            "url": self.at(self.to.page()),
        }
        if not self.options.site_url:
            return node
        template = self.at(self.to.page(ACTIVITIES)) + "?q={search_term_string}"
        search = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": template},
            "query-input": "required name=search_term_string",
        }
        return {**node, "potentialAction": search}

    def plan(self, plan: Plan) -> Node:
        """Return the abridged document on the page, and the official document that it is based on."""
        issuer = self.corpus.units[plan.issuer]
        official = {
            "@type": "CreativeWork",
            "name": plan.document,
            "identifier": plan.number,
            "datePublished": plan.issued_on.isoformat() if plan.issued_on else None,
            "author": self._organisation(issuer),
            "url": plan.source_url,
        }
        return {
            "@type": "DigitalDocument",
            "name": plan.title,
            "alternateName": plan.short_title if plan.short_title != plan.title else None,
            "inLanguage": self.options.language,
            "url": self.at(self.to.plan(plan)),
            "creativeWorkStatus": self.text(f"status.{plan.status}"),
            "temporalCoverage": _span(plan.first_year, plan.last_year),
            "datePublished": plan.posted_on.isoformat() if plan.posted_on else None,
            "dateModified": max(amendment.day for amendment in plan.amended).isoformat() if plan.amended else None,
            "isAccessibleForFree": True,
            "isBasedOn": official,
            "encoding": self._files("MediaObject", self.page.context["downloads"]),
        }

    def dataset(self) -> Node:
        """Return the table of all activities and its files."""
        years = sorted(self.corpus.of_year)
        return {
            "@type": "Dataset",
            "name": self.page.title,
            "description": self.page.description,
            "inLanguage": self.options.language,
            "url": self.at(self.to.page(DATA)),
            "temporalCoverage": _span(years[0], years[-1]) if years else None,
            "isAccessibleForFree": True,
            "distribution": self._files("DataDownload", self.page.context["all"]),
        }

    def unit(self, unit: Unit) -> Node | None:
        """Return the organisation; None for a group, which is not one organisation."""
        if unit.kind == "group":
            return None
        names = [unit.short_name, *unit.aliases]
        parent = self.corpus.units.get(unit.parent or "")
        return {
            "@type": "Organization",
            "name": unit.name,
            "alternateName": [name for name in dict.fromkeys(names) if name != unit.name],
            "url": self.at(self.to.unit(unit)),
            "foundingDate": unit.valid_from.isoformat() if unit.valid_from else None,
            "dissolutionDate": unit.valid_to.isoformat() if unit.valid_to else None,
            "parentOrganization": self._organisation(parent) if parent else None,
        }

    def _organisation(self, unit: Unit) -> Node:
        return {"@type": "Organization", "name": unit.name, "url": self.at(self.to.unit(unit))}

    def _files(self, type_: str, files: Sequence[Download]) -> list[Node]:
        return [
            {
                "@type": type_,
                "contentUrl": self.at(self.to.file(file.path)),
                "encodingFormat": MEDIA_TYPES[file.kind],
            }
            for file in files
        ]

    def at(self, address: str) -> str:
        """Return an address, absolute if the site's own is known."""
        return self.options.absolute(address)


def linked_data(page: Page, corpus: Corpus, options: Options) -> str:
    """Return the page's JSON-LD, safe inside a `<script>`."""
    teller = _Teller(page, corpus, options)
    nodes = [teller.subject(), teller.breadcrumbs() if page.folder else None]
    content = {"@context": "https://schema.org", "@graph": [_filled(node) for node in nodes if node]}
    text: str = orjson.dumps(content).decode()
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _span(first: int, last: int) -> str:
    """Return years in ISO 8601."""
    return str(first) if first == last else f"{first}/{last}"


def _filled(node: Node) -> Node:
    """Return a node without empty values."""
    filled = {name: _filled(value) if isinstance(value, dict) else value for name, value in node.items()}
    return {name: value for name, value in filled.items() if value not in (None, [], "")}
