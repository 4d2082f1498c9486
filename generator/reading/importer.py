"""The whole way from a document to a draft plan. Pure: equal documents, options and names give equal drafts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from generator.language.catalogue import Catalogue, site_words
from generator.reading.cell_fields import CellReader
from generator.reading.column_headings import ColumnMapping, map_columns
from generator.reading.draft_plan import DraftEntries, draft_entries, natural_ids
from generator.reading.grouping_columns import with_group_rows
from generator.reading.guard import UnreadableFile, identify, open_package
from generator.reading.heading_words import heading_key
from generator.reading.import_base import known_ids
from generator.reading.known_names import KnownNames
from generator.reading.ledger import Ledger, LedgerLine
from generator.reading.letter_frame import LetterFrame, frame_lines, read_end, read_head, source_document
from generator.reading.level_words import LEVELS
from generator.reading.office_document import Grid, OfficeDocument, OfficeParagraph, SourceLocation
from generator.reading.own_file import OwnFile, own_text, read_own_file
from generator.reading.own_sheet_rows import OwnWorkbook, plan_fields, read_own_workbook
from generator.reading.pasted_text import read_pasted
from generator.reading.placed_rows import PlacedRow
from generator.reading.plan_period import named_otherwise, period_by_title, within_period
from generator.reading.plan_tables import PlanTable, plan_tables
from generator.reading.review_items import ReviewItem, document_reviews
from generator.reading.row_hierarchy import place_rows
from generator.reading.sheet_reader import read_sheets
from generator.reading.table_choice import PlanChoice, choose_table, other_tables
from generator.reading.total_rows import without_totals
from generator.reading.word_reader import read_word


@dataclass(frozen=True)
class ImportOptions:
    """What the person who imports says: the plan's id, and what the file does not tell.

    `table` is the number of the plan's table; `headings` a mapping file, heading -> field; `known_rows`
    are the words of rows that were imported before, by the ids that they have; `by_label`: they are of a plan that was
    typed, whose words differ from the file's, so that a row is known by its place and label.
    """

    id: str
    file_name: str
    table: int | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    issuer: str | None = None
    years: tuple[int, int] | None = None
    known_rows: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    by_label: bool = False
    periods: Mapping[str, str] = field(default_factory=dict)
    """The ids of the plan's periods below a year, by their titles, where there is a plan."""


@dataclass(frozen=True)
class ImportedPlan:
    """A draft: the plan's fields in the order of the schema, and how they came about."""

    plan: Mapping[str, Any]
    document: OfficeDocument
    mapping: ColumnMapping
    table: PlanTable
    reviews: tuple[ReviewItem, ...]
    ledger: tuple[LedgerLine, ...]
    shortened: tuple[str, ...]
    rows: Mapping[str, PlacedRow]


def read_document(content: bytes) -> OfficeDocument:
    """Return the document of a file's bytes, whatever its kind.

    Raises: `UnreadableFile`, with the reason that says how to go on.
    """
    kind = identify(content)
    if kind == "docx":
        return read_word(open_package(content))
    if kind == "xlsx":
        return read_sheets(open_package(content))
    if kind == "text":
        return read_pasted(content)
    raise UnreadableFile("old-word")


def import_document(
    document: OfficeDocument,
    options: ImportOptions,
    names: KnownNames,
    words: Catalogue,
    printed: OfficeDocument | None = None,
) -> ImportedPlan:
    """Return the draft of a document. `printed` is what we would print of the plan now, for a workbook of ours.

    Raises: `UnreadableFile` where it holds no plan, or holds several and nobody said which.
    """
    ledger = Ledger(document)
    periods = {heading_key(title): id_ for title, id_ in options.periods.items()}
    workbook = None
    if options.table is None:
        workbook = read_own_workbook(document, ledger, periods, tuple(options.known_rows), printed)
    source = _of_workbook(workbook, names) if workbook else _of_table(document, options, names, ledger)
    mapping, rows, fields = source.mapping, source.rows, source.fields
    issuer = options.issuer or fields.get("issuer")
    title = str(fields.get("title", ""))
    period = options.years or _period(fields, title, mapping)
    if not issuer or period is None:
        raise UnreadableFile("no-issuer" if period else "no-years" if issuer else "no-issuer-no-years")
    if not any(row.role == "activity" for row in rows):
        raise UnreadableFile("no-rows")
    reader = CellReader(mapping, period, names.for_issuer(issuer), ledger, source.notes)
    if source.name_sign:
        reader.level_names, reader.name_sign = _own_level_names(), source.name_sign
    ids = known_ids(rows, options.known_rows, natural_ids(rows) if options.by_label else ())
    entries = draft_entries(rows, reader, ids, frozenset(options.known_rows))
    start = source.table.rows[0].location if source.table.rows else document.grids[0].location
    others = "" if options.years or "period" in fields else named_otherwise(title, period)
    reviews = [*_title_reviews(title, others, start), *source.reviews, *entries.reviews]
    reviews += _unplaced(ledger, reviews)
    fields = {**fields, "id": options.id, "issuer": issuer, "title": title or options.file_name}
    fields |= {"period": {"from": period[0], "to": period[1]}, "layout": source.layout}
    fields["periods"] = [{"id": id_, "title": name} for id_, name in mapping.periods.items()]
    plan = _plan(fields, entries, names.full_names.get(issuer, issuer))
    if reviews:
        plan["review"] = [dict(item.as_fields(words)) for item in reviews]
    shortened = tuple(entries.shortened)
    return ImportedPlan(plan, document, mapping, source.table, tuple(reviews), ledger.lines(), shortened, entries.rows)


@dataclass(frozen=True)
class _PlanSource:
    """A plan's rows in their places, the fields around them, what is asked of the document; `notes` are its marks."""

    table: PlanTable
    mapping: ColumnMapping
    rows: Sequence[PlacedRow]
    fields: Mapping[str, Any]
    layout: str
    reviews: Sequence[ReviewItem]
    notes: frozenset[str]
    name_sign: str
    """What stands between names that the program has printed; empty in a file that is none of ours."""


def _period(fields: Mapping[str, Any], title: str, mapping: ColumnMapping) -> tuple[int, int] | None:
    """Return the plan's years: a file of ours says them, of another its title or its columns; None where none does."""
    if named := fields.get("period"):
        return named["from"], named["to"]
    return period_by_title(title, mapping.years)


def _of_workbook(workbook: OwnWorkbook, names: KnownNames) -> _PlanSource:
    fields = plan_fields(workbook, names)
    marks = frozenset(note["id"] for note in fields.get("footnotes", ()))
    layout = layout_of(workbook.mapping)
    return _PlanSource(
        workbook.table, workbook.mapping, workbook.rows, fields, layout, workbook.reviews, marks, name_sign="; "
    )


def _of_table(document: OfficeDocument, options: ImportOptions, names: KnownNames, ledger: Ledger) -> _PlanSource:
    tables = plan_tables(document)
    own_file = read_own_file(document) if options.table is None else None
    choice = PlanChoice(own_file.table) if own_file else choose_table(document, tables, options.table)
    table = choice.table
    others = other_tables(tables, table) if own_file is None else frozenset()
    mapping = _mapping(table, own_file, options, names)
    head = read_head(list(frame_lines(_without_tables(table.before, others))), names.units)
    end = read_end(list(frame_lines(_without_tables(table.after, others))))
    mapping = within_period(mapping, options.years or period_by_title(head.fields.get("title", ""), mapping.years))
    grouped = with_group_rows(table.rows, mapping)
    work, totals = without_totals(grouped.rows)
    rows = place_rows(work, mapping)
    ledger.assign([token for cell in grouped.repeated for token in cell.tokens], "repeated-head")
    _assign_frame(ledger, table, head, end)
    parts = _own_parts(own_file, ledger) if own_file else {}
    for grid in document.grids:
        if grid.location.table in others:
            ledger.assign([token for row in grid.rows for token in row.tokens], "other-table")
    if "title" in head.fields:
        head.fields["title"] = names.with_places(head.fields["title"])
    fields = {**head.fields, **end.fields, **parts, "footnotes": _footnotes(document, ledger)}
    layout = layout_of(mapping) if table.head else "outline"  # prose has none
    reviews = [*document_reviews(document, mapping), *_choice_reviews(choice), *totals]
    return _PlanSource(
        table, mapping, rows, fields, layout, reviews, frozenset(document.notes), name_sign=", " if own_file else ""
    )


def _mapping(table: PlanTable, own_file: OwnFile | None, options: ImportOptions, names: KnownNames) -> ColumnMapping:
    periods = {title: f"by_period.{id_}" for title, id_ in options.periods.items()}
    given = {**periods, **(own_file.headings if own_file else {}), **options.headings}
    mapping = map_columns(table.headings, table.rows, given, names.is_unit)
    if mapping.first("title") is None:
        headings = "; ".join(heading.text for heading in table.headings if heading.text)
        raise UnreadableFile("no-title-column", headings=headings)
    return ColumnMapping((*mapping.columns, *own_file.columns)) if own_file else mapping


def _choice_reviews(choice: PlanChoice) -> Iterator[ReviewItem]:
    """Yield what is asked of prose around the plan's table, and of lines of prose that say when, where or who."""
    for why, paragraphs in (("prose-besides", choice.besides), ("detail-alone", choice.lone)):
        yield from (ReviewItem(why, paragraph.location, paragraph.text) for paragraph in paragraphs)


def _title_reviews(title: str, other_years: str, start: SourceLocation) -> list[ReviewItem]:
    """Return what is asked of a title that is not there, or that names other years than the plan has."""
    if not title:
        return [ReviewItem("no-title", start)]
    item = ReviewItem("period-unclear", start, title, field="period", proposal=other_years)
    return [item] if other_years else []


def _unplaced(ledger: Ledger, reviews: Sequence[ReviewItem]) -> list[ReviewItem]:
    """Return a review item for all words that have no place yet, those of other review items aside."""
    for item in reviews:
        ledger.assign(item.tokens, "review")
    unplaced = [
        ReviewItem("unplaced", location, text.strip(), tokens=(token,)) for token, location, text in ledger.unassigned()
    ]
    for item in unplaced:
        ledger.assign(item.tokens, "review")
    return unplaced


def _own_level_names() -> dict[str, tuple[str, ...]]:
    """Return what we print for levels, and the levels that it means."""
    chosen = [levels for count in range(1, len(LEVELS) + 1) for levels in combinations(LEVELS, count)]
    return {
        sign.join(site_words().text(f"site.level.{level}") for level in levels): levels
        for levels in chosen
        for sign in (", ", "; ")
    }


def _own_parts(own_file: OwnFile, ledger: Ledger) -> dict[str, Any]:
    """Return the fields around the entries of a file of ours; what we add to print is no part of the plan."""
    fields: dict[str, Any] = {}
    for name, paragraphs in own_file.parts.items():
        for paragraph in paragraphs:
            ledger.assign(paragraph.tokens, "field", name)
        body = paragraphs if name == "organisation" else paragraphs[1:]
        if name == "basis":
            fields[name] = [paragraph.text.removeprefix("- ").rstrip(" ;.") for paragraph in body]
        else:
            fields[name] = own_text(body)
    for paragraph in own_file.aside:
        ledger.assign(paragraph.tokens, "letterhead")
    return fields


def _without_tables(blocks: Sequence[OfficeParagraph | Grid], others: frozenset[int]) -> list[OfficeParagraph | Grid]:
    """Return the blocks without the tables of other appendices, which are not imported."""
    return [block for block in blocks if isinstance(block, OfficeParagraph) or block.location.table not in others]


def _assign_frame(ledger: Ledger, table: PlanTable, head: LetterFrame, end: LetterFrame) -> None:
    for frame in (head, end):
        for path, tokens in frame.tokens.items():
            ledger.assign(tokens, "letterhead", path)
    ledger.assign([token for row in table.head for token in row.tokens], "table-head")
    ledger.assign([token for row in table.repeated for token in row.tokens], "repeated-head")


def _footnotes(document: OfficeDocument, ledger: Ledger) -> list[dict[str, str]]:
    footnotes = []
    for number, note in document.notes.items():
        text = "\n".join(paragraph.text for paragraph in note.paragraphs if paragraph.text)
        for paragraph in note.paragraphs:
            ledger.assign(paragraph.tokens, "note", f"footnotes/{number}")
        if text:
            footnotes.append({"id": number, "text": text})
    return footnotes


def _plan(fields: Mapping[str, Any], entries: DraftEntries, issuer: str) -> dict[str, Any]:
    """Return the plan's fields in the order of the schema, without those that are empty."""
    one_year = fields["period"]["from"] == fields["period"]["to"]
    source = {"document": source_document(fields, issuer)}
    given = {**fields, "kind": "annual" if one_year else "term", "status": "draft", "source": source}
    names = (
        "id title kind status number issued issuer issuing_body signer period periods layout basis purpose organisation"
    )
    plan = {name: given[name] for name in f"{names} recipients footnotes source".split() if given.get(name)}
    plan["outline"] = entries.outline
    if entries.targets:
        plan["targets"] = entries.targets
    plan["activities"] = entries.activities
    return plan


def layout_of(mapping: ColumnMapping) -> str:
    """Return the form of the plan's table."""
    if mapping.years:
        return "years"
    if any(column.field.startswith("roles.") for column in mapping.columns):
        return "roles"
    return "annual" if len([column for column in mapping.columns if column.field]) > 1 else "outline"
