"""Steps that are measured run in a process of their own; what it took is read from the kernel."""

from __future__ import annotations

import os
import resource
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, Popen

_PAUSE = 0.02
_PAGE = os.sysconf("SC_PAGE_SIZE") // 1024
_STEP = 1.02
"""Growth after which the memory of several processes is read again."""


@dataclass(frozen=True)
class Cost:
    """Wall time of a step, the most memory that its processes held together, and the processor time of all of them;
    `over` when it was stopped at the bound."""

    seconds: float
    mebibytes: float
    over: bool = False
    fault: str = ""
    cpu_seconds: float = 0


def measured(
    command: Sequence[str | Path], bound: float, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Cost:
    """Run a command; after `bound` seconds stop it and all that it started. `env` is added to the environment."""
    memory = _Memory()
    over = False
    before = _processor_time()
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        environment = {**os.environ, **(env or {})}
        process = Popen(command, cwd=cwd, env=environment, stdout=DEVNULL, stderr=said, start_new_session=True)
        while process.poll() is None:
            memory.look(process.pid)
            if time.perf_counter() - started > bound and not over:
                over = True
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(_PAUSE)
        seconds = time.perf_counter() - started
        said.seek(0)
        fault = said.read().decode(errors="replace")[-2000:].strip()
    fault = (fault or f"exit {process.returncode}") if process.returncode and not over else ""
    return Cost(seconds, memory.peak / 1024, over, fault, _processor_time() - before)


class _Memory:
    """The most that a process and all below it held at one time, in KiB.

    One process: the kernel's own peak. Several: their resident pages are summed each time; as pages that forked
    processes share would count twice, a new height is read again with shared pages divided (slow, hence not always).
    A process that begins shares all pages until it runs its own program: heights are of one set of programs. Not
    wait4's figure: that one begins with the memory of the process which started the command.
    """

    def __init__(self) -> None:
        self.peak = 0
        self._resident = 0.0
        self._several = False
        self._programs: Mapping[int, bytes] = {}

    def look(self, pid: int) -> None:
        family = {member: _program(member) for member in _family(pid)}
        if len(family) == 1 and not self._several:
            self.peak = max(self.peak, _status(pid, "status", "VmHWM:"))
            return
        self._several = True
        if family != self._programs:
            self._programs, self._resident = family, 0
        resident = sum(map(_resident, family))
        if resident > self._resident * _STEP:
            self._resident = resident
            self.peak = max(self.peak, sum(_status(one, "smaps_rollup", "Pss:") for one in family))


def _processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _program(pid: int) -> bytes:
    """What a process runs, with its arguments; nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0


def _status(pid: int, file: str, name: str) -> int:
    """A figure in KiB that the kernel keeps of a process; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
