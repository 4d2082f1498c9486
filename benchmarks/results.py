"""A result, and all of them as a Markdown table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.chromium import Run
from benchmarks.measured import Cost


@dataclass(frozen=True)
class Result:
    """What was measured of one engine at one size; bytes are compressed."""

    activities: int
    engine: str
    floor: int
    build: Cost
    plain: Run
    slow: Run


def shown(
    results: Sequence[Result],
    *,
    heads: bool = True,
    faults: bool = False,
    bound: float = 0,
    throttle: float = 4,
) -> str:
    """A row for each engine and size. A figure that the bound cut short has a star."""
    limit = f"> {bound:.0f} s" if bound else "> bound"
    slower = f"{throttle:g}×"
    titles = [
        *["activities", "engine", "build s", "MiB", "KB to first", "KB in all", "÷ floor"],
        *["first ms", f"first ms {slower}", "key ms median", "worst", f"median {slower}", f"worst {slower}"],
    ]
    lines = [_line(titles), _line(["---:", "---", *["---:"] * (len(titles) - 2)])] if heads else []
    for one in results:
        over = "fault" if _fault(one) else limit
        row = [f"{one.activities:,}", one.engine, over if one.build.over else f"{one.build.seconds:.1f}"]
        row += [f"{one.build.mebibytes:.0f}", *_bytes(one.plain, one.floor)]
        row += [_figure(visit.first_ms, over) for visit in (one.plain, one.slow)]
        row += [part for visit in (one.plain, one.slow) for part in _keys(visit, over)]
        lines.append(_line(row))
        if faults and _fault(one):
            lines.append(f"fault: {_fault(one)}")
    return "\n".join(lines)


def _fault(one: Result) -> str:
    return one.build.fault or one.plain.fault or one.slow.fault


def _bytes(run: Run, floor: int) -> list[str]:
    if run.first_bytes is None:
        return ["–"] * 3
    first = f"{run.first_bytes / 1000:.0f}"
    if run.all_bytes is None:
        return [first, "–", "–"]
    return [first, f"{run.all_bytes / 1000:.0f}", f"{run.all_bytes / floor:.2f}"]


def _keys(run: Run, over: str) -> list[str]:
    star = "*" if run.cut else ""
    return [_figure(run.median_ms, over) + star, _figure(run.worst_ms, over) + star]


def _figure(value: float | None, over: str) -> str:
    if value is None:
        return over
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
