"""Addresses of the site's pages, relative to each other: all public URLs in one place.

Every page is `<folder>/index.md`, so a relative address is the same for any builder and below any sub-path; only an
offline bundle, opened from disk, must name `index.html`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from generator.model.entities import Activity, Heading, Plan, Programme, Target, Unit
from generator.source.source_files import Kind

PLANS, TASKS, TARGETS, YEARS = "ke-hoach", "nhiem-vu", "chi-tieu", "nam"
UNITS, PROGRAMMES, ACTIVITIES, DATA, GUIDE = "don-vi", "chuong-trinh", "hoat-dong", "du-lieu", "dong-gop"
MATRICES, SIDE_BY_SIDE = "doi-chieu", "so-sanh"
FIELDS, RULES = f"{GUIDE}/truong", f"{GUIDE}/quy-tac"
STORE, SCRIPTS = f"{ACTIVITIES}/kho", "assets/search"
"""The folders of the search's store and scripts."""

_KINDS: Mapping[str, Kind] = {PLANS: "plan", TASKS: "plan", TARGETS: "plan", UNITS: "unit", PROGRAMMES: "programme"}
"""The kind of file behind the pages of a folder."""


def origin_of(path: str) -> tuple[Kind, str] | None:
    """Return kind and id of the one file behind a generated page, to which "edit this page" leads.

    None for pages made from many files: the home page, lists, years.
    """
    folder, id_, *_ = (*path.split("/"), "")
    kind = _KINDS.get(folder)
    return (kind, id_) if kind and id_ and id_ != "index.md" else None


SITE_PICTURE = "anh.png"
"""The picture for pages without one of their own, shown where a link to them is shared."""


def picture_of(folder: str) -> str:
    """Return the path of a page's own picture."""
    return f"{folder}/{SITE_PICTURE}"


def year_anchor(year: int) -> str:
    """Return the anchor of a year's part on a unit's page."""
    return f"nam-{year}"


@dataclass(frozen=True)
class Links:
    """Relative addresses from one page (its `folder` has no slash at either end; the home page is `""`)."""

    folder: str = ""
    index: str = ""

    def page(self, folder: str = "", anchor: str = "", query: str = "") -> str:
        """Return the address of a page by its folder."""
        up = "../" * (self.folder.count("/") + 1 if self.folder else 0)
        address = f"{up}{folder}/" if folder else up or "./"
        address += self.index
        return address + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")

    def file(self, path: str) -> str:
        """Return the address of a file that is not a page."""
        return "../" * (self.folder.count("/") + 1 if self.folder else 0) + path

    def plan(self, plan: Plan, anchor: str = "", query: str = "") -> str:
        """Return the address of a plan's page."""
        return self.page(f"{PLANS}/{plan.id}", anchor, query)

    def activity(self, activity: Activity) -> str:
        """Return the address of an activity on its plan's page."""
        return self.page(f"{PLANS}/{activity.plan}", activity.id)

    def entry(self, entry: Heading | Target) -> str:
        """Return the address of a heading or target on its plan's page."""
        return self.page(f"{PLANS}/{entry.plan}", entry.id)

    def task(self, task: Heading) -> str:
        """Return the address of a task's own page."""
        return self.page(f"{TASKS}/{task.key}")

    def target(self, target: Target) -> str:
        """Return the address of a target's own page."""
        return self.page(f"{TARGETS}/{target.key}")

    def year(self, year: int, plan: str = "") -> str:
        """Return the address of a year's page, or of the part of it for a plan."""
        return self.page(f"{YEARS}/{year}", plan)

    def unit(self, unit: Unit, year: int | None = None) -> str:
        """Return the address of a unit's page, or of the part of it for a year."""
        return self.page(f"{UNITS}/{unit.id}", year_anchor(year) if year else "")

    def sheet(self, unit: Unit, year: int) -> str:
        """Return the address of the sheet of a unit's year."""
        return self.page(f"{UNITS}/{unit.id}/{year}")

    def search(
        self, facet: str, value: str | int | Sequence[str], year: int | None = None, task: str = "", status: str = ""
    ) -> str:
        """Return the address of the search with a filter (`don-vi`, `chi-tieu` …), and perhaps a year, task or status.

        With several values of the filter, an activity matches if it has one of them.
        """
        further = {"nhiem-vu": task, "nam": year, "tinh-trang": status}
        filters = {facet: value} | {name: chosen for name, chosen in further.items() if chosen}
        return self.page(ACTIVITIES, query=urlencode(filters, doseq=True))

    def programme(self, programme: Programme) -> str:
        """Return the address of a programme's page."""
        return self.page(f"{PROGRAMMES}/{programme.id}")
