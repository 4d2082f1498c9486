"""Hostile input gives a problem with a place, never a traceback or a long wait."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slow import rest_slow
from small_site import content_in

from generator.check import check, check_files
from generator.check.problem_report import REPORTERS, text_report
from generator.check.rules import RULES
from generator.check.suggestions import Suggestions
from generator.language.catalogue import LANGUAGES, catalogue
from generator.language.tcvn3 import TCVN3
from generator.source.source_files import FOLDERS, Kind, SourceFile

CONTENT = sorted(Path("content").glob("*/*.yml"))
REAL = Path(__file__).parents[2] / "content" / "plans" / "thai-nguyen-2021-2026.yml"


def rules_of(content: bytes, kind: Kind = "plan", stem: str = "thu") -> list[str]:
    """The rules that a file breaks; every report is written, and every problem stands inside the file."""
    result = check_files([SourceFile(kind, f"plans/{stem}.yml", stem, content)])
    lines = result.texts[f"plans/{stem}.yml"].split("\n")
    if lines == [""]:  # the text could not be had; the place is counted in the bytes
        lines = content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in result.problems:
        assert problem.rule in RULES
        assert 1 <= problem.span.line <= len(lines), problem
        assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1, problem
    for report in REPORTERS.values():
        for language in LANGUAGES:
            assert report(result, catalogue(language))
    return [problem.rule for problem in result.problems]


def tcvn3(text: str) -> str:
    """Text as the old fonts have it, read as Latin-1."""
    return unicodedata.normalize("NFC", text).translate({new: old for old, new in TCVN3.items()})


RING = b"outline:\n" + b"".join(b"- {id: h%d, parent: h%d}\n" % (n, (n + 1) % 5_000) for n in range(5_000))
PLAIN = "id: thu\ntitle: Kế hoạch hoạt động của Ban Chấp hành Hội Phụ nữ\n"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty-file"),
        (b"\n\n# ch\xe1\xbb\x89 c\xc3\xb3 ch\xc3\xba th\xc3\xadch\n", "empty-file"),
        (b"\xef\xbb\xbf", "empty-file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not-utf8"),
        (PLAIN.encode("utf-16"), "not-utf8"),
        ("id: thu\ntitle: A\n".encode("utf-16-le"), "control-character"),
        (unicodedata.normalize("NFD", PLAIN).encode("cp1258", "replace"), "not-utf8"),
        (tcvn3(PLAIN).encode("latin-1"), "not-utf8"),
        (tcvn3(PLAIN).encode(), "old-font"),
        (PLAIN.encode().decode("latin-1").encode(), "control-character"),
        (unicodedata.normalize("NFD", PLAIN).encode(), "not-nfc"),
        (b"id: a\x00b\n", "control-character"),
        ("a: x\u2028b: y\n".encode(), "control-character"),
        (b"a: &a [x]\nb: [*a, *a]\n", "yaml-alias"),
        (b"a: &a\n  <<: *a\n", "yaml-alias"),
        (b"- 1\n- 2\n", "wrong-type"),
        (b"only words\n", "wrong-type"),
        (b"id: thu\n---\nid: hai\n", "yaml-document"),
        (b"\tid: thu\n", "yaml-tab"),
        # Large ones: each in less than five seconds of work.
        *rest_slow(
            [
                (b"[" * 10_000_000, "file-too-big"),
                (b"#" * 5_000_000, "file-too-big"),
                (b"[" * 900_000, "too-deep"),
                (b"{" * 900_000, "yaml-key"),
                (b"- " * 400_000, "too-deep"),
                (b"? " * 400_000, "yaml-key"),
                (b"a: [" + b"{}," * 300_000 + b"]", "too-many-values"),
                (b"a: 1\n" * 190_000, "too-many"),
                (b"activities: [" + b"{}," * 12_000 + b"]", "too-many"),
                (b"id: thu\noutline:\n" + b"- {id: a, parent: b}\n" * 5_000, "too-many"),
                (RING, "cycle"),
                (b"id: thu\nimplements: [" + b"x" * 900_000 + b"]\n", "unknown-reference"),
                (b"id: thu\nissuer: " + b"x " * 400_000, "unknown-name"),
                (b"a: '" + "x\u00adƣ".encode() * 100_000, "invisible-character"),
                ("đƣợc ".encode() * 100_000, "look-alike-letter"),
                (b"a: " + b"0_" * 400_000, "unknown-field"),
                (b"a: 01, \n" + b"- 0000000" * 90_000, "yaml-indent"),
            ],
            plain=4,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:30]),
)
def test_hostile_bytes(content: bytes, rule: str) -> None:
    started = time.process_time()
    assert rule in rules_of(content)
    assert time.process_time() - started < 5


LONG_LINES: dict[str, Callable[[int], str]] = {
    "blanks before a colon": lambda size: "title: a" + " " * size + "b: c\n",
    "blanks without a colon": lambda size: "title: a\n" + "b" + " " * size + "c\n",
    "blanks before a number sign": lambda size: "title: a" + " " * size + "b #1\n",
    "a list that is never closed": lambda size: "title: [" + 'a "b" c, ' * size + "\n",
    "a note in a list": lambda size: "title: [a, " + "b, " * size + "c # d\n",
    "an odd quote": lambda size: "title: 'a" + "' " * size + "x\n",
}


@pytest.mark.parametrize("case", rest_slow(LONG_LINES))
def test_a_long_line_takes_no_more_time_than_its_length(case: str) -> None:
    """Four times the length takes four times the time, and not sixteen times; what takes no time at all may vary."""

    def seconds(size: int) -> float:
        text = LONG_LINES[case](size).encode()
        started = time.process_time()
        check_files([SourceFile("plan", "plans/thu.yml", "thu", text)])
        return time.process_time() - started

    seconds(10)
    assert seconds(20_000) < 8 * max(seconds(5_000), 0.15)


def test_a_bom_and_dos_line_ends_are_no_fault() -> None:
    """Notepad writes both."""
    text = REAL.read_bytes()
    clean = check_files([SourceFile("plan", "p/thai-nguyen-2021-2026.yml", "thai-nguyen-2021-2026", text)])
    dos = b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n")
    same = check_files([SourceFile("plan", "p/thai-nguyen-2021-2026.yml", "thai-nguyen-2021-2026", dos)])
    assert same.problems == clean.problems


@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    assert rules_of(content)


def mutate(text: str, data: st.DataObject) -> str:
    """One thing that goes wrong while somebody edits."""
    lines = text.split("\n")
    place = data.draw(st.integers(0, max(0, len(lines) - 2)))
    kind = data.draw(
        st.sampled_from(["drop", "swap", "letter", "sign", "indent", "outdent", "tab", "twice", "cut", "nul"])
    )
    line = lines[place]
    column = data.draw(st.integers(0, len(line)))
    if kind == "drop":
        del lines[place]
    elif kind == "swap" and place + 1 < len(lines):
        lines[place], lines[place + 1] = lines[place + 1], lines[place]
    elif kind in {"letter", "sign"}:
        letter = data.draw(
            st.characters(codec="utf-8") if kind == "letter" else st.sampled_from("&*!|>%@`[]{},?:-#\"'\\")
        )
        lines[place] = line[:column] + letter + line[column + 1 :]
    elif kind == "outdent":
        lines[place] = line[1:]
    elif kind == "twice":
        lines.insert(place, line)
    elif kind == "cut":
        lines = [*lines[:place], line[:column]]
    else:
        lines[place] = {"indent": " ", "tab": "\t", "nul": "\0"}.get(kind, "") + line
    return "\n".join(lines)


@settings(suppress_health_check=[HealthCheck.data_too_large])
@given(st.data())
def test_mutations_of_our_own_content(data: st.DataObject) -> None:
    """One to three slips in any of our files, in any line ends and encodings: told, or harmless; never an exception."""
    path = data.draw(st.sampled_from(CONTENT))
    text = path.read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        text = mutate(text, data)
    dressed = data.draw(st.sampled_from(["", "", "", "crlf", "cr", "bom", "nfd", "latin-1", "utf-16", "cp1258"]))
    if dressed in {"crlf", "cr"}:
        text = text.replace("\n", "\r\n" if dressed == "crlf" else "\r")
    elif dressed == "nfd":
        text = unicodedata.normalize("NFD", text)
    encoding = {"bom": "utf-8-sig"}.get(dressed) or (dressed if dressed in {"latin-1", "utf-16", "cp1258"} else "utf-8")
    rules_of(text.encode(encoding, "replace"), FOLDERS[path.parent.name], path.stem)


@given(
    st.recursive(
        st.none() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["id", "outline", "targets", "activities", "years", "lead", "period", "from", "rows", "measures"]
                )
                | st.text(max_size=5),
                inner,
                max_size=5,
            )
        ),
        max_leaves=25,
    )
)
def test_any_shape(data: object) -> None:
    """YAML that is well formed (JSON is YAML) but holds anything anywhere."""
    rules_of(json.dumps(data, ensure_ascii=False).encode())


def test_other_plans_are_still_checked_and_the_exit_code_is_1(tmp_path: Path) -> None:
    """The real command on a tree where everything is broken at once."""
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "yaml.yml").write_text("id: [", encoding="utf-8")
    (plans / "truong.yml").write_text("id: truong\nyaers: 2022\n", encoding="utf-8")
    (plans / "trong.yml").write_bytes(b"")
    (plans / "anh.yml").write_bytes(b"\x89PNG\r\n\x1a\n")
    command = [sys.executable, "-m", "generator", "check", "--content", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "Traceback" not in run.stdout + run.stderr
    for name in ("yaml.yml:1:", "truong.yml:2:1", "trong.yml:1:1", "anh.yml:1:1"):
        assert name in run.stdout
    build = [sys.executable, "-m", "generator", "build", "--content", str(tmp_path), "--site", str(tmp_path / "site")]
    run = subprocess.run(build, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "Traceback" not in run.stdout + run.stderr
    assert not (tmp_path / "site").exists()


def test_wrong_use_exits_with_2(tmp_path: Path) -> None:
    for arguments in (
        ["check", "khong-co.yml"],
        ["check", "--format", "pdf"],
        ["check", "--content", str(tmp_path)],
        ["x"],
    ):
        run = subprocess.run(
            [sys.executable, "-m", "generator", *arguments], capture_output=True, text=True, check=False
        )
        assert run.returncode == 2, arguments
        assert "Traceback" not in run.stderr


def test_what_is_no_file_is_told_and_never_waited_for(tmp_path: Path) -> None:
    """A folder with a file's name, links to nowhere, in a circle, to a device without end, a pipe nobody writes to."""
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "thu-muc.yml").mkdir()
    (plans / "mat.yml").symlink_to("khong-co.yml")
    (plans / "vong-1.yml").symlink_to("vong-2.yml")
    (plans / "vong-2.yml").symlink_to("vong-1.yml")
    (plans / "vo-tan.yml").symlink_to("/dev/zero")
    (plans / "vong").symlink_to(plans, target_is_directory=True)
    os.mkfifo(plans / "ong.yml")
    result = check(tmp_path)
    found = {Path(problem.path).name: problem.values["reason"] for problem in result.errors}
    assert {problem.rule for problem in result.errors} == {"unreadable-file"}
    assert found == {
        "thu-muc.yml": "folder",
        "mat.yml": "missing",
        "vong-1.yml": "loop",
        "vong-2.yml": "loop",
        "vo-tan.yml": "special",
        "ong.yml": "special",
    }
    assert text_report(result, catalogue("vi"))
    linked = [problem.values["found"] for problem in result.problems if problem.values.get("unread") == "link"]
    assert [Path(path).name for path in linked] == ["vong"]


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may read everything")
def test_what_may_not_be_read_is_told_and_never_taken_for_empty(tmp_path: Path) -> None:
    content = content_in(tmp_path / "content")
    (content / "plans" / "kin.yml").touch(mode=0o000)
    closed = content / "plans" / "phong"
    closed.mkdir(mode=0o000)
    # Root may read everything, but for these two powers.
    bounds = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    words = (sys.executable, "-m", "generator", "check", "--content", content)
    done = subprocess.run([*bounds, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "kin.yml:1:1: lỗi[unreadable-file]: không đọc được tệp (không có quyền đọc)" in done.stdout
    assert f"{closed}:1:1: lỗi[unreadable-file]: không đọc được tệp (thư mục không cho đọc" in done.stdout


def test_a_report_of_many_problems_stays_readable() -> None:
    """The same fault 500 times in one file is told once with its places; a thousand files are told by the number."""
    lines = "".join(f"  - {{id: h{n}, kind: section, title: Mục, sai: x}}\n" for n in range(500))
    result = check_files([SourceFile("plan", "plans/thu.yml", "thu", f"id: thu\noutline:\n{lines}".encode())])
    report = text_report(result, catalogue("vi"))
    assert report.count("[unknown-field]: ") == 1
    assert "cùng lỗi này ở 499 chỗ khác: dòng 4, 5, 6, " in report
    assert f"{len(result.errors)} lỗi" in report.split("\n")[-1]
    many = [SourceFile("plan", f"plans/p{n}.yml", f"p{n}", b"id: khac\n") for n in range(1000)]
    result = check_files(many)
    assert len(result.problems) > 1000
    report = text_report(result, catalogue("vi"))
    assert sum("lỗi[" in line for line in report.split("\n")) == 100
    assert len(report.split("\n")) < 700  # an example of an activity or an outline takes lines of its own
    assert "lỗi, 0 lưu ý trong 1000 tệp." in report.split("\n")[-1]


def test_suggestions_among_80000_words_take_no_seconds() -> None:
    words = Suggestions(f"hoi-lhpn-xa-{n * 7919 % 80_000:05}-{n:05}" for n in range(80_000))
    assert words.closest("hoi-lhpn-xa-00001-x")
    started = time.process_time()
    assert words.closest("hoi-lhpn-xa-07919-0001") == "hoi-lhpn-xa-07919-00001"
    assert words.closest("chẳng giống gì cả") is None
    assert time.process_time() - started < 2


def test_many_unknown_names_among_many_units_take_no_seconds_each() -> None:
    def unit(n: int) -> SourceFile:
        return SourceFile("unit", f"units/u{n}.yml", f"u{n}", f"id: u{n}\nname: Hội {n}\nkind: union\n".encode())

    head = "id: thu\nissuer: u1\nperiod: {from: 2022, to: 2023}\noutline: [{id: s, kind: section, title: Mục}]\n"
    row = "  - {{id: a{n}, section: s, title: Việc, years: [], lead: [Hội LHPN xã {n}]}}\n"
    plan = f"{head}activities:\n{''.join(row.format(n=n) for n in range(500))}"
    started = time.process_time()
    result = check_files([*map(unit, range(3000)), SourceFile("plan", "plans/thu.yml", "thu", plan.encode())])
    assert sum(problem.rule == "unknown-name" for problem in result.problems) == 500
    assert time.process_time() - started < 10
