"""Every field of a plan, filled with a unique word, is shown wherever the plan is shown, in each layout.

The content is made from the schema. A new field is filled too, and fails here until it is shown.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from built_site import few
from conftest import run
from golden import write_files
from once import Once
from playwright.sync_api import Browser, Page

from generator.check import check
from generator.language.vietnamese import format_date, parse_date, plain_date
from generator.model.builder import link
from generator.pages.page import Options
from generator.paper.print import plan_html

SCHEMA = json.loads(Path("schema/plan.schema.json").read_text("utf-8"))
LAYOUTS = SCHEMA["$defs"]["layout"]["enum"]

PAGE, JSON, TABLES = {"page"}, {"json"}, {"csv", "excel"}
PAPER = {"print", "pdf", "word"}
DOCUMENT = PAGE | PAPER | JSON
"""Where everything of a plan stands; its rows stand in its tables, too."""

NOT_SHOWN = {
    ("plan", "superseded_by"): "only of superseded plans",
    ("plan", "review"): "only of drafts, for those who finish them",
    ("plan", "serves"): "only []: nothing to show",
    ("heading", "parent"): "an id: the outline's order",
    ("heading", "layout"): "the form itself",
    ("measure", "row"): "an id: the cells of that row",
    ("activity", "parent"): "an id: the bullet that it stands in",
    **{
        (kind, "as_printed"): "what the check need not say" for kind in ("plan", "heading", "target", "row", "activity")
    },
    ("plan", "removed"): "old addresses",
    **{(kind, "formerly"): "old addresses" for kind in ("plan", "heading", "target", "activity")},
}
ELSEWHERE = {
    ("plan", "short_title"): JSON,  # a name for lists of plans
    ("plan", "posted"): PAGE | JSON,  # a day of the site, not of the document
    ("plan", "source.url"): JSON,  # on the page it is an address
    ("target", "title"): PAGE | JSON,  # a name for lists; the document has the statement
    ("target", "programmes"): PAGE | JSON,  # a mark of what the statement names
    ("activity", "programmes"): PAGE | TABLES | JSON,  # a mark of what the title names
    # Tables have the first and the last day that these and the words amount to, as days to calculate with.
    **{(kind, field): DOCUMENT for kind in ("row", "activity") for field in ("due.from", "due.to", "deadline")},
    # The editors' alignment is no word of the document: paper has it not. Of a heading it holds for its rows.
    ("plan", "implements"): PAGE | JSON,
    **{(kind, field): PAGE | TABLES | JSON for kind in ("heading", "activity") for field in ("serves", "ground")},
    **{(kind, "counterparts"): PAGE | JSON for kind in ("heading", "target")},
    **{("contribution", field): PAGE | JSON for field in ("measure", "ground")},
    # A reading of the printed levels: on the page a link, elsewhere the printed words stand.
    **{(kind, "levels_units"): {"links"} | JSON for kind in ("heading", "row", "activity")},
}
GIVEN: dict[tuple[str, str], Any] = {
    ("plan", "status"): "published",
    ("plan", "issuer"): "hoi",
    ("plan", "period"): {"from": 2024, "to": 2025},
    ("plan", "outline"): None,
    ("plan", "targets"): None,
    ("plan", "activities"): None,
    ("heading", "id"): "nv1",
    ("target", "id"): "ct1",
    ("target", "section"): "nv1",
    ("target", "task"): "nv1",
    ("activity", "rows"): None,
    ("activity", "section"): "nv1",
    ("activity", "target"): "ct1",
    ("activity", "task"): "nv1",
    ("activity", "years"): "2024-2025",
    ("row", "years"): "2024-2025",
    ("plan", "periods.id"): "ky1",
    ("plan", "footnotes.id"): "1",
}
"""What a word cannot be: ids, and what the rest refers to."""


_MEASURE = {"id": "so", "name": "Số", "value": "1", "unit": "hộ", "comparator": ">=", "period": "by_end"}
_WORK = {"id": "a1", "section": "muc", "title": "Việc", "years": "2024-2025"}
"""Of the plans above."""


class Mark(NamedTuple):
    """A word, the entry and field that it fills, and where it must stand."""

    word: str
    kind: str
    field: str
    places: frozenset[str]


class Filler:
    """Fills the fields of one plan, and keeps which word fills which."""

    def __init__(self, layout: str) -> None:
        self.layout, self.marks = layout, list[Mark]()
        self.units, self.programmes = dict[str, str](), dict[str, str]()
        self.upper, self.upper_tasks, self.upper_targets = f"tren-{layout}", list[str](), list[str]()

    def entry(self, kind: str, path: str = "", *, only: str = "", without: str = "") -> dict[str, Any]:
        """Fill an entry of a kind; `only` fields of that ending besides what is required, or none `without`."""
        node = SCHEMA if kind == "plan" else SCHEMA["$defs"][kind]
        filled = {}
        for name, field in node["properties"].items():
            if (kind, name) in NOT_SHOWN:
                continue
            needed = name in node.get("required", ()) or (kind, name) in GIVEN
            if not needed and ((only and not name.endswith(only)) or (without and name.endswith(without))):
                continue
            value = self.value(kind, name, resolved(field), path)
            if value is not None:
                filled[name] = value
        return filled

    def value(self, kind: str, name: str, node: Mapping[str, Any], path: str) -> Any:
        """Fill a field."""
        known: dict[str, Any] = {"footnoteRefs": ["1"]}
        if (kind, name) in GIVEN:
            return GIVEN[kind, name]
        if node["$from"] == "names":
            return [self.named(kind, name, path)]
        if node["$from"] in known:
            return known[node["$from"]]
        if name in {"implements", "serves", "counterparts"} or node["$from"] == "measureRef":
            return self.aligned(kind, name, path)
        if node.get("type") in ("array", "object") or "oneOf" in node:
            return self.group(kind, name, node, path)
        return self.scalar(kind, name, node, path)

    def aligned(self, kind: str, name: str, path: str) -> str | list[str]:
        """Point at an entry of the upper plan that nothing else points at, or at a plan; a word is its id and label."""
        word = self.word(kind, name, path)
        if name == "implements":
            return [self.upper, word]
        (self.upper_tasks if kind == "heading" and name == "counterparts" else self.upper_targets).append(word)
        return f"{self.upper}/{word}/so" if kind == "contribution" else [f"{self.upper}/{word}"]

    def plans_above(self, plan: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield the upper plan, whose measures count what those that answer them do, and another one."""
        measures = [measure for each in (*plan["targets"], *plan["activities"]) for measure in each.get("measures", ())]
        counts = {
            link["measure"].split("/")[1]: {"unit": measure["unit"], "per": measure["per"]}
            for measure in measures
            for link in measure.get("contributes_to", ())
        }
        (implemented,) = (mark.word for mark in self.marks if mark.field == "implements")
        same = {"kind": "term", "status": "published", "issuer": "hoi-tren", "period": {"from": 2024, "to": 2025}}
        same |= {"layout": "outline", "source": {"document": "Kế hoạch trên"}}
        head = {"id": "muc", "kind": "section", "title": "Mục"}
        tasks = [
            {"id": word, "kind": "task", "label": f"Nhiệm vụ {word}", "title": "Trên"} for word in self.upper_tasks
        ]
        targets = [
            {
                "id": word,
                "label": word,
                "section": "muc",
                "title": "Trên",
                "statement": "Đạt 1.",
                "measures": [_MEASURE | counts.get(word, {})],
            }
            for word in self.upper_targets
        ]
        yield {
            **same,
            "id": self.upper,
            "title": "Trên",
            "outline": [head, *tasks],
            "targets": targets,
            "activities": [{**_WORK}],
        }
        yield {**same, "id": implemented, "title": "Trên", "short_title": implemented} | {
            "outline": [head],
            "activities": [{**_WORK}],
        }

    def group(self, kind: str, name: str, node: Mapping[str, Any], path: str) -> Any:
        """Fill a list or a mapping."""
        if "oneOf" in node:  # the longest of the ways to write it
            return self.group(kind, name, resolved(node["oneOf"][-1]), path)
        if "patternProperties" in node:
            keys = ["2024", "2025"] if "19|20" in next(iter(node["patternProperties"])) else ["ky1"]
            return {key: self.word(kind, name, path) for key in keys}
        if node["type"] == "array":
            items = resolved(node["items"])
            of = items["$from"]
            return [self.entry(of, path) if of in ENTRIES else self.value(kind, name, items, path)]
        inner = node["properties"].items()
        return {each: self.value(kind, f"{name}.{each}", resolved(field), path) for each, field in inner}

    def scalar(self, kind: str, name: str, node: Mapping[str, Any], path: str) -> str:
        pattern = str(node.get("pattern", ""))
        number = len(self.marks) + 1
        if "enum" in node:
            return str(node["enum"][0])
        times = {"year": f"{1900 + number % 100}", "date": f"{number % 28 + 1}/{number // 28 + 1}/2024"}
        if node["$from"] in times:
            return self.mark(times[node["$from"]], kind, name, path)
        if "https" in pattern:
            return self.mark(f"https://example.org/{number}", kind, name, path)
        if "[.][0-9]{3}" in pattern or (kind, name) == ("measure", "value"):
            return self.mark(f"{number}.{number:03}", kind, name, path)
        if node["$from"] == "id" or pattern.startswith("^[a-z"):
            return f"{kind.lower()}{number}"  # an id: no word
        return self.word(kind, name, path)

    def named(self, kind: str, name: str, path: str) -> str:
        """Name a unit or programme that nothing else names."""
        word = self.word(kind, name, path)
        (self.programmes if name == "programmes" else self.units)[f"{self.layout}-{len(self.marks)}"] = word
        return word

    def word(self, kind: str, name: str, path: str) -> str:
        return self.mark(f"chu{len(self.marks) + 1:03}{self.layout}", kind, name, path)

    def mark(self, word: str, kind: str, name: str, path: str) -> str:
        in_rows = kind in {"activity", "row", "cost", "extraCell"} or path == "activity"
        usual = DOCUMENT | TABLES if in_rows else DOCUMENT
        self.marks.append(Mark(word, kind, name, frozenset(ELSEWHERE.get((kind, name), usual))))
        return word

    def plan(self) -> dict[str, Any]:
        """Fill a plan: what prints its cells, and what has other words for the units that it names."""
        head = {"id": f"ke-hoach-{self.layout}", "kind": "term", "layout": self.layout}
        heading = self.entry("heading", without="_text")
        printed = self.entry("heading", only="_text") | {"id": "nv2", "kind": "section"}
        # The figures are not those of the statement, which is a word.
        target = self.entry("target", without="_text") | {"as_printed": ["number-not-stated"]}
        target_printed = self.entry("target", only="_text") | {"id": "ct2", "section": "nv2"}
        activity = self.entry("activity", "activity", without="_text")
        activity["rows"] = [self.entry("row", without="_text"), self.entry("row", only="_text")]
        activity_printed = self.entry("activity", "activity", only="_text")
        activity_printed |= {"section": "nv2", "target": "ct2", "task": "nv1"}
        filled = self.entry("plan")
        return {**filled, **head} | {
            "outline": [heading, printed],
            "targets": [target, target_printed],
            # The last one has what the heading says of all its rows.
            "activities": [
                {**activity, "id": "a1"},
                {**activity_printed, "id": "a2"},
                {"id": "a3", "section": "nv1", "title": "Việc", "years": "2024-2025"},
            ],
        }


ENTRIES = {"measure", "row", "cost", "extraCell", "contribution"}


def resolved(node: Mapping[str, Any]) -> dict[str, Any]:
    """A field with its type, and from which definition that is."""
    origin = ""
    found = dict(node)
    while "$ref" in found:
        origin = found.pop("$ref").removeprefix("#/$defs/")
        found = {**SCHEMA["$defs"][origin], **found}
    return {**found, "$from": origin}


@cache
def filled(layout: str) -> tuple[Filler, dict[str, Any]]:
    filler = Filler(layout)
    return filler, filler.plan()


@pytest.fixture(scope="module")
def content(once: Once) -> Path:
    """A plan of each form, all fields filled."""
    return once("every-field", _write)


def _write(folder: Path) -> None:
    files: dict[str, Any] = {
        "units/hoi.yml": {"id": "hoi", "name": "Hội mẫu", "kind": "union", "level": "province", "parent": "hoi-tren"},
        "units/hoi-tren.yml": {"id": "hoi-tren", "name": "Hội trên", "kind": "union", "level": "central"},
    }
    for layout in LAYOUTS:
        filler, plan = filled(layout)
        files |= {f"plans/{each['id']}.yml": each for each in (plan, *filler.plans_above(plan))}
        for id_, word in filler.units.items():
            files[f"units/{id_}.yml"] = {"id": id_, "name": word, "kind": "partner"}
        for id_, word in filler.programmes.items():
            files[f"programmes/{id_}.yml"] = {"id": id_, "name": word, "kind": "project"}
    write_files(folder, {name: yaml.safe_dump(data, allow_unicode=True) for name, data in files.items()})


@pytest.fixture(scope="module")
def site(once: Once, content: Path) -> Path:
    """These plans, built."""
    return once(
        "every-field-site",
        lambda at: run("sokehoach", "build", "--content", content, "--offline", "--cache", once.cache, "--site", at),
    )


@pytest.fixture(scope="module")
def shown(site: Path, content: Path, browser: Browser) -> dict[str, dict[str, str]]:
    """By form and place, all that is to be read there."""
    corpus = link(check(content))
    texts = {}
    window = browser.new_page(viewport={"width": 1280, "height": 900})
    for layout in LAYOUTS:
        plan = corpus.plans[f"ke-hoach-{layout}"]
        folder = site / "ke-hoach" / plan.id
        data = site / "du-lieu" / "ke-hoach" / plan.id
        pages = [folder, *(site / "chi-tieu" / plan.id / target.id for target in plan.targets)]
        pages += [site / "nhiem-vu" / plan.id / task.id for task in plan.tasks]
        texts[layout] = {
            "page": "\n".join(_on_screen(window, each, "screen") for each in pages),
            "links": (folder / "index.html").read_text("utf-8"),
            "print": _on_screen(window, folder, "print"),
            "pdf": re.sub("<[^>]*>", " ", plan_html(corpus, plan, Options())),
            "word": "\n".join(_texts_in(one_of(folder.glob("*.docx")))),
            "csv": data.with_suffix(".csv").read_text("utf-8"),
            "excel": "\n".join(_texts_in(data.with_suffix(".xlsx"))),
            "json": data.with_suffix(".json").read_text("utf-8"),
        }
    window.close()
    return texts


def _on_screen(window: Page, folder: Path, media: Any) -> str:
    window.emulate_media(media=media)
    window.goto((folder / "index.html").as_uri())
    return window.inner_text("article")


def _texts_in(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            if name.endswith(".xml"):
                yield re.sub("<[^>]*>", " ", file.read(name).decode())


def one_of(paths: Iterator[Path]) -> Path:
    (path,) = paths
    return path


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_field_stands_wherever_its_plan_is_shown(layout: str, shown: dict[str, dict[str, str]]) -> None:
    filler, _ = filled(layout)
    missing = [
        f"{mark.kind}.{mark.field} ({mark.word}): not in {place}"
        for mark in filler.marks
        for place in sorted(mark.places)
        if not _is_in(mark.word, shown[layout][place], place)
    ]
    assert not missing, few(missing, 400)


def _is_in(word: str, text: str, place: str) -> bool:
    spellings = [word]
    if re.fullmatch(r"\d+/\d+/\d{4}", word) and (day := parse_date(word)):
        printed = format_date(day)
        spellings = [plain_date(day), printed, "ngày {} tháng {} năm {}".format(*printed.split("/"))]
        if place == "json":
            spellings = [day.isoformat()]
    return any(spelling.casefold() in text.casefold() for spelling in spellings)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_whom_a_row_names_finds_it_on_its_own_page(layout: str, site: Path) -> None:
    """Be it the activity's row or a sub-row: a quota that names a unit is that unit's work."""
    filler, plan = filled(layout)
    of_word = {mark.word: mark for mark in filler.marks}
    titles = {"activity": plan["activities"][0]["title"], "row": plan["activities"][0]["rows"][0]["title"]}
    for id_, word in filler.units.items():
        if of_word[word].kind in titles and of_word[word].field in {"lead", "partners", "levels_units"}:
            page = (site / "don-vi" / id_ / "index.html").read_text("utf-8")
            assert titles[of_word[word].kind] in page, of_word[word]
            assert f"ke-hoach/{plan['id']}/index.html#a1" in page, of_word[word]


def test_every_field_is_filled_or_known_not_to_be_shown() -> None:
    """So that no kind of entry is passed over by the walk."""
    filler, _ = filled("years")
    kinds = {mark.kind for mark in filler.marks}
    known = {kind for kind, node in SCHEMA["$defs"].items() if "properties" in node}
    assert kinds == known | {"plan"}
