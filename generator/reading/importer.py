"""The whole import, from a document to a draft plan. Pure: equal documents, options and names give equal drafts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from generator.language.catalogue import Catalogue, site_words
from generator.reading.cell_fields import CellReader
from generator.reading.column_headings import ColumnMapping, map_columns
from generator.reading.draft_plan import DraftEntries, draft_entries, natural_ids
from generator.reading.guard import UnreadableFile, identify, open_package
from generator.reading.heading_words import heading_key
from generator.reading.import_base import RowWords, known_ids
from generator.reading.known_names import KnownNames
from generator.reading.ledger import Ledger, LedgerLine
from generator.reading.letter_frame import LetterFrame, frame_lines, read_end, read_head, source_document
from generator.reading.level_words import LEVELS
from generator.reading.office_document import Grid, OfficeDocument, OfficeParagraph, SourceLocation
from generator.reading.own_file import OwnFile, own_text, read_own_file
from generator.reading.own_sheet_rows import OwnWorkbook, plan_fields, read_own_workbook
from generator.reading.pasted_text import read_pasted
from generator.reading.placed_rows import PlacedRow
from generator.reading.plan_period import named_otherwise, period_by_title
from generator.reading.plan_tables import PlanTable, plan_tables
from generator.reading.review_items import ReviewItem, document_reviews
from generator.reading.sheet_reader import read_sheets
from generator.reading.table_choice import PlanChoice, choose_tables, table_numbers
from generator.reading.table_parts import TablePart, joined_rows, mappings_by_table
from generator.reading.word_reader import read_word


@dataclass(frozen=True)
class ImportOptions:
    """What the person who imports states: the plan's id, and what is not in the file.

    `table` is the number of the plan's table; `headings` a mapping file, heading -> field; `known_rows` are the words
    of rows of an earlier import, by id; `by_label` says that these come from a typed plan, whose words differ from the
    file's, so that rows are matched by place and label.
    """

    id: str
    file_name: str
    table: int | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    issuer: str | None = None
    years: tuple[int, int] | None = None
    known_rows: Mapping[str, RowWords] = field(default_factory=dict)
    by_label: bool = False
    periods: Mapping[str, str] = field(default_factory=dict)
    """The ids of the plan's periods below a year by title, if there is a plan."""


@dataclass(frozen=True)
class ImportedPlan:
    """A draft: the plan's fields in the order of the schema, and their origin."""

    plan: Mapping[str, Any]
    document: OfficeDocument
    mapping: ColumnMapping
    table: PlanTable
    reviews: tuple[ReviewItem, ...]
    ledger: tuple[LedgerLine, ...]
    shortened: tuple[str, ...]
    rows: Mapping[str, PlacedRow]


def read_document(content: bytes) -> OfficeDocument:
    """Return the document in a file's bytes, of any kind.

    Raises `UnreadableFile`, with a reason that says what to do.
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
    """Return the draft of a document. `printed` is the workbook that we would print of the present plan.

    Raises `UnreadableFile` if it has no plan, or has several and none was chosen.
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
    period = options.years or _period(fields, title, source.years or mapping.years)
    if not issuer or period is None:
        raise UnreadableFile("no-issuer" if period else "no-years" if issuer else "no-issuer-no-years")
    if not any(row.role == "activity" for row in rows):
        raise UnreadableFile("only-targets" if any(row.role == "target" for row in rows) else "no-rows")
    reader = CellReader(mapping, period, names.for_issuer(issuer), ledger, source.notes, source.mappings)
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
    """A plan's placed rows, the fields around them, questions about the document; `notes` are its footnotes by mark."""

    table: PlanTable
    mapping: ColumnMapping
    rows: Sequence[PlacedRow]
    fields: Mapping[str, Any]
    layout: str
    reviews: Sequence[ReviewItem]
    notes: frozenset[str]
    name_sign: str
    """What separates names that the program has printed; empty in other files."""
    mappings: Mapping[int, ColumnMapping] = field(default_factory=dict)
    """The meaning of the columns by table number, if the plan is read from several tables."""
    years: Sequence[int] = ()


def _period(fields: Mapping[str, Any], title: str, years: Sequence[int]) -> tuple[int, int] | None:
    """Return the plan's years: from a file of ours, else from the title or the columns; None if none names any."""
    if named := fields.get("period"):
        return named["from"], named["to"]
    return period_by_title(title, years)


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
    if own_file:
        choice = PlanChoice((_own_part(own_file, options, names),))
    else:
        choice = choose_tables(document, tables, options.table, lambda table: _mapping(table, {}, options, names))
    work, mine = choice.work, frozenset(number for part in choice.parts for number in part.numbers)
    others = frozenset() if own_file else table_numbers(tables) - mine
    aside = others | (mine - work.numbers)
    targets = {token for part in choice.parts for row in part.table.rows if part is not work for token in row.tokens}
    head = read_head(list(frame_lines(_around(work.table.before, aside, targets))), names.units)
    end = read_end(list(frame_lines(_around(work.table.after, aside, targets))))
    years = work.mapping.years or [year for part in choice.parts for year in part.mapping.years]
    period = options.years or period_by_title(head.fields.get("title", ""), years)
    choice = replace(choice, parts=tuple(part.within(period) for part in choice.parts))
    placed = [part.placed(ledger) for part in choice.parts]
    _assign_frame(ledger, head, end)
    own_parts = _own_parts(own_file, ledger) if own_file else {}
    for grid in document.grids:
        if grid.location.table in others:
            ledger.assign([token for row in grid.rows for token in row.tokens], "other-table")
    if "title" in head.fields:
        head.fields["title"] = names.with_places(head.fields["title"])
    fields = {**head.fields, **end.fields, **own_parts, "footnotes": _footnotes(document, ledger)}
    mapping = choice.work.mapping
    layout = layout_of(mapping) if work.table.head else "outline"  # prose, and our plans without a table, have no head
    asked = [item for _, items in placed for item in items]
    reviews = [*document_reviews(document), *_choice_reviews(choice), *asked]
    rows = joined_rows([rows for rows, _ in placed])
    notes = frozenset(document.notes)
    sign = ", " if own_file else ""
    mappings = mappings_by_table(choice.parts)
    return _PlanSource(work.table, mapping, rows, fields, layout, reviews, notes, sign, mappings, years)


def _own_part(own_file: OwnFile, options: ImportOptions, names: KnownNames) -> TablePart:
    mapping = _mapping(own_file.table, own_file.headings, options, names)
    return TablePart(own_file.table, ColumnMapping((*mapping.columns, *own_file.columns)))


def _mapping(
    table: PlanTable, own_headings: Mapping[str, str], options: ImportOptions, names: KnownNames
) -> ColumnMapping:
    periods = {title: f"by_period.{id_}" for title, id_ in options.periods.items()}
    return map_columns(table.headings, table.rows, {**periods, **own_headings, **options.headings}, names.is_unit)


def _choice_reviews(choice: PlanChoice) -> Iterator[ReviewItem]:
    """Yield questions about prose around the plan's table, and about lines that state only when, where or who."""
    for why, paragraphs in (("prose-besides", choice.besides), ("detail-alone", choice.lone)):
        yield from (ReviewItem(why, paragraph.location, paragraph.text) for paragraph in paragraphs)


def _title_reviews(title: str, other_years: str, start: SourceLocation) -> list[ReviewItem]:
    """Return questions about a title that is missing, or that names other years than the plan's."""
    if not title:
        return [ReviewItem("no-title", start)]
    item = ReviewItem("period-unclear", start, title, field="period", proposal=other_years)
    return [item] if other_years else []


def _unplaced(ledger: Ledger, reviews: Sequence[ReviewItem]) -> list[ReviewItem]:
    """Return a review item for all words without a destination, except those in other review items."""
    for item in reviews:
        ledger.assign(item.tokens, "review")
    unplaced = [
        ReviewItem("unplaced", location, text.strip(), tokens=(token,)) for token, location, text in ledger.unassigned()
    ]
    for item in unplaced:
        ledger.assign(item.tokens, "review")
    return unplaced


def _own_level_names() -> dict[str, tuple[str, ...]]:
    """Return the printed names of levels, with the levels that they mean."""
    chosen = [levels for count in range(1, len(LEVELS) + 1) for levels in combinations(LEVELS, count)]
    return {
        sign.join(site_words().text(f"site.level.{level}") for level in levels): levels
        for levels in chosen
        for sign in (", ", "; ")
    }


def _own_parts(own_file: OwnFile, ledger: Ledger) -> dict[str, Any]:
    """Return the fields around the entries of a file of ours; what only the print has is no part of the plan."""
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


def _around(
    blocks: Sequence[OfficeParagraph | Grid], aside: frozenset[int], words: Set[int]
) -> list[OfficeParagraph | Grid]:
    """Return the blocks around a table, without the tables `aside` and paragraphs that are rows (known by tokens)."""
    return [
        block
        for block in blocks
        if (not words & {*block.tokens} if isinstance(block, OfficeParagraph) else block.location.table not in aside)
    ]


def _assign_frame(ledger: Ledger, *frames: LetterFrame) -> None:
    for frame in frames:
        for path, tokens in frame.tokens.items():
            ledger.assign(tokens, "letterhead", path)


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
    """Return the plan's fields in the order of the schema, without empty ones."""
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
    """Return the layout of the plan's table."""
    if mapping.years:
        return "years"
    if any(column.field.startswith("roles.") for column in mapping.columns):
        return "roles"
    return "annual" if len([column for column in mapping.columns if column.field]) > 1 else "outline"
