"""Rules over all files of a content tree. They look at summaries, so that one changed file costs one new summary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.check.circles import circles, shown
from generator.check.entries import words
from generator.check.names import Register
from generator.check.rules.references import OUTER
from generator.check.rules.rule import Fault, File, Summary
from generator.source.source_files import Kind

Found = Iterator[tuple[str, Fault]]


def summary_of(file: File) -> Summary:
    """What the rules below need to know of one file."""
    issuer = file.data.get("issuer")
    links = {field: tuple(id_ for _, id_ in words(file.data, field)) for field in OUTER[file.kind]}
    return Summary(
        kind=file.kind,
        path=file.tree.path,
        id=file.id or file.stem,
        read=file.tree.is_whole,
        noted=bool(file.data.get("note")),
        issuer=issuer if isinstance(issuer, str) else None,
        names=frozenset((naming.kind, naming.name) for naming, _ in file.named),
        links={field: ids for field, ids in links.items() if ids},
    )


def same_id(summaries: Sequence[Summary], register: Register) -> Found:
    """`duplicate-id` of two files of one kind: `x.yml` and `x.yaml`, or `x.yml` in two folders."""
    first: dict[tuple[Kind, str], str] = {}
    for one in summaries:
        other = first.setdefault((one.kind, one.id), one.path)
        if other != one.path:
            yield one.path, Fault(("id",), {"id": one.id, "first": other, "example": f"{one.id}-b"})


def circle_of_files(summaries: Sequence[Summary], register: Register) -> Found:
    """`cycle` of plans or units that implement, supersede, contain or succeed each other."""
    for kind, fields in OUTER.items():
        files = {one.id: one for one in summaries if one.kind == kind}
        for field in fields:
            above = {id_: one.links[field] for id_, one in files.items() if field in one.links}
            for circle in circles(above):
                yield files[circle[0]].path, Fault((field,), {"chain": shown(circle), "kind": kind})


def unused_unit(summaries: Sequence[Summary], register: Register) -> Found:
    """`unused-unit`: no plan names it, and no unit that is used lies under it, in it or before it."""
    yield from _unused("unit", summaries, register)


def unused_programme(summaries: Sequence[Summary], register: Register) -> Found:
    """`unused-programme`"""
    yield from _unused("programme", summaries, register)


def _unused(kind: Kind, summaries: Sequence[Summary], register: Register) -> Found:
    used = _used(kind, summaries, register)
    if used is None:
        return
    links = {one.id: [id_ for ids in one.links.values() for id_ in ids] for one in summaries if one.kind == kind}
    pending = list(used)
    while pending:
        fresh = [id_ for id_ in links.get(pending.pop(), ()) if id_ not in used]
        used.update(fresh)
        pending += fresh
    for one in summaries:
        if one.kind == kind and one.id not in used and one.read and not one.noted:
            yield one.path, Fault(("id",), {"id": one.id})


def _used(kind: Kind, summaries: Sequence[Summary], register: Register) -> set[str] | None:
    """The ids that plans name; None while that cannot be known, because of a plan or a name that is not understood."""
    wanted: Mapping[str | None, set[str]] = defaultdict(set)
    for one in summaries:
        if one.kind == "plan" and not one.read:
            return None
        issuer = register.unit(one.issuer, None).id if one.issuer else None
        wanted[issuer].update(name for named, name in one.names if named == kind)
    found = [
        register.unit(name, issuer) if kind == "unit" else register.programme(name)
        for issuer, names in wanted.items()
        for name in names
    ]
    return None if any(one.id is None for one in found) else {one.id for one in found if one.id}
