"""Cycles of references: A is inside B, B inside C, C inside A."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

_SHOWN = 8


def find_cycles(above: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield each cycle once, as its ids, beginning with the one that is first in `above`.

    Works without recursion, in linear time: a hostile file may chain 50,000 entries.
    """
    position = {id_: index for index, id_ in enumerate(above)}
    done: set[str] = set()
    for start in above:
        if start in done:
            continue
        trail, on_trail, pending = [start], {start}, [iter(above[start])]
        while pending:
            up = next(pending[-1], None)
            if up is None:
                pending.pop()
                on_trail.discard(trail[-1])
                done.add(trail.pop())
            elif up in on_trail:
                cycle = trail[trail.index(up) :]
                first = cycle.index(min(cycle, key=position.__getitem__))
                yield cycle[first:] + cycle[:first]
            elif up in above and up not in done:
                trail.append(up)
                on_trail.add(up)
                pending.append(iter(above[up]))


def format_cycle(cycle: Sequence[str]) -> str:
    """Return a cycle as text: `a → b → a`; a long one is shortened in the middle."""
    steps = [*cycle, cycle[0]]
    if len(steps) > _SHOWN:
        steps = [*steps[: _SHOWN - 3], f"… ({len(steps) - _SHOWN + 1})", *steps[-2:]]
    return " → ".join(steps)
