"""A built site as data: every page is parsed once, its ids and its links resolved to files of the site.

The tests read the finished HTML, not the generator's model, so they are valid for any builder.
"""

from __future__ import annotations

import json
import posixpath
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import lxml.html
import yaml

ROOT = Path(__file__).parents[1]
CONTENT = ROOT / "content"

Json = dict[str, Any]

UNUSED = re.compile(r"\.map$|/lunr/|/workers/|/palette\.|stylesheets/main\.")
"""Paths of the theme's files that no page loads; the plugin leaves them away."""

_ADDRESSES = ("href", "src", "action", "srcset", "poster", "data", "formaction", "data-later")
# These name a host without loading anything or leading anywhere.
_NO_PLACE = {"data", "mailto", "tel", "javascript", "blob"}


class Place(NamedTuple):
    """Where a link leads: a file of the site, and the anchor in it."""

    path: str
    fragment: str = ""


@dataclass(frozen=True)
class Link:
    """One address that stands in a page; `place` is None when it names another host (or no place at all)."""

    raw: str
    element: Any
    place: Place | None
    host: str


class BuiltPage:
    """One HTML file; its parts are looked up by id, its links are resolved."""

    def __init__(self, path: str, source: bytes) -> None:
        self.path = path
        self.tree = lxml.html.document_fromstring(source)

    @cached_property
    def by_id(self) -> dict[str, list[Any]]:
        """Elements by id; more than one for an id is a fault that a test looks for."""
        found: dict[str, list[Any]] = {}
        for element in self.tree.iter():
            if isinstance(element.tag, str) and (name := element.get("id")):
                found.setdefault(name, []).append(element)
        return found

    @cached_property
    def links(self) -> list[Link]:
        """Every address in the page, also of styles, scripts, pictures and forms."""
        return list(self.links_in(self.tree))

    @cached_property
    def places(self) -> set[Place]:
        """All that the page's own text links to (not the header, the tabs or the footer that every page has)."""
        return {place for place in self.places_in(self.article) if place}

    @property
    def article(self) -> Any:
        """The page's own text."""
        return one(self.tree, "//article")

    def links_in(self, element: Any) -> Iterator[Link]:
        """The links of one part of the page."""
        for each in element.iter():
            if isinstance(each.tag, str):
                for name in _ADDRESSES:
                    if (raw := each.get(name)) is not None:
                        yield self._link(raw.split()[0] if name == "srcset" else raw.strip(), each)

    def places_in(self, element: Any) -> set[Place]:
        """Where the links of one part of the page lead."""
        return {link.place for link in self.links_in(element) if link.place}

    def _link(self, raw: str, element: Any) -> Link:
        parts = urlsplit(raw)
        if parts.scheme in _NO_PLACE:
            return Link(raw, element, None, "")
        if parts.netloc or parts.scheme:
            return Link(raw, element, None, parts.netloc or raw)
        if not parts.path:
            return Link(raw, element, Place(self.path, unquote(parts.fragment)), "")
        # MkDocs gives the 404 page absolute addresses, because it is shown at any depth.
        base = "" if parts.path.startswith("/") else posixpath.dirname(self.path)
        path = posixpath.normpath(posixpath.join(base, unquote(parts.path).lstrip("/")))
        if path == "." or parts.path.endswith(("/", "/.", "..")) or parts.path == ".":
            path = posixpath.join("" if path == "." else path, "index.html")
        return Link(raw, element, Place(path, unquote(parts.fragment)), "")


class BuiltSite:
    """A finished site on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def files(self) -> set[str]:
        """The path of every file, relative to the site."""
        return {path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file()}

    @cached_property
    def pages(self) -> dict[str, BuiltPage]:
        """Every HTML file, parsed."""
        return {
            path: BuiltPage(path, (self.root / path).read_bytes())
            for path in sorted(self.files)
            if path.endswith(".html")
        }

    def page(self, folder: str) -> BuiltPage:
        """The page at a public address, such as `ke-hoach/national-2020` (the home page is `""`)."""
        return self.pages[index_of(folder)]

    @cached_property
    def activities(self) -> list[Json]:
        """What the site publishes as open data: all activities."""
        return self.data("du-lieu/hoat-dong.json")["activities"]

    @cached_property
    def plans(self) -> dict[str, Json]:
        """What the site publishes as open data: every plan by its id."""
        ids = sorted({activity["plan"] for activity in self.activities})
        return {id_: self.data(f"du-lieu/ke-hoach/{id_}.json") for id_ in ids}

    def data(self, path: str) -> Any:
        """A published JSON file."""
        return json.loads((self.root / path).read_text(encoding="utf-8"))


def copy_content(folder: Path) -> Path:
    """Copy the plans, units and programmes of this repository."""
    for kind in ("plans", "units", "programmes"):
        shutil.copytree(CONTENT / kind, folder / kind)
    return folder


def index_of(folder: str) -> str:
    """The file behind an address of the site."""
    return f"{folder}/index.html" if folder else "index.html"


def read_yaml(kind: str) -> dict[str, Json]:
    """The content as typed, by id, read without a line of the generator: every scalar is text, in Unicode NFC."""
    files = sorted((CONTENT / kind).glob("*.yml"))
    texts = {path.stem: unicodedata.normalize("NFC", path.read_text(encoding="utf-8")) for path in files}
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return {stem: yaml.load(text, Loader=loader) for stem, text in texts.items()}


def one(element: Any, xpath: str) -> Any:
    """The only element that the path finds."""
    found = element.xpath(xpath)
    assert len(found) == 1, f"{len(found)} × {xpath}"
    return found[0]


def with_class(name: str) -> str:
    """The XPath condition for one of an element's classes."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def text_of(element: Any) -> str:
    """An element's text with single blanks, as a reader sees it."""
    return " ".join(element.text_content().split())


def numbers_in(text: str) -> list[int]:
    """The counts in a text; Vietnamese groups thousands with points."""
    return [int(found.replace(".", "")) for found in re.findall(r"\d{1,3}(?:\.\d{3})+|\d+", text)]


def few(problems: list[str], most: int = 25) -> str:
    """The first problems for an assertion's message, and how many there are."""
    rest = [f"… {len(problems) - most} more"] if len(problems) > most else []
    return "\n".join([f"{len(problems)} problems", *problems[:most], *rest])


def targets_of(each: dict[str, Any]) -> set[str]:
    """The targets that an activity serves, by the document and by the editors."""
    plain = [f"{each['plan']}/{each['target']}"] if each["target"] else []
    return {*plain, *(key if "/" in key else f"{each['plan']}/{key}" for key in each.get("serves", ()))}


def units_named(activity: Json, *fields: str) -> set[str]:
    """The units that these fields of an activity, or of a sub-row of it, name."""
    parts = (activity, *activity.get("rows", ()))
    return {unit for part in parts for field in fields for unit in part.get(field, ())}
