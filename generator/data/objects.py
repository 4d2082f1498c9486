"""Open data: the corpus as JSON objects. Cells stay as printed; if a cell states a number, `numbers` has it too.

The shapes are described for readers on `/du-lieu/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from generator.data.cascade_table import cascades_data, proofs_data
from generator.language.quantities import common_unit, has_mixed_units
from generator.language.time_words import TimeSpan
from generator.language.vietnamese import parse_number, plain_date, sort_key
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Row, Target, Unit
from generator.pages.links import Links
from generator.work_fields import TEXT_FIELDS

Json = dict[str, Any]

FIELDS = (
    *("id", "plan", "label", "section", "target", "task", "parent", "title", "text", "when", "due", "years", "by_year"),
    *("numbers", "by_period", "unit", "levels", "levels_text", "levels_units", "levels_from", "roles"),
    *("lead", "lead_text", "lead_from", "partners", "partners_text", "funding", "costs", *TEXT_FIELDS, "more"),
    *("programmes", "measures", "rows", "serves", "ground", "serves_from", "footnotes", "note", "formerly", "url"),
)
"""The fields of an activity in JSON, in order; the catalogue explains them."""
_ALWAYS = {
    *("id", "plan", "label", "section", "target", "task", "title", "when", "years", "by_year", "numbers", "levels"),
    *("levels_from", "roles", "lead", "partners", "funding", "programmes", "url"),
}
"""Fields that are written even if empty; all other empty fields are left out."""
_ROW = [name for name in FIELDS if name in {"numbers", *(field.name for field in fields(Row))}]

_MEASURE = (
    *("id", "name", "unit", "comparator", "value", "number", "period", "baseline", "per", "per_unit", "aggregate"),
    *("row", "contributes_to", "by_year", "numbers"),
)
_HEADING = (
    *("id", "kind", "label", "title", "parent", "layout", "text", "lead", "lead_text", "levels", "levels_text"),
    *("levels_units", "serves", "ground", "counterparts", "footnotes", "note", "formerly"),
)
_TARGET = (
    *("id", "label", "title", "statement", "section", "task", "lead", "lead_text", "measures", "counterparts"),
    *("programmes", "footnotes", "note", "formerly", "url"),
)
_UNIT = ("name", "short_name", "kind", "level", "parent", "scope")


def activity_data(activity: Activity, measured: str | None = None) -> Json:
    """Return one activity as data. `url` is relative to the site's root.

    `measured` is the unit of the measure whose cells are the activity's.
    """
    content = {name: _field(activity, name) for name in FIELDS}
    content["unit"] = activity.unit or measured or content["unit"]
    return {name: value for name, value in content.items() if name in _ALWAYS or not _is_empty(name, value)}


def plan_data(corpus: Corpus, plan: Plan) -> Json:
    """Return a plan as data: document, outline, targets, and the units and programmes that it names.

    `activities` is empty: the caller fills it.
    """
    return {
        **{name: _field(plan, name) for name in "id title short_title kind status superseded_by".split()},
        "number": plan.number,
        "issued": _issued(plan),
        "posted": plan.posted_on,
        "amended": [{"date": amendment.day, "note": amendment.note} for amendment in plan.amended],
        "issuer": plan.issuer,
        "issuing_body": plan.issuing_body,
        "signer": vars(plan.signer) if plan.signer else None,
        "period": {"from": plan.first_year, "to": plan.last_year},
        **{name: _field(plan, name) for name in "layout implements basis purpose organisation recipients".split()},
        "periods": [vars(period) for period in plan.periods],
        "serves": _field(plan, "serves"),
        "formerly": list(plan.formerly),
        "removed": list(plan.removed),
        "footnotes": [vars(footnote) for footnote in plan.footnotes],
        "source": _filled({"document": plan.document, "url": plan.source_url, "note": plan.source_note}),
        "note": plan.note,
        **_outline_data(plan),
        "activities": [],
        "cascades": cascades_data(corpus, plan),
        "proofs": proofs_data(plan),
        "units": {unit.id: _object(unit, _UNIT) for unit in _units_of(corpus, plan)},
        "programmes": {id_: corpus.programmes[id_].short_name for id_ in _programmes_of(plan)},
        "url": Links().plan(plan),
    }


def _issued(plan: Plan) -> Json | None:
    day = plan.issued_on
    issued = {"date": day, "date_printed": plain_date(day) if day else None, "place": plan.issued_at}
    return issued if any(issued.values()) else None


def _outline_data(plan: Plan) -> Json:
    """Return the headings by kind, their order, and the targets."""
    return {
        "tasks": [_object(heading, _HEADING) for heading in plan.tasks],
        "sections": [_object(heading, _HEADING) for heading in plan.headings if heading.kind == "section"],
        "breakthroughs": [_object(heading, _HEADING) for heading in plan.headings if heading.kind == "breakthrough"],
        "outline": [heading.id for heading in plan.headings],
        "targets": [_object(target, _TARGET) for target in plan.targets],
    }


def _units_of(corpus: Corpus, plan: Plan) -> list[Unit]:
    rows = [row for activity in plan.activities for row in activity.rows]
    measured: list[Target | Activity] = [*plan.targets, *plan.activities]
    measures = [measure for entry in measured for measure in entry.measures]
    named = {plan.issuer, *(measure.per_unit for measure in measures if measure.per_unit)}
    for entry in (*plan.headings, *plan.targets, *plan.activities, *rows):
        named |= {id_ for field in ("lead", "partners", "levels_units") for id_ in getattr(entry, field, ())}
    return sorted((corpus.units[id_] for id_ in named), key=lambda unit: (sort_key(unit.name), unit.id))


def _programmes_of(plan: Plan) -> list[str]:
    named = {id_ for activity in plan.activities for id_ in activity.programmes}
    return sorted(named | {id_ for target in plan.targets for id_ in target.programmes})


def _object(entry: object, fields: Iterable[str]) -> Json:
    return _filled({name: _field(entry, name) for name in fields})


def _field(entry: Any, name: str) -> Any:
    """Return a field in its JSON form: the entry's own, or computed."""
    if name in _COMPUTED:
        return _COMPUTED[name](entry)
    value = getattr(entry, name)
    return list(value) if isinstance(value, tuple) else value


def _numbers(entry: Any) -> Json:
    numbers = {year: number for year, cell in entry.by_year.items() if (number := parse_number(cell)) is not None}
    # A row with counts in one year and percentages in another has no comparable numbers.
    mixed = has_mixed_units(entry.by_year.values(), entry.unit)
    return {} if mixed else {str(year): number for year, number in numbers.items()}


_COMPUTED: Mapping[str, Callable[[Any], Any]] = {
    "by_year": lambda entry: {str(year): cell for year, cell in entry.by_year.items()},
    "numbers": _numbers,
    "unit": lambda entry: entry.unit or common_unit(entry.by_year.values()),
    "number": lambda measure: parse_number(measure.value) if measure.value else None,
    "roles": lambda activity: dict(activity.roles),
    "measures": lambda entry: [_object(measure, _MEASURE) for measure in entry.measures],
    "due": lambda work: [_span(span) for span in work.spans],
    "by_period": lambda work: dict(work.by_period),
    "costs": lambda work: [_filled({**vars(cost), "number": parse_number(cost.amount or "")}) for cost in work.costs],
    "more": lambda work: [vars(cell) for cell in work.more],
    "contributes_to": lambda measure: (
        [_filled(vars(upper)) for upper in measure.contributes_to] if measure.aligned else None
    ),
    "rows": lambda activity: [_object(row, _ROW) for row in activity.rows],
    "url": lambda entry: Links().target(entry) if isinstance(entry, Target) else Links().activity(entry),
}


def _span(span: TimeSpan) -> Json:
    return {"from": span.first, "to": span.last, "kind": span.kind, "rule": span.rule}


def _filled(content: Json) -> Json:
    return {name: value for name, value in content.items() if not _is_empty(name, value)}


def _is_empty(name: str, value: Any) -> bool:
    """Return whether a field is to be left out; empty `serves` and `contributes_to` are decisions and stay."""
    return value is None or (name not in {"serves", "contributes_to"} and value in ([], {}))
