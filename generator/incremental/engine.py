"""One build: open, invalidate, run shared tasks, run tasks, commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from generator.incremental.dependency import Dependency, Tracker, ids_of
from generator.incremental.executor import map_items
from generator.incremental.invalidation import Invalidation
from generator.incremental.memo import Build, Memo
from generator.incremental.store import Store
from generator.incremental.task import SharedTask, Task, TaskTrace, Written

T = TypeVar("T")

Progress = Callable[[int, int], None]


class TaskResult(NamedTuple):
    """What one task has done: its trace, the memos computed meanwhile, and what is still to be done for its outputs."""

    name: str
    trace: TaskTrace
    memos: dict[int, Memo]
    pending: list[Any]


class Committed(NamedTuple):
    """The result of a build: the outputs of all tasks, and the outputs of the last build that no task makes now."""

    outputs: Set[str]
    gone: Set[str]


class Engine(Generic[T]):
    """Runs the tasks that are stale, and keeps what the next build needs.

    `changed` are the dependencies that have changed since the last build. `write` writes one output of a task.
    The store must be clean or empty when the engine is made; the caller marks it dirty before anything runs.
    """

    def __init__(
        self,
        store: Store,
        changed: Iterable[Dependency],
        write: Callable[[T], Written],
        tracker: Tracker | None = None,
        processes: int = 1,
    ) -> None:
        self._store, self._write, self._processes = store, write, processes
        memos = store.memo_dependencies()
        self._invalidation = Invalidation(changed, memos)
        self.changed_parts, self.value = self._invalidation.changed_parts, store.memo_value  # `Build` asks for these
        self.build = Build(self, tracker)
        self._old_traces = store.traces()
        self._new_traces: dict[str, TaskTrace] = {}
        self._old_memos = set(memos)
        self._memos: dict[int, Memo] = {}

    def run_shared(
        self, tasks: Iterable[SharedTask], on_progress: Progress, meanwhile: Callable[[], None] = lambda: None
    ) -> None:
        """Compute the stale memos that many tasks use; `meanwhile` is called while copies are at work.

        So no memo is computed twice, and memos that turn out unchanged make no task stale.
        """
        stale = [task for task in tasks if self._invalidation.changed_parts(task.memo)]
        for result in self._map(list(map(_as_task, stale)), on_progress, self._processes, meanwhile):
            self._adopt(result.memos)

    def run(
        self, tasks: Iterable[Task[T]], on_progress: Progress = lambda done, total: None, *, alone: bool = False
    ) -> list[Any]:
        """Run tasks, stale or not; return what is still to be done for their outputs.

        `alone` runs them all in this process.
        """
        pending: list[Any] = []
        for result in self._map(list(tasks), on_progress, processes=1 if alone else self._processes):
            self._adopt(result.memos)
            self._new_traces[result.name] = result.trace
            pending += result.pending
        return pending

    def stale(self, tasks: Iterable[Task[T]], lost: Set[str] = frozenset()) -> list[Task[T]]:
        """Return the tasks that must run: new ones, and those that read something that has changed.

        `lost` are outputs that were deleted or changed since they were written: their tasks run too.
        """
        stale = self._invalidation.stale_tasks(self._old_traces)
        if lost:
            stale |= {name for name, trace in self._old_traces.items() if not lost.isdisjoint(trace.outputs)}
        fresh = self._new_traces.keys() | (self._old_traces.keys() - stale)
        return [task for task in tasks if task.name not in fresh]

    def commit(self, tasks: Iterable[Task[T]]) -> Committed:
        """Store what was done, and forget tasks that no longer exist."""
        names = {task.name for task in tasks}
        gone = self._old_traces.keys() - names
        before = _outputs(self._old_traces[name] for name in gone | self._new_traces.keys() & self._old_traces.keys())
        traces = {name: trace for name, trace in (self._old_traces | self._new_traces).items() if name in names}
        self._store.remove_traces(gone)
        self._store.put_traces(self._new_traces)
        # Nobody has asked for these stale memos, so their fingerprints are out of date.
        self._store.remove_memos(self._invalidation.stale_memos() - self._memos.keys())
        self._store.put_memos(self._memos)
        if gone or not self._memos.keys() <= self._old_memos:
            self._sweep(traces)
        lost = before - _outputs(self._new_traces.values())
        outputs = _outputs(traces.values())
        return Committed(outputs, lost - outputs)

    def _sweep(self, traces: dict[str, TaskTrace]) -> None:
        """Forget each memo that no task uses, directly or through another memo."""
        memos = self._store.memo_dependencies()
        used: set[int] = set()
        reached = memos.keys() & set().union(*(trace.uses for trace in traces.values()))
        while reached:
            used |= reached
            reached = (memos.keys() & set().union(*(memos[id_] for id_ in reached))) - used
        self._store.remove_memos(memos.keys() - used)

    def _adopt(self, memos: dict[int, Memo]) -> None:
        self.build.adopt(memos)
        for id_, memo in memos.items():
            self._invalidation.refine(id_, self._store.memo_fingerprints(id_), memo.fingerprints)
        self._memos |= memos

    def _map(
        self,
        tasks: Sequence[Task[T]],
        on_progress: Progress,
        processes: int,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> list[TaskResult]:
        run = partial(_run, self.build, self._write)
        return map_items(run, tasks, processes, on_progress=on_progress, meanwhile=meanwhile)


def _run(build: Build, write: Callable[[T], Written], task: Task[T]) -> TaskResult:
    build.computed = {}
    try:
        with build.recording() as (dependencies, uses):
            written = [write(output) for output in task.run()]
    except BaseException as error:
        error.add_note(f"While running the task {task.name}")
        raise
    outputs = tuple(path for path, _ in written if path is not None)
    pending = [pending for _, pending in written if pending is not None]
    return TaskResult(task.name, TaskTrace(ids_of(dependencies), uses, outputs), build.computed, pending)


def _as_task(shared: SharedTask) -> Task[Any]:
    def run() -> Iterable[Any]:
        shared.compute()
        return ()

    return Task(f"memo {shared.memo}", run)


def _outputs(traces: Iterable[TaskTrace]) -> frozenset[str]:
    return frozenset().union(*(trace.outputs for trace in traces))
