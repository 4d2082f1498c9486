"""Builds the corpus from checked trees: one plan, unit or programme at a time, then the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.check import CheckResult
from generator.check.names import Register
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
    """The linked model of a content tree in which no problem was found."""
    register = result.register
    data = {kind: [s.tree.data for s in result.sources if s.kind == kind] for kind in ("plan", "unit", "programme")}
    plans = (build_plan(one, register) for one in data["plan"])
    return corpus_of(plans, map(build_unit, data["unit"]), map(build_programme, data["programme"]))


def corpus_of(plans: Iterable[Plan], units: Iterable[Unit], programmes: Iterable[Programme]) -> Corpus:
    """The corpus of plans whose bodies are there."""
    return Corpus((summarise(plan, plan.load()) for plan in plans), units, programmes)


def build_plan(data: Data, register: Register) -> Plan:
    """A plan with its body, from data without problems."""
    return _PlanBuilder(data, register).plan()


def _text(value: object) -> str | None:
    return None if value is None else str(value).strip()


def _texts(data: Data, name: str) -> tuple[str, ...]:
    return tuple(str(item).strip() for item in data.get(name) or ())


def _cells(data: Data) -> dict[int, str]:
    return {int(year): str(cell).strip() for year, cell in sorted((data.get("by_year") or {}).items())}


def _due(cells: Mapping[int, str]) -> set[int]:
    """The years whose cells say that something is due; a printed dash says that nothing is."""
    return {year for year, cell in cells.items() if cell not in DASHES}


def build_unit(data: Data) -> Unit:
    """A unit, from data without problems."""
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
    """A programme, from data without problems."""
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
    """Builds one plan; holds what its entries need to know of each other."""

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
        found: dict[str, Heading] = {}
        above = {one["id"]: one.get("parent") for one in self.data["outline"]}
        for one in self.data["outline"]:
            depth, parent = 0, one.get("parent")
            while parent:
                depth, parent = depth + 1, above[parent]
            found[one["id"]] = Heading(
                plan=self.id,
                id=one["id"],
                kind=one["kind"],
                title=one["title"].strip(),
                label=_text(one.get("label")),
                parent=one.get("parent"),
                text=_text(one.get("text")),
                lead=self._units(one, "lead"),
                levels=_texts(one, "levels"),
                counterparts=_texts(one, "counterparts"),
                footnotes=_texts(one, "footnotes"),
                note=_text(one.get("note")),
                depth=depth,
            )
        return found

    @cached_property
    def targets(self) -> dict[str, Target]:
        rows = {one["id"]: _cells(one) for one in self.data["activities"]}
        return {
            one["id"]: Target(
                plan=self.id,
                id=one["id"],
                label=str(one["label"]),
                title=one["title"].strip(),
                statement=one["statement"].strip(),
                section=one["section"],
                task=one.get("task") or self._task_of(one["section"]),
                lead=self._units(one, "lead"),
                measures=self._measures(one, rows),
                counterparts=_texts(one, "counterparts"),
                programmes=self._programmes(one),
                footnotes=_texts(one, "footnotes"),
                note=_text(one.get("note")),
            )
            for one in self.data.get("targets") or ()
        }

    def plan(self) -> Plan:
        data = self.data
        issued, source, signer = data.get("issued") or {}, data["source"], data.get("signer")
        body = Body(
            tuple(self.headings.values()),
            tuple(self.targets.values()),
            tuple(self._activity(one) for one in data["activities"]),
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
                Amendment(day, one["note"].strip())
                for one in data.get("amended") or ()
                if (day := parse_date(one["date"]))
            ),
            issuing_body=data.get("issuing_body"),
            signer=Signer(signer["name"], signer.get("position"), signer.get("on_behalf_of")) if signer else None,
            superseded_by=data.get("superseded_by"),
            implements=_texts(data, "implements"),
            basis=_texts(data, "basis"),
            purpose=_text(data.get("purpose")),
            organisation=_text(data.get("organisation")),
            recipients=_texts(data, "recipients"),
            footnotes=tuple(Footnote(str(one["id"]), one["text"].strip()) for one in data.get("footnotes") or ()),
            note=_text(data.get("note")),
            size=_size(body),
            load=lambda: body,
        )

    def _activity(self, one: Data) -> Activity:
        target = self.targets[one["target"]] if "target" in one else None
        section = one.get("section") or (target.section if target else "")
        rows = tuple(_row(row) for row in one.get("rows") or ())
        own_task = one.get("task") or self._task_of(section)
        return Activity(
            plan=self.id,
            id=one["id"],
            title=one["title"].strip(),
            section=section,
            label=_text(one.get("label")),
            target=one.get("target"),
            task=own_task or (target.task if target else None),
            parent=one.get("parent"),
            text=_text(one.get("text")),
            when=_text(one.get("when")),
            years=self._years(one, rows),
            by_year=_cells(one),
            levels=self._levels(one, section),
            levels_text=_text(one.get("levels_text")),
            roles={role: text.strip() for role, text in (one.get("roles") or {}).items()},
            lead=self._units(one, "lead") or (target.lead if target else ()) or self._inherited(section, "lead"),
            partners=self._units(one, "partners"),
            funding=_text(one.get("funding")),
            measures=self._measures(one, {}),
            rows=rows,
            programmes=self._programmes(one),
            footnotes=_texts(one, "footnotes"),
            note=_text(one.get("note")),
        )

    def _years(self, one: Data, rows: Sequence[Row]) -> tuple[int, ...]:
        if "years" in one:
            return parse_years(one["years"])
        found = _due(_cells(one)).union(*(row.years for row in rows))
        if not found and self.data["period"]["from"] == self.data["period"]["to"]:
            found = {int(self.data["period"]["from"])}
        return tuple(sorted(found))

    def _levels(self, one: Data, section: str) -> tuple[str, ...]:
        """Its own levels, else its heading's, else those its roles speak of ("local" is at least the province)."""
        if own := _texts(one, "levels") or self._inherited(section, "levels"):
            return tuple(sorted(own, key=LEVELS.index))
        spoken = {"province" if role == "local" else role for role in one.get("roles") or ()}
        return tuple(level for level in LEVELS if level in spoken)

    def _inherited(self, section: str, field: str) -> tuple[str, ...]:
        """The value of the nearest heading that has one."""
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

    def _units(self, one: Data, field: str) -> tuple[str, ...]:
        found = (self.register.unit(name, self.issuer).id for name in one.get(field) or ())
        return tuple(dict.fromkeys(id_ for id_ in found if id_))

    def _programmes(self, one: Data) -> tuple[str, ...]:
        found = (self.register.programme(name).id for name in one.get("programmes") or ())
        return tuple(dict.fromkeys(id_ for id_ in found if id_))

    def _measures(self, one: Data, rows: Mapping[str, Mapping[int, str]]) -> tuple[Measure, ...]:
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
            for measure in one.get("measures") or ()
        )


def _row(one: Data) -> Row:
    cells = _cells(one)
    return Row(
        title=one["title"].strip(),
        label=_text(one.get("label")),
        when=_text(one.get("when")),
        years=parse_years(one["years"]) if "years" in one else tuple(sorted(_due(cells))),
        by_year=cells,
        footnotes=_texts(one, "footnotes"),
        note=_text(one.get("note")),
    )


def _size(body: Body) -> Size:
    dated = sum(1 for one in body.activities if one.years)
    return Size(len(body.activities), len(body.targets), len(body.tasks), dated)
