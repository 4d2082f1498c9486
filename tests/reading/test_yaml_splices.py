"""Changes of a plan's text in any style of YAML: the new data is the old data with the change, and no more."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.reading.yaml_splices import TextSplices
from generator.source.tree import Path, read_tree

WORDS = ["Một", '"a, b: c # d"', "'hai' # lời ghi", "Ba\n{}  bốn\n\n{}  năm # lời ghi", "\n{}  Sáu", "[bảy, {x: y}]"]
BLOCKS = ["|\n{}  Tám\n{}  # chữ", "|+\n{}  Chín\n\n", ">-\n{}  Mười\n{}   thụt\n", "| # lời ghi\n\n{}  Cách\n"]
FLOWS = ["Một", '"a, b: c # d"', "'hai'", "[bảy, {x: y},]", "{x: y}", '""']
GAPS = ["", "", "", "\n", "{}# lời ghi\n", "# lời ghi\n\n"]


class Writer:
    """Writes entries in styles that are drawn; a line in `{}` is given the column of its field."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def one_of(self, choices: list[str], column: int = 0) -> str:
        return self.draw(st.sampled_from(choices)).replace("{}", " " * column)

    def plan(self) -> str:
        text = self.one_of(["", "# đầu tệp\n", "---\n"]) + self.fields(0, ["id", "title"], ["outline", "targets"], 2)
        # The last break of a text in lines belongs to it: without it the file could not go on.
        ends = ["\n", "\n\n# cuối tệp\n", "\n...\n", *([] if {"|", ">"} & set(text) else [""])]
        return text.rstrip("\n") + self.one_of(ends)

    def fields(self, column: int, names: list[str], lists: list[str], depth: int) -> str:
        """Write the fields of an entry: some with a value each, and lists of entries."""
        names = names[: self.draw(st.integers(1, len(names)))]
        fields = [f"{name}: {self.one_of(WORDS + BLOCKS, column)}".replace(": \n", ":\n") for name in names]
        if depth:
            fields += [f"{name}:{self.entries(column, depth)}" for name in lists if self.draw(st.booleans())]
            fields = self.draw(st.permutations(fields))
        pieces = [f"{field.rstrip(' ')}\n" for field in fields]
        return (" " * column).join(piece + (self.one_of(GAPS, column) if "|" not in piece else "") for piece in pieces)

    def entries(self, column: int, depth: int) -> str:
        if self.one_of(["block", "block", "flow"]) == "flow":
            return f" [{', '.join(self.braces(column, depth) for _ in range(self.draw(st.integers(1, 2))))}]"
        column += self.draw(st.sampled_from([0, 2, 4]))
        text = self.one_of(["\n", " # lời ghi\n"])
        for _ in range(self.draw(st.integers(1, 2))):
            dash = f"{' ' * column}-{' ' * self.draw(st.sampled_from([1, 3]))}"
            if self.one_of(["block", "block", "braces"]) == "block":
                text += dash + self.fields(len(dash), ["id", "name"], ["measures", "rows"], depth - 1)
            else:
                text += f"{dash}{self.braces(column, depth)}\n"
        return text.rstrip("\n")

    def braces(self, column: int, depth: int) -> str:
        names = ["id", "name", "unit"][: self.draw(st.integers(0, 3))]
        fields = [f"{name}: {self.one_of(FLOWS)}" for name in names]
        if depth > 1 and self.draw(st.booleans()):
            fields.append(f"measures: [{self.braces(column, depth - 1)}]")
        break_ = self.one_of([" ", " ", "\n{}    ", " # lời, ghi\n{}    "], column)
        comma = self.one_of(["", ",", " ,"]) if fields else ""
        return (
            "{" + f",{break_}".join(fields) + comma + self.one_of(["", " ", "\n{}    ", " # }\n{}    "], column) + "}"
        )


@st.composite
def plans(draw: st.DrawFn) -> str:
    text = Writer(draw).plan()
    assert read_tree("x.yml", text)[1] == [], text
    return text


def without_kept_breaks() -> st.SearchStrategy[str]:
    """Plans in which no text goes on over blank lines: one may come or go behind it."""
    return plans().filter(lambda text: "|+" not in text)


def entries_of(data: Any, path: Path = ()) -> list[Path]:
    """All mappings that stand in lists of entries, and the plan."""
    found = [path] if isinstance(data, dict) else []
    items = enumerate(data) if isinstance(data, list) else data.items() if isinstance(data, dict) else ()
    for key, item in items:
        if not isinstance(data, dict) or (key in {"outline", "targets", "measures", "rows"} and isinstance(item, list)):
            found += entries_of(item, (*path, key))
    return found


def at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def has_all(text: str, part: str) -> bool:
    """Whether all of a text stands in another one, in its order."""
    rest = iter(text)
    return all(letter in rest for letter in part)


@settings(max_examples=2 * settings.default.max_examples)
@given(plans(), st.data())
@example("targets:\n  - id: a\n    measures:\n    - id: b\n    title: c\n", None)
def test_a_field_is_added_and_all_else_stays_byte_for_byte(text: str, data: st.DataObject | None) -> None:
    tree, _ = read_tree("x.yml", text)
    paths = entries_of(tree.data)
    for path in [data.draw(st.sampled_from(paths))] if data else paths:
        splices = TextSplices(tree)
        splices.set_field(path, "serves", ["x/ct1", "ct2"])
        changed, problems = read_tree("x.yml", splices.text())
        expected = deepcopy(tree.data)
        at(expected, path)["serves"] = ["x/ct1", "ct2"]
        assert (changed.data, problems) == (expected, []), splices.text()
        added = len(changed.text) - len(text)
        assert any(changed.text[:i] + changed.text[i + added :] == text for i in range(len(text) + 1)), changed.text


@given(plans(), st.data())
def test_several_fields_are_added_at_once(text: str, data: st.DataObject) -> None:
    """Also where a measure ends in the line in which its target ends."""
    tree, _ = read_tree("x.yml", text)
    paths = entries_of(tree.data)
    fields = data.draw(st.lists(st.tuples(st.sampled_from(paths), st.sampled_from(["serves", "note"])), unique=True))
    splices, expected = TextSplices(tree), deepcopy(tree.data)
    for path, name in fields:
        value = "Lời ghi,\nhai dòng" if name == "note" else []
        splices.set_field(path, name, value)
        at(expected, path)[name] = value
    changed, problems = read_tree("x.yml", splices.text())
    assert (changed.data, problems) == (expected, []), splices.text()
    assert has_all(changed.text, text)


@given(without_kept_breaks(), st.data())
def test_a_field_in_lines_of_its_own_is_replaced_or_taken_away(text: str, data: st.DataObject) -> None:
    """Be it the first one, behind the dash of its entry."""
    tree, _ = read_tree("x.yml", text)
    splices, expected = TextSplices(tree), deepcopy(tree.data)
    path = data.draw(st.sampled_from(entries_of(tree.data)))
    names = list(at(expected, path))
    if not splices.can_change(path) or len(names) < 2:
        return
    name = data.draw(st.sampled_from(names))
    if data.draw(st.booleans()):
        splices.set_field(path, name, "Mới")
        at(expected, path)[name] = "Mới"
    else:
        splices.set_field(path, name, None)
        del at(expected, path)[name]
    changed, problems = read_tree("x.yml", splices.text())
    assert (changed.data, problems) == (expected, []), splices.text()


@given(without_kept_breaks(), st.data())
def test_entries_are_added_to_lists_of_any_style(text: str, data: st.DataObject) -> None:
    tree, _ = read_tree("x.yml", text)
    splices, expected = TextSplices(tree), deepcopy(tree.data)
    for name in data.draw(st.lists(st.sampled_from(["outline", "targets", "review"]), min_size=1, max_size=3)):
        splices.add_entry(name, {"id": "moi", "title": "Một, hai"}, None)
        expected.setdefault(name, []).append({"id": "moi", "title": "Một, hai"})
    changed, problems = read_tree("x.yml", splices.text())
    assert (changed.data, problems) == (expected, []), splices.text()
    assert has_all(changed.text, text)
    assert splices.wrong_place() is None


@settings(deadline=None)
@given(without_kept_breaks(), st.data())
def test_entries_are_added_anywhere_beside_new_fields(text: str, data: st.DataObject) -> None:
    """Before the first entry, between two of them, behind the last one; several at one place keep their order."""
    tree, _ = read_tree("x.yml", text)
    splices = TextSplices(tree)
    added: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for number in range(data.draw(st.integers(1, 5))):
        name = data.draw(st.sampled_from(["outline", "targets", "activities"]))
        place = data.draw(st.integers(0, len(tree.data.get(name, ()))))
        added.setdefault(name, []).append((place, {"id": f"moi-{number}"}))
        splices.add_entry(name, added[name][-1][1], place)
    expected = deepcopy(tree.data)
    for path in data.draw(st.lists(st.sampled_from(entries_of(tree.data)), unique=True)):
        splices.set_field(path, "number", "Một")
        at(expected, path)["number"] = "Một"
    for name, entries in added.items():
        olds = expected.get(name, [])
        expected[name] = []
        for place, old in enumerate([*olds, None]):
            expected[name] += [entry for number, entry in entries if number == place] + (
                [old] if place < len(olds) else []
            )
    changed, problems = read_tree("x.yml", splices.text())
    assert (changed.data, problems) == (expected, []), splices.text()
    assert has_all(changed.text, text)
    assert splices.wrong_place() is None


def test_new_fields_and_lists_stand_in_the_order_of_a_plan() -> None:
    text = "id: a\n# bảng\nactivities:\n  # của b\n  - id: b\n# cuối tệp\n"
    splices = TextSplices(read_tree("x.yml", text)[0])
    splices.set_field((), "recipients", ["x"])
    for name, id_ in (("activities", "c"), ("targets", "d"), ("review", "e")):
        splices.add_entry(name, {"id": id_}, 0)
    assert splices.text() == (
        "id: a\nrecipients:\n  - x\n\ntargets:\n  - id: d\n# bảng\nactivities:\n"
        "  - id: c\n  # của b\n  - id: b\n\nreview:\n  - id: e\n# cuối tệp\n"
    )


def test_an_entry_comes_behind_a_field_that_is_taken_away_with_its_comments() -> None:
    text = "activities:\n  - id: b\n    note: y\n      # của note\n  - id: c\n"
    splices = TextSplices(read_tree("x.yml", text)[0])
    splices.set_field(("activities", 0), "note", None)
    splices.add_entry("activities", {"id": "moi"}, 1)
    assert splices.text() == "activities:\n  - id: b\n  - id: moi\n  - id: c\n"
    assert splices.wrong_place() is None


def test_a_change_that_would_say_something_else_is_known_by_its_place() -> None:
    splices = TextSplices(read_tree("x.yml", "id: a\ntargets:\n  - id: b\nreview: ~\ntitle: b\n")[0])
    for name in ("targets", "review"):
        splices.add_entry(name, {"id": "m", "title": "n"}, None)
    place = splices.wrong_place()
    assert place is not None
    assert place.line == 4


@pytest.mark.parametrize("review", ["review:\n", "review: []\n", "review: # chưa có\n", ""])
def test_a_list_without_entries_is_begun(review: str) -> None:
    tree, _ = read_tree("x.yml", f"id: a\n{review}title: b\n")
    splices = TextSplices(tree)
    for id_ in ("m", "n"):
        splices.add_entry("review", {"at": id_}, None)
    assert read_tree("x.yml", splices.text())[0].data == {"id": "a", "title": "b", "review": [{"at": "m"}, {"at": "n"}]}


def test_an_entry_whose_dash_was_forgotten_is_not_changed_in_the_place_of_another() -> None:
    tree, problems = read_tree("x.yml", "targets:\n  - id: a\n    title: x\n    id: b\n  - id: c\n")
    assert [problem.rule for problem in problems] == ["yaml-dash"]
    assert [entry["id"] for entry in tree.data["targets"]] == ["a", "b", "c"]
    assert not TextSplices(tree).can_change(("targets", 1))


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ("measures:\n    - id: b\n", "measures:\n    - id: b\n      serves: [x]\n    serves: [x]\n"),
        ("measures:\n    - {id: b,}\n", "measures:\n    - {id: b, serves: [x],}\n    serves: [x]\n"),
        ("measures: [{id: b,\n    }]\n", "measures: [{id: b, serves: [x],\n    }]\n    serves: [x]\n"),
        ("measures: [{id: b # c, d\n    }]\n", "measures: [{id: b, serves: [x] # c, d\n    }]\n    serves: [x]\n"),
    ],
)
def test_a_field_stands_where_a_person_would_write_it(measures: str, expected: str) -> None:
    head = "targets:\n  - id: a\n    "
    splices = TextSplices(read_tree("x.yml", f"{head}{measures}  # hết\n")[0])
    for path in ((), ("measures", 0)):
        splices.set_field(("targets", 0, *path), "serves", ["x"])
    assert splices.text() == f"{head}{expected}  # hết\n"
