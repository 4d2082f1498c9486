"""The rows of a plan's table as plain text: for paper, spreadsheets and the search."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.language.catalogue import Catalogue
from generator.language.quantities import is_cross, printed_unit, with_unit
from generator.language.vietnamese import plain_date
from generator.model.answers import unit_of_norm
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Cost, Measure, Work
from generator.pages.plan_columns import LOCAL_ROLES, Column, levels_text


def cell_text(corpus: Corpus, work: Work, column: Column, words: Catalogue) -> str:
    """Return the text of a cell; roles are Markdown, one line for each level."""
    match column.kind:
        case "year":
            return work.by_year.get(int(column.name), "")
        case "period":
            return work.by_period.get(column.name, "")
        case "more":
            return "\n".join(cell.text for cell in work.more if cell.heading == column.name)
    return _field_text(corpus, work, column.name, words)


def _field_text(corpus: Corpus, work: Work, name: str, words: Catalogue) -> str:
    if name in {"lead", "partners"}:
        return getattr(work, f"{name}_text") or units_text(corpus, getattr(work, name))
    texts = {
        "levels": lambda: levels_text(work, words) or units_text(corpus, work.levels_units),
        "funding": lambda: "\n".join(money_lines(work)),
        "due": lambda: f"{plain_date(work.due.first)} – {plain_date(work.due.last)}" if work.due else "",
        "deadline": lambda: plain_date(work.deadline) if work.deadline else "",
        "central": lambda: "\n".join(text for _, text in roles_of(work, "central")),
        "local": lambda: "\n".join(text for _, text in roles_of(work, "local")),
    }
    text: str | None = texts[name]() if name in texts else getattr(work, name, None)
    return text or ""


def cells_by_year(
    work: Work, write: Callable[[str], str], title: Callable[[str], str] = str, otherwise: str = ""
) -> dict[int, str]:
    """Return the amount due in each year: its cell, then the cells of columns below it, each after its title.

    `write` returns the text of a cell. A cross says only that something is due and has no text: `otherwise` is used.
    Key 0 holds the cells of other years.

    >>> from generator.model.plan_entries import PeriodCell, Row
    >>> columns = (PeriodCell("Quý I", "20", (2026,)), PeriodCell("Quý III", "30", (2026,)))
    >>> cells_by_year(Row(title="", by_year={2026: "50", 2027: "60"}, period_cells=columns), str)
    {2026: '50; Quý I: 20; Quý III: 30', 2027: '60'}
    """

    def write_amount(cell: str) -> str:
        return "" if is_cross(cell) else write(cell)

    below: dict[int, list[str]] = {0: []}
    for column in work.period_cells:
        if text := write_amount(column.cell):
            for year in column.years or (0,):
                below.setdefault(year, []).append(f"{title(column.title)}: {text}")
    own = {year: write_amount(cell) for year, cell in work.by_year.items()}
    cells = {
        year: "; ".join(filter(None, [own.get(year) or otherwise, *below.get(year, ())]))
        for year in sorted({*own, *below})
    }
    return {year: text for year, text in cells.items() if text}


def roles_of(work: Work, name: str) -> Sequence[tuple[str, str]]:
    """Return the roles in the column `central` or `local`: each level with its role, as Markdown."""
    if not isinstance(work, Activity):
        return ()
    levels = ("central",) if name == "central" else LOCAL_ROLES
    return [(level, work.roles[level]) for level in levels if level in work.roles]


def money_lines(work: Work) -> list[str]:
    """Return the source of the money as printed, then each sum.

    >>> from generator.model.plan_entries import Row
    >>> money_lines(Row(title="", funding="NSNN", costs=(Cost("12,5", "triệu đồng", "NS xã", 2026),)))
    ['NSNN', '12,5 triệu đồng (NS xã, 2026)']
    """
    return [line for line in (work.funding, *map(_cost_text, work.costs)) if line]


def _cost_text(cost: Cost) -> str:
    amount = " ".join(part for part in (cost.amount, cost.unit, cost.text) if part)
    where = ", ".join(part for part in (cost.source, str(cost.year or "")) if part)
    return f"{amount} ({where})" if amount and where else amount or where


def units_text(corpus: Corpus, ids: Sequence[str]) -> str:
    """Return the short names of units."""
    return ", ".join(corpus.units[id_].short_name for id_ in ids)


def says_more_than_words(measure: Measure) -> bool:
    """Return whether a measure has figures that its sentence may lack: a baseline, a norm, cells of years."""
    return bool(measure.baseline or measure.per or (measure.by_year and not measure.row))


def measure_text(corpus: Corpus, measure: Measure, words: Catalogue, area: str = "") -> str:
    """Return a measure as one line: `Hộ thoát nghèo: ít nhất 500 hộ, mỗi năm; hiện trạng 450; 2022: 100`.

    `area` says what its amount counts for: `cả kế hoạch`.
    """
    comparator = words.text(f"site.comparator.{measure.comparator}") if measure.comparator else ""
    amount = with_unit(measure.value, measure.unit) if measure.value else ""
    value = " ".join(part for part in (area, comparator, amount) if part)
    period = words.text(f"site.period.{measure.period}") if measure.period else ""
    baseline = f"{words.text('site.baseline')} {measure.baseline}" if measure.baseline else ""
    by_year = "; ".join(f"{year}: {cell}" for year, cell in measure.by_year.items())
    unit, per = unit_of_cells(measure, words), per_text(corpus, measure, words)
    details = ", ".join(part for part in (value, unit, per, period, baseline, by_year) if part)
    return f"{measure.name}: {details}" if details else measure.name


def unit_of_cells(measure: Measure, words: Catalogue) -> str:
    """Return the words for what the cells of a measure count, where no value says it: `đơn vị tính: hộ`."""
    if measure.value or not measure.unit or all(map(printed_unit, measure.by_year.values())):
        return ""
    return words.text("site.counts_in", unit=measure.unit)


def per_text(corpus: Corpus, measure: Measure, words: Catalogue) -> str:
    """Return the unit of a norm, for example `mỗi cơ sở Hội`: as written, or the name of the unit with this id.

    Empty if the unit of measure already says it: `hộ/cơ sở Hội`.
    """
    if measure.value and is_said_by_unit(corpus, measure):
        return ""
    if measure.per and measure.per == measure.per_unit:
        return words.text("site.per", unit=corpus.units[measure.per].short_name)
    return measure.per or ""


def is_said_by_unit(corpus: Corpus, measure: Measure) -> bool:
    """Return whether a norm's unit of measure already says the unit of the norm: `hộ/cơ sở Hội`."""
    is_id = measure.per and measure.per == measure.per_unit
    each = corpus.units[measure.per].short_name if is_id and measure.per else unit_of_norm(measure.per)
    return bool(each) and (measure.unit or "").casefold().endswith(f"/{each}".casefold())


def served_text(corpus: Corpus, activity: Activity, words: Catalogue) -> str | None:
    """Return the targets that the editors align an activity with; targets of other plans with their plan's name.

    If it serves none, words say so. Returns None if the document decides or nobody has decided.
    """
    if activity.serves == () and not activity.target:
        return words.text("site.serves.none")
    targets = (corpus.targets[key] for key in activity.serves or ())
    texts = (
        target.full_title + (f" ({corpus.plans[target.plan].short_title})" if target.plan != activity.plan else "")
        for target in targets
    )
    return "; ".join(texts) or None
