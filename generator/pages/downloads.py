"""What each page offers to take away: the files that are made of a plan, a unit or a year, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.link.model import Plan, Unit
from generator.pages.links import PLANS
from generator.pages.render import Options

DownloadKind = Literal["pdf", "word", "excel", "calendar"]


@dataclass(frozen=True)
class Download:
    """A file of the site: what it is, and its path."""

    kind: DownloadKind
    path: str


def plan_file(plan: Plan, ending: str) -> str:
    """The path of a file beside a plan's page."""
    return f"{PLANS}/{plan.id}/{plan.id}.{ending}"


def plan_downloads(plan: Plan, options: Options) -> Sequence[Download]:
    """What a plan's page offers."""
    pdf = [Download("pdf", plan_file(plan, "pdf"))] if options.pdf else []
    word = [Download("word", plan_file(plan, "docx"))] if options.office else []
    return [*pdf, *word]


def unit_downloads(unit: Unit, options: Options) -> Sequence[Download]:
    """What a unit's page offers."""
    return []


def year_downloads(year: int, options: Options) -> Sequence[Download]:
    """What a year's page offers."""
    return []
