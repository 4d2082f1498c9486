"""Building, ours beside others: `python -m benchmarks.build --plans 10 100 1000`.

For each size a content tree is made; each builder makes the same pages of it in processes of its own: cold, again with
nothing changed, and after one edit. Pages are compared with ours. Prints tables (Markdown); `--json` keeps all figures.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from benchmarks.build.builders import ASIDE, BUILDERS, Builder, Job, UnavailableError
from benchmarks.build.facts import differences
from benchmarks.build.report import growth, ratios, table
from benchmarks.build.steps import Result, measure
from benchmarks.corpus import write_corpus

SAMPLE = 20
"""Pages of each kind that are compared with ours."""


@dataclass(frozen=True)
class Order:
    """What to measure: sizes, builders and cores; each step `runs` times, given up after `bound` seconds."""

    plans: Sequence[int]
    only: Sequence[str]
    cores: Sequence[int]
    runs: int
    bound: float
    work: Path
    tools: Path


def run(order: Order) -> Iterator[Result]:
    """All results, size by size, ours first."""
    ready: list[tuple[Builder, str]] = []
    for name, kind in BUILDERS.items():
        if name in order.only:
            try:
                builder = kind(order.tools)
                ready.append((builder, builder.install()))
                _say(f"{name} {ready[-1][1]}")
            except UnavailableError as reason:
                _say(f"{name} is left out: {reason}")
    for plans in order.plans:
        folder = order.work / str(plans)
        write_corpus(folder / "content", plans)
        for builder, version in ready:
            if plans > builder.most_plans:
                continue
            job = Job(folder / "content", folder / builder.name)
            builder.prepare(job)
            for cores in order.cores:
                result = measure(builder, version, job, plans, cores, runs=order.runs, bound=order.bound)
                _say(table([result], heads=False))
                for fault in result.faults:
                    _say(f"  {fault}")
                yield result
            _compare(folder, builder.name)


def _compare(folder: Path, name: str) -> None:
    ours = folder / "ours" / "site"
    if name != "ours" and ours.is_dir():
        found = list(differences(ours, folder / name / "site", SAMPLE))
        _say(
            f"{name} and ours show {'different' if found else 'the same'} facts ({SAMPLE} pages of each kind looked at)"
        )
        for line in found[:20]:
            _say(f"  {line}")


def machine() -> dict[str, object]:
    """Where this was measured; `load` is how busy it was."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    memory = Path("/proc/meminfo").read_text().split()[1]
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "GiB": round(int(memory) / 2**20),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": [round(one, 1) for one in os.getloadavg()],
    }


_say = partial(print, file=sys.stderr, flush=True)
"""Tell progress, apart from the tables."""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.build", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument(
        "--plans", type=int, nargs="+", default=[10, 100, 1000], metavar="N", help="sizes (10 100 1000)"
    )
    parser.add_argument("--only", nargs="+", default=list(BUILDERS), choices=list(BUILDERS), help="these builders only")
    parser.add_argument("--cores", type=int, nargs="+", default=[1, 2], metavar="N", help="cores to hold them to (1 2)")
    parser.add_argument("--runs", type=int, default=1, help="of each step; the fastest counts (1)")
    parser.add_argument("--bound", type=float, default=600, help="seconds after which a build is given up (600)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep all figures")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep trees, sites and installed builders here")
    given = parser.parse_args(arguments)
    before = machine()
    with tempfile.TemporaryDirectory() as temporary:
        work = (given.work or Path(temporary)).resolve()
        order = Order(given.plans, given.only, given.cores, given.runs, given.bound, work, work / "tools")
        results = []
        for result in run(order):
            results.append(result)
            if given.json:
                kept = {"before": before, "after": machine(), "results": [asdict(one) for one in results]}
                given.json.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        for folder in work.glob(f"*/*/{ASIDE}*"):
            shutil.rmtree(folder)
    others = [name for name in order.only if name != "ours"]
    parts = [table(results), *(ratios(results, name) for name in others), growth(results), f"{before} → {machine()}"]
    sys.stdout.write("\n\n".join(part for part in parts if part) + "\n")


if __name__ == "__main__":
    main()
