"""Random content: every field of the schemas may occur, with any text that the check accepts.

It is drawn from the schemas, so new fields are drawn too. What the check refuses is removed, place by place, until it
refuses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from golden import write_files
from hypothesis import strategies as st

from generator.check import check

SCHEMA = {kind: json.loads(Path(f"schema/{kind}.schema.json").read_text("utf-8")) for kind in ("plan", "unit")}
PLANS, UNITS = 4, 5
ENTRIES = {
    "outline": ("h", 3),
    "targets": ("t", 3),
    "activities": ("a", 8),
    "measures": ("m", 2),
    "footnotes": ("f", 2),
    "periods": ("k", 2),
}
"""Lists whose entries are referred to: the letter of their ids, and how many there are at most."""

WORDS = [
    "Hội Liên hiệp Phụ nữ",
    "Đẩy mạnh",
    "ưu tiên",
    "quý I",
    "x" * 300,
    "Kế hoạch " * 60,
    "\n",
    "\n\n",
    "  ",
    "\u0301",
]
SIGNS = r"""
100% 12.500 05 2024. 31/12/2024 a) 1. - + # --- < <b> </script> <!-- ]]> & &amp; &#0; *x* ** _y_ ` ~~ == ^2^ | \ \n
[a](b) ![a](b.png) [^1] {{ {% ${x} {:.a} ::: !!! ??? --8<-- $x$ @a http://a.vn/?b=1&c a@b.vn ' " “x” … – % =1+1
ﬁ Ω 한 aux con ../.. C:\ null true ~ 0x1 1e9
""".split()
LETTERS = st.characters(codec="latin-1", exclude_categories=["Cc", "Cf"], exclude_characters="ÐðÞþ") | st.sampled_from(
    "ạếỗữơĐ"
)
TEXT = st.lists(st.sampled_from(WORDS + SIGNS) | st.text(LETTERS, max_size=6), min_size=1, max_size=4).map(" ".join)


class Drawer:
    """Draws the fields of a content."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.names = [f"{draw(TEXT)} {number}" for number in range(UNITS)]
        self.density = draw(st.sampled_from([0.1, 0.3, 0.6]))
        self.plans = draw(st.integers(1, PLANS))
        self.count = 0

    def content(self) -> dict[str, dict[str, Any]]:
        """Return all files: by path, the data."""
        files = {}
        for number, name in enumerate(self.names):
            files[f"units/u{number}.yml"] = {**self.object("unit", SCHEMA["unit"]), "id": f"u{number}", "name": name}
        files["programmes/g0.yml"] = {"id": "g0", "name": "Chương trình", "kind": "project"}
        for number in range(self.plans):
            files[f"plans/p{number}.yml"] = {**self.object("plan", SCHEMA["plan"]), "id": f"p{number}"}
        return files

    def object(self, schema: str, node: Mapping[str, Any]) -> dict[str, Any]:
        """Draw a mapping: what is required, what makes a plan one, and some of the rest."""
        if "patternProperties" in node:
            years = "19|20" in next(iter(node["patternProperties"]))
            return {key: self.draw(DRAWN["scalar"]) for key in self.some(["2024", "2025"] if years else ["k0", "k1"])}
        needed = {*node.get("required", ()), "targets", "measures", "section", "periods"}
        few = node.get("minProperties", 0)  # of these one at least
        return {
            name: self.value(schema, name, field)
            for number, (name, field) in enumerate(node["properties"].items())
            if name in needed or number < few or self.draw(st.floats(0, 1)) < self.density
        }

    def value(self, schema: str, name: str, node: Mapping[str, Any]) -> Any:
        """Draw a field's value."""
        node, origin = self.resolved(schema, node)
        if "enum" in node:
            return self.draw(st.sampled_from(node["enum"]))
        value = self.reference(schema, name)
        if value is None and origin in DRAWN:
            value = self.draw(DRAWN[origin])
        if value is None and "oneOf" in node:
            value = self.value(schema, name, self.draw(st.sampled_from(node["oneOf"])))
        return self.plain(schema, name, node) if value is None else value

    def plain(self, schema: str, name: str, node: Mapping[str, Any]) -> Any:
        """Draw a list, a mapping or a text."""
        if node["type"] == "array":
            return self.array(schema, name, node)
        if node["type"] == "object":
            return self.object(schema, node)
        return "https://example.org/?a=1&b=<c>" if "https" in node.get("pattern", "") else self.draw(TEXT)

    def array(self, schema: str, name: str, node: Mapping[str, Any]) -> list[Any]:
        """Draw a list; entries that are referred to are numbered."""
        letter, most = ENTRIES.get(name, ("", 2))
        most = node.get("maxItems", most)
        items = [self.value(schema, "", node["items"]) for _ in range(self.draw(st.integers(min(1, most), most)))]
        if letter == "h":
            items[0]["kind"] = "task"
        return [{**item, "id": f"{letter}{number}"} for number, item in enumerate(items)] if letter else items

    def reference(self, schema: str, name: str) -> Any:
        """Draw what a field of this name refers to; None where it refers to nothing."""
        if name in {"formerly", "removed"}:
            self.count += 1
            return [f"cu-{self.count}"]
        single = {"section": "h0", "task": "h0", "target": "t0", "row": "a0", "superseded_by": "p0", "scope": "u0"}
        single |= {"contributes_to": "p0/t0/m0", "parent": {"plan": "h0", "unit": "u0"}.get(schema)}
        single |= {"issuer": self.names[0], "period": {"from": 2024, "to": 2026}}
        several = dict.fromkeys(("lead", "partners", "levels_units"), self.names)
        several |= {"implements": ["p0"], "serves": ["t0", "p0/t0"], "counterparts": ["p0/h0", "p0/t0"]}
        several |= {"programmes": ["Chương trình"], "successors": ["u1"], "member_of": ["u2"]}
        return self.some(several[name]) if name in several else single.get(name)

    def some(self, values: Sequence[str]) -> list[str]:
        return self.draw(st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True))

    @staticmethod
    def resolved(schema: str, node: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
        """Return a field with what its definition says, and that definition's name."""
        origin, whole = "", dict(node)
        while "$ref" in whole:
            origin = whole.pop("$ref").removeprefix("#/$defs/")
            whole = {**SCHEMA[schema]["$defs"][origin], **whole}
        return whole, origin


DAY = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day.day}/{day.month}/2024")
DRAWN: dict[str, st.SearchStrategy[Any]] = {
    "id": st.integers(0, 999_999).map("x{}".format),
    "year": st.integers(2024, 2026),
    "years": st.sampled_from(["2024", 2025, "2024-2025", ["2024", "2026"]]),
    "date": DAY,
    "scalar": TEXT | st.sampled_from(["12", "1.500", "12,5", 5, 0.5, "05", "80%"]),
    "footnoteRefs": st.builds(lambda: ["f0"]),
    "ruleIds": st.builds(lambda: ["number-not-stated"]),
}


@st.composite
def contents(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Draw the files of a content, by path."""
    return Drawer(draw).content()


def write_valid(files: dict[str, dict[str, Any]], folder: Path) -> int:
    """Write what the check accepts of a content; return how many places it refused."""
    refused = 0
    write_files(folder, {path: _yaml(data) for path, data in files.items()})
    while problems := [problem for problem in check(folder).problems if problem.level == "error"]:
        for path in {problem.path for problem in problems}:
            places = {(problem.span.line - 1, problem.span.column - 1) for problem in problems if problem.path == path}
            file = next(folder / name for name in files if path.endswith(name))
            data = _without(yaml.compose(file.read_text("utf-8"), Loader=yaml.BaseLoader), places)
            refused += len(places)
            if data:
                file.write_text(_yaml(data), "utf-8")
            else:
                file.unlink()
    return refused


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        """Write a value again where it stands twice: the content has no aliases."""
        return True


def _yaml(data: object) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)


def _without(node: yaml.Node, places: set[tuple[int, int]]) -> Any:
    """Return a tree's data without the innermost fields and items at these places."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        pairs = [(child.start_mark, child, None) for child in node.value]
    else:
        pairs = [(key.start_mark, child, key.value) for key, child in node.value]
    kept = []
    for start, child, key in pairs:
        begins, ends = (start.line, start.column), (child.end_mark.line, child.end_mark.column)
        inside = {place for place in places if begins <= place < ends}
        value = _without(child, inside)
        if not inside or (value is not None and value != _data(child)):
            kept.append((key, value))
    if isinstance(node, yaml.SequenceNode):
        return [value for _, value in kept] or None
    return dict(kept) or None


def _data(node: yaml.Node) -> Any:
    return _without(node, set())
