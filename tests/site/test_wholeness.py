"""The published site is whole, whatever ends a build, whatever cannot be written, and whoever builds beside."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from built_site import ROOT
from slow import rest_slow, slow
from small_site import content_in, sokehoach, tree

TITLE = "Kế hoạch {number}"


def build_words(folder: Path, *more: str) -> list[str | Path]:
    return [
        *("build", "--no-office", "--content", folder / "content"),
        *("--site", folder / "site", "--cache", folder / "cache", *more),
    ]


def edit(folder: Path, number: int) -> None:
    """One edit gives a page more, takes the last one's away, and changes those that name it."""
    content = folder / "content"
    shutil.rmtree(content, ignore_errors=True)
    content_in(content, title=TITLE.format(number=number))
    (content / "units" / f"chi-hoi-{number}.yml").write_text(
        f"id: chi-hoi-{number}\nname: Chi hội {number}\nkind: union\n"
    )


def shown(folder: Path) -> dict[str, bytes | None]:
    return {path: text for path, text in tree(folder / "site").items() if not path.startswith(".") and text is not None}


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes | None]]:
    """The site of two contents, each built from nothing, where all these tests build."""
    built = []
    for number in range(2):
        folder = tmp_path_factory.mktemp("anew")
        edit(folder, number)
        assert sokehoach(*build_words(folder)).returncode == 0
        built.append(shown(folder))
    assert built[0].keys() - built[1].keys()
    assert built[1].keys() - built[0].keys()
    return built


LONG = (pytest.mark.endurance, pytest.mark.timeout(3600))  # a hundred builds on a busy machine


@pytest.mark.parametrize("kills", [slow(3), pytest.param(50, marks=LONG)])
def test_a_build_that_is_killed_leaves_a_whole_site(
    kills: int, states: list[dict[str, bytes | None]], tmp_path: Path
) -> None:
    """At random moments of a build that takes from the last one, or from nothing after one that was killed."""
    chance = random.Random(f"kills {kills}")
    edit(tmp_path, 0)
    begun = time.monotonic()
    assert sokehoach(*build_words(tmp_path)).returncode == 0
    longest = time.monotonic() - begun
    number = 0
    for _ in range(kills):
        before, number = number, 1 - number
        edit(tmp_path, number)
        command = [sys.executable, "-m", "generator", *map(str, build_words(tmp_path))]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(0, longest))
            process.send_signal(signal.SIGKILL)
        old, new = states[before], states[number]
        site = shown(tmp_path)
        assert all(text in (old.get(path), new.get(path)) for path, text in site.items())
        assert site.keys() >= old.keys() & new.keys()
        if chance.random() < 0.5:
            continue  # the next one is killed, too, unless it is done before
        assert sokehoach(*build_words(tmp_path)).returncode == 0
        assert shown(tmp_path) == new
    assert sokehoach(*build_words(tmp_path)).returncode == 0
    assert shown(tmp_path) == states[number]


@pytest.mark.parametrize("races", [slow(2), pytest.param(100, marks=LONG)])
def test_of_two_builds_of_one_site_one_waits(races: int, states: list[dict[str, bytes | None]], tmp_path: Path) -> None:
    for race in range(races):
        edit(tmp_path, race % 2)
        words = [*map(str, build_words(tmp_path))]
        others = [*words[:-1], str(tmp_path / "other-cache")] if race % 4 > 1 else words
        builds = [
            subprocess.Popen(
                [sys.executable, "-m", "generator", *command],
                cwd=ROOT,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            for command in (words, others)
        ]
        said = [build.communicate(timeout=300)[0] for build in builds]
        assert [build.returncode for build in builds] == [0, 0], said
        assert shown(tmp_path) == states[race % 2]
        assert "không có gì thay đổi" in sokehoach(*words).stdout or others != words


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no permission to mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def fill(disk: Path) -> None:
    with suppress(OSError), (disk / ".filled").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(100_000))


def test_the_preview_says_what_a_disk_refuses(tmp_path: Path, disk: Path) -> None:
    edit(tmp_path, 0)
    fill(disk)
    command = [sys.executable, "-m", "generator", "serve", "--port", "0", "--content", tmp_path / "content"]
    command += ["--cache", disk / "nho"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as serving:
        assert serving.stdout
        lines = iter(serving.stdout.readline, "")
        said = next(line for line in lines if "không ghi được" in line)
        serving.terminate()
        assert "đĩa đã đầy" in said
        assert "Traceback" not in "".join(lines)


REFUSALS = ["full site", "full cache", "read-only site", "read-only cache", "a file as cache", "a file as site"]
REFUSALS += ["read-only content"]


@pytest.mark.parametrize("refusal", rest_slow(REFUSALS, plain=2))
def test_what_a_disk_refuses_is_said_in_one_sentence(
    refusal: str, request: pytest.FixtureRequest, tmp_path: Path, disk: Path
) -> None:
    edit(tmp_path, 0)
    on_disk = refusal.rsplit(maxsplit=1)[-1]
    if refusal.startswith("a file"):
        (tmp_path / on_disk).write_text("a file")
    else:
        if on_disk == "content":
            shutil.move(tmp_path / "content", disk / "content")
        (tmp_path / on_disk).symlink_to(disk / "content" if on_disk == "content" else disk)
    first = sokehoach(*build_words(tmp_path)) if refusal.startswith("read-only") else None
    if first:
        assert first.returncode == 0
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        if on_disk != "content":
            edit(tmp_path, 1)
    elif refusal.startswith("full"):
        fill(disk)
    done = sokehoach(*build_words(tmp_path))
    if refusal == "read-only content":
        assert done.returncode == 0
        return
    assert done.returncode in ({2} if refusal.startswith("a file") else {1})
    sentences = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert len(sentences) == 1, done.stderr
    if not refusal.startswith("a file"):
        assert "không ghi được" in sentences[0]
        assert (tmp_path / on_disk).name in sentences[0] or str(disk) in sentences[0]
    if first:
        assert shown(tmp_path) == request.getfixturevalue("states")[0]
