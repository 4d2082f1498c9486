"""Open data: the corpus as objects of JSON. Cells stay as printed; where a cell states a number, `numbers` has it too.

The shapes are described for readers on `/du-lieu/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from generator.language.vietnamese import parse_number, sort_key
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Target, Unit
from generator.pages.links import Links

Json = dict[str, Any]

FIELDS = (
    *("id", "plan", "label", "section", "target", "task", "parent", "title", "text", "when", "years", "by_year"),
    *("numbers", "levels", "levels_text", "roles", "lead", "partners", "funding", "programmes", "measures", "rows"),
    *("footnotes", "note", "url"),
)
"""The fields of an activity in JSON, in their order; the catalogue says what each means."""
_OPTIONAL = {"parent", "text", "levels_text", "measures", "rows", "footnotes", "note"}
"""Those that are left out where they are empty; in other objects all fields are."""

_MEASURE = "id name unit comparator value number period aggregate row contributes_to by_year numbers".split()
_HEADING = "id kind label title parent text lead levels counterparts footnotes note".split()
_TARGET = "id label title statement section task lead measures counterparts programmes footnotes note url".split()
_ROW = "label title when years by_year numbers footnotes note".split()
_UNIT = "name short_name kind level parent".split()


def activity_data(activity: Activity) -> Json:
    """Return one activity as data. `url` is relative to the site's root."""
    fields = {name: _field(activity, name) for name in FIELDS}
    return {name: value for name, value in fields.items() if name not in _OPTIONAL or not _is_empty(value)}


def plan_data(corpus: Corpus, plan: Plan) -> Json:
    """Return a whole plan as data, without its activities.

    That is the document, its outline, targets, and the units that it names.
    """
    day = plan.issued_on
    issued = {
        "date": day,
        "date_printed": f"{day.day}/{day.month}/{day.year}" if day else None,
        "place": plan.issued_at,
    }
    return {
        **{name: _field(plan, name) for name in "id title short_title kind status superseded_by".split()},
        "number": plan.number,
        "issued": issued if any(issued.values()) else None,
        "posted": plan.posted_on,
        "amended": [{"date": amendment.day, "note": amendment.note} for amendment in plan.amended],
        "issuer": plan.issuer,
        "issuing_body": plan.issuing_body,
        "signer": vars(plan.signer) if plan.signer else None,
        "period": {"from": plan.first_year, "to": plan.last_year},
        **{name: _field(plan, name) for name in "layout implements basis purpose organisation recipients".split()},
        "footnotes": [vars(footnote) for footnote in plan.footnotes],
        "source": _filled({"document": plan.document, "url": plan.source_url, "note": plan.source_note}),
        "note": plan.note,
        "tasks": [_object(heading, _HEADING) for heading in plan.tasks],
        "sections": [_object(heading, _HEADING) for heading in plan.headings if heading.kind == "section"],
        "breakthroughs": [_object(heading, _HEADING) for heading in plan.headings if heading.kind == "breakthrough"],
        "outline": [heading.id for heading in plan.headings],
        "targets": [_object(target, _TARGET) for target in plan.targets],
        "activities": [],
        "units": {unit.id: _object(unit, _UNIT) for unit in _units_of(corpus, plan)},
        "programmes": {id_: corpus.programmes[id_].short_name for id_ in _programmes_of(plan)},
        "url": Links().plan(plan),
    }


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


def _object(entry: object, fields: Iterable[str]) -> Json:
    return _filled({name: _field(entry, name) for name in fields})


def _field(entry: Any, name: str) -> Any:
    """Return a field as JSON has it: the entry's own, or one that follows from others."""
    if name in _COMPUTED:
        return _COMPUTED[name](entry)
    value = getattr(entry, name)
    return list(value) if isinstance(value, tuple) else value


def _numbers(entry: Any) -> Json:
    numbers = {year: number for year, cell in entry.by_year.items() if (number := parse_number(cell)) is not None}
    # A row that counts in one year and gives a share in another has no numbers that belong together.
    has_one_unit = len({"%" in entry.by_year[year] for year in numbers}) <= 1
    return {str(year): number for year, number in numbers.items()} if has_one_unit else {}


_COMPUTED: Mapping[str, Callable[[Any], Any]] = {
    "by_year": lambda entry: {str(year): cell for year, cell in entry.by_year.items()},
    "numbers": _numbers,
    "number": lambda measure: parse_number(measure.value) if measure.value else None,
    "roles": lambda activity: dict(activity.roles),
    "measures": lambda entry: [_object(measure, _MEASURE) for measure in entry.measures],
    "rows": lambda activity: [_object(row, _ROW) for row in activity.rows],
    "url": lambda entry: Links().target(entry) if isinstance(entry, Target) else Links().activity(entry),
}


def _filled(content: Json) -> Json:
    return {name: value for name, value in content.items() if not _is_empty(value)}


def _is_empty(value: Any) -> bool:
    return value in (None, [], {})
