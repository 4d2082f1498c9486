"""Several processes that work on one list. Each case runs in a process of its own, which must end in time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from built_site import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without copies of a process")

LONGEST = 120
PREAMBLE = """
import multiprocessing, os, signal, sys, time
from pathlib import Path
from generator.incremental.executor import Worker, WorkerLostError, map_items

first = os.getpid()
pids = Path(sys.argv[1])

def here():
    (pids / str(os.getpid())).touch()
    return os.getpid() == first

def nobody_left():
    assert multiprocessing.active_children() == []
    for path in pids.iterdir():
        assert path.name == str(first) or not Path("/proc", path.name).exists(), path.name
"""


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script after the preamble; whatever it leaves is killed with it."""
    (folder / "pids").mkdir()
    command = [sys.executable, "-c", PREAMBLE + script, str(folder / "pids")]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
    )


def passes(script: str, folder: Path) -> None:
    done = run(script, folder)
    assert done.returncode == 0, done.stderr


def test_each_item_is_done_once_by_whoever_is_free(tmp_path: Path) -> None:
    passes(
        """
def work(item):
    here()
    time.sleep(0.01)
    return item * item

told = []
results = map_items(work, range(200), 3, on_progress=lambda done, total: told.append((done, total)))
assert sorted(results) == [item * item for item in range(200)]
assert len(list(pids.iterdir())) == 3
assert told == sorted(told) and {total for _, total in told} == {200}
nobody_left()
""",
        tmp_path,
    )


def test_results_may_be_large(tmp_path: Path) -> None:
    passes(
        """
results = map_items(lambda item: bytes(1_000_000), range(60), 2)
assert [len(one) for one in results] == [1_000_000] * 60
nobody_left()
""",
        tmp_path,
    )


def test_meanwhile_is_done_beside_the_others(tmp_path: Path) -> None:
    passes(
        """
def meanwhile():
    while not any(path.name != str(first) for path in pids.iterdir()):
        time.sleep(0.01)
    (pids / "0").touch()

results = map_items(lambda item: here(), range(60), 2, meanwhile=meanwhile)
assert len(results) == 60 and (pids / "0").exists()
""",
        tmp_path,
    )


ERRORS = """
class Odd(Exception):
    def __init__(self, path, *, line):
        super().__init__(f"{path} in line {line}")

class Mute(Exception):
    def __init__(self):
        self.cannot = lambda: None
    def __str__(self):
        raise ValueError("no text")

def inner():
    class Local(Exception):
        pass
    raise Local("of a function")

def odd():
    raise Odd("a.yml", line=3)

def mute():
    raise Mute

def plain():
    raise ValueError("plain")

def leaves():
    sys.exit(3)

def interrupted():
    raise KeyboardInterrupt
"""


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize(
    ("raiser", "kind", "text"),
    [
        ("plain", "ValueError", "plain"),
        ("inner", "Exception", "Local: of a function|of a function"),
        ("odd", "Exception", "Odd: a.yml in line 3|a.yml in line 3"),
        ("mute", "Exception", ""),
        ("leaves", "SystemExit", "3"),
        ("interrupted", "KeyboardInterrupt", ""),
    ],
)
def test_whatever_a_task_raises_is_raised_with_its_name(
    raiser: str, kind: str, text: str, there: bool, tmp_path: Path
) -> None:
    passes(
        f"""{ERRORS}
from toy_build import Toy
from generator.incremental import Task

def run(number):
    if here() != {there}:
        {raiser}()
    time.sleep(0.01)
    yield f"{{number}}.txt", "text"

toy = Toy(pids.with_name("toy"), lambda texts, build: [
    Task(f"number {{number}}", lambda number=number: run(number)) for number in range(2000)
], processes=3)
try:
    toy.build({{}})
except {kind} as error:
    notes = "".join(error.__notes__)
    assert "While running the task number " in notes, notes
    if {text!r}:
        assert any(str(error).endswith(one) for one in {text!r}.split("|")), str(error)
    if {there}:
        assert {raiser!r} in notes, notes  # the traceback
else:
    raise AssertionError
assert len(list(toy.output.glob("*"))) < 1000  # nobody takes another one
nobody_left()
""",
        tmp_path,
    )


def test_what_cannot_be_sent_is_an_error(tmp_path: Path) -> None:
    passes(
        """
try:
    map_items(lambda item: None if here() else (lambda: item), range(400), 2)
except Exception as error:
    assert "pickle" in str(error).lower()
else:
    assert len(list(pids.iterdir())) == 1  # the other one came too late
nobody_left()
""",
        tmp_path,
    )


@pytest.mark.parametrize("when", ["at once", "at work", "in the end"])
def test_a_process_that_is_killed_is_told_at_once(when: str, tmp_path: Path) -> None:
    passes(
        f"""
def work(item):
    if not here():
        if {when!r} == "at once" or item > 20:
            os.kill(os.getpid(), signal.SIGKILL)
    elif {when!r} == "in the end":
        while len(list(pids.iterdir())) < 2:
            time.sleep(0.01)
    time.sleep(0.1)

items = range(50 if {when!r} == "in the end" else 10_000)
try:
    map_items(work, items, 2)
except WorkerLostError as error:
    assert str(-signal.SIGKILL) in str(error)
else:
    raise AssertionError
nobody_left()
""",
        tmp_path,
    )


def test_a_process_that_is_killed_while_it_takes_an_item_stops_nobody(tmp_path: Path) -> None:
    """Items that take no time: nearly all that a process does is to hold the lock, or to wait for it."""
    passes(
        """
lost = 0
for attempt in range(30):
    turns = iter(range(100 + attempt * 37))

    def kill(done, total):
        if next(turns, None) is None:
            for child in multiprocessing.active_children():
                child.kill()

    try:
        map_items(lambda item: None, range(200_000), 3, on_progress=kill)
    except WorkerLostError:
        lost += 1
assert lost > 20, lost
nobody_left()
""",
        tmp_path,
    )


def test_a_process_that_is_killed_in_the_middle_of_a_message_is_lost(tmp_path: Path) -> None:
    passes(
        """
def main(end):
    here()
    end.send(bytes(100_000_000))

worker = Worker(main)
while not (children := [path for path in pids.iterdir()]):
    time.sleep(0.01)
time.sleep(0.3)  # until the line is full
os.kill(int(children[0].name), signal.SIGKILL)
try:
    worker.receive()
except WorkerLostError as error:
    assert str(-signal.SIGKILL) in str(error)
else:
    raise AssertionError
worker.close()
nobody_left()
""",
        tmp_path,
    )


def test_an_error_in_the_first_process_ends_the_others(tmp_path: Path) -> None:
    passes(
        """
signal.signal(signal.SIGTERM, lambda number, frame: None)  # a handler is inherited

def work(item):
    if here():
        while len(list(pids.iterdir())) < 3:
            time.sleep(0.01)
        raise ValueError("here")
    time.sleep(1000)

try:
    map_items(work, range(100), 3)
except ValueError:
    nobody_left()
else:
    raise AssertionError
""",
        tmp_path,
    )


@pytest.mark.parametrize("doing", ["time.sleep(0.01)", "end"])
def test_when_the_first_process_is_killed_the_others_end(doing: str, tmp_path: Path) -> None:
    """At work or waiting for it, they leave nobody behind."""
    work = """
def work(item):
    if here():
        while len(list(pids.iterdir())) < 3:
            time.sleep(0.01)
        os.kill(first, signal.SIGKILL)
    time.sleep(0.01)
    return bytes(1_000_000)

map_items(work, range(100_000), 3)
"""
    waiting = """
def main(end):
    here()
    end.receive()

workers = [Worker(main) for _ in range(2)]
while len(list(pids.iterdir())) < 2:
    time.sleep(0.01)
os.kill(first, signal.SIGKILL)
"""
    with subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + (waiting if doing == "end" else work), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        process.wait(LONGEST)
    until = time.monotonic() + LONGEST
    while left := [path.name for path in tmp_path.iterdir() if _runs(path.name)]:
        assert time.monotonic() < until, left
        time.sleep(0.05)
    assert len(list(tmp_path.iterdir())) >= 2


def _runs(pid: str) -> bool:
    """Whether a process is there; who has ended and is not yet taken note of by the system's first process is not."""
    try:
        status = Path("/proc", pid, "stat").read_text("utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
