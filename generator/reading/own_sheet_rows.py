"""The lines of a workbook of ours -> placed rows in the plan's order, and the meaning of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.bookmarks import sheet_key
from generator.language.catalogue import site_words
from generator.reading.column_headings import ColumnField, ColumnMapping
from generator.reading.draft_plan import LISTS
from generator.reading.known_names import KnownNames
from generator.reading.ledger import DestinationKind, Ledger
from generator.reading.office_document import Grid, GridCell, GridRow, OfficeDocument
from generator.reading.own_workbook import ANCESTORS, SheetLine, SheetTable, activity_table, outline_table, settle_lines
from generator.reading.placed_rows import PlacedRow, RowFlag, RowRole
from generator.reading.plan_tables import PlanTable
from generator.reading.review_items import ReviewItem
from generator.reading.row_labels import RowLabel, parse_label

_NOT_COMPARED = {"computed.url", "computed.status", "computed.serves", "computed.serves_ids", "computed.plan_id"}
"""Columns whose values come from elsewhere: from other plans, or from the site's settings."""


@dataclass(frozen=True)
class OwnWorkbook:
    """A workbook of ours: its placed rows, the meaning of its columns, the plan's facts in it, and questions."""

    table: PlanTable
    mapping: ColumnMapping
    rows: list[PlacedRow]
    facts: Mapping[str, str]
    reviews: list[ReviewItem]


def read_own_workbook(
    document: OfficeDocument,
    ledger: Ledger,
    periods: Mapping[str, str],
    order: Sequence[str],
    printed: OfficeDocument | None,
) -> OwnWorkbook | None:
    """Return a document as a workbook of ours, or None.

    `periods` are the ids of the plan's periods by title, `order` the ids of its entries, `printed` the workbook that
    the plan would give now.
    """
    activities = activity_table(document, periods)
    if activities is None:
        return None
    before = activity_table(printed, periods) if printed else None
    settle_lines(activities, before)
    outline, outline_before = outline_table(document), outline_table(printed) if printed else None
    _assign(document, ledger, [table for table in (activities, outline) if table])
    if outline is None:
        outline = _without_tokens(outline_before) if outline_before else None
    else:
        settle_lines(outline, outline_before)
    is_same = printed is not None and printed.stamp == document.stamp
    builder = _Builder(activities, outline, order, ledger, _old_lines(before, outline_before) if is_same else {})
    rows = builder.rows()
    table = PlanTable(
        number=activities.grid.location.table,
        headings=tuple(column.heading for column in activities.columns),
        rows=tuple(row.row for row in rows),
        head=(activities.head,),
        repeated=(),
        width=activities.grid.width,
        before=(),
        after=(),
    )
    return OwnWorkbook(table, builder.mapping(), rows, _facts(document), builder.reviews)


def plan_fields(workbook: OwnWorkbook, names: KnownNames) -> dict[str, Any]:
    """Return the plan's facts from the source sheet, and the texts of the footnotes that activities have."""
    facts = workbook.facts
    fields: dict[str, Any] = {name: facts[name] for name in ("title", "number") if name in facts}
    years = [int(year) for year in re.findall(r"\d{4}", facts.get("period", ""))]
    if years:
        fields["period"] = {"from": years[0], "to": years[-1]}
    issuers = names.units(facts["issuer"]) if "issuer" in facts else ()
    if len(issuers) == 1:
        fields["issuer"] = issuers[0]
    if "issued" in facts:
        fields["issued"] = {"date": facts["issued"]}
    notes: dict[str, str] = {}
    columns = {column.heading.column for column in workbook.mapping.columns if column.field == "footnotes"}
    for cell in (cell for row in workbook.rows for column, cell in row.cells.items() if column in columns):
        for line in cell.lines:
            if marked := re.match(r"\(([^)\s]+)\) (.+)", line):
                notes.setdefault(marked[1], marked[2])
    fields["footnotes"] = [{"id": id_, "text": text} for id_, text in notes.items()]
    return fields


def _old_lines(*tables: SheetTable | None) -> dict[str, SheetLine]:
    return {line.key: line for table in tables if table for line in table.lines}


def _without_tokens(table: SheetTable) -> SheetTable:
    """Return a table of another document without tokens: its words are not accounted for in this one."""

    def bare(cell: GridCell) -> GridCell:
        paragraphs = (
            replace(paragraph, runs=tuple(replace(run, token=0) for run in paragraph.runs))
            for paragraph in cell.paragraphs
        )
        return replace(cell, paragraphs=tuple(paragraphs))

    def bare_line(line: SheetLine) -> SheetLine:
        cells, computed = ({name: bare(cell) for name, cell in part.items()} for part in (line.cells, line.computed))
        return replace(line, cells=cells, computed=computed)

    columns = [replace(column, heading=replace(column.heading, tokens=())) for column in table.columns]
    return replace(table, columns=columns, lines=[bare_line(line) for line in table.lines], above=())


@dataclass
class _Builder:
    """Places lines: headings, targets, then activities, each below the entry that its codes name."""

    activities: SheetTable
    outline: SheetTable | None
    order: Sequence[str]
    ledger: Ledger
    old: Mapping[str, SheetLine]
    reviews: list[ReviewItem] = field(default_factory=list)
    placed: list[PlacedRow] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)  # of entries in `placed`, by id

    def mapping(self) -> ColumnMapping:
        """Return the meaning of the columns; the outline's are numbered after those of activities."""
        width = self.activities.grid.width
        shown = [(column, 0) for column in self.activities.columns]
        shown += [(column, width) for column in (self.outline.columns if self.outline else ())]
        fields = []
        for column, shift in shown:
            if column.field.split(".")[0] not in {"key", "ancestor", "name", "computed", "printed"}:
                heading = replace(column.heading, column=column.heading.column + shift)
                fields.append(ColumnField(heading, column.field, "own-file"))
        return ColumnMapping(tuple(fields))

    def rows(self) -> list[PlacedRow]:
        """Return all lines as placed rows."""
        shift = self.activities.grid.width
        gone = list(self._gone())
        outline = self._ordered([*(self.outline.lines if self.outline else ()), *(line for line in gone if line.kind)])
        for line in outline:
            if line.kind != "target":
                self._add(line, "heading", shift)
        for line in outline:
            if line.kind == "target":
                self._name_above(line)
                self._add(line, "target", shift)
        above: Mapping[str, str] = {}
        for line in self._ordered([*self.activities.lines, *(line for line in gone if not line.kind)]):
            above = self._add_activity(line, above)
        return self.placed

    def _gone(self) -> Iterator[SheetLine]:
        """Yield deleted lines that have other lines below them: the plan keeps them, and a person is asked."""
        lines = [*self.activities.lines, *(self.outline.lines if self.outline else ())]
        keys = {line.key for line in lines}
        while lines:
            line = lines.pop()
            above = [self._code(line, name) for name in ANCESTORS]
            above += [line.entry.id] if line.entry and line.entry.row else []
            for id_ in above:
                old = self.old.get(sheet_key(id_)) if id_ else None
                if old is None or old.key in keys:
                    continue
                keys.add(old.key)
                lines.append(old)
                role = "activity" if not old.kind else "target" if old.kind == "target" else "heading"
                self.reviews.append(
                    ReviewItem("row-gone", line.row.location, old.text("title"), f"{LISTS[role]}/{id_}")
                )
                yield old

    def _name_above(self, line: SheetLine) -> None:
        """Add headings and targets that only the lines below them name: the plan itself is unknown."""
        names: tuple[tuple[str, RowRole], ...] = (("section", "heading"), ("target", "target"))
        for name, role in names:
            id_, title = line.text(f"ancestor.{name}"), line.computed.get(f"name.{name}")
            if id_ and title and id_ not in self.index:
                heading = SheetLine(replace(line.row, cells=()), None, {"title": title}, kind="section")
                self._append(heading, role, {}, id_=id_)

    def _ordered(self, lines: Sequence[SheetLine]) -> list[SheetLine]:
        """Return lines in the plan's order, a new one after the line above it."""
        positions = {id_: number for number, id_ in enumerate(self.order)}
        ordered: list[tuple[tuple[float, ...], SheetLine]] = []
        key: tuple[float, ...] = (-1,)
        for number, line in enumerate(lines):
            if line.entry is not None:
                key = (positions.get(line.entry.id, len(positions) + number), line.entry.row)
                ordered.append((key, line))
            else:
                ordered.append(((*key, number), line))
        return [line for _, line in sorted(ordered, key=lambda pair: pair[0])]

    def _add(self, line: SheetLine, role: RowRole, shift: int) -> None:
        parent = self.index.get(self._code(line, "section"))
        cells = {cell.column + shift: replace(cell, column=cell.column + shift) for cell in self._values(line)}
        self._append(line, role, cells, parent, id_=line.entry.id if line.entry else "")
        self._compare(line)

    def _add_activity(self, line: SheetLine, above: Mapping[str, str]) -> Mapping[str, str]:
        """Add an activity or sub-row and return its place; `above` is the place of the line above it."""
        cells = {cell.column: cell for cell in self._values(line)}
        self._name_above(line)
        if line.entry and line.entry.row and (owner := self.index.get(line.entry.id)) is not None:
            self._append(line, "subrow", cells, owner)
            self._compare(line)
            return above
        codes = {name: code for name in ANCESTORS if (code := self._code(line, name)) in self.index}
        flags: tuple[RowFlag, ...] = ()
        if not codes:
            codes = dict(above)
            flags = () if self._is_in_order() else (RowFlag("placed-below", line.text("title")),)
        at = next((self.index[codes[name]] for name in ("parent", "section") if name in codes), None)
        target = self.index[codes["target"]] if "target" in codes else None
        self._append(line, "activity", cells, at, target, id_=line.entry.id if line.entry else "", flags=flags)
        self._compare(line)
        return codes

    def _is_in_order(self) -> bool:
        """Return whether the sheet has not been sorted: then a new line belongs where it stands."""
        positions = {id_: number for number, id_ in enumerate(self.order)}
        sequence = [
            positions[line.entry.id] for line in self.activities.lines if line.entry and line.entry.id in positions
        ]
        return sequence == sorted(sequence)

    def _append(
        self,
        line: SheetLine,
        role: RowRole,
        cells: Mapping[int, GridCell],
        parent: int | None = None,
        target: int | None = None,
        *,
        id_: str = "",
        flags: tuple[RowFlag, ...] = (),
    ) -> None:
        title, label = line.cells.get("title"), line.cells.get("label")
        row = replace(line.row, role=role, kind=line.kind, bookmark=line.key)
        if id_:
            self.index[id_] = len(self.placed)
        self.placed.append(
            PlacedRow(
                role=role,
                label=_label(label.text) if label else None,
                lines=title.lines if title else (),
                row=row,
                cells=cells,
                parent=parent,
                target=target,
                title_tokens=title.tokens if title else (),
                label_tokens=label.tokens if label else (),
                flags=flags,
            )
        )

    def _values(self, line: SheetLine) -> Iterator[GridCell]:
        yield from (cell for name, cell in line.cells.items() if name not in {"label", "title"})
        yield from line.extra.values()
        for cell in line.computed.values():
            self.ledger.assign(cell.tokens, "computed")

    def _code(self, line: SheetLine, name: str) -> str:
        """Return the id of the entry above a line; if its name was changed, the id of the newly named entry."""
        code, title = line.text(f"ancestor.{name}"), line.text(f"name.{name}")
        old = self.old.get(line.key)
        is_renamed = old is not None and title != old.text(f"name.{name}") and code == old.text(f"ancestor.{name}")
        if title and (is_renamed or not code):
            lines = [*self.activities.lines, *(self.outline.lines if self.outline else ())]
            codes = (
                other.text(f"ancestor.{name}")
                for other in lines
                if other is not line and other.text(f"name.{name}") == title
            )
            return next((other for other in codes if other), code)
        return code

    def _compare(self, line: SheetLine) -> None:
        """Ask about computed cells that somebody has changed."""
        old = self.old.get(line.key)
        for name, cell in line.computed.items() if old else ():
            is_ours = name.startswith("computed.") and name not in _NOT_COMPARED
            if old and is_ours and cell.text != old.text(name):
                at = f"activities/{line.entry.id}" if line.entry and not line.kind else ""
                item = ReviewItem("computed-changed", cell.location, cell.text, at, name.removeprefix("computed."))
                self.reviews.append(item)


def _label(text: str) -> RowLabel:
    return replace(parse_label(text) or RowLabel("", "word", (text,)), printed=text)


def _assign(document: OfficeDocument, ledger: Ledger, tables: Sequence[SheetTable]) -> None:
    """Account for the words in heads, and in the sheets that are no part of the plan."""
    ours = {site_words().text("site.about.about_sheet"), site_words().text("site.cascade.sheet.name")}
    for table in tables:
        ledger.assign([token for cell in table.head.cells for token in cell.tokens], "table-head")
    keyed = {table.grid.location.table for table in tables}
    for grid in document.grids:
        if grid.location.table not in keyed:
            kind: DestinationKind = "computed" if grid.name in ours else "other-table"
            ledger.assign([token for row in grid.rows for token in row.tokens], kind)


def _facts(document: OfficeDocument) -> dict[str, str]:
    """Return the plan's facts from the source sheet: title, number, issuer, period, day of issue."""
    keys = {"title": "about.what", "number": "plan.number", "issuer": "about.issuer"}
    keys |= {"period": "plan.period", "issued": "about.issued"}
    names = {site_words().text(f"site.{key}"): name for name, key in keys.items()}
    grid = next((grid for grid in document.grids if grid.name == site_words().text("site.about.about_sheet")), None)
    return {
        names[row.cells[0].text]: row.cells[1].text
        for row in _rows_of_two(grid)
        if row.cells[0].text in names and row.cells[1].text
    }


def _rows_of_two(grid: Grid | None) -> Iterator[GridRow]:
    yield from (row for row in (grid.rows if grid else ()) if len(row.cells) >= 2)
