"""Several processes at one list of jobs."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from generator.site.crew import _shares, make_all
from generator.site.facts import Facts
from generator.site.make import Known, Maker, Past
from generator.site.shells import no_shells
from hypothesis import given
from hypothesis import strategies as st

from generator.site.request import BuildError, Request
from generator.site.tasks import Job, Output, Search


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    theme = no_shells(Request(content=tmp_path, site=tmp_path))
    past = Past({}, lambda name: None, lambda path: None)
    return Maker(Known({}, {}, {}, {}), theme, tmp_path, pytest.fail, past, Search(), Facts(), lambda parts: parts)


def by_whom() -> Iterator[Output]:
    time.sleep(0.01)
    yield f"{os.getpid()}.txt", "made"


def test_each_job_is_done_once_by_whoever_is_free(maker: Maker, tmp_path: Path) -> None:
    jobs = [Job(f"job:{number}", by_whom) for number in range(60)]
    told: list[tuple[int, int]] = []
    finished = make_all(maker, jobs, 2, lambda *place: told.append(place), lambda: False)
    assert finished.made.keys() == {job.name for job in jobs}
    assert len(list(tmp_path.glob("*.txt"))) == len(finished.outputs) == 2
    assert told[-1][1] == 60


def test_nobody_begins_a_job_that_is_not_wanted_any_more(maker: Maker) -> None:
    jobs = [Job(f"job:{number}", by_whom) for number in range(60)]
    asked = iter(range(5))
    finished = make_all(maker, jobs, 2, lambda *place: None, lambda: next(asked, None) is None)
    assert 5 <= len(finished.made) < 30


@pytest.mark.parametrize("here", [True, False])
def test_an_error_stops_all(maker: Maker, *, here: bool) -> None:
    own = os.getpid()

    def fails() -> Iterator[Output]:
        if (os.getpid() == own) == here:
            raise BuildError("MkDocs says no")
        return by_whom()

    jobs = [Job(f"job:{number}", fails) for number in range(80)]
    with pytest.raises(BuildError, match="MkDocs says no"):
        make_all(maker, jobs, 3, lambda *place: None, lambda: False)
    assert multiprocessing.active_children() == []


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.integers(0, 90_000)), st.integers(1, 4))
def test_shares_are_all_files_in_their_order(sizes: dict[str, int], number: int) -> None:
    shares = _shares(sizes, number)
    assert len(shares) == number
    assert [path for share in shares for path in share] == list(sizes)


def test_shares_are_about_the_same_work() -> None:
    shares = _shares({str(number): 20_000 for number in range(100)}, 2)
    assert 50 < len(shares[0]) < 56
