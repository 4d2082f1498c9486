"""A content tree of any size: `python -m benchmarks.corpus --plans N --out DIR`.

Deterministic and valid: N plans of about 80 activities; the national plan, then for each province its plan and those of
its communes, each concretising the one above it (implements, counterparts, contributes_to); issuers with departments;
our own programmes and units. The wording is recombined from our own plans: the beginning of one title with the end of
another, figures changed, years moved.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.places import COMMUNES_A_PROVINCE, PROVINCES, commune_name
from generator.check.ids import suggest_id
from generator.source.yaml_writer import DRAFTED

Entry = dict[str, Any]

CONTENT = Path(__file__).parents[1] / "content"
NATIONAL = "hoi-lhpn-viet-nam"
TASKS = 3
TARGETS = 8
FEWEST, MOST = 72, 88
"""Activities of a plan."""

_JOINT = re.compile(r"(?<=\w)(?:, | và | cho | theo | về | tại | nhằm | để )(?=\w)")
# Names such as "5 không, 3 sạch" keep their figures.
_FIGURE = re.compile(r"(?<![\d./-])[1-9]\d?(?![\d./%-]|\w| không| sạch| phẩm chất| có)")
_YEAR = re.compile(r"\b20\d\d\b")
_DEPARTMENTS = {
    "province": ["Ban Tuyên giáo", "Ban Tổ chức - Kiểm tra", "Ban Hỗ trợ phụ nữ phát triển", "Văn phòng"],
    "commune": ["Ban Thường vụ", "Chi hội trưởng các chi hội"],
}
_KEPT = ("when", "levels", "levels_text", "roles", "funding")


@dataclass(frozen=True)
class Wording:
    """What our own plans say, to be recombined."""

    activities: Sequence[Entry]
    beginnings: Sequence[str]
    endings: Sequence[str]
    texts: Sequence[str]
    sections: Sequence[str]
    tasks: Sequence[str]
    targets: Sequence[Entry]
    departments: Sequence[str]
    partners: Sequence[str]
    programmes: Sequence[str]


@dataclass(frozen=True)
class Issuer:
    """A unit that issues plans; `number` counts the years in which it has issued one before."""

    unit: str
    name: str
    short_name: str
    level: str
    parent: str | None
    slug: str
    round: int

    @property
    def period(self) -> tuple[int, int]:
        """First and last year: provinces and the centre plan terms, communes years."""
        if self.level == "commune":
            return 2025 + self.round, 2025 + self.round
        first = 2021 + 5 * self.round
        return first, first + 5 - (self.level == "province")

    @property
    def plan(self) -> str:
        """The id of its plan."""
        first, last = self.period
        return f"{self.slug}-{first}" if first == last else f"{self.slug}-{first}-{last}"


def write_corpus(out: Path, sizes: Sequence[int] | int) -> int:
    """Write a content tree into `out`, which is emptied first: plans of the given numbers of activities, or as many
    plans of about 80. The number of activities."""
    for folder in ("plans", "units", "programmes"):
        shutil.rmtree(out / folder, ignore_errors=True)
        (out / folder).mkdir(parents=True)
    for folder in ("units", "programmes"):
        for path in (CONTENT / folder).glob("*.yml"):
            shutil.copyfile(path, out / folder / path.name)
    if isinstance(sizes, int):
        sizes = [random.Random(f"size {number}").randint(FEWEST, MOST) for number in range(sizes)]
    wording = read_wording()
    kept = {path.stem for path in (CONTENT / "units").glob("*.yml")}
    above: dict[tuple[str, int], Issuer] = {}
    for size, issuer in zip(sizes, issuers(), strict=False):
        parent = above.get((issuer.parent or "", issuer.round)) or above.get((issuer.parent or "", 0))
        above[issuer.unit, issuer.round] = issuer
        for unit in _units(issuer):
            if unit["id"] not in kept:
                kept.add(unit["id"])
                _write(out / "units" / f"{unit['id']}.yml", unit)
        _write(out / "plans" / f"{issuer.plan}.yml", _PlanMaker(wording, issuer, parent).plan(size))
    return sum(sizes)


def issuers() -> Iterator[Issuer]:
    """Without end: the centre, each province with two communes, then the other communes; then the next round."""
    for round_ in itertools.count():
        yield Issuer(NATIONAL, "Hội Liên hiệp Phụ nữ Việt Nam", "TW Hội LHPN Việt Nam", "central", None, "tw", round_)
        for name in PROVINCES:
            yield _province(name, round_)
            yield from (_commune(name, number, round_) for number in range(2))
        for number in range(2, COMMUNES_A_PROVINCE):
            yield from (_commune(name, number, round_) for name in PROVINCES)


def _province(name: str, round_: int) -> Issuer:
    kind = PROVINCES[name]
    full, id_ = f"Hội Liên hiệp Phụ nữ {kind} {name}", suggest_id(name)
    return Issuer(f"hoi-lhpn-{id_}", full, f"Hội LHPN {name}", "province", NATIONAL, f"tinh-{id_}", round_)


def _commune(province: str, number: int, round_: int) -> Issuer:
    name = commune_name(list(PROVINCES).index(province), number)
    short = f"Hội LHPN xã {name}, {province}"
    full = f"Hội Liên hiệp Phụ nữ xã {name}, {PROVINCES[province]} {province}"
    place = f"{suggest_id(province)}-xa-{suggest_id(name)}"
    return Issuer(f"hoi-lhpn-{place}", full, short, "commune", f"hoi-lhpn-{suggest_id(province)}", place, round_)


def _units(issuer: Issuer) -> Iterator[Entry]:
    """The issuer, and its departments where it is not one of our own with its own."""
    if issuer.level == "central":
        return
    unit: Entry = {"id": issuer.unit, "name": issuer.name, "short_name": issuer.short_name}
    yield unit | {"kind": "union", "level": issuer.level, "parent": issuer.parent}
    for name in _DEPARTMENTS[issuer.level]:
        department = {"id": _department(issuer, name), "name": f"{name} {issuer.short_name}", "short_name": name}
        yield department | {"kind": "department", "level": issuer.level, "parent": issuer.unit}


def _department(issuer: Issuer, name: str) -> str:
    return f"{issuer.slug}-{suggest_id(name)}"


def read_wording(content: Path = CONTENT) -> Wording:
    """The wording of our own content."""
    plans = [_read(path) for path in sorted((content / "plans").glob("*.yml"))]
    units = [_read(path) for path in sorted((content / "units").glob("*.yml"))]
    activities = [one for plan in plans for one in plan["activities"]]
    headings = [one for plan in plans for one in plan["outline"]]
    splits = [(one["title"], found) for one in activities for found in _JOINT.finditer(one["title"])]
    return Wording(
        activities=activities,
        beginnings=_once(title[: at.start()] for title, at in splits if len(title[: at.start()].split()) >= 4),
        endings=_once(title[at.start() :] for title, at in splits if len(title[at.end() :].split()) >= 3),
        texts=_once(line for one in activities for line in one.get("text", "").splitlines() if len(line) > 30),
        sections=_once(one["title"] for one in headings if one["kind"] == "section"),
        tasks=_once(one["title"] for one in headings if one["kind"] == "task"),
        targets=[one for plan in plans for one in plan.get("targets", ()) if "measures" in one][:TARGETS],
        departments=[one["id"] for one in units if one["kind"] == "department" and one.get("parent") == NATIONAL],
        partners=_once(one["id"] for one in units if one["kind"] == "partner" and "parent" not in one),
        programmes=[path.stem for path in sorted((content / "programmes").glob("*.yml"))],
    )


class _PlanMaker:
    """Makes one plan, always the same for the same issuer."""

    def __init__(self, wording: Wording, issuer: Issuer, above: Issuer | None) -> None:
        self.wording, self.issuer, self.above = wording, issuer, above
        self.random = random.Random(issuer.plan)
        self.first, self.last = issuer.period
        names = _DEPARTMENTS.get(issuer.level, ())
        # By their ids: two of our own provinces have departments of the same names.
        self.leads = [_department(issuer, name) for name in names] or list(wording.departments)

    def plan(self, size: int) -> Entry:
        issuer, annual = self.issuer, self.first == self.last
        years = f"năm {self.first}" if annual else f"giai đoạn {self.first}-{self.last}"
        number = f"{self.random.randint(1, 199)}/KH-{'BTV' if annual else 'BCH'}"
        day = f"{self.random.randint(1, 28)}/{self.random.randint(1, 12)}/{self.first - annual}"
        return {
            "id": issuer.plan,
            "title": f"Kế hoạch công tác Hội và phong trào phụ nữ {years} của {issuer.name}",
            "short_title": f"{issuer.short_name} {self.first if annual else f'{self.first}–{self.last}'}",
            "kind": "annual" if annual else "term",
            "status": "published",
            "number": number,
            "issued": {"date": day},
            "issuer": issuer.unit,
            "period": {"from": self.first, "to": self.last},
            "layout": "outline" if annual else "years",
            **({"implements": [self.above.plan]} if self.above else {}),
            "source": {"document": f"Kế hoạch số {number} ngày {day} của {issuer.name}"},
            "outline": self._outline(),
            "targets": [self._target(place) for place in range(TARGETS)],
            "activities": [self._activity(place, size) for place in range(size)],
        }

    def _outline(self) -> list[Entry]:
        found: list[Entry] = [{"id": "i", "kind": "section", "label": "I", "title": "Thực hiện chỉ tiêu"}]
        for task in range(1, TASKS + 1):
            title = self.random.choice(self.wording.tasks)
            entry: Entry = {"id": f"nv{task}", "kind": "task", "label": f"Nhiệm vụ {task}", "title": title}
            found.append(entry | self._counterparts(f"nv{task}"))
            for part in ("a", "b"):
                title = self.random.choice(self.wording.sections)
                found.append({"id": f"nv{task}-{part}", "kind": "section", "label": part, "title": title})
                found[-1]["parent"] = f"nv{task}"
        return found

    def _counterparts(self, id_: str) -> Entry:
        return {"counterparts": [f"{self.above.plan}/{id_}"]} if self.above else {}

    def _target(self, place: int) -> Entry:
        own = self.wording.targets[place]
        entry: Entry = {"id": f"ct{place + 1}", "label": f"Chỉ tiêu {place + 1}", "section": "i"}
        entry |= {"task": f"nv{1 + place % TASKS}", "title": own["title"], "lead": [self.random.choice(self.leads)]}
        # Published plans have no warnings: a measure's figure stands in the statement or in cells.
        entry["statement"] = own["statement"]
        if any(one.keys() & {"row", "by_year"} for one in own["measures"]):
            entry["as_printed"] = ["number-not-stated"]
        measures = []
        for one in own["measures"]:
            kept = {key: one[key] for key in ("id", "name", "unit", "comparator", "value", "period") if key in one}
            kept["aggregate"] = "average" if "%" in str(one.get("value")) else "sum"
            if self.above:
                kept["contributes_to"] = f"{self.above.plan}/{entry['id']}/{one['id']}"
            measures.append(kept)
        return entry | {"measures": measures} | self._counterparts(entry["id"])

    def _activity(self, place: int, size: int) -> Entry:
        """The first quarter under the targets, the rest under the tasks' sections, as in the documents."""
        chance, wording = self.random, self.wording
        own = chance.choice(wording.activities)
        if place < size // 4:
            where = {"target": f"ct{1 + place * TARGETS // max(1, size // 4)}"}
        else:
            part = (place - size // 4) * 2 * TASKS // (size - size // 4)
            where = {"section": f"nv{1 + part // 2}-{'ab'[part % 2]}"}
        entry: Entry = {"id": f"hd{place + 1}", "label": str(place + 1), **where, "title": self._title(own["title"])}
        if chance.random() < 0.35:
            entry["text"] = self._figures(chance.choice(wording.texts))
        entry |= {key: own[key] for key in _KEPT if key in own and not _YEAR.search(str(own[key]))}
        entry |= self._time(own)
        entry["lead"] = chance.sample(self.leads, 1 + (chance.random() < 0.2))
        if chance.random() < 0.4:
            entry["partners"] = chance.sample(wording.partners, chance.randint(1, 3))
        if chance.random() < 0.25:
            entry["programmes"] = [chance.choice(wording.programmes)]
        return entry

    def _title(self, own: str) -> str:
        """Mostly the beginning of one title and the end of another."""
        title = own
        if self.random.random() < 0.75:
            title = self.random.choice(self.wording.beginnings) + self.random.choice(self.wording.endings)
        if self.issuer.level != "central" and self.random.random() < 0.1:
            title += f" tại {self.issuer.short_name.removeprefix('Hội LHPN ')}"
        title = self._figures(title)
        return title if len(title) <= 400 else own

    def _time(self, own: Entry) -> Entry:
        """Cells moved to the plan's years, else some of the plan's years."""
        if self.first == self.last:
            return {}
        years = range(self.first, self.last + 1)
        if cells := own.get("by_year"):
            moved = {str(year): self._figures(cell) for year, cell in zip(years, cells.values(), strict=False)}
            return {"by_year": moved}
        first = self.random.choice(years)
        return {"years": f"{first}-{self.last}" if first < self.last else str(first)}

    def _figures(self, text: str) -> str:
        """Small figures changed; numbers of documents, dates and shares left alone."""
        return _FIGURE.sub(lambda found: str(max(1, int(found[0]) + self.random.randint(-2, 5))), text)


def _once(texts: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(text.strip("\n") for text in texts))


def _read(path: Path) -> Mapping[str, Any]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar as text
    data: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return data


def _write(path: Path, data: Entry) -> None:
    path.write_text(f"{DRAFTED.text(data)}\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__.split("\n\n")[0])
    parser.add_argument("--plans", type=int, required=True, metavar="N", help="how many plans")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to (its plans and units go)")
    given = parser.parse_args(arguments)
    if given.plans < 1:
        parser.error("--plans: at least 1")
    count = write_corpus(given.out, given.plans)
    sys.stdout.write(f"{given.out}: {given.plans} plans, {count} activities\n")


if __name__ == "__main__":
    main()
