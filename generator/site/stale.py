"""What is no longer what it was at the last build, and so which jobs must be done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.link.record import Fact
from generator.site.kept import ALL, Kept, changed_since
from generator.site.state import Made, State


class Stale:
    """The numbers of the facts that have changed, and for each value that was kept the mask of what has changed in it:
    nothing, or all until it has been made anew."""

    def __init__(self, state: State, changed: set[Fact]) -> None:
        self._numbers = state.facts.numbers
        self._facts = state.facts.among(changed)
        right = set(state.kept)
        while stale := {name for name in right if not self._facts.isdisjoint(state.kept[name])}:
            right -= stale
            self._facts |= set(self._numbers(("kept", name) for name in stale))
        self.kept = {name: 0 if name in right else ALL for name in state.kept}

    def take(self, made: Mapping[str, Kept], before: Callable[[str], bytes]) -> None:
        """Know what was made anew, and of each value by its name the digests that it had before. Who uses one that has
        turned out as it was need not be done again."""
        for name in made.keys() & self.kept.keys():
            self.kept[name] = changed_since(before(name), made[name].digests)
            if not self.kept[name]:
                self._facts.difference_update(self._numbers([("kept", name)]))

    def jobs(self, made: Mapping[str, Made]) -> set[str]:
        """The names of the jobs that have read what has changed."""
        names = [name for name, mask in self.kept.items() if mask]
        masks = dict(
            zip(self._numbers(("kept", name) for name in names), map(self.kept.__getitem__, names), strict=True)
        )
        return {
            name
            for name, (facts, parts, _) in made.items()
            if not self._facts.isdisjoint(facts)
            or (not masks.keys().isdisjoint(parts) and any(masks.get(key, 0) & mask for key, mask in parts.items()))
        }
