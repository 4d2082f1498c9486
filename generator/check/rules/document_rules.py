"""Rules about gaps in one document: labels, targets, successors, open questions.

Most are warnings, because the document itself may be so. `as_printed` of the entry then names the rule and silences it.
Questions that an import left open must be settled before the plan is published.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.check.entries import ENTRY_LISTS, entries, words
from generator.check.rules.rule import Fault, File
from generator.source.tree import Path


def duplicate_label(file: File) -> Iterator[Fault]:
    """Find `duplicate-label` of headings, targets or activities under the same entry."""
    for name in ENTRY_LISTS:
        first: dict[tuple[str, ...], int] = {}
        for path, entry in entries(file.data, name):
            label = entry.get("label") or ""
            if not label.strip():
                continue
            key = (*(str(entry.get(field)) for field in ("section", "target", "parent")), label.strip())
            line = first.setdefault(key, index := int(path[-1]))
            if line != index:
                where = f"{file.tree.path}:{file.tree.at((name, line, 'label')).line}"
                yield Fault((*path, "label"), {"label": label, "first": where})


def several_lines(file: File) -> Iterator[Fault]:
    """Find `several-lines`: of a title or name, which pages show in one."""
    parts: list[tuple[Path, dict[str, Any]]] = [((), file.data), (("source",), file.data.get("source") or {})]
    for name in (*ENTRY_LISTS, "periods", "agencies"):
        for path, entry in entries(file.data, name):
            inner = (one for part in ("rows", "measures") for one in entries(entry, part))
            parts += [(path, entry), *(((*path, *at), part) for at, part in inner)]
    for path, part in parts:
        for field in ("title", "short_title", "name", "short_name", "document"):
            if "\n" in (written := (part.get(field) or "").strip()):
                yield Fault((*path, field), {"meant": " ".join(written.split())})


def target_without_activities(file: File) -> Iterator[Fault]:
    """Find `target-without-activities`; reported once if no activity names a target and none is aligned with one.

    A plan of targets only is not reported.
    """
    activities = [activity for _, activity in entries(file.data, "activities")]
    if not activities:
        return
    served = {target for activity in activities if (target := activity.get("target"))}
    paths = {
        target["id"]: path
        for path, target in entries(file.data, "targets")
        if target.get("id") and "target-without-activities" not in (target.get("as_printed") or ())
    }
    ids = {target.get("id") for _, target in entries(file.data, "targets")}
    if served - ids or any("target" not in activity and "section" not in activity for activity in activities):
        return  # activities without a place must be corrected first
    aligning = [*activities, *(heading for _, heading in entries(file.data, "outline"))]
    served |= {id_.removeprefix(f"{file.id}/") for entry in aligning for _, id_ in words(entry, "serves")}
    if paths and not served:
        yield Fault(("targets",), {"ids": ", ".join(paths)}, key=True)
        return
    for id_, path in paths.items():
        if id_ not in served:
            yield Fault((*path, "id"), {"ids": id_})


def superseded_without_successor(file: File) -> Iterator[Fault]:
    """Find `superseded-without-successor`."""
    if file.data.get("status") == "superseded" and not file.data.get("superseded_by"):
        yield Fault(("status",))


def successor_of_current(file: File) -> Iterator[Fault]:
    """Find `successor-of-current`: a successor is named in a plan that is not superseded."""
    status = file.data.get("status")
    if file.data.get("superseded_by") and status in {"draft", "published"}:
        yield Fault(("status",), {"found": str(status)})


def successors_without_end(file: File) -> Iterator[Fault]:
    """Find `successors-without-end` of a unit."""
    if file.kind == "unit" and "successors" in file.data and "valid_to" not in file.data:
        yield Fault(("successors",), key=True)


def unanswered_review(file: File) -> Iterator[Fault]:
    """Find `unanswered-review`: an error in a published plan; in a draft it counts the open questions."""
    items = [item for _, item in entries(file.data, "review")]
    if items:
        values = {"count": str(len(items)), "first": str(items[0].get("printed") or items[0].get("why", ""))[:80]}
        is_draft = file.data.get("status") == "draft"
        yield Fault(("review",), values, key=True, level="warning" if is_draft else "error")
