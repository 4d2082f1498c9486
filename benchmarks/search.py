"""Search in the browser, ours beside others: `python -m benchmarks.search --activities 500 5000 50000`.

For each size a corpus is made, checked and linked; each engine builds its files in a process of its own and is then
used in real Chromium, plain and slowed down. Prints a table (Markdown); `--json` keeps all figures.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import get_args

from benchmarks import competitors
from benchmarks.chromium import Run, best_of
from benchmarks.corpus import write_corpus
from benchmarks.measured import measured
from benchmarks.results import Result, shown
from generator.search.search_files import Engine

QUERIES = [
    "hỗ trợ phụ nữ khởi nghiệp",
    "ho tro phu nu khoi nghiep",
    "tập huấn cán bộ hội",
    "HTX do phu nu quan ly",
    "bạo lực gia đình",
    "phòng chống rác thải nhựa",
    "giam sat phan bien xa hoi",
    "Đề án 939",
    "kế hoạch năm 2025",
    "binh dang gioi ban tuyen giao",
]
"""As members type them; each is typed letter by letter."""

A_PLAN = 80
MOST_FOR_LUNR = 10_000
"""Activities beyond which an index to be loaded whole is out of the question."""
OTHERS = ("material", "minisearch", "flexsearch", "pagefind")
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Plan:
    """What to measure: how many times slower the second kind of visit is, how many visits of each kind, and after how
    many seconds a build or a visit is given up."""

    sizes: Sequence[int]
    throttle: float
    visits: int
    bound: float
    only: Sequence[str]
    work: Path


def run(plan: Plan) -> Iterator[Result]:
    """All results, size by size."""
    versions, reason = competitors.install(plan.work / "npm")
    _say(f"npm packages: {_listed(versions)}" if versions else f"MiniSearch, FlexSearch, Pagefind skipped: {reason}")
    others = [name for name in OTHERS if name == "material" or name in versions]
    for size in plan.sizes:
        folder = plan.work / str(size)
        write_corpus(folder / "content", plan_sizes(size))
        # Apart, so that this process stays small and leaves the machine to what is measured.
        subprocess.run(
            [sys.executable, "-m", "benchmarks.activities", folder / "content", folder], cwd=ROOT, check=True
        )
        floor = int((folder / "floor").read_text())
        _say(f"{size} activities: floor {floor / 1000:.0f} KB")
        for engine in [*_own_engines(size), *others]:
            if not plan.only or engine in plan.only:
                result = _measure(plan, size, engine, floor)
                _say(shown([result], heads=False, faults=True))
                yield result


def _measure(plan: Plan, size: int, engine: str, floor: int) -> Result:
    folder = plan.work / str(size)
    out = folder / engine
    if own := engine not in OTHERS:
        command = [sys.executable, "-m", "benchmarks.build_ours", str(folder / "corpus.pickle"), engine, str(out)]
        cost = measured(command, plan.bound, cwd=ROOT)
    else:
        cost = competitors.build(engine, folder / "texts.json", out, plan.work / "npm", plan.bound)
    if cost.fault or cost.over:
        return Result(size, engine, floor, cost, Run(), Run())
    plain, slow = (
        best_of(plan.visits, out, "ours" if own else engine, QUERIES, throttle=throttle, bound=plan.bound)
        for throttle in (1, plan.throttle)
    )
    return Result(size, engine, floor, cost, plain, slow)


def plan_sizes(activities: int) -> list[int]:
    """Activities of each plan, so that they come to exactly this sum."""
    plans = max(1, round(activities / A_PLAN))
    return [activities * (place + 1) // plans - activities * place // plans for place in range(plans)]


def _own_engines(size: int) -> list[str]:
    left_out = {"auto"}
    if size > MOST_FOR_LUNR:
        left_out.add("lunr")
    return [name for name in get_args(Engine) if name not in left_out]


def _listed(versions: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions.items())


_say = partial(print, file=sys.stderr, flush=True)
"""Tell progress, apart from the table."""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--activities", type=int, nargs="+", default=[500, 5000, 50000], metavar="N")
    parser.add_argument("--throttle", type=float, default=4, help="how many times slower the second visit is (4)")
    parser.add_argument("--visits", type=int, default=3, help="of each kind; of each keystroke the fastest counts (3)")
    parser.add_argument("--bound", type=float, default=120, help="seconds after which a step is given up (120)")
    parser.add_argument("--only", nargs="+", default=[], metavar="ENGINE", help="these engines only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep all figures")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep the built files here")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        work = (given.work or Path(temporary)).resolve()
        results = []
        for result in run(Plan(given.activities, given.throttle, given.visits, given.bound, given.only, work)):
            results.append(result)
            if given.json:
                given.json.write_text(json.dumps([asdict(one) for one in results], indent=1) + "\n")
    sys.stdout.write(shown(results, bound=given.bound, throttle=given.throttle) + "\n")


if __name__ == "__main__":
    main()
