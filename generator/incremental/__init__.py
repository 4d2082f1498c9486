"""A generic incremental build engine: it knows nothing of plans and imports no other part of the program.

The model is *verifying traces with early cutoff* (Mokhov, Mitchell, Peyton Jones: "Build Systems à la Carte", 2018), as
in Shake and Salsa. One build, in the order in which `Engine` does it::

    changed dependencies ─▶ Invalidation ─▶ stale memos ─▶ shared tasks ─▶ early cutoff ─▶ stale tasks ─▶ Store

Glossary
    dependency    something that a task reads: a key in a named collection, or `"*"` for the whole collection
    tracker       records the dependencies that a running task reads, so that nobody has to declare them
    task          a named piece of work that yields outputs; it runs again when something that it read has changed
    trace         what a task read, which parts of memos it used, and the paths of what it wrote
    memo          a value that several tasks share: computed once, with the dependencies that were read for it
    part          a piece of a memo that a task can use alone; each part has a fingerprint
    fingerprint   a short hash that tells whether a value has changed
    early cutoff  a memo that is computed again with the same fingerprint does not make its users stale
    store         one SQLite file that keeps traces, memos and the caller's own tables from one build to the next
    executor      runs tasks in this process, or in several copies of it
    segment       a part of a large file; unchanged segments are copied from the old file

A caller wraps what tasks read in `TrackedMapping`s of one `Tracker`, names its tasks, says which dependencies have
changed since the last build, and gives a function that writes outputs.
"""

from generator.incremental.dependency import Dependency, TrackedMapping, Tracker
from generator.incremental.engine import Engine
from generator.incremental.memo import Build, MemoKind, PartsKind
from generator.incremental.task import SharedTask, Task, Written

__all__ = [
    "Build",
    "Dependency",
    "Engine",
    "MemoKind",
    "PartsKind",
    "SharedTask",
    "Task",
    "TrackedMapping",
    "Tracker",
    "Written",
]
