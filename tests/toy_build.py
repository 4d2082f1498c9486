"""A toy build with the engine's public parts only: texts by key become files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.incremental import Build, Engine, SharedTask, Task, TrackedMapping, Tracker, Written
from generator.incremental.dependency import EVERY_KEY
from generator.incremental.output import OutputDirectory
from generator.incremental.packing import canonical_bytes, from_bytes
from generator.incremental.segments import SegmentedFile, SegmentIndex
from generator.incremental.store import Store

Texts = Mapping[str, str]
Output = tuple[str, "str | SegmentedFile[Any]"]
TasksOf = Callable[[Texts, Build], Sequence[Task[Output]]]
SharedOf = Callable[[Texts, Build], Iterable[SharedTask]]


class Toy:
    """A folder that texts are built into, again and again; the store remembers the texts of the last build."""

    def __init__(
        self, folder: Path, tasks: TasksOf, shared: SharedOf = lambda texts, build: (), processes: int = 1
    ) -> None:
        self.output, self.store_path = folder / "out", folder / "toy.sqlite"
        self._tasks, self._shared, self._processes = tasks, shared, processes

    def build(self, texts: Texts) -> list[str]:
        """Build; return the names of the tasks that were stale."""
        directory = OutputDirectory(self.output, ".toy")
        with directory.claim(), Store(self.store_path) as store:
            before: Texts | None = store.record
            indexes = store.table("index")
            store.mark_dirty(empty=before is None)

            def write(output: Output) -> Written:
                path, content = output
                if isinstance(content, str):
                    directory.write(path, content)
                    return Written(path)
                data = indexes.get(path)
                index = content.save(directory, path, SegmentIndex(*from_bytes(data)) if data else None)
                return Written(path, (path, index))

            tracker = Tracker()
            engine = Engine[Output](store, changes(before or {}, texts), write, tracker, self._processes)
            tracked = TrackedMapping("texts", texts, tracker)
            tasks = self._tasks(tracked, engine.build)
            engine.run_shared(self._shared(tracked, engine.build), lambda done, total: None)
            stale = engine.stale(tasks)
            pending = engine.run(stale)
            with store.transaction():
                outputs, gone = engine.commit(tasks)
                directory.publish("toy", outputs)
                indexes.remove(gone)
                indexes.update((path, canonical_bytes(tuple(index))) for path, index in pending)
                store.mark_clean(dict(texts))
        return sorted(task.name for task in stale)

    @property
    def files(self) -> dict[str, str]:
        """All files that were built, by their paths."""
        return {
            path.relative_to(self.output).as_posix(): path.read_text("utf-8")
            for path in self.output.rglob("*")
            if path.is_file() and not path.relative_to(self.output).as_posix().startswith(".toy")
        }


def changes(before: Texts, now: Texts) -> set[tuple[str, str]]:
    """The dependencies that are not what they were."""
    keys = {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}
    return {("texts", key) for key in keys} | ({("texts", EVERY_KEY)} if keys else set())
