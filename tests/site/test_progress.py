"""What a build says of its own time."""

from __future__ import annotations

import time

from generator.site.progress import Clock

MOMENT = 0.02


def test_stages_inside_of_others_are_counted_once() -> None:
    heard: list[tuple[str, float]] = []
    clock = Clock(lambda stage, done, of, seconds: heard.append((stage, seconds)))
    start = time.perf_counter()
    with clock.stage("outer"):
        time.sleep(MOMENT)
        with clock.stage("inner"):
            time.sleep(MOMENT)
        clock.advance("outer", 1, 1)
        with clock.stage("inner"):
            time.sleep(MOMENT)
        time.sleep(MOMENT)
    assert sum(clock.seconds.values()) <= time.perf_counter() - start
    assert min(clock.seconds.values()) >= 2 * MOMENT
    assert heard[2][0] == "outer" and heard[2][1] >= 2 * MOMENT
