"""Open data: the corpus as objects of JSON. Cells stay as printed; where a cell states a number, `numbers` has it too.

The shapes are described for readers on `/du-lieu/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.language.vietnamese import parse_number, sort_key
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Heading, Measure, Plan, Row, Target, Unit
from generator.pages.links import Links

Json = dict[str, Any]

FIELDS = (
    *("id", "plan", "label", "section", "target", "task", "parent", "title", "text", "when", "years", "by_year"),
    *("numbers", "levels", "levels_text", "roles", "lead", "partners", "funding", "programmes", "measures", "rows"),
    *("footnotes", "note", "url"),
)
"""The fields of an activity in JSON, in their order; the catalogue says what each means."""


def activity_data(activity: Activity) -> Json:
    """Return one activity as data. `url` is relative to the site's root."""
    return _drop_empty(
        {
            "id": activity.id,
            "plan": activity.plan,
            "label": activity.label,
            "section": activity.section,
            "target": activity.target,
            "task": activity.task,
            "parent": activity.parent,
            "title": activity.title,
            "text": activity.text,
            "when": activity.when,
            "years": list(activity.years),
            **_cells(activity.by_year),
            "levels": list(activity.levels),
            "levels_text": activity.levels_text,
            "roles": dict(activity.roles),
            "lead": list(activity.lead),
            "partners": list(activity.partners),
            "funding": activity.funding,
            "programmes": list(activity.programmes),
            "measures": [measure_data(measure) for measure in activity.measures],
            "rows": [_row_data(row) for row in activity.rows],
            "footnotes": list(activity.footnotes),
            "note": activity.note,
            "url": Links().activity(activity),
        },
        optional={"parent", "text", "levels_text", "measures", "rows", "footnotes", "note"},
    )


def plan_data(corpus: Corpus, plan: Plan) -> Json:
    """Return a whole plan as data, without its activities.

    That is the document, its outline, targets, and the units that it names.
    """
    signer = plan.signer
    issued = {
        "date": plan.issued_on.isoformat() if plan.issued_on else None,
        "date_printed": f"{plan.issued_on.day}/{plan.issued_on.month}/{plan.issued_on.year}"
        if plan.issued_on
        else None,
        "place": plan.issued_at,
    }
    return {
        "id": plan.id,
        "title": plan.title,
        "short_title": plan.short_title,
        "kind": plan.kind,
        "status": plan.status,
        "superseded_by": plan.superseded_by,
        "number": plan.number,
        "issued": issued if any(issued.values()) else None,
        "posted": plan.posted_on.isoformat() if plan.posted_on else None,
        "amended": [{"date": amendment.day.isoformat(), "note": amendment.note} for amendment in plan.amended],
        "issuer": plan.issuer,
        "issuing_body": plan.issuing_body,
        "signer": {"name": signer.name, "position": signer.position, "on_behalf_of": signer.on_behalf_of}
        if signer
        else None,
        "period": {"from": plan.first_year, "to": plan.last_year},
        "layout": plan.layout,
        "implements": list(plan.implements),
        "basis": list(plan.basis),
        "purpose": plan.purpose,
        "organisation": plan.organisation,
        "recipients": list(plan.recipients),
        "footnotes": [{"id": note.id, "text": note.text} for note in plan.footnotes],
        "source": _drop_empty({"document": plan.document, "url": plan.source_url, "note": plan.source_note}),
        "note": plan.note,
        "tasks": [_heading_data(heading) for heading in plan.tasks],
        "sections": [_heading_data(heading) for heading in plan.headings if heading.kind == "section"],
        "breakthroughs": [_heading_data(heading) for heading in plan.headings if heading.kind == "breakthrough"],
        "outline": [heading.id for heading in plan.headings],
        "targets": [_target_data(target) for target in plan.targets],
        "activities": [],
        "units": {unit.id: _unit_data(unit) for unit in _units_of(corpus, plan)},
        "programmes": {id_: corpus.programmes[id_].short_name for id_ in _programmes_of(plan)},
        "url": Links().plan(plan),
    }


def measure_data(measure: Measure) -> Json:
    """Return one measure as data, its value as printed and as a number."""
    content = {
        "id": measure.id,
        "name": measure.name,
        "unit": measure.unit,
        "comparator": measure.comparator,
        "value": measure.value,
        "number": parse_number(measure.value) if measure.value else None,
        "period": measure.period,
        "aggregate": measure.aggregate,
        "row": measure.row,
        "contributes_to": measure.contributes_to,
        **_cells(measure.by_year),
    }
    return _drop_empty(content)


def _heading_data(heading: Heading) -> Json:
    return _drop_empty(
        {
            "id": heading.id,
            "kind": heading.kind,
            "label": heading.label,
            "title": heading.title,
            "parent": heading.parent,
            "text": heading.text,
            "lead": list(heading.lead),
            "levels": list(heading.levels),
            "counterparts": list(heading.counterparts),
            "footnotes": list(heading.footnotes),
            "note": heading.note,
        }
    )


def _target_data(target: Target) -> Json:
    return _drop_empty(
        {
            "id": target.id,
            "label": target.label,
            "title": target.title,
            "statement": target.statement,
            "section": target.section,
            "task": target.task,
            "lead": list(target.lead),
            "measures": [measure_data(measure) for measure in target.measures],
            "counterparts": list(target.counterparts),
            "programmes": list(target.programmes),
            "footnotes": list(target.footnotes),
            "note": target.note,
            "url": Links().target(target),
        }
    )


def _row_data(row: Row) -> Json:
    content = {
        "label": row.label,
        "title": row.title,
        "when": row.when,
        "years": list(row.years),
        **_cells(row.by_year),
        "footnotes": list(row.footnotes),
        "note": row.note,
    }
    return _drop_empty(content)


def _unit_data(unit: Unit) -> Json:
    content = {"name": unit.name, "short_name": unit.short_name, "kind": unit.kind, "level": unit.level}
    return _drop_empty({**content, "parent": unit.parent})


def _units_of(corpus: Corpus, plan: Plan) -> list[Unit]:
    named = {plan.issuer}
    for activity in plan.activities:
        named |= {*activity.lead, *activity.partners}
    for target in plan.targets:
        named |= {*target.lead}
    return sorted((corpus.units[id_] for id_ in named), key=lambda unit: (sort_key(unit.name), unit.id))


def _programmes_of(plan: Plan) -> list[str]:
    named = {id_ for activity in plan.activities for id_ in activity.programmes}
    return sorted(named | {id_ for target in plan.targets for id_ in target.programmes})


def _cells(by_year: Mapping[int, str]) -> Json:
    numbers = {year: number for year, cell in by_year.items() if (number := parse_number(cell)) is not None}
    # A row that counts in one year and gives a share in another has no numbers that belong together.
    alike = len({"%" in by_year[year] for year in numbers}) <= 1
    return {
        "by_year": {str(year): cell for year, cell in by_year.items()},
        "numbers": {str(year): number for year, number in numbers.items()} if alike else {},
    }


def _drop_empty(content: Json, optional: set[str] | None = None) -> Json:
    """Leave out the empty fields: all of them, or only those that are `optional`."""
    return {
        name: value
        for name, value in content.items()
        if value or value not in (None, [], {}) or (optional is not None and name not in optional)
    }
