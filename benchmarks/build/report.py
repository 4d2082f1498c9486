"""Results as Markdown: what was measured, and ours beside another builder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from benchmarks.build.steps import STEPS, Result
from benchmarks.measured import Cost

_HEADS = ["plans", "builder", "cores", "cold s (CPU)", "unchanged", "one edit", "MiB", "pages", "MB", "other MB"]


def table(results: Sequence[Result], *, heads: bool = True) -> str:
    """A row for each builder, tree and number of cores."""
    lines = [_line(_HEADS), _line([":---" if name == "builder" else "---:" for name in _HEADS])] if heads else []
    for one in results:
        row = [f"{one.plans:,}", one.builder, str(one.cores), *(_seconds(one, step) for step in STEPS)]
        row.append(f"{_memory(one):.0f}")
        row.append(f"{sum(one.pages.values()):,}")
        row += [f"{size / 1e6:.1f}" for size in (one.page_bytes, one.other_bytes)]
        lines.append(_line(row))
    return "\n".join(lines)


def ratios(results: Sequence[Result], other: str) -> str:
    """Ours divided by another builder's, for each tree and number of cores; nothing where not both were measured.
    Times are wall times, and processor times in parentheses."""
    heads = [f"ours ÷ {other}, plans", "cores", "cold (CPU)", "unchanged", "one edit", "memory", "bytes of pages"]
    lines = [_line(heads), _line(["---:"] * len(heads))]
    for ours, theirs in _pairs(results, other):
        row = [f"{ours.plans:,}", str(ours.cores)]
        for step in STEPS:
            wall, processor = (_ratio(*(time(one, step) for one in (ours, theirs))) for time in (_time, _cpu))
            row.append(f"{wall} ({processor})")
        row += [_ratio(_memory(ours), _memory(theirs)), _ratio(ours.page_bytes, theirs.page_bytes)]
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


def _done(one: Result, step: str) -> Cost | None:
    """The cost of a step that came to its end."""
    cost = one.costs.get(step)
    return cost if cost and not cost.over and not cost.fault else None


def _time(one: Result, step: str) -> float:
    cost = _done(one, step)
    return cost.seconds if cost else 0


def _cpu(one: Result, step: str) -> float:
    cost = _done(one, step)
    return cost.cpu_seconds if cost else 0


def _memory(one: Result) -> float:
    return max((cost.mebibytes for cost in one.costs.values()), default=0)


def _seconds(one: Result, step: str) -> str:
    cost = _done(one, step)
    if not cost:
        return "fault" if step in one.costs else "–"
    return f"{_figure(cost.seconds)} ({_figure(cost.cpu_seconds)})"


def _figure(seconds: float) -> str:
    return f"{seconds:.2f}" if seconds < 10 else f"{seconds:.1f}"


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f}" if ours and theirs else "–"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
