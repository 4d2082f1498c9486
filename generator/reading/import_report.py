"""The report of an import: lines for the terminal, an HTML page beside the draft, JSON for tools.

The page shows the source's table; each cell has a colour and words for where its words went.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from generator.language.catalogue import Catalogue
from generator.reading.importer import ImportedPlan
from generator.reading.ledger import LedgerLine, by_destination
from generator.reading.office_document import Grid, GridCell, OfficeParagraph
from generator.reading.review_items import location_text
from generator.reading.three_way_merge import PlanMerge

_LONGEST = 80
_SHOWN = 20
"""The most review items on the terminal; the page shows all."""

_STYLE = """
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:1rem auto;max-width:100rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td{border:1px solid #8886;padding:.2rem .4rem;vertical-align:top}
.field{background:#2e7d3222}.letterhead{background:#1565c022}.table-head,.repeated-head{background:#8882}
.review,.none{background:#c6282844}.other-table,.hidden,.margin,.change,.comment{background:#f9a82544}
.look>td:first-child{background:#c6282844}
small{display:block;opacity:.75}body:has(#only:checked) .fine{display:none}
"""


def report_lines(result: ImportedPlan, words: Catalogue) -> Iterator[str]:
    """Yield the lines of the terminal's report; tracked changes come first."""
    plan = result.plan
    changes = sum(1 for notice in result.document.notices if notice.kind == "tracked-change")
    if changes:
        yield words.text("import.changes", count=changes)
    rows = sum(len(activity.get("rows", ())) for activity in plan["activities"])
    targets = len(plan.get("targets", ()))
    counts = {"headings": len(plan["outline"]), "targets": targets, "activities": len(plan["activities"]), "rows": rows}
    yield words.text("import.counts", **counts)
    yield words.text("import.columns")
    for column_field in result.mapping.columns:
        if column_field.heading.text:
            field = column_field.field or words.text("import.no_field")
            values = {"number": column_field.heading.column + 1, "heading": column_field.heading.text, "field": field}
            yield words.text("import.column", **values)
    yield words.text("import.words")
    for kind, count in by_destination(result.ledger).items():
        yield f"  {words.text(f'import.destination.{kind}')}: {count}"
    for kind in dict.fromkeys(notice.kind for notice in result.document.notices):
        if f"import.notice.{kind}" in words.texts:
            count = sum(1 for notice in result.document.notices if notice.kind == kind)
            yield f"  {words.text(f'import.notice.{kind}')} ({count})"
    if result.shortened:
        yield words.text("import.shortened", count=len(result.shortened))


def review_lines(items: Sequence[Mapping[str, str]], words: Catalogue) -> Iterator[str]:
    """Yield what a person must review, from the items in a plan's `review`."""
    if not items:
        yield words.text("import.clean")
        return
    yield words.text("import.reviews", count=len(items))
    for item in items[:_SHOWN]:
        yield f"  {review_line(item, words)}"
    if len(items) > _SHOWN:
        yield words.text("import.more", count=len(items) - _SHOWN)


def merge_lines(merged: PlanMerge, words: Catalogue) -> Iterator[str]:
    """Yield the changes that a file makes in the existing plan."""
    for change in merged.changes[:_SHOWN]:
        values = {"at": change.at, "field": change.name, "before": _short(change.before), "after": _short(change.after)}
        yield words.text("import.change" if change.name else "import.change_new", **values)
    if len(merged.changes) > _SHOWN:
        yield words.text("import.change_more", count=len(merged.changes) - _SHOWN)


def _short(text: str) -> str:
    """Return a text in one line that fits a terminal."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def review_line(item: Mapping[str, str], words: Catalogue) -> str:
    """Return a review item in one line. People may have edited it, so fields may be missing."""
    where = " ".join(part for part in (item.get("at"), item.get("field")) if part)
    printed = _short(item.get("printed") or "")
    proposal = f" ({words.text('import.proposal', proposal=item['proposal'])})" if item.get("proposal") else ""
    why = item.get("why") or ""
    reason = words.text(f"import.why.{why}") if f"import.why.{why}" in words.texts else why
    parts = [item.get("from") or "", where, f"“{printed}”" if printed else "", f"{reason}{proposal}"]
    return ": ".join(part.replace("\n", " ") for part in parts if part)


def report_json(result: ImportedPlan, words: Catalogue) -> str:
    """Return the report for tools: columns, review items, and every run of text with its destinations."""
    content = {
        "plan": result.plan["id"],
        "columns": [
            {
                "column": column_field.heading.column + 1,
                "heading": column_field.heading.text,
                "field": column_field.field,
                "reason": column_field.reason,
            }
            for column_field in result.mapping.columns
        ],
        "shortened": list(result.shortened),
        "review": [dict(item.as_fields(words)) for item in result.reviews],
        "notices": [
            {
                "kind": notice.kind,
                "from": location_text(notice.location, words),
                "text": notice.text,
                "author": notice.author,
            }
            for notice in result.document.notices
        ],
        "ledger": [
            {
                "from": location_text(line.location, words),
                "text": line.text,
                "to": [
                    f"{destination.kind}:{destination.path}" if destination.path else destination.kind
                    for destination in line.destinations
                ],
            }
            for line in result.ledger
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def report_page(result: ImportedPlan, title: str, words: Catalogue) -> str:
    """Return the HTML page; it needs no other file and no script."""
    lines = {line.token: line for line in result.ledger}
    reviewed = {
        (review.location.table, review.location.row, review.location.column): review.why for review in result.reviews
    }
    items = "".join(f"<li>{escape(review_line(item.as_fields(words), words))}</li>" for item in result.reviews)
    body = "".join(_block(block, lines, reviewed, words) for block in result.document.blocks)
    return (
        f'<!doctype html><html lang="{words.language}"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style><h1>{escape(title)}</h1>"
        f'<p><label><input type="checkbox" id="only"> {escape(words.text("import.only_reviews"))}</label></p>'
        f"<ol>{items}</ol><h2>{escape(words.text('import.source'))}</h2>{body}</html>\n"
    )


def _block(
    block: OfficeParagraph | Grid,
    lines: Mapping[int, LedgerLine],
    reviewed: Mapping[tuple[int, int, int], str],
    words: Catalogue,
) -> str:
    if isinstance(block, OfficeParagraph):
        return f'<p class="{_shade(block.tokens, lines)}">{escape(block.text)}</p>' if block.text else ""
    rows = []
    for row in block.rows:
        marked = [_cell(cell, lines, reviewed, words) for cell in row.cells]
        why = reviewed.get((row.location.table, row.location.row, 0))
        state = "look" if why else "" if any(needs_look for _, needs_look in marked) else "fine"
        remarks = f"<small>{escape(words.text(f'import.why.{why}'))}</small>" if why else ""
        cells = "".join(cell for cell, _ in marked)
        rows.append(f'<tr class="{state}"><td>{row.location.row}{remarks}</td>{cells}</tr>')
    return f"<table>{''.join(rows)}</table>"


def _cell(
    cell: GridCell, lines: Mapping[int, LedgerLine], reviewed: Mapping[tuple[int, int, int], str], words: Catalogue
) -> tuple[str, bool]:
    """Return a cell, and whether a person must review it."""
    span = f' colspan="{cell.across}"' if cell.across > 1 else ""
    span += f' rowspan="{cell.down}"' if cell.down > 1 else ""
    paths = dict.fromkeys(
        destination.path or words.text(f"import.destination.{destination.kind}")
        for token in cell.tokens
        if token in lines
        for destination in lines[token].destinations
    )
    why = reviewed.get((cell.location.table, cell.location.row, cell.location.column))
    kind = "review" if why else _kind(cell.tokens, lines)
    remarks = [", ".join(paths), words.text(f"import.why.{why}") if why else ""]
    small = "".join(f"<small>{escape(part)}</small>" for part in remarks if part)
    return f'<td{span} class="{kind}">{"<br>".join(map(escape, cell.lines))}{small}</td>', kind == "review"


def _kind(tokens: tuple[int, ...], lines: Mapping[int, LedgerLine]) -> str:
    kinds = [destination.kind for token in tokens if token in lines for destination in lines[token].destinations]
    return "review" if "review" in kinds else kinds[0] if kinds else ""


def _shade(tokens: tuple[int, ...], lines: Mapping[int, LedgerLine]) -> str:
    kind = _kind(tokens, lines)
    return kind if kind == "review" else f"{kind} fine".strip()
