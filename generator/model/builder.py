"""Builds the corpus from checked trees: one plan, unit or programme at a time, then the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.check import CheckResult
from generator.check.days import Days, plan_days
from generator.check.names import Register
from generator.language.vietnamese import parse_years
from generator.model.corpus import Corpus
from generator.model.entities import (
    LEVELS,
    Activity,
    Body,
    Heading,
    Measure,
    Period,
    Plan,
    Programme,
    Row,
    Size,
    Target,
    Unit,
)
from generator.model.field_values import (
    Data,
    alignment_of,
    cells_of,
    contributions_of,
    cost_of,
    day_in,
    document_fields,
    due_span,
    due_years,
    extra_cells_of,
    given_spans,
    line_of,
    printed_fields,
    served_targets,
    text_of,
    texts_of,
)
from generator.model.period_columns import PeriodColumns
from generator.model.summary import summary_of
from generator.model.unit_builder import build_programme, build_unit
from generator.source.entry_index import entry_lines
from generator.work_fields import TEXT_FIELDS


def link(result: CheckResult) -> Corpus:
    """Return the linked model of a content tree that has no errors."""
    register = result.register
    data = {kind: [s.tree.data for s in result.sources if s.kind == kind] for kind in ("unit", "programme")}
    plans = (build_plan(s.tree.data, register, s.tree.text) for s in result.sources if s.kind == "plan")
    return corpus_of(plans, map(build_unit, data["unit"]), map(build_programme, data["programme"]))


def corpus_of(plans: Iterable[Plan], units: Iterable[Unit], programmes: Iterable[Programme]) -> Corpus:
    """Return the corpus of plans whose bodies are loaded."""
    return Corpus((summary_of(plan, plan.load()) for plan in plans), units, programmes)


def build_plan(data: Data, register: Register, text: str) -> Plan:
    """Return a plan with its body, from checked data and the text of its file."""
    return _PlanBuilder(data, register, entry_lines(text)).plan()


@dataclass(frozen=True)
class _PlanBuilder:
    """Builds one plan; keeps what its entries need to know of each other."""

    data: Data
    register: Register
    lines: Mapping[str, int]

    @cached_property
    def id(self) -> str:
        return str(self.data["id"])

    @cached_property
    def issuer(self) -> str:
        return self.register.unit(self.data["issuer"], None, self.days).id or ""

    @cached_property
    def days(self) -> Days | None:
        return plan_days(self.data)

    @cached_property
    def columns(self) -> PeriodColumns:
        periods = (Period(period["id"], line_of(period["title"])) for period in self.data.get("periods") or ())
        return PeriodColumns(tuple(periods), (int(self.data["period"]["from"]), int(self.data["period"]["to"])))

    @cached_property
    def headings(self) -> dict[str, Heading]:
        headings: dict[str, Heading] = {}
        above = {entry["id"]: entry for entry in self.data["outline"]}
        for entry in self.data["outline"]:
            line = [entry]
            while "parent" in line[-1]:
                line.append(above[line[-1]["parent"]])
            headings[entry["id"]] = Heading(
                plan=self.id,
                id=entry["id"],
                kind=entry["kind"],
                parent=entry.get("parent"),
                layout=next((heading["layout"] for heading in line if "layout" in heading), None),
                text=text_of(entry.get("text")),
                lead=self._units(entry, "lead"),
                lead_text=self._words(entry, "lead"),
                levels=texts_of(entry, "levels"),
                levels_text=self._words(entry, "levels"),
                levels_units=self._levels_units(entry),
                serves=served_targets(entry, self.id),
                ground=text_of(entry.get("ground")),
                counterparts=texts_of(entry, "counterparts"),
                aligned="counterparts" in entry,
                **printed_fields(entry),
                formerly=texts_of(entry, "formerly"),
                as_printed=texts_of(entry, "as_printed"),
                depth=len(line) - 1,
            )
        return headings

    @cached_property
    def targets(self) -> dict[str, Target]:
        rows = {entry["id"]: cells_of(entry) for entry in self.data["activities"]}
        return {
            entry["id"]: Target(
                plan=self.id,
                id=entry["id"],
                statement=entry["statement"].strip(),
                section=entry["section"],
                task=entry.get("task") or self._task_of(entry["section"]),
                lead=self._units(entry, "lead"),
                lead_text=self._words(entry, "lead"),
                measures=self._measures(entry, rows),
                counterparts=texts_of(entry, "counterparts"),
                aligned="counterparts" in entry,
                programmes=self._programmes(entry),
                **printed_fields(entry),
                formerly=texts_of(entry, "formerly"),
                as_printed=texts_of(entry, "as_printed"),
            )
            for entry in self.data.get("targets") or ()
        }

    def plan(self) -> Plan:
        data = self.data
        body = Body(
            tuple(self.headings.values()),
            tuple(self.targets.values()),
            tuple(self._activity(entry) for entry in data["activities"]),
            self.lines,
        )
        return Plan(
            id=self.id,
            title=line_of(data["title"]),
            short_title=line_of(data.get("short_title") or data["title"]),
            kind=data["kind"],
            status=data["status"],
            issuer=self.issuer,
            first_year=int(data["period"]["from"]),
            last_year=int(data["period"]["to"]),
            layout=data["layout"],
            **document_fields(data),
            posted_on=day_in(data, "posted"),
            superseded_by=data.get("superseded_by"),
            implements=texts_of(data, "implements"),
            periods=self.columns.periods,
            serves=served_targets(data, self.id),
            formerly=texts_of(data, "formerly"),
            removed=texts_of(data, "removed"),
            as_printed=texts_of(data, "as_printed"),
            note=text_of(data.get("note")),
            size=_size(body),
            load=lambda: body,
        )

    def _activity(self, entry: Data) -> Activity:
        target = self.targets[entry["target"]] if "target" in entry else None
        section = entry.get("section") or (target.section if target else "")
        rows = tuple(self._row(row, entry) for row in entry.get("rows") or ())
        own_task = entry.get("task") or self._task_of(section)
        work, years = self._work(entry), self._years(entry, rows)
        # Words in the row's own lead cell replace the heading's lead, even if they name no known unit.
        says_lead = bool(work["lead"] or work["lead_text"])
        lead, lead_from = (work["lead"], None) if says_lead else self._lead(target, section)
        levels, levels_from = self._levels(entry, section)
        serves, ground, serves_from = alignment_of(entry, self._line(section), self.data)
        return Activity(
            plan=self.id,
            id=entry["id"],
            section=section,
            target=entry.get("target"),
            task=own_task or (target.task if target else None),
            parent=entry.get("parent"),
            text=text_of(entry.get("text")),
            roles={role: text.strip() for role, text in (entry.get("roles") or {}).items()},
            measures=self._measures(entry, {}),
            rows=rows,
            programmes=self._programmes(entry),
            serves=serves,
            ground=ground,
            serves_from=serves_from,
            formerly=texts_of(entry, "formerly"),
            as_printed=texts_of(entry, "as_printed"),
            **printed_fields(entry),
            lead_from=lead_from,
            levels_from=levels_from,
            **work | self._time(work, years) | {"years": years, "levels": levels, "lead": lead},
        )

    def _row(self, entry: Data, activity: Data) -> Row:
        years = parse_years(entry["years"]) if "years" in entry else tuple(sorted(self._years_of_cells(entry)))
        work = self._work(entry)
        time = self._time(work, years or self._years(activity, ()))
        return Row(**printed_fields(entry), **work | time | {"years": years})

    def _work(self, entry: Data) -> dict[str, Any]:
        """Return the fields of an activity or sub-row, without inherited ones and without absent text fields."""
        return {
            **{name: text_of(entry.get(name)) for name in ("when", "unit", "funding")},
            **{name: text_of(entry[name]) for name in TEXT_FIELDS if name in entry},
            **{f"{name}_text": self._words(entry, name) for name in ("levels", "lead", "partners")},
            **{name: self._units(entry, name) for name in ("lead", "partners")},
            "levels_units": self._levels_units(entry),
            "levels": tuple(sorted(texts_of(entry, "levels"), key=LEVELS.index)),
            "due": due_span(entry),
            "deadline": day_in(entry, "deadline"),
            "by_year": cells_of(entry),
            "by_period": self._period_cells(entry),
            "costs": tuple(cost_of(cost) for cost in entry.get("costs") or ()),
            "more": extra_cells_of(entry),
        }

    def _time(self, work: Data, years: Sequence[int]) -> dict[str, Any]:
        """Return the time fields of work that is due in some years; days written by the editors take precedence."""
        fields = self.columns.time_fields(work["when"], work["by_period"], years)
        given = given_spans(work["due"], work["deadline"])
        return fields | {"spans": given} if given else fields

    def _period_cells(self, entry: Data) -> dict[str, str]:
        """Return the printed cells of columns below a year, in the order of the plan's periods."""
        cells = entry.get("by_period") or {}
        return {period.id: str(cells[period.id]).strip() for period in self.columns.periods if period.id in cells}

    def _lead(self, target: Target | None, section: str) -> tuple[tuple[str, ...], str | None]:
        """Return the lead of an activity that states none, and the target or heading that it comes from."""
        if target and target.lead:
            return target.lead, target.id
        return next(((heading.lead, heading.id) for heading in self._line(section) if heading.lead), ((), None))

    def _years(self, entry: Data, rows: Sequence[Row]) -> tuple[int, ...]:
        if "years" in entry:
            return parse_years(entry["years"])
        years = self._years_of_cells(entry).union(*(row.years for row in rows))
        if not years and self.data["period"]["from"] == self.data["period"]["to"]:
            years = {int(self.data["period"]["from"])}
        return tuple(sorted(years))

    def _years_of_cells(self, entry: Data) -> set[int]:
        """Return the years of the columns in which something is due."""
        return due_years(cells_of(entry)) | self.columns.named_years(self._period_cells(entry))

    def _levels(self, entry: Data, section: str) -> tuple[tuple[str, ...], str | None]:
        """Return an activity's levels, and the id of the heading that they come from (None if they are its own).

        They are its own, else its heading's, else those that its roles name ("local" counts as province).
        """
        if levels := texts_of(entry, "levels"):
            return tuple(sorted(levels, key=LEVELS.index)), None
        if heading := next((heading for heading in self._line(section) if heading.levels), None):
            return tuple(sorted(heading.levels, key=LEVELS.index)), heading.id
        spoken = {"province" if role == "local" else role for role in entry.get("roles") or ()}
        return tuple(level for level in LEVELS if level in spoken), None

    def _line(self, section: str) -> Iterator[Heading]:
        """Yield a heading and all above it, the nearest first."""
        heading = self.headings.get(section)
        while heading:
            yield heading
            heading = self.headings.get(heading.parent or "")

    def _task_of(self, section: str) -> str | None:
        return next((heading.id for heading in self._line(section) if heading.kind == "task"), None)

    def _units(self, entry: Data, field: str) -> tuple[str, ...]:
        ids = (self.register.unit(name, self.issuer, self.days).id for name in entry.get(field) or ())
        return tuple(dict.fromkeys(id_ for id_ in ids if id_))

    def _words(self, entry: Data, field: str) -> str | None:
        """Return the printed words of a cell of units: the given text, else the names as the plan writes them."""
        if f"{field}_text" in entry or (field == "levels" and "levels" in entry):
            return text_of(entry.get(f"{field}_text"))
        names = texts_of(entry, "levels_units" if field == "levels" else field)
        return self.register.words_of_cell(names, self.issuer, self.days)

    def _levels_units(self, entry: Data) -> tuple[str, ...]:
        """Return the units that the cell of levels names: the given ones, else the issuer's whose names are in it."""
        if "levels_units" in entry:
            return self._units(entry, "levels_units")
        return self.register.level_units(entry.get("levels_text") or "", self.issuer, self.days)

    def _programmes(self, entry: Data) -> tuple[str, ...]:
        ids = (self.register.programme(name).id for name in entry.get("programmes") or ())
        return tuple(dict.fromkeys(id_ for id_ in ids if id_))

    def _measures(self, entry: Data, rows: Mapping[str, Mapping[int, str]]) -> tuple[Measure, ...]:
        return tuple(
            Measure(
                id=measure["id"],
                name=line_of(measure["name"]),
                unit=text_of(measure.get("unit")),
                comparator=measure.get("comparator"),
                value=text_of(measure.get("value")),
                period=measure.get("period"),
                aggregate=measure.get("aggregate"),
                row=measure.get("row"),
                by_year=cells_of(measure) or rows.get(measure.get("row", ""), {}),
                contributes_to=contributions_of(measure.get("contributes_to")),
                aligned="contributes_to" in measure,
                baseline=text_of(measure.get("baseline")),
                per=text_of(measure.get("per")),
                per_unit=measure["per"] if measure.get("per") in self.register.ids["unit"] else None,
            )
            for measure in entry.get("measures") or ()
        )


def _size(body: Body) -> Size:
    dated = sum(1 for activity in body.activities if activity.years)
    return Size(len(body.activities), len(body.targets), len(body.tasks), dated)
