"""After any edit, every reader of changed data is stale: for each collection of the corpus.

The test finds the collections in the corpus, so a new one is tested without a new line here.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from slow import rest_slow

from generator.incremental import Tracker
from generator.incremental.dependency import Dependency, ids_of
from generator.incremental.invalidation import Invalidation
from generator.incremental.store import Store
from generator.incremental.task import TaskTrace
from generator.model.corpus import Corpus
from generator.model.entities import Plan
from generator.model.queries import Activities
from generator.site.content import ContentLoader
from generator.site.progress import Clock
from generator.site.snapshot import Snapshot
from generator.source.source_files import scan_files

Data = dict[str, Any]
Content = dict[str, dict[str, Data]]
"""Entries by folder and id."""

UNITS: dict[str, Data] = {
    "hoi": {"name": "Hội", "kind": "union", "level": "central"},
    "tinh": {"name": "Hội tỉnh", "kind": "union", "level": "province", "parent": "hoi"},
    "ban-mot": {"name": "Ban Tổ chức", "kind": "department", "parent": "hoi", "member_of": ["nhom"]},
    "ban-hai": {"name": "Ban Kinh tế", "kind": "department", "parent": "hoi"},
    "nhom": {"name": "Các ban", "kind": "group", "parent": "hoi"},
    "ban-cu": {"name": "Ban cũ", "kind": "department", "parent": "hoi", "successors": ["ban-hai"]},
    "so": {"name": "Sở", "kind": "partner"},
}
PROGRAMMES: dict[str, Data] = {
    "de-an": {"name": "Đề án", "kind": "project"},
    "chuong-trinh": {"name": "Chương trình", "kind": "programme"},
}
PLANS = ("a", "b", "c")


def plan_of(id_: str) -> Data:
    return {
        "title": f"Kế hoạch {id_}",
        "kind": "term",
        "status": "published",
        "issuer": "hoi",
        "period": {"from": 2022, "to": 2024},
        "layout": "years",
        "source": {"document": "Kế hoạch thử"},
        "outline": [
            {"id": "nv1", "kind": "task", "title": "Nhiệm vụ", "lead": ["Ban Tổ chức"], "levels": ["province"]},
            {"id": "nv2", "kind": "task", "title": "Nhiệm vụ khác"},
        ],
        "targets": [
            {
                "id": f"ct{number}",
                "label": f"Chỉ tiêu {number}",
                "section": "nv1",
                "title": f"Chỉ tiêu {number}",
                "statement": "Giúp hộ",
                "lead": [lead],
                "programmes": [programme],
                "measures": [{"id": "m1", "name": "Số hộ"}, {"id": "m2", "name": "Số lần", "per": "moi"}],
            }
            for number, lead, programme in ((1, "ban-mot", "de-an"), (2, "ban-hai", "chuong-trinh"))
        ],
        "activities": [
            {"id": "h1", "section": "nv1", "title": "Tập huấn", "years": "2022"},
            {"id": "h2", "section": "nv2", "title": "Họp", "years": "2023-2024", "lead": ["so"], "partners": ["hoi"]},
            {"id": "h3", "target": "ct1", "title": "Thăm hỏi", "when": "Theo yêu cầu", "programmes": ["de-an"]},
        ],
    }


def content_of() -> Content:
    content: Content = {
        "units": copy.deepcopy(UNITS),
        "programmes": copy.deepcopy(PROGRAMMES),
        "plans": {id_: plan_of(id_) for id_ in PLANS},
    }
    content["plans"]["b"]["implements"] = ["a"]
    content["plans"]["b"]["targets"][0]["counterparts"] = ["a/ct2"]
    content["plans"]["b"]["targets"][1]["counterparts"] = ["a/ct1"]
    content["plans"]["b"]["targets"][1]["measures"][0]["contributes_to"] = "a/ct1/m1"
    return content


class Edits:
    """Edits of a content, each of one thing; what they need to be told is drawn."""

    def __init__(self, content: Content, draw: Callable[[Any], Any]) -> None:
        self.content, self._draw = content, draw

    def of(self, values: Any) -> Any:
        return self._draw(st.sampled_from(sorted(values, key=repr)))

    def plan(self) -> Data:
        found: Data = self.content["plans"][self.of(self.content["plans"])]
        return found

    def entry(self, *lists: str) -> Data:
        plan = self.plan()
        found: Data = self._draw(st.sampled_from([one for name in lists for one in plan[name]]))
        return found

    def some(self, values: Any) -> list[Any]:
        choices = sorted(values)  # none where all other plans were removed
        found: list[Any] = self._draw(st.lists(st.sampled_from(choices), max_size=2, unique=True)) if choices else []
        return found

    def put(self, entry: Data, field: str, value: Any) -> None:
        if value:
            entry[field] = value
        else:
            entry.pop(field, None)

    def add_plan(self) -> None:
        self.content["plans"][self.of("dez")] = plan_of(self.of("de"))

    def remove_plan(self) -> None:
        del self.content["plans"][self.of(self.content["plans"])]

    def rename_entry(self) -> None:
        self.entry("outline", "targets", "activities")["title"] = self.of(["Tên mới", "Tên khác"])

    def move_entry(self) -> None:
        entries = self.plan()[self.of(["targets", "activities", "outline"])]
        entries.insert(0, entries.pop())

    def remove_activity(self) -> None:
        self.plan()["activities"].pop()

    def change_parent(self) -> None:
        self.put(self.content["units"][self.of({"ban-mot", "ban-hai", "tinh", "so"})], "parent", self.of(["", "hoi"]))

    def change_group(self) -> None:
        self.put(self.content["units"][self.of({"ban-mot", "ban-hai"})], "member_of", self.of([[], ["nhom"]]))

    def change_successor(self) -> None:
        self.put(
            self.content["units"]["ban-cu" if "ban-cu" in self.content["units"] else "so"],
            "successors",
            self.some({"ban-mot", "ban-hai"}),
        )

    def rename_unit(self) -> None:
        self.content["units"][self.of(self.content["units"])]["name"] = self.of(
            ["An", "Ban Tổ chức", "Ban Kinh tế", "Yên"]
        )

    def swap_names(self) -> None:
        one, other = self.content["units"]["ban-mot"], self.content["units"]["ban-hai"]
        one["name"], other["name"] = other["name"], one["name"]

    def add_unit(self) -> None:
        self.content["units"]["moi"] = {"name": self.of(["An", "Xa"]), "kind": "department", "parent": "hoi"}

    def remove_unit(self) -> None:
        self.content["units"].pop("ban-cu", None)

    def rename_programme(self) -> None:
        self.content["programmes"][self.of(PROGRAMMES)]["name"] = self.of(["An", "Xa"])

    def add_programme(self) -> None:
        self.content["programmes"]["moi"] = {"name": "Mới", "kind": "project"}

    def change_lead(self) -> None:
        self.put(self.entry("outline", "targets", "activities"), "lead", self.some({*UNITS, "Ban Tổ chức"}))

    def change_partners(self) -> None:
        self.put(self.entry("activities"), "partners", self.some(UNITS))

    def change_programmes(self) -> None:
        self.put(self.entry("targets", "activities"), "programmes", self.some(PROGRAMMES))

    def change_levels(self) -> None:
        self.put(self.entry("outline", "activities"), "levels", self.some(["central", "province", "commune"]))

    def change_year(self) -> None:
        activity = self.plan()["activities"][0]
        activity["years"] = self.of(["2022", "2023", "2022-2024"])

    def change_target(self) -> None:
        self.plan()["activities"][-1].update(target=self.of(["ct1", "ct2"]))

    def change_counterparts(self) -> None:
        others = [f"{plan}/ct{number}" for plan in self.content["plans"] for number in (1, 2)]
        plan = self.of(self.content["plans"])
        self.put(
            self._draw(st.sampled_from(self.content["plans"][plan]["targets"])),
            "counterparts",
            self.some(other for other in others if not other.startswith(plan)),
        )

    def change_contribution(self) -> None:
        others = [f"{plan}/ct1/m1" for plan in self.content["plans"]]
        self.put(self.entry("targets")["measures"][0], "contributes_to", self.of(["", *others]))

    def change_norm(self) -> None:
        self.put(self.entry("targets")["measures"][1], "per", self.of(["", "moi", "so", "xã"]))

    def change_validity(self) -> None:
        unit = self.content["units"][self.of({"hoi", "tinh", "ban-hai", "so"})]
        self.put(unit, "valid_to", self.of(["", "31/12/2022"]))

    def change_kind(self) -> None:
        self.content["units"][self.of({"ban-mot", "ban-hai", "so"})]["kind"] = self.of(["department", "partner"])

    def change_alignment(self) -> None:
        plan = self.plan()
        above = [f"{upper}/ct1" for upper in plan.get("implements", ())]
        entry = self._draw(st.sampled_from([*plan["outline"], *plan["activities"]]))
        entry["serves"] = self.some(["ct1", "ct2", *above])

    def change_implements(self) -> None:
        self.put(self.plan(), "implements", self.some(self.content["plans"]))

    def change_period(self) -> None:
        self.plan()["period"] = {"from": self.of([2021, 2022]), "to": self.of([2024, 2025])}

    def change_issuer(self) -> None:
        self.plan()["issuer"] = self.of(["hoi", "tinh"])

    def change_head(self) -> None:
        self.plan()["title"] = self.of(["Tên mới", "Tên khác"])


ABSENT = ("none", "no/ne")
EDITS = [name for name in vars(Edits) if name.split("_")[0] in {"add", "remove", "rename", "move", "change", "swap"}]


def write(content: Content, folder: Path) -> None:
    """Write what has changed, and take away what is gone."""
    for name, entries in content.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for path in (folder / name).iterdir():
            if path.stem not in entries:
                path.unlink()
        for id_, entry in entries.items():
            path, text = folder / name / f"{id_}.yml", yaml.safe_dump({"id": id_, **entry}, allow_unicode=True)
            if not path.exists() or path.read_text("utf-8") != text:
                path.write_text(text, encoding="utf-8")


def load(folder: Path, store: Store, *, again: bool) -> tuple[Snapshot, set[Dependency]]:
    """Bring the content up to its files, as a build does; return it with the dependencies that have changed."""
    snapshot = Snapshot(store)
    if again:
        snapshot.load(store.record)
    scan = scan_files(folder)
    changed = ContentLoader(folder, snapshot, Clock(), 1).load(scan)
    return snapshot, changed


def save(snapshot: Snapshot, store: Store) -> None:
    store.mark_dirty(empty=False)
    snapshot.save_content()
    snapshot.save_theme()
    store.mark_clean(dict(snapshot.scan))


def collections(corpus: Corpus) -> dict[str, Mapping[Any, Any]]:
    """All public attributes of the corpus that are mappings."""
    found = ((name, getattr(corpus, name)) for name in dir(corpus) if not name.startswith("_"))
    return {name: value for name, value in found if isinstance(value, Mapping)}


def shallow(value: Any) -> Any:
    """What a value says without its plans' bodies, as something to compare."""
    if isinstance(value, Plan):
        return repr(value)
    if isinstance(value, Activities):
        parts = [(plan, [*indexes]) for plan, indexes in value.indexes]
        groups = [*value.by_lead()], [*value.by_plan()], {year: [*value.in_year(year).indexes] for year in (2022, None)}
        return len(value), [*value.years.items()], [*value.leads.items()], parts, repr(groups)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [shallow(one) for one in value]
    return repr(value)


def deep(value: Any) -> Any:
    """All that a value says."""
    if isinstance(value, Plan):
        return repr((value, value.headings, value.targets, value.activities, value.years))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [deep(one) for one in value]
    return repr(value)


Read = Callable[[Corpus], Any]


def reads(name: str, keys: Iterable[Any]) -> Iterator[tuple[str, Read]]:
    """Everything that may be asked of a collection."""
    yield f"{name} keys", lambda corpus: [*getattr(corpus, name)]
    yield f"{name} length", lambda corpus: len(getattr(corpus, name))
    for key in keys:
        yield f"{name} has {key}", lambda corpus, key=key: key in getattr(corpus, name)  # type: ignore[misc]
        for look in (shallow, deep):
            yield (
                f"{name} {look.__name__} {key}",
                lambda corpus, key=key, look=look: look(getattr(corpus, name).get(key)),  # type: ignore[misc]
            )


@pytest.mark.parametrize("edit", rest_slow(EDITS, plain=9))
@given(data=st.data())
@settings(max_examples=6, suppress_health_check=[HealthCheck.filter_too_much])
def test_whoever_has_read_what_is_something_else_now_is_stale(
    tmp_path_factory: pytest.TempPathFactory, edit: str, data: st.DataObject
) -> None:
    before = content_of()
    for name in data.draw(st.lists(st.sampled_from(EDITS), max_size=2)):
        getattr(Edits(before, data.draw), name)()
    after = copy.deepcopy(before)
    names = [edit, *data.draw(st.lists(st.sampled_from(EDITS), max_size=1))]
    for name in names:
        getattr(Edits(after, data.draw), name)()
    folder = tmp_path_factory.mktemp("content")
    with Store(folder / "updated.sqlite") as store, Store(folder / "anew.sqlite") as other:
        write(before, folder / "content")
        snapshot, _ = load(folder / "content", store, again=False)
        assume(not snapshot.count_problems()["error"])
        save(snapshot, store)
        write(after, folder / "content")
        updated, changed = load(folder / "content", store, again=True)
        anew, _ = load(folder / "content", other, again=False)
        assert updated.count_problems() == anew.count_problems()
        assume(not updated.count_problems()["error"])
        save(anew, other)
        tracker = Tracker()
        old, new = snapshot.corpus(tracker), anew.corpus(Tracker())
        known, later = collections(old), collections(new)
        assert {"plans", "units", "led_by", "of_year", "levels", "counterparts", "targets"} <= known.keys()
        asked = [
            *((label, read) for name in known for label, read in reads(name, {*known[name], *later[name], *ABSENT})),
            *((f"title of {unit}", lambda corpus, unit=unit: title_of(corpus, unit)) for unit in UNITS),
        ]
        traces, was = {}, {}
        for label, read in asked:
            with tracker.recording() as dependencies:
                was[label] = read(old)
            traces[label] = TaskTrace(ids_of(dependencies), {}, ())
        stale = Invalidation(changed, {}).stale_tasks(traces)
        assert [label for label, read in asked if label not in stale and read(new) != was[label]] == [], names
        # Nothing but what was saved is read: an edit is the content read anew.
        save(updated, store)
        again = updated.corpus(Tracker())
        assert [label for label, read in asked if read(again) != read(new)] == [], names


def test_one_of_several_activities_needs_the_body_of_its_plan_alone(tmp_path: Path) -> None:
    write(content_of(), tmp_path)
    with Store(tmp_path / "store.sqlite") as store:
        snapshot, _ = load(tmp_path, store, again=False)
        tracker = Tracker()
        corpus = snapshot.corpus(tracker)
        activities = corpus.of_year.of(2023)
        number = len(activities)
        assert [activity.plan for activity in activities] == [*PLANS]
        assert [activities[index] for index in range(-number, number)] == [*activities, *activities]
        assert [*activities[1:]] == [*activities][1:]
        with pytest.raises(IndexError):
            activities[number]
        with pytest.raises(IndexError):
            activities[-number - 1]
        with tracker.recording() as dependencies:
            assert activities[-1].plan == "c"
        assert [key for collection, key in dependencies if collection == "bodies"] == ["c"]


def test_what_was_taken_in_can_be_read_before_it_is_saved(tmp_path: Path) -> None:
    content = content_of()
    write(content, tmp_path)
    with Store(tmp_path / "store.sqlite") as store:
        snapshot, _ = load(tmp_path, store, again=False)
        assert [each.title for each in snapshot.corpus(Tracker()).plans["a"].activities] == [
            "Tập huấn",
            "Họp",
            "Thăm hỏi",
        ]
        save(snapshot, store)
        del content["plans"]["a"]["activities"][0]
        write(content, tmp_path)
        snapshot, _ = load(tmp_path, store, again=True)
        assert [each.title for each in snapshot.corpus(Tracker()).plans["a"].activities] == ["Họp", "Thăm hỏi"]


def test_a_unit_that_no_longer_stands_above_is_told_though_no_plan_was_touched(tmp_path: Path) -> None:
    """Of an ended district the figures are those of its communes; of one that is there they are not."""
    content = content_of()
    content["units"] |= {
        "huyen": {"name": "Huyện", "kind": "union", "level": "district", "parent": "tinh", "valid_to": "31/12/2025"},
        "xa": {"name": "Hội xã", "kind": "union", "level": "commune", "parent": "tinh"},
    }
    content["plans"]["a"]["issuer"], content["plans"]["b"]["issuer"] = "huyen", "xa"
    write(content, tmp_path)
    with Store(tmp_path / "store.sqlite") as store:
        snapshot, _ = load(tmp_path, store, again=False)
        assert not snapshot.count_problems()["error"]
        save(snapshot, store)
        del content["units"]["huyen"]["valid_to"]
        write(content, tmp_path)
        snapshot, _ = load(tmp_path, store, again=True)
        assert [problem.rule for problem in snapshot.whole_problems if problem.level == "error"] == ["unit-not-above"]


def title_of(corpus: Corpus, unit: str) -> str | None:
    return corpus.unit_title(corpus.units[unit]) if unit in corpus.units else None
