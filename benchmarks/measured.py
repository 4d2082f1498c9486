"""Steps that are measured run in a process of their own; what it took is read from the kernel."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, Popen

_PAUSE = 0.02


@dataclass(frozen=True)
class Cost:
    """Wall time of a step and the peak memory of its processes; `over` when it was stopped at the bound."""

    seconds: float
    mebibytes: float
    over: bool = False
    fault: str = ""


def measured(command: Sequence[str | Path], bound: float, cwd: Path | None = None) -> Cost:
    """Run a command; after `bound` seconds stop it and all that it started."""
    peaks: dict[int, int] = {}
    over = False
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = Popen(command, cwd=cwd, stdout=DEVNULL, stderr=said, start_new_session=True)
        while process.poll() is None:
            # Not wait4's figure: that one begins with the memory of the process which started the command.
            peaks |= {pid: peak for pid in _family(process.pid) if (peak := _peak(pid))}
            if time.perf_counter() - started > bound and not over:
                over = True
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(_PAUSE)
        seconds = time.perf_counter() - started
        said.seek(0)
        fault = said.read().decode(errors="replace")[-2000:].strip()
    return Cost(seconds, sum(peaks.values()) / 1024, over, fault if process.returncode and not over else "")


def _family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _peak(pid: int) -> int:
    """The most memory that a process has held so far, in KiB; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
