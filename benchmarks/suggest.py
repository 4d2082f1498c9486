"""How long proposals of alignment take: `python -m benchmarks.suggest [--plans N] [--measures M]`.

N plans of the size of a province's, each with wording of its own, against M measures of upper plans: our own plans'
measures, each with words changed and the name of a commune, so that no text stands twice.
"""

from __future__ import annotations

import argparse
import gc
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from benchmarks.places import PROVINCES, commune_name
from generator.alignment.proposals import Suggester
from generator.check import check
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.model.entities import Body, Measure, Plan, Target

CONTENT = Path(__file__).parents[1] / "content"


def plans_of(corpus: Corpus, origin: str, chance: random.Random) -> Iterator[Plan]:
    """Yield plans like one of ours, nothing in them aligned, without end."""
    plan = corpus.plans[origin]
    words = [word for target in plan.targets for measure in target.measures for word in measure.name.split()]
    while True:
        place = commune_name(chance.randrange(len(PROVINCES)), chance.randrange(100))
        targets = tuple(_varied(target, words, place, chance) for target in plan.targets)
        body = Body(plan.headings, targets, ())
        yield plan.with_loader(lambda body=body: body)  # type: ignore[misc]


def _varied(target: Target, words: Sequence[str], place: str, chance: random.Random) -> Target:
    def name(measure: Measure) -> str:
        own = [chance.choice(words) if chance.random() < 0.2 else word for word in measure.name.split()]
        return f"{' '.join(own)} {place}"

    measures = (replace(one, name=name(one), contributes_to=(), aligned=False) for one in target.measures)
    return replace(target, measures=tuple(measures), counterparts=(), aligned=False)


def main() -> None:
    """Measure, and print one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--measures", type=int, default=200)
    options = parser.parse_args()
    corpus, chance = link(check(CONTENT)), random.Random(1)
    uppers: list[Plan] = []
    for upper in plans_of(corpus, "national-2022-2027", chance):
        uppers.append(upper)
        if sum(len(target.measures) for plan in uppers for target in plan.targets) >= options.measures:
            break
    plans = list(islice(plans_of(corpus, "thai-nguyen-2021-2026", chance), options.plans))
    gc.freeze()  # as the command does
    begun = time.process_time()
    suggester = Suggester(uppers)
    found = [suggestion for plan in plans for suggestion in suggester.measures(plan)]
    seconds = time.process_time() - begun
    print(f"{len(found)} measures of {len(plans)} plans, {options.measures} upper measures: {seconds:.2f} s")


if __name__ == "__main__":
    main()
