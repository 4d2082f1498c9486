"""The engine gives the same result as a build from nothing, and runs no more tasks than it must."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slow import rest_slow
from toy_build import Output, Texts, Toy

from generator.incremental import Build, MemoKind, SharedTask, Task
from generator.incremental.segments import Envelope, SegmentedFile

UPPER = MemoKind[str]("upper")
VOLATILE = MemoKind[list[str]]("volatile", persistent=False)
LINES = MemoKind[list[str]]("lines", split=lambda lines: (lines, None))
LENGTHS = MemoKind[int]("lengths")


def task(name: str, text: Callable[[], str]) -> Task[Output]:
    """A task with one file of its own name."""
    return Task(name, lambda: [(f"{name}.txt", text())])


def test_only_who_has_read_a_text_runs_again(tmp_path: Path) -> None:
    def tasks(texts: Texts, build: Build) -> list[Task[Output]]:
        return [
            task("one", lambda: texts["a"]),
            task("two", lambda: texts["a"] + texts["b"]),
            task("every", lambda: "".join(texts)),
            task("number", lambda: str(len(texts))),
            task("values", lambda: "".join(texts.values())),
            task("wanted", lambda: texts.get("c", "no c")),
            task("asked", lambda: str("d" in texts)),
            task("nothing", lambda: "constant"),
        ]

    toy = Toy(tmp_path, tasks)
    assert len(toy.build({"a": "1", "b": "2"})) == 8
    assert toy.build({"a": "1", "b": "2"}) == []
    # Who looks at all of a collection is told of each change in it.
    assert toy.build({"a": "1", "b": "3"}) == ["every", "number", "two", "values"]
    assert toy.build({"a": "1", "b": "3", "c": "4"}) == ["every", "number", "values", "wanted"]
    assert toy.build({"a": "1", "b": "3", "c": "4", "d": "5"}) == ["asked", "every", "number", "values"]
    assert toy.files["number.txt"] == "4"
    assert toy.build({"a": "1", "b": "3", "d": "5"}) == ["every", "number", "values", "wanted"]
    assert toy.files["wanted.txt"] == "no c"


def test_files_go_with_their_task_and_what_another_makes_now_stays(tmp_path: Path) -> None:
    def tasks(texts: Texts, build: Build) -> list[Task[Output]]:
        def files(key: str) -> Iterator[Output]:
            for path in texts[key].split():
                yield path, key

        return [Task(f"of {key}", lambda key=key: files(key)) for key in texts]  # type: ignore[misc]

    toy = Toy(tmp_path, tasks)
    toy.build({"a": "x/1 x/2 shared", "b": "y/z/1"})
    assert toy.files.keys() == {"x/1", "x/2", "shared", "y/z/1"}
    toy.build({"a": "x/1", "b": "shared"})
    assert toy.files == {"x/1": "a", "shared": "b"}
    assert not (toy.output / "y").exists()
    toy.build({"b": "shared x/2"})
    assert toy.files == {"x/2": "b", "shared": "b"}
    toy.build({"b": "shared x/2", "a": "y/1"})
    assert toy.files == {"x/2": "b", "shared": "b", "y/1": "a"}


def test_a_memo_that_is_computed_again_and_is_what_it_was_makes_nobody_run(tmp_path: Path) -> None:
    computed: list[str] = []

    def upper(texts: Texts, build: Build, key: str) -> str:
        def compute() -> str:
            computed.append(key)
            return texts[key].upper()

        return build.memo(UPPER, (key,), compute)

    def tasks(texts: Texts, build: Build) -> list[Task[Output]]:
        return [
            *(task(f"shown {number}", lambda: upper(texts, build, "a")) for number in range(3)),
            task("both", lambda: upper(texts, build, "a") + upper(texts, build, "b")),
        ]

    def shared(texts: Texts, build: Build) -> list[SharedTask]:
        return [SharedTask(UPPER.id_of((key,)), lambda key=key: upper(texts, build, key)) for key in texts]  # type: ignore[misc]

    toy = Toy(tmp_path, tasks, shared)
    toy.build({"a": "x", "b": "y"})
    assert sorted(computed) == ["a", "b"]  # once, whoever asks
    computed.clear()
    assert toy.build({"a": "X", "b": "y"}) == []
    assert computed == ["a"]
    computed.clear()
    assert toy.build({"a": "X", "b": "z"}) == ["both"]
    assert computed == ["b"]  # the other one is kept
    assert toy.files["both.txt"] == "XZ"


def test_who_uses_parts_of_a_memo_runs_when_one_of_them_changes(tmp_path: Path) -> None:
    def lines(texts: Texts, build: Build, parts: Sequence[int] | None) -> list[str]:
        return build.memo(LINES, ("a",), lambda: texts["a"].split(","), parts)

    def tasks(texts: Texts, build: Build) -> list[Task[Output]]:
        return [
            task("first", lambda: lines(texts, build, [0])[0]),
            task("last", lambda: lines(texts, build, [2])[2]),
            task("outer", lambda: "".join(lines(texts, build, [0, 2])[::2])),
            task("none", lambda: str(lines(texts, build, [])[:0])),
            task("all", lambda: "".join(lines(texts, build, None))),
        ]

    def shared(texts: Texts, build: Build) -> list[SharedTask]:
        return [SharedTask(LINES.id_of(("a",)), lambda: lines(texts, build, None))]

    toy = Toy(tmp_path, tasks, shared)
    toy.build({"a": "p,q,r"})
    assert toy.build({"a": "p,Q,r"}) == ["all"]
    assert toy.build({"a": "p,Q,R"}) == ["all", "last", "outer"]
    assert toy.build({"a": "p,Q,R,more"}) == ["all"]
    assert toy.build({"a": "P,Q,R"}) == ["all", "first", "outer"]


def upper_of(texts: Texts, build: Build, key: str) -> str:
    def compute() -> str:
        return texts[key].upper()

    return build.memo(UPPER, (key,), compute)


def length_of(texts: Texts, build: Build, key: str) -> int:
    return build.memo(LENGTHS, (key,), lambda: len(upper_of(texts, build, key)))


def test_memos_of_memos_follow_what_these_have_read(tmp_path: Path) -> None:
    toy = Toy(tmp_path, lambda texts, build: [task("length", lambda: str(length_of(texts, build, "a")))])
    toy.build({"a": "x"})
    for text in ("xyz", "xy", "ab", "", "xyz"):
        assert toy.build({"a": text}) == ["length"]
        assert toy.files == {"length.txt": str(len(text))}


def test_a_memo_that_nobody_asks_for_is_forgotten_and_right_when_it_is_asked_for_again(tmp_path: Path) -> None:
    def tasks(texts: Texts, build: Build) -> list[Task[Output]]:
        keys = sorted(key for key in texts if key != "which")
        asked = [key for key in keys if key in texts["which"]]
        return [task(f"of {key}", lambda key=key: str(length_of(texts, build, key))) for key in asked]  # type: ignore[misc]

    def known(name: str) -> int:
        with closing(sqlite3.connect(toy.store_path)) as connection:
            return int(connection.execute(f"select count(*) from {name}").fetchone()[0])

    toy = Toy(tmp_path, tasks)
    toy.build({"which": "ab", "a": "1", "b": "22"})
    assert known("memo_value") == known("memo_dependencies") == known("memo_fingerprints") == 4
    toy.build({"which": "a", "a": "1", "b": "22"})
    assert known("memo_value") == 2  # swept: no task uses them
    toy.build({"which": "a", "a": "1", "b": "333"})
    toy.build({"which": "ab", "a": "1", "b": "333"})
    assert toy.files == {"of a.txt": "1", "of b.txt": "3"}
    toy.build({"which": "ab", "a": "1"})
    assert known("memo_value") == 2
    toy.build({"which": "ab", "a": "1", "b": "4444"})
    assert toy.files["of b.txt"] == "4"
    toy.build({"which": ""})
    assert toy.files == {}
    assert known("memo_value") == known("memo_dependencies") == known("memo_fingerprints") == known("trace") == 0


def test_a_memo_that_is_not_kept_is_computed_again_but_only_for_who_runs(tmp_path: Path) -> None:
    computed: list[str] = []

    def sorted_lines(texts: Texts, build: Build) -> list[str]:
        def compute() -> list[str]:
            computed.append("a")
            return sorted(texts["a"])

        return build.memo(VOLATILE, (), compute)

    def tasks(texts: Texts, build: Build) -> list[Task[Output]]:
        return [
            task("sorted", lambda: "".join(sorted_lines(texts, build))),
            task("with b", lambda: "".join(sorted_lines(texts, build)) + texts["b"]),
        ]

    def shared(texts: Texts, build: Build) -> list[SharedTask]:
        return [SharedTask(VOLATILE.id_of(()), lambda: sorted_lines(texts, build))]

    toy = Toy(tmp_path, tasks, shared)
    toy.build({"a": "ba", "b": "1"})
    computed.clear()
    assert toy.build({"a": "ab", "b": "1"}) == []  # computed, and as before
    assert computed == ["a"]
    computed.clear()
    assert toy.build({"a": "ab", "b": "2"}) == ["with b"]
    assert computed == ["a"]
    assert toy.files["with b.txt"] == "ab2"
    computed.clear()
    assert toy.build({"a": "ab", "b": "2"}) == computed == []


class TextFile(SegmentedFile[tuple[str]]):
    """All texts behind each other; how many lines the longest has is said by each of them."""

    def __init__(self, texts: Texts, build: Build) -> None:
        self.segments = [(key,) for key in texts]
        self._texts, self._build = texts, build

    def is_unchanged(self, segment: tuple[str]) -> bool:
        return self._build.unchanged(UPPER, segment)

    def _upper(self, segment: tuple[str]) -> str:
        return upper_of(self._texts, self._build, segment[0])

    def summary(self, segment: tuple[str]) -> int:
        return len(self._upper(segment))

    def envelope(self, summaries: object) -> Envelope:
        assert isinstance(summaries, list)
        longest = max(summaries, default=0)
        return Envelope(f"{sum(summaries)}[".encode(), b", ", b"]", longest > 2)

    def render(self, segment: tuple[str], shared: object) -> bytes:
        return f"{segment[0]}:{self._upper(segment)}{'!' if shared else ''}".encode()


def all_tasks(texts: Texts, build: Build) -> list[Task[Output]]:
    """Tasks of every sort, enough for two processes each time that a text changes."""

    def lines(key: str, parts: Sequence[int] | None = None) -> list[str]:
        return build.memo(LINES, (key,), lambda: texts.get(key, "").split("x"), parts)

    def some(number: int) -> Iterator[Output]:
        keys = sorted(texts)
        key = keys[number % len(keys)] if keys else "none"
        yield f"some/{number}.txt", f"{key} {length_of(texts, build, key) if key in texts else ''}"
        if len(keys) > number:
            yield f"many/{key}/{number}.txt", "".join(lines(key))

    def of(key: str) -> Iterator[Output]:
        yield f"{key}/index.txt", texts[key]
        yield f"{key}/first.txt", lines(key, [0])[0]
        volatile = build.memo(VOLATILE, (key,), lambda: sorted(texts[key]))
        yield f"{key}/sorted.txt", "".join(volatile)

    return [
        *(Task(f"of {key}", lambda key=key: of(key)) for key in texts),  # type: ignore[misc]
        *(Task(f"some {number}", lambda number=number: some(number)) for number in range(60)),  # type: ignore[misc]
        task("missing", lambda: "".join(lines("e", [0]))),
        Task("file", lambda: [("all.txt", TextFile(texts, build))]),
    ]


def all_shared(texts: Texts, build: Build) -> list[SharedTask]:
    return [SharedTask(LENGTHS.id_of((key,)), lambda key=key: length_of(texts, build, key)) for key in texts]  # type: ignore[misc]


# Sorted: the order of keys is no dependency (see `TrackedMapping`).
STATES = st.dictionaries(st.sampled_from("abcde"), st.text("xyXY", max_size=3), max_size=5).map(
    lambda texts: dict(sorted(texts.items()))
)


@pytest.mark.parametrize("processes", rest_slow([1, 2]))
@given(st.lists(STATES, min_size=2, max_size=5))
@settings(max_examples=20)
def test_any_walk_of_edits_ends_in_the_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, processes: int, states: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("walk")
    toy = Toy(folder / "updated", all_tasks, all_shared, processes)
    for number, texts in enumerate(states):
        toy.build(texts)
        anew = Toy(folder / str(number), all_tasks, all_shared)
        anew.build(texts)
        assert toy.files == anew.files


TEXTS = {"a": "xyz", "b": "y", "c": ""}


@pytest.mark.parametrize("end", ["error", "kill"])
def test_after_a_build_that_did_not_end_all_is_built(end: str, tmp_path: Path) -> None:
    def tasks(texts: Texts, build: Build) -> list[Task[Output]]:
        def fail() -> Iterator[Output]:
            yield "half.txt", "half"
            if texts["a"] == "fail" and end == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            elif texts["a"] == "fail":
                raise ValueError("failed")

        return [*all_tasks(texts, build), Task("fail", fail)]

    toy = Toy(tmp_path / "toy", tasks, all_shared)
    whole = toy.build(TEXTS)
    broken = TEXTS | {"a": "fail", "d": "more"}
    if end == "kill":
        pid = os.fork()
        if pid == 0:
            toy.build(broken)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    else:
        with pytest.raises(ValueError, match="failed") as raised:
            toy.build(broken)
        assert raised.value.__notes__ == ["While running the task fail"]
    before = toy.files
    assert toy.build(TEXTS) == whole
    anew = Toy(tmp_path / "anew", tasks, all_shared)
    anew.build(TEXTS)
    assert toy.files == anew.files == before


@pytest.mark.parametrize("content", [b"", b"spoilt" * 100, b"SQLite format 3\0" + b"x" * 5000])
def test_a_spoilt_store_costs_a_build_from_nothing(content: bytes, tmp_path: Path) -> None:
    toy = Toy(tmp_path, all_tasks, all_shared)
    whole = toy.build(TEXTS)
    files = toy.files
    toy.store_path.write_bytes(content)
    assert toy.build(TEXTS) == whole
    assert toy.files == files
    assert toy.build(TEXTS) == []


@pytest.mark.slow
def test_a_store_that_another_build_is_writing_is_not_thrown_away(tmp_path: Path) -> None:
    toy = Toy(tmp_path, all_tasks, all_shared)
    toy.build(TEXTS)
    with closing(sqlite3.connect(toy.store_path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            toy.build(TEXTS | {"a": "edited"})
        other.execute("rollback")
    assert toy.build(TEXTS) == []


@pytest.mark.slow
def test_a_hundred_builds_leave_no_more_than_one(tmp_path: Path) -> None:
    """Neither open files nor a store that grows."""
    toy = Toy(tmp_path, all_tasks, all_shared, processes=2)
    states = [{"abcde"[number % 5]: "x" * (number % 3), "b": "y", "c": str(number % 4)} for number in range(100)]
    for texts in states[:20]:
        toy.build(texts)
    descriptors, size = len([*Path("/proc/self/fd").iterdir()]), toy.store_path.stat().st_size
    for texts in states:
        toy.build(texts)
    assert len([*Path("/proc/self/fd").iterdir()]) == descriptors
    assert toy.store_path.stat().st_size == size
    assert len(list(tmp_path.iterdir())) == 2
