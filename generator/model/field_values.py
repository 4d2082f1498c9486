"""Values of single fields, from the data of a checked file: texts, cells, days, costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator.language.time_words import TimeSpan
from generator.language.vietnamese import DASHES, parse_date
from generator.model.entities import Amendment, Contribution, Cost, DaySpan, ExtraCell, Footnote, Heading, Signer

Data = dict[str, Any]


def text_of(value: object) -> str | None:
    """Return a scalar as text, stripped."""
    return None if value is None else str(value).strip()


def line_of(value: str) -> str:
    """Return a title or name, which stands in one line."""
    return " ".join(filter(None, map(str.strip, value.split("\n"))))


def texts_of(data: Data, name: str) -> tuple[str, ...]:
    """Return a list of scalars as texts."""
    return tuple(str(item).strip() for item in data.get(name) or ())


def cells_of(data: Data) -> dict[int, str]:
    """Return the printed cells by year, years ascending."""
    return {int(year): str(cell).strip() for year, cell in sorted((data.get("by_year") or {}).items())}


def day_in(data: Data, name: str) -> date | None:
    """Return a day, or None."""
    return parse_date(data[name]) if name in data else None


def due_span(entry: Data) -> DaySpan | None:
    """Return the days of `due`, or None."""
    first, last = (day_in(entry.get("due") or {}, name) for name in ("from", "to"))
    return DaySpan(first, last) if first and last else None


def given_spans(due: DaySpan | None, deadline: date | None) -> tuple[TimeSpan, ...]:
    """Return the days that editors give instead of the printed words, as spans."""
    spans = [TimeSpan(due.first, due.last, "day", "due")] if due else []
    return (*spans, TimeSpan(None, deadline, "deadline", "deadline")) if deadline else tuple(spans)


def extra_cells_of(entry: Data) -> tuple[ExtraCell, ...]:
    """Return the cells of columns that have no field."""
    return tuple(ExtraCell(cell["heading"].strip(), str(cell["text"]).strip()) for cell in entry.get("more") or ())


def due_years(cells: Mapping[int, str]) -> set[int]:
    """Return the years whose cells say that something is due; a printed dash says that nothing is."""
    return {year for year, cell in cells.items() if cell not in DASHES}


def document_fields(plan: Data) -> dict[str, Any]:
    """Return what a plan's document says outside of its entries, and where the document is published."""
    issued, source, signer = plan.get("issued") or {}, plan["source"], plan.get("signer")
    changes = plan.get("amended") or ()
    return {
        "document": line_of(source["document"]),
        "source_url": source.get("url"),
        "source_note": text_of(source.get("note")),
        "number": text_of(plan.get("number")),
        "issued_on": day_in(issued, "date"),
        "issued_at": issued.get("place"),
        "amended": tuple(
            Amendment(day, change["note"].strip()) for change in changes if (day := parse_date(change["date"]))
        ),
        "issuing_body": plan.get("issuing_body"),
        "signer": Signer(signer["name"], signer.get("position"), signer.get("on_behalf_of")) if signer else None,
        "basis": texts_of(plan, "basis"),
        "purpose": text_of(plan.get("purpose")),
        "organisation": text_of(plan.get("organisation")),
        "recipients": texts_of(plan, "recipients"),
        "footnotes": tuple(Footnote(str(note["id"]), note["text"].strip()) for note in plan.get("footnotes") or ()),
    }


def printed_fields(entry: Data) -> dict[str, Any]:
    """Return the fields that every entry may have: label, title, footnotes, the editors' note."""
    return {
        "title": line_of(entry["title"]),
        "label": text_of(entry.get("label")),
        "footnotes": texts_of(entry, "footnotes"),
        "note": text_of(entry.get("note")),
    }


def cost_of(cost: Data) -> Cost:
    """Return a sum of money."""
    amount, unit, source, year, text = (
        text_of(cost.get(name)) for name in ("amount", "unit", "source", "year", "text")
    )
    return Cost(amount, unit, source, int(year) if year else None, text)


def contributions_of(given: str | Data | list[Data] | None) -> tuple[Contribution, ...]:
    """Return the measures that a measure answers; the short form is the key of one, without grade and ground."""
    several = given if isinstance(given, list) else [given] if given else []
    return tuple(
        Contribution(upper)
        if isinstance(upper, str)
        else Contribution(upper["measure"], upper.get("grade"), upper.get("basis"), text_of(upper.get("ground")))
        for upper in several
    )


def served_targets(entry: Data, plan: str) -> tuple[str, ...] | None:
    """Return the targets that an entry of a plan serves, by `<plan>/<target>`; None if that is undecided."""
    if "serves" not in entry:
        return None
    return tuple(written if "/" in written else f"{plan}/{written}" for written in texts_of(entry, "serves"))


def alignment_of(
    activity: Data, headings: Iterable[Heading], plan: Data
) -> tuple[tuple[str, ...] | None, str | None, str | None]:
    """Return the targets that an activity serves, the reason, and the id of the heading that decides (None: itself).

    `headings` are those that it stands under, the nearest first. The document's own target decides as an activity's own
    word does: editors may add to it. A plan says once that none of its activities is aligned.
    """
    if "serves" in activity or "target" in activity:
        return served_targets(activity, plan["id"]) or (), text_of(activity.get("ground")), None
    decided = ((heading.serves, heading.ground, heading.id) for heading in headings if heading.serves is not None)
    return next(decided, (served_targets(plan, plan["id"]), None, None))
