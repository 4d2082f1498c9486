"""Addresses between the pages of the site: the public contract of URLs, in one place.

Every page is `<folder>/index.md`, so a relative address is the same for any builder and below any sub-path; only
an offline bundle, opened from disk, must name `index.html` itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from generator.model.entities import Activity, Heading, Plan, Programme, Target, Unit

PLANS, TASKS, TARGETS, YEARS = "ke-hoach", "nhiem-vu", "chi-tieu", "nam"
UNITS, PROGRAMMES, ACTIVITIES, DATA, GUIDE = "don-vi", "chuong-trinh", "hoat-dong", "du-lieu", "dong-gop"
FIELDS, RULES = f"{GUIDE}/truong", f"{GUIDE}/quy-tac"
STORE, SCRIPTS = f"{ACTIVITIES}/kho", "assets/search"
"""Where the search keeps its store, and its scripts."""


def year_anchor(year: int) -> str:
    """The anchor of a year's part on a unit's or programme's page."""
    return f"nam-{year}"


@dataclass(frozen=True)
class Links:
    """Relative addresses from one page (in `folder`, with no slash at the ends; the home page is `""`)."""

    folder: str = ""
    index: str = ""

    def page(self, folder: str = "", anchor: str = "", query: str = "") -> str:
        """The address of a page by its folder."""
        up = "../" * (self.folder.count("/") + 1 if self.folder else 0)
        address = f"{up}{folder}/" if folder else up or "./"
        address += self.index
        return address + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")

    def file(self, path: str) -> str:
        """The address of a file that is no page."""
        return "../" * (self.folder.count("/") + 1 if self.folder else 0) + path

    def plan(self, plan: Plan, anchor: str = "", query: str = "") -> str:
        """A plan's page."""
        return self.page(f"{PLANS}/{plan.id}", anchor, query)

    def activity(self, activity: Activity) -> str:
        """An activity's place on its plan's page."""
        return self.page(f"{PLANS}/{activity.plan}", activity.id)

    def entry(self, entry: Heading | Target) -> str:
        """A heading's or target's place on its plan's page."""
        return self.page(f"{PLANS}/{entry.plan}", entry.id)

    def task(self, task: Heading) -> str:
        """A task's own page."""
        return self.page(f"{TASKS}/{task.key}")

    def target(self, target: Target) -> str:
        """A target's own page."""
        return self.page(f"{TARGETS}/{target.key}")

    def year(self, year: int, plan: str = "") -> str:
        """A year's page, or a plan's part of it."""
        return self.page(f"{YEARS}/{year}", plan)

    def unit(self, unit: Unit, year: int | None = None) -> str:
        """A unit's page, or a year's part of it."""
        return self.page(f"{UNITS}/{unit.id}", year_anchor(year) if year else "")

    def search(self, facet: str, value: str | int, year: int | None = None) -> str:
        """The search of activities with a filter set (`nam`, `don-vi`, `nhiem-vu`, `chi-tieu`, `chuong-trinh` …), and
        one for a year."""
        filters = {facet: value, **({"nam": year} if year else {})}
        return self.page(ACTIVITIES, query=urlencode(filters))

    def programme(self, programme: Programme) -> str:
        """A programme's page."""
        return self.page(f"{PROGRAMMES}/{programme.id}")
