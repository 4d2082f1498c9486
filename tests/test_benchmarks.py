"""The benchmarks' corpus: valid, deterministic, of the requested size."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from built_site import ROOT

sys.path.insert(0, str(ROOT))  # the benchmarks are no part of the installed package

from benchmarks.activities import floor_bytes, texts_of
from benchmarks.corpus import FEWEST, MOST, main, write_corpus
from benchmarks.search import plan_sizes
from generator.check import CheckResult, check
from generator.model.builder import link

PLANS = 4


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    main(["--plans", str(PLANS), "--out", str(folder)])
    return folder


@pytest.fixture(scope="module")
def result(tree: Path) -> CheckResult:
    return check(tree)


def test_it_is_valid(result: CheckResult) -> None:
    assert result.errors == []  # some of our own units have no work in it: warnings
    assert result.counts["plan"] == PLANS


def test_it_is_deterministic(tree: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path, PLANS)
    assert _texts(tmp_path) == _texts(tree)


def test_more_plans_leave_the_first_as_they_are(tree: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path, PLANS + 1)
    assert _texts(tree).items() < _texts(tmp_path).items()


def test_what_was_there_before_is_gone(tmp_path: Path) -> None:
    write_corpus(tmp_path, 2)
    write_corpus(tmp_path, 1)
    assert len(list((tmp_path / "plans").iterdir())) == 1


def test_plans_are_large_enough_and_aligned(result: CheckResult) -> None:
    corpus = link(result)
    assert all(FEWEST <= len(plan.activities) <= MOST for plan in corpus.plans.values())
    levels = [corpus.units[plan.issuer].level for plan in corpus.plans.values()]
    assert sorted(map(str, levels)) == ["central", "commune", "commune", "province"]
    lower = [plan for plan in corpus.plans.values() if corpus.units[plan.issuer].level != "central"]
    assert all(plan.implements for plan in lower)
    assert all(one.counterparts for plan in lower for one in (*plan.tasks, *plan.targets))
    assert all(measure.contributes_to for plan in lower for one in plan.targets for measure in one.measures)
    assert all(one.years and one.lead for one in corpus.activities.values())
    titles = [one.title for one in corpus.activities.values()]
    assert len(set(titles)) > 0.8 * len(titles)


def test_the_floor_is_below_the_texts_and_above_nothing(result: CheckResult) -> None:
    texts = texts_of(link(result))
    assert 5_000 < floor_bytes(texts) < sum(len(text.encode()) for text in texts["text"] + texts["title"])


@pytest.mark.parametrize("activities", [1, 79, 500, 5_000, 50_000])
def test_sizes_come_to_what_is_asked_for(activities: int) -> None:
    assert sum(plan_sizes(activities)) == activities


def _texts(tree: Path) -> dict[str, str]:
    return {path.relative_to(tree).as_posix(): path.read_text(encoding="utf-8") for path in tree.rglob("*.yml")}
