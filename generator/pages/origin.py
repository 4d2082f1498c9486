"""Which file a page is made from: where "edit this page" leads."""

from __future__ import annotations

from generator.pages.links import PLANS, PROGRAMMES, TARGETS, TASKS, UNITS
from generator.source.source_files import Kind

_KINDS: dict[str, Kind] = {
    PLANS: "plan",
    TASKS: "plan",
    TARGETS: "plan",
    UNITS: "unit",
    PROGRAMMES: "programme",
}


def origin_of(path: str) -> tuple[Kind, str] | None:
    """Kind and id of the one file behind a generated page, by the page's path (`nhiem-vu/<plan>/<task>/index.md`).

    None for pages made from many files: the home page, lists, years.
    """
    folder, id_, *_ = (*path.split("/"), "")
    kind = _KINDS.get(folder)
    return (kind, id_) if kind and id_ and id_ != "index.md" else None
