"""Rules over all files of a content tree. They use summaries, so that one changed file needs one new summary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from generator.check.cycles import find_cycles, format_cycle
from generator.check.days import Days
from generator.check.entries import all_entries, entries, with_rows, words
from generator.check.names import Register
from generator.check.rules.alignment import answers_of
from generator.check.rules.references import OUTER
from generator.check.rules.rule import Fault, File, Summary
from generator.source.source_files import Kind, original_of
from generator.source.tree import Path

WholeFaults = Iterator[tuple[str, Fault]]


def summarise(file: File) -> Summary:
    """Return what the rules below need of one file."""
    links = {field: tuple(id_ for _, id_ in words(file.data, field)) for field in OUTER[file.kind]}
    return Summary(
        kind=file.kind,
        path=file.tree.path,
        id=file.id,
        read=file.tree.is_whole and not file.tree.pruned,
        issuer=file.data.get("issuer"),
        days=file.days,
        names=frozenset((naming.kind, naming.name) for naming, _ in file.named),
        levels=frozenset(
            text for _, part in with_rows(all_entries(file.data)) for _, text in words(part, "levels_text")
        ),
        agencies=tuple(
            ((*path, *at), id_) for path, agency in entries(file.data, "agencies") for at, id_ in words(agency, "id")
        ),
        formerly=tuple(words(file.data, "formerly")),
        links={field: ids for field, ids in links.items() if ids},
        answers=dict(answers_of(file)),
    )


def same_id(summaries: Sequence[Summary], register: Register) -> WholeFaults:
    """Find `duplicate-id` of two files of one kind: `x.yml` in two folders, or `x.yaml`; an address has one page."""
    first: dict[tuple[Kind, str], tuple[str, Path]] = {}
    for summary, at, id_ in _all_ids(summaries):
        place = (summary.path, at)
        other = first.setdefault((summary.kind, id_), place)
        if other != place:
            values = {"id": id_, "first": other[0], "example": f"{id_}-b"}
            yield summary.path, Fault(at, {**values, "why": "file"} if at == ("id",) else values)


def _all_ids(summaries: Sequence[Summary]) -> Iterator[tuple[Summary, Path, str]]:
    """Yield each id with its place, in order of precedence: files, agencies, former ids."""
    # Of several files with an id, the one with this name takes precedence, in whatever folder.
    for summary in sorted(summaries, key=lambda summary: PurePosixPath(summary.path).stem != summary.id):
        if original_of(PurePosixPath(summary.path).stem) != summary.id:  # else reported as a copy
            yield summary, ("id",), summary.id
    for summary in summaries:
        yield from ((summary, at, id_) for at, id_ in summary.agencies)
    for summary in summaries:
        yield from ((summary, at, id_) for at, id_ in summary.formerly)


def file_cycle(summaries: Sequence[Summary], register: Register) -> WholeFaults:
    """Find `cycle` of plans or units that implement, contain or succeed each other."""
    for kind, fields in OUTER.items():
        files = {summary.id: summary for summary in summaries if summary.kind == kind}
        for field in fields:
            above = {id_: summary.links[field] for id_, summary in files.items() if field in summary.links}
            for cycle in find_cycles(above):
                yield files[cycle[0]].path, Fault((field,), {"chain": format_cycle(cycle), "kind": kind})


def unused(kind: Kind, summaries: Sequence[Summary], register: Register) -> WholeFaults:
    """Find `unused-unit` and `unused-programme`: no plan names it, and no used unit is under, in or before it.

    A plan that names a group also uses its members.
    """
    used = _used(kind, summaries, register)
    if used is None:
        return
    links = {
        summary.id: [id_ for ids in summary.links.values() for id_ in ids]
        for summary in summaries
        if summary.kind == kind
    }
    pending = list(used)
    while pending:
        fresh = [id_ for id_ in links.get(pending.pop(), ()) if id_ not in used]
        used.update(fresh)
        pending += fresh
    for summary in summaries:
        meant = used.intersection(summary.links.get("member_of", ()))
        if summary.kind == kind and summary.id not in used and not meant and summary.read:
            yield summary.path, Fault(("id",), {"id": summary.id})


def _used(kind: Kind, summaries: Sequence[Summary], register: Register) -> set[str] | None:
    """Return the ids that plans use; None if a plan or a name is not understood."""
    wanted: Mapping[tuple[str | None, Days | None], set[str]] = defaultdict(set)
    for summary in summaries:
        if summary.kind == "plan" and not summary.read:
            return None
        wanted[summary.issuer_in(register), summary.days].update(name for named, name in summary.names if named == kind)
    matches = [
        register.unit(name, issuer, days) if kind == "unit" else register.programme(name)
        for (issuer, days), names in wanted.items()
        for name in names
    ]
    if any(match.id is None for match in matches):
        return None
    used = {match.id for match in matches if match.id}
    for summary in summaries if kind == "unit" else ():
        issuer = summary.issuer_in(register)
        used.update(id_ for text in summary.levels for id_ in register.level_units(text, issuer, summary.days))
    return used
