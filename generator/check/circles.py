"""Circles in what points at what: A is inside B, B inside C, C inside A."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

_SHOWN = 8


def circles(above: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Each circle once, as the ids along it, beginning with the id that is named first in `above`.

    Walks without recursion, in time linear in the number of arrows: a hostile file may chain 50,000 entries.
    """
    place = {id_: index for index, id_ in enumerate(above)}
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
                circle = trail[trail.index(up) :]
                first = circle.index(min(circle, key=place.__getitem__))
                yield circle[first:] + circle[:first]
            elif up in above and up not in done:
                trail.append(up)
                on_trail.add(up)
                pending.append(iter(above[up]))


def shown(circle: Sequence[str]) -> str:
    """A circle as people read it: `a → b → a`, a long one cut in the middle."""
    steps = [*circle, circle[0]]
    if len(steps) > _SHOWN:
        steps = [*steps[: _SHOWN - 3], f"… ({len(steps) - _SHOWN + 1})", *steps[-2:]]
    return " → ".join(steps)
