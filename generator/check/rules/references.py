"""Rules about references: ids in the same plan and in others, names of units and programmes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from generator.check.cycles import find_cycles, format_cycle
from generator.check.entries import ENTRY_LISTS, all_entries, entries, with_rows, words
from generator.check.meanings import meant_entry
from generator.check.pointers import Naming, Pointer, upper_measures
from generator.check.rules.rule import Fault, File
from generator.check.schema import field_schema
from generator.check.suggestions import closest_word
from generator.language.vietnamese import says_as_above
from generator.problem import Span
from generator.source.source_files import FOLDERS, Kind, is_reserved, original_of
from generator.source.tree import Path

# Kind of file -> the fields that hold ids of other files, with their kind.
OUTER: dict[Kind, dict[str, Kind]] = {
    "plan": {"implements": "plan", "superseded_by": "plan"},
    "unit": {"parent": "unit", "scope": "unit", "member_of": "unit", "successors": "unit"},
    "programme": {},
}
_WITH_PAGES = ("outline", "targets")


def file_name(file: File) -> Iterator[Fault]:
    """Find `file-name`."""
    if file.id not in {file.stem, original_of(file.stem)}:
        can_be_id = re.search(field_schema(file.kind, ("id",))["pattern"], file.stem)
        values = {"found": file.id, "expected": file.stem}
        yield Fault(("id",), values if can_be_id else {**values, "why": "file"})


def reserved_name(file: File) -> Iterator[Fault]:
    """Find `reserved-name`: a file, folder, or id with its own page that Windows cannot have as a folder."""
    folder = next(folder for folder, kind in FOLDERS.items() if kind == file.kind)
    parts = file.tree.path.rpartition(f"{folder}/")[2].split("/")
    outer = [name for name in parts if is_reserved(name)]
    inner = [((*path, "id"), str(entry.get("id"))) for name in _WITH_PAGES for path, entry in entries(file.data, name)]
    for at, name in [*((("id",), name) for name in outer or [file.id]), *inner]:
        if is_reserved(name):
            yield Fault(at, {"found": name, "expected": f"{name.partition('.')[0]}-1"})


def file_copy(file: File) -> Iterator[Fault]:
    """Find `file-copy`: a name that browsers and file managers give to a second copy, `x (1).yml`."""
    if (original := original_of(file.stem)) and file.id in {original, file.stem}:
        yield Fault(("id",), {"found": file.stem, "expected": original})


def duplicate_id(file: File) -> Iterator[Fault]:
    """Find `duplicate-id` of entries, measures, periods and footnotes in one plan, with former ids."""
    first: dict[str, Path] = {}
    yield from _former(file)
    for path, entry in all_entries(file.data):
        yield from _second(file, first, path, entry)
        measures: dict[str, Path] = {}
        for at, measure in entries(entry, "measures"):
            yield from _second(file, measures, (*path, *at), measure)
    for name in ("footnotes", "periods"):
        ids: dict[str, Path] = {}
        for path, entry in entries(file.data, name):
            yield from _second(file, ids, path, entry)


def _former(file: File) -> Iterator[Fault]:
    """Find former and removed ids that another entry has or had: an address can lead to one entry only."""
    owners: dict[str, Path] = {str(entry.get("id")): (*path, "id") for path, entry in all_entries(file.data)}
    former = [((*path, *at), id_) for path, entry in all_entries(file.data) for at, id_ in words(entry, "formerly")]
    for at, id_ in (*former, *words(file.data, "removed")):
        if id_ in owners:
            location = f"{file.tree.path}:{file.tree.at(owners[id_]).line}"
            yield Fault(at, {"id": id_, "first": location, "example": f"{id_}-b"})
        owners.setdefault(id_, at)


def _second(file: File, first: dict[str, Path], path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    if not (id_ := entry.get("id")):
        return
    if id_ in first:
        location = f"{file.tree.path}:{file.tree.at((*first[id_], 'id')).line}"
        yield Fault((*path, "id"), {"id": id_, "first": location, "example": f"{id_}-b"})
    first.setdefault(id_, path)


def unknown_reference(file: File) -> Iterator[Fault]:
    """Find `unknown-reference`."""
    yield from _unknown_files(file)
    yield from _unknown_footnotes(file)
    yield from _unknown_periods(file)
    yield from _unknown_measures(file)
    for pointer in file.pointers:
        inner = file.register.inner.get(pointer.plan, {})
        if pointer.id not in inner and pointer.plan not in file.register.unsure:
            values = {"kind": pointer.wanted[0], "found": pointer.written}
            yield Fault(pointer.at, values, partial(_suggest_entry, file, pointer))


def wrong_kind(file: File) -> Iterator[Fault]:
    """Find `wrong-kind`."""
    for pointer in file.pointers:
        kind = file.register.inner.get(pointer.plan, {}).get(pointer.id)
        if kind and kind not in pointer.wanted:
            yield Fault(pointer.at, {"kind": pointer.wanted[0], "found": pointer.written, "found_kind": kind})


def unknown_name(file: File) -> Iterator[Fault]:
    """Find `unknown-name`."""
    halves = {at for path, _ in _split_names(file) for at in (path, (*path[:-1], int(path[-1]) + 1))}
    for naming, ids in file.named:
        if not ids and naming.at not in halves and not _joined(file, naming.name):
            issuer = None if naming.at == ("issuer",) else file.issuer
            values = {"kind": naming.kind, "found": naming.name, **_why_unknown(naming)}
            suggest = partial(file.register.suggest_name, naming.kind, naming.name, issuer)
            yield Fault(naming.at, values, suggest if values["why"] == naming.kind else None)


def _why_unknown(naming: Naming) -> Mapping[str, str]:
    """Return what is wrong with a name: it is several names, it means the row above, or it is unknown."""
    if ";" in naming.name and isinstance(naming.at[-1], int):
        return {
            "why": "list",
            "example": f"{naming.at[-2]}: [{', '.join(re.split(r' *; *', naming.name.strip('; ')))}]",
        }
    return {"why": "above" if says_as_above(naming.name) else naming.kind}


def item_too_deep(file: File) -> Iterator[Fault]:
    """Find `yaml-indent` in a list of texts: YAML joins an item that is one space too deep to the item above."""
    texts = [naming.name for naming, _ in file.named]
    texts += [text for name in ("basis", "recipients") for _, text in words(file.data, name)]
    for text in dict.fromkeys(texts):
        for match in _joined(file, text):
            line = file.tree.text.count("\n", 0, match.start(2)) + 1
            values = {"found": str(len(match[2]) + 1), "column": str(len(match[1]) + 1), "field": "-"}
            yield Fault(Span(line, len(match[2]) + 1, 1), values)


_LONGEST_ITEM = 300
"""Letters of a text in which the end of an item is searched."""


def _joined(file: File, text: str) -> list[re.Match[str]]:
    """Return the places where an item and a deeper one below it are read as one text."""
    gaps = [match.span() for match in re.finditer(" - ", text[:_LONGEST_ITEM])]
    rests = [text[end:].partition(" - ")[0] for _, end in gaps]
    patterns = (
        rf"^( *)- {re.escape(text[:start])} *\n((?=\1 ) +)- {re.escape(rest)}"
        for (start, _), rest in zip(gaps, rests, strict=True)
    )
    return [match for pattern in patterns for match in re.finditer(pattern, file.tree.text, re.MULTILINE)]


def comma_in_name(file: File) -> Iterator[Fault]:
    """Find `yaml-comma` in a list of names: brackets split a name with a comma in two."""
    for path, name in _split_names(file):
        field = str(path[-2])
        yield Fault(path, {"field": field, "example": f'{field}: ["{name}"]'})


def _split_names(file: File) -> Iterator[tuple[Path, str]]:
    """Yield the place of each name that was split at a comma, with the whole name."""
    names = {naming.at: naming.name for naming, _ in file.named if naming.kind == "unit"}
    for naming, ids in file.named:
        *above, index = naming.at
        after = names.get((*above, index + 1)) if isinstance(index, int) else None
        if after is None or not isinstance(index, int):
            continue
        joined = f"{naming.name}, {after}"
        is_known = ids and file.register.unit(after, file.issuer).ids
        if not is_known and file.register.unit(joined, file.issuer).ids:
            yield naming.at, joined


def ambiguous_name(file: File) -> Iterator[Fault]:
    """Find `ambiguous-name`."""
    for naming, ids in file.named:
        if len(ids) > 1:
            values = {"kind": naming.kind, "found": naming.name, "candidates": ", ".join(ids)}
            yield Fault(naming.at, values)


def cycle(file: File) -> Iterator[Fault]:
    """Find `cycle` of headings or activities inside each other."""
    for name, kind in ENTRY_LISTS.items():
        paths: dict[str, Path] = {}
        above: dict[str, tuple[str, ...]] = {}
        for path, entry in entries(file.data, name):
            if id_ := entry.get("id"):
                paths.setdefault(id_, path)
                above.setdefault(id_, tuple(up for _, up in words(entry, "parent")))
        for ids in find_cycles(above):
            yield Fault((*paths[ids[0]], "parent"), {"chain": format_cycle(ids), "kind": kind})


def _suggest_entry(file: File, pointer: Pointer) -> str | None:
    register, (at, plan, id_, written, wanted) = file.register, pointer
    plan_id = plan if plan in register.ids["plan"] else _suggest_file(file, "plan", plan)
    if plan_id is None:
        return None
    inner = register.inner.get(plan_id, {})
    meant = meant_entry(file.data, at, id_) if plan == file.id else id_
    entry = meant if meant and inner.get(meant) in wanted else register.suggest_entry(plan_id, id_, wanted)
    if not entry and plan == file.id:  # the entry may have a new id, to which nothing refers yet
        pointed = {other.id for other in file.pointers if other.plan == plan}
        idle = [other for other, kind in inner.items() if kind in wanted and other not in pointed]
        entry = idle[0] if len(idle) == 1 else None
    if at[-1] == "parent" and (at[:2], entry) in [(path, e.get("id")) for path, e in entries(file.data, str(at[0]))]:
        return None  # an entry inside itself
    return f"{plan_id}/{entry}" if entry and written != id_ else entry


def _unknown_files(file: File) -> Iterator[Fault]:
    for field, kind in OUTER[file.kind].items():
        for at, id_ in words(file.data, field):
            if id_ not in file.register.ids[kind]:
                yield Fault(at, {"kind": kind, "found": id_}, partial(_suggest_file, file, kind, id_))


def _suggest_file(file: File, kind: Kind, id_: str) -> str | None:
    """Return the id of another file that is closest; never this file's own."""
    closest = file.register.suggest_id(kind, id_)
    return closest if closest != file.id else closest_word(id_, file.register.ids[kind] - {file.id})


def _unknown_footnotes(file: File) -> Iterator[Fault]:
    ids = {str(note.get("id")) for _, note in entries(file.data, "footnotes")}
    for path, part in with_rows(all_entries(file.data)):
        for at, id_ in words(part, "footnotes"):
            if id_ not in ids:
                yield Fault((*path, *at), {"kind": "footnote", "found": id_}, partial(closest_word, id_, ids))


def _unknown_periods(file: File) -> Iterator[Fault]:
    ids = {id_ for _, period in entries(file.data, "periods") if (id_ := period.get("id"))}
    for path, part in with_rows(entries(file.data, "activities")):
        for id_ in part.get("by_period") or ():
            if id_ not in ids:
                values = {"kind": "period", "field": "by_period", "found": id_}
                yield Fault((*path, "by_period", id_), values, partial(closest_word, id_, ids), key=True)


def _unknown_measures(file: File) -> Iterator[Fault]:
    for path, entry in all_entries(file.data):
        for at, measure in entries(entry, "measures"):
            for field, written in upper_measures(measure):
                if written.partition("/")[0] in file.register.unsure:
                    continue
                if tuple(written.split("/")) not in file.register.measures:
                    values = {"kind": "measure", "found": written}
                    suggest = partial(_suggest_measure, file, str(entry.get("id")), written)
                    yield Fault((*path, *at, *field), values, suggest)


def _suggest_measure(file: File, entry: str, written: str) -> str | None:
    """Return the measure closest to `written`, but not of the same entry, nor of this plan for another plan's."""
    closest = file.register.suggest_measure(written)
    own = f"{file.id}/{entry}/" if written.startswith(f"{file.id}/") else f"{file.id}/"
    return None if closest and closest.startswith(own) else closest
