"""Results as Markdown: what was measured, and ours beside another builder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from benchmarks.build.steps import STEPS, Result

_HEADS = ["plans", "builder", "cores", "cold s", "(CPU)", "unchanged s", "one edit s", "MiB", "pages", "MB", "other MB"]


def table(results: Sequence[Result], *, heads: bool = True) -> str:
    """A row for each builder, tree and number of cores."""
    lines = [_line(_HEADS), _line([":---" if name == "builder" else "---:" for name in _HEADS])] if heads else []
    for one in results:
        cold = one.costs.get("cold")
        lines.append(
            _line(
                [
                    *[f"{one.plans:,}", one.builder, str(one.cores), _seconds(one, "cold")],
                    f"({cold.cpu_seconds:.1f})" if cold else "–",
                    *[_seconds(one, step) for step in STEPS[1:]],
                    f"{max(cost.mebibytes for cost in one.costs.values()):.0f}" if one.costs else "–",
                    f"{sum(one.pages.values()):,}",
                    *[f"{size / 1e6:.1f}" for size in (one.page_bytes, one.other_bytes)],
                ]
            )
        )
    return "\n".join(lines)


def ratios(results: Sequence[Result], other: str) -> str:
    """Ours divided by another builder's, for each tree and number of cores; nothing where not both were measured."""
    heads = ["plans", "cores", *[f"{step}" for step in STEPS], "cold CPU", "memory", "bytes of pages"]
    lines = [_line([f"ours ÷ {other}", *heads[1:]]), _line(["---:"] * len(heads))]
    for ours, theirs in _pairs(results, other):
        row = [f"{ours.plans:,}", str(ours.cores)]
        row += [_ratio(_time(ours, step), _time(theirs, step)) for step in STEPS]
        row.append(_ratio(ours.costs["cold"].cpu_seconds, theirs.costs["cold"].cpu_seconds))
        row.append(_ratio(*(max(cost.mebibytes for cost in one.costs.values()) for one in (ours, theirs))))
        row.append(_ratio(ours.page_bytes, theirs.page_bytes))
        lines.append(_line(row))
    return "\n".join(lines) if len(lines) > 2 else ""


def growth(results: Sequence[Result]) -> str:
    """How many times longer a cold build takes from one tree to the next."""
    times: dict[tuple[str, int], dict[int, float]] = {}
    for one in results:
        if seconds := _time(one, "cold"):
            times.setdefault((one.builder, one.cores), {})[one.plans] = seconds
    lines = []
    for (builder, cores), found in times.items():
        sizes = sorted(found)
        steps = [f"{a:,} → {b:,} plans × {found[b] / found[a]:.1f}" for a, b in pairwise(sizes)]
        if steps:
            lines.append(f"- {builder}, {cores} {'core' if cores == 1 else 'cores'}: {', '.join(steps)}")
    return "\n".join(lines)


def _pairs(results: Sequence[Result], other: str) -> Iterator[tuple[Result, Result]]:
    found: Mapping[tuple[str, int, int], Result] = {(one.builder, one.plans, one.cores): one for one in results}
    for (builder, plans, cores), one in found.items():
        theirs = found.get((other, plans, cores))
        if builder == "ours" and theirs and "cold" in one.costs and "cold" in theirs.costs:
            yield one, theirs


def _time(one: Result, step: str) -> float:
    """Seconds of a step that came to its end, else 0."""
    cost = one.costs.get(step)
    return cost.seconds if cost and not cost.over and not cost.fault else 0


def _seconds(one: Result, step: str) -> str:
    seconds = _time(one, step)
    if not seconds:
        return "fault" if step in one.costs else "–"
    return f"{seconds:.2f}" if seconds < 10 else f"{seconds:.1f}"


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f}" if ours and theirs else "–"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
