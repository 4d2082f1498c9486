"""Builds the corpus from checked trees: one plan, unit or programme at a time, then the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.check import CheckResult
from generator.check.names import Register
from generator.language.time_words import TimeSpan, read_spans
from generator.language.vietnamese import DASHES, parse_date, parse_years
from generator.model.corpus import Corpus
from generator.model.entities import (
    LEVELS,
    Activity,
    Amendment,
    Body,
    Footnote,
    Heading,
    Measure,
    Plan,
    Programme,
    Row,
    Signer,
    Size,
    Target,
    Unit,
)
from generator.model.summary import summarise

Data = dict[str, Any]


def link(result: CheckResult) -> Corpus:
    """Return the linked model of a content tree in which no problem was found."""
    register = result.register
    data = {kind: [s.tree.data for s in result.sources if s.kind == kind] for kind in ("plan", "unit", "programme")}
    plans = (build_plan(plan, register) for plan in data["plan"])
    return corpus_of(plans, map(build_unit, data["unit"]), map(build_programme, data["programme"]))


def corpus_of(plans: Iterable[Plan], units: Iterable[Unit], programmes: Iterable[Programme]) -> Corpus:
    """Return the corpus of plans whose bodies are there."""
    return Corpus((summarise(plan, plan.load()) for plan in plans), units, programmes)


def build_plan(data: Data, register: Register) -> Plan:
    """Return a plan with its body, from data without problems."""
    return _PlanBuilder(data, register).plan()


def _text(value: object) -> str | None:
    return None if value is None else str(value).strip()


def _texts(data: Data, name: str) -> tuple[str, ...]:
    return tuple(str(item).strip() for item in data.get(name) or ())


def _cells(data: Data) -> dict[int, str]:
    return {int(year): str(cell).strip() for year, cell in sorted((data.get("by_year") or {}).items())}


def _due(cells: Mapping[int, str]) -> set[int]:
    """Return the years whose cells say that something is due; a printed dash says that nothing is."""
    return {year for year, cell in cells.items() if cell not in DASHES}


def build_unit(data: Data) -> Unit:
    """Return a unit, from data without problems."""
    return Unit(
        id=data["id"],
        name=data["name"],
        short_name=data.get("short_name") or data["name"],
        kind=data["kind"],
        aliases=_texts(data, "aliases"),
        level=data.get("level"),
        parent=data.get("parent"),
        member_of=_texts(data, "member_of"),
        valid_from=parse_date(data["valid_from"]) if "valid_from" in data else None,
        valid_to=parse_date(data["valid_to"]) if "valid_to" in data else None,
        successors=_texts(data, "successors"),
        note=_text(data.get("note")),
    )


def build_programme(data: Data) -> Programme:
    """Return a programme, from data without problems."""
    period = data.get("period") or {}
    return Programme(
        id=data["id"],
        name=data["name"],
        short_name=data.get("short_name") or data["name"],
        kind=data["kind"],
        number=_text(data.get("number")),
        aliases=_texts(data, "aliases"),
        first_year=int(period["from"]) if period else None,
        last_year=int(period["to"]) if period else None,
        note=_text(data.get("note")),
    )


@dataclass(frozen=True)
class _PlanBuilder:
    """Builds entry plan; holds what its entries need to know of each other."""

    data: Data
    register: Register

    @cached_property
    def id(self) -> str:
        return str(self.data["id"])

    @cached_property
    def issuer(self) -> str:
        return self.register.unit(self.data["issuer"], None).id or ""

    @cached_property
    def headings(self) -> dict[str, Heading]:
        headings: dict[str, Heading] = {}
        above = {entry["id"]: entry.get("parent") for entry in self.data["outline"]}
        for entry in self.data["outline"]:
            depth, parent = 0, entry.get("parent")
            while parent:
                depth, parent = depth + 1, above[parent]
            headings[entry["id"]] = Heading(
                plan=self.id,
                id=entry["id"],
                kind=entry["kind"],
                parent=entry.get("parent"),
                text=_text(entry.get("text")),
                lead=self._units(entry, "lead"),
                levels=_texts(entry, "levels"),
                counterparts=_texts(entry, "counterparts"),
                **_printed(entry),
                depth=depth,
            )
        return headings

    @cached_property
    def targets(self) -> dict[str, Target]:
        rows = {entry["id"]: _cells(entry) for entry in self.data["activities"]}
        return {
            entry["id"]: Target(
                plan=self.id,
                id=entry["id"],
                statement=entry["statement"].strip(),
                section=entry["section"],
                task=entry.get("task") or self._task_of(entry["section"]),
                lead=self._units(entry, "lead"),
                measures=self._measures(entry, rows),
                counterparts=_texts(entry, "counterparts"),
                programmes=self._programmes(entry),
                **_printed(entry),
            )
            for entry in self.data.get("targets") or ()
        }

    def plan(self) -> Plan:
        data = self.data
        issued, source, signer = data.get("issued") or {}, data["source"], data.get("signer")
        body = Body(
            tuple(self.headings.values()),
            tuple(self.targets.values()),
            tuple(self._activity(entry) for entry in data["activities"]),
        )
        return Plan(
            id=self.id,
            title=data["title"].strip(),
            short_title=data.get("short_title") or data["title"],
            kind=data["kind"],
            status=data["status"],
            issuer=self.issuer,
            first_year=int(data["period"]["from"]),
            last_year=int(data["period"]["to"]),
            layout=data["layout"],
            document=source["document"],
            source_url=source.get("url"),
            source_note=_text(source.get("note")),
            number=_text(data.get("number")),
            issued_on=parse_date(issued["date"]) if "date" in issued else None,
            issued_at=issued.get("place"),
            posted_on=parse_date(data["posted"]) if "posted" in data else None,
            amended=tuple(
                Amendment(day, change["note"].strip())
                for change in data.get("amended") or ()
                if (day := parse_date(change["date"]))
            ),
            issuing_body=data.get("issuing_body"),
            signer=Signer(signer["name"], signer.get("position"), signer.get("on_behalf_of")) if signer else None,
            superseded_by=data.get("superseded_by"),
            implements=_texts(data, "implements"),
            basis=_texts(data, "basis"),
            purpose=_text(data.get("purpose")),
            organisation=_text(data.get("organisation")),
            recipients=_texts(data, "recipients"),
            footnotes=tuple(Footnote(str(note["id"]), note["text"].strip()) for note in data.get("footnotes") or ()),
            note=_text(data.get("note")),
            size=_size(body),
            load=lambda: body,
        )

    def _activity(self, entry: Data) -> Activity:
        target = self.targets[entry["target"]] if "target" in entry else None
        section = entry.get("section") or (target.section if target else "")
        rows = tuple(self._row(row, entry) for row in entry.get("rows") or ())
        years = self._years(entry, rows)
        own_task = entry.get("task") or self._task_of(section)
        return Activity(
            plan=self.id,
            id=entry["id"],
            section=section,
            target=entry.get("target"),
            task=own_task or (target.task if target else None),
            parent=entry.get("parent"),
            text=_text(entry.get("text")),
            when=_text(entry.get("when")),
            spans=self._spans(entry, years),
            years=years,
            by_year=_cells(entry),
            levels=self._levels(entry, section),
            levels_text=_text(entry.get("levels_text")),
            roles={role: text.strip() for role, text in (entry.get("roles") or {}).items()},
            lead=self._units(entry, "lead") or (target.lead if target else ()) or self._inherited(section, "lead"),
            partners=self._units(entry, "partners"),
            funding=_text(entry.get("funding")),
            measures=self._measures(entry, {}),
            rows=rows,
            programmes=self._programmes(entry),
            **_printed(entry),
        )

    def _years(self, entry: Data, rows: Sequence[Row]) -> tuple[int, ...]:
        if "years" in entry:
            return parse_years(entry["years"])
        years = _due(_cells(entry)).union(*(row.years for row in rows))
        if not years and self.data["period"]["from"] == self.data["period"]["to"]:
            years = {int(self.data["period"]["from"])}
        return tuple(sorted(years))

    def _row(self, entry: Data, activity: Data) -> Row:
        cells = _cells(entry)
        years = parse_years(entry["years"]) if "years" in entry else tuple(sorted(_due(cells)))
        return Row(
            when=_text(entry.get("when")),
            spans=self._spans(entry, years or self._years(activity, ())),
            years=years,
            by_year=cells,
            **_printed(entry),
        )

    def _spans(self, entry: Data, years: Sequence[int]) -> tuple[TimeSpan, ...]:
        """Return the days that the printed words mean; words without a year are of the given years."""
        period = self.data["period"]
        return read_spans(str(entry.get("when", "")), years, (int(period["from"]), int(period["to"])))

    def _levels(self, entry: Data, section: str) -> tuple[str, ...]:
        """Its own levels, else its heading's, else those its roles speak of ("local" is at least the province)."""
        if levels := _texts(entry, "levels") or self._inherited(section, "levels"):
            return tuple(sorted(levels, key=LEVELS.index))
        spoken = {"province" if role == "local" else role for role in entry.get("roles") or ()}
        return tuple(level for level in LEVELS if level in spoken)

    def _inherited(self, section: str, field: str) -> tuple[str, ...]:
        """Return the value of the nearest heading that has entry."""
        heading = self.headings.get(section)
        while heading:
            if value := getattr(heading, field):
                return tuple(value)
            heading = self.headings.get(heading.parent or "")
        return ()

    def _task_of(self, section: str) -> str | None:
        heading = self.headings.get(section)
        while heading and heading.kind != "task":
            heading = self.headings.get(heading.parent or "")
        return heading.id if heading else None

    def _units(self, entry: Data, field: str) -> tuple[str, ...]:
        ids = (self.register.unit(name, self.issuer).id for name in entry.get(field) or ())
        return tuple(dict.fromkeys(id_ for id_ in ids if id_))

    def _programmes(self, entry: Data) -> tuple[str, ...]:
        ids = (self.register.programme(name).id for name in entry.get("programmes") or ())
        return tuple(dict.fromkeys(id_ for id_ in ids if id_))

    def _measures(self, entry: Data, rows: Mapping[str, Mapping[int, str]]) -> tuple[Measure, ...]:
        return tuple(
            Measure(
                id=measure["id"],
                name=measure["name"].strip(),
                unit=_text(measure.get("unit")),
                comparator=measure.get("comparator"),
                value=_text(measure.get("value")),
                period=measure.get("period"),
                aggregate=measure.get("aggregate"),
                row=measure.get("row"),
                by_year=_cells(measure) or rows.get(measure.get("row", ""), {}),
                contributes_to=measure.get("contributes_to"),
            )
            for measure in entry.get("measures") or ()
        )


def _printed(entry: Data) -> dict[str, Any]:
    """Return what every entry may have beside its own fields: a label, a title, footnotes, the editors' note."""
    return {
        "title": entry["title"].strip(),
        "label": _text(entry.get("label")),
        "footnotes": _texts(entry, "footnotes"),
        "note": _text(entry.get("note")),
    }


def _size(body: Body) -> Size:
    dated = sum(1 for activity in body.activities if activity.years)
    return Size(len(body.activities), len(body.targets), len(body.tasks), dated)
