"""What is measured of a builder: a cold build, one with nothing changed, one after one edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.build.builders import Builder, Job, held_to
from benchmarks.build.facts import pages_of
from benchmarks.build.shell import ROOT
from benchmarks.measured import Cost, measured

STEPS = ("cold", "unchanged", "edit")
EDITED = "Tiêu đề vừa sửa để đo"
_TITLE = re.compile(r"(?m)^(    title: ).*$")


@dataclass(frozen=True)
class Result:
    """One builder on one tree, held to some cores. Bytes and pages are of the cold build."""

    plans: int
    builder: str
    version: str
    cores: int
    costs: dict[str, Cost] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    page_bytes: int = 0
    other_bytes: int = 0
    faults: tuple[str, ...] = ()


def measure(builder: Builder, version: str, job: Job, plans: int, cores: int, *, runs: int, bound: float) -> Result:
    """All steps, each the fastest of `runs`: what other programs take from the processor only ever adds."""
    costs: dict[str, Cost] = {}
    faults: list[str] = []

    def build(step: str) -> bool:
        command = held_to(cores, builder.command(job))
        cost = measured(command, bound, cwd=ROOT, env=builder.environment(cores))
        if step not in costs or cost.seconds < costs[step].seconds:
            costs[step] = cost
        if cost.fault or cost.over:
            faults.append(f"{step}: {cost.fault or 'stopped at the bound'}")
        return not cost.fault and not cost.over

    for _ in range(runs):
        builder.clear(job)
        with edited(job.content) as plan:
            if not build("cold") or not build("unchanged"):
                break
            before = shows(job.site, plan)
        # Taking the edit back is the edit that is measured: so the site is in the end that of the tree.
        if not build("edit"):
            break
        if not before or shows(job.site, plan):
            faults.append(f"edit: the page of {plan} does not follow it")
    found = pages_of(job.site)
    pages = {kind: len(paths) for kind, paths in found.paths.items()}
    return Result(plans, builder.name, version, cores, costs, pages, found.bytes, found.other_bytes, tuple(faults))


@contextmanager
def edited(content: Path) -> Iterator[str]:
    """One activity of one plan has another title; afterwards its own again. The plan's id."""
    files = sorted((content / "plans").glob("*.yml"))
    file = files[len(files) // 2]
    before = file.read_text(encoding="utf-8")
    head, activities = before.split("\nactivities:\n", 1)
    changed = _TITLE.sub(rf"\g<1>{EDITED}", activities, count=1)
    if changed == activities:
        raise ValueError(f"{file} has no activity with a title")
    file.write_text(f"{head}\nactivities:\n{changed}", encoding="utf-8")
    try:
        yield file.stem
    finally:
        file.write_text(before, encoding="utf-8")


def shows(site: Path, plan: str) -> bool:
    """Whether the plan's page has the edited title."""
    return EDITED in (site / "ke-hoach" / plan / "index.html").read_text(encoding="utf-8")
