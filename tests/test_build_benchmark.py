"""The benchmark of building: a tiny run of ours, the comparison of pages, the output. No timings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from built_site import ROOT

sys.path.insert(0, str(ROOT))  # the benchmarks are no part of the installed package

from benchmarks.build.__main__ import main
from benchmarks.build.facts import differences, facts_of, pages_of
from benchmarks.build.report import growth, ratios, table
from benchmarks.build.shell import pieces
from benchmarks.build.steps import EDITED, STEPS, Result, edited, shows
from benchmarks.corpus import write_corpus
from benchmarks.measured import Cost, measured
from benchmarks.profile import PARTS

PAGE = """<html><head><meta name="description" content="Mô tả"><title>Tựa - Sổ kế hoạch</title></head>
<body><div data-md-component="header-topic"> <span class="md-ellipsis"> Tựa </span></div>
<div><nav class="md-nav md-nav--secondary"><nav></nav>mục lục</nav> </div>
<article class="md-content__inner md-typeset">{}</article><footer></footer></body></html>"""


@pytest.mark.slow
def test_every_part_of_the_profile_is_one_of_a_build() -> None:
    # in a process of its own: it puts stopwatches into the program
    command = [sys.executable, "-m", "benchmarks.profile", "--plans", "2"]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert [part for part in PARTS if f"| {part} |" not in said] == []


@pytest.mark.slow
def test_a_tiny_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "figures.json"
    main(["--plans", "3", "--only", "ours", "--cores", "1", "--work", str(tmp_path / "work"), "--json", str(kept)])
    (result,) = json.loads(kept.read_text(encoding="utf-8"))["results"]
    assert result["faults"] == []
    assert set(result["costs"]) == {"cold", "unchanged", "edit"}
    assert all(cost["seconds"] > 0 and cost["mebibytes"] > 0 for cost in result["costs"].values())
    assert (result["pages"]["plan"], result["pages"]["task"], result["pages"]["target"]) == (3, 9, 24)
    site = tmp_path / "work/3/ours/site"
    assert result["page_bytes"] == pages_of(site).bytes > 1_000_000
    assert list(differences(site, site, 2)) == []
    assert "| 3 | ours | 1 |" in capsys.readouterr().out


def test_an_edit_is_undone(tmp_path: Path) -> None:
    write_corpus(tmp_path, 3)
    before = {path: path.read_text(encoding="utf-8") for path in (tmp_path / "plans").iterdir()}
    with edited(tmp_path) as plan:
        changed = (tmp_path / "plans" / f"{plan}.yml").read_text(encoding="utf-8")
        assert changed.count(EDITED) == 1
        assert f"title: {EDITED}" in changed.split("\nactivities:\n")[1]
    assert {path: path.read_text(encoding="utf-8") for path in (tmp_path / "plans").iterdir()} == before


def test_facts_are_words_links_and_cells() -> None:
    one = PAGE.format('<p>Hai việc <a href="../b/#x">Bốn</a></p><table><tr><td>2.500</td></tr></table>')
    two = PAGE.format('<div>Hai <b>việc</b> <a href="/ke-hoach/b/#x">Bốn</a></div><table><th>2.500</th></table>')
    facts = ["Hai", "việc", "Bốn", "2.500", ("/ke-hoach/b/#x", "Bốn"), ("cell", "2.500")]
    assert facts_of(one, "ke-hoach/a/") == facts_of(two, "ke-hoach/a/") == facts
    assert facts_of(one, "nam/a/") != facts_of(one, "ke-hoach/a/")


def test_what_differs_is_named(tmp_path: Path) -> None:
    for name, article in (("ours", "<td>2.500</td>"), ("theirs", "<td>2,500</td>")):
        for path in ("ke-hoach/a", "nam/2025") if name == "ours" else ("ke-hoach/a",):
            (tmp_path / name / path).mkdir(parents=True)
            (tmp_path / name / path / "index.html").write_text(PAGE.format(f"<table><tr>{article}</tr></table>"))
    found = list(differences(tmp_path / "ours", tmp_path / "theirs", 5))
    assert [line.split(": ")[0] for line in found] == ["ke-hoach/a/", "ke-hoach/a/", "year"]
    assert "2.500" in found[0] and "2,500" in found[1]
    assert not shows(tmp_path / "ours", "a")


def test_another_order_is_a_difference(tmp_path: Path) -> None:
    for name, words in (("ours", "Cao Bằng, Cần Thơ"), ("theirs", "Cần Thơ, Cao Bằng,")):
        (tmp_path / name / "nam/2025").mkdir(parents=True)
        (tmp_path / name / "nam/2025/index.html").write_text(PAGE.format(words.replace(",", " ")))
    (found,) = differences(tmp_path / "ours", tmp_path / "theirs", 5)
    assert found.startswith("nam/2025/: another order, ours ['Cao'")


def test_the_longest_pages_are_always_compared(tmp_path: Path) -> None:
    for name in ("ours", "theirs"):
        for number in range(60):
            (tmp_path / name / f"nhiem-vu/a/{number}").mkdir(parents=True)
            words = "việc " * (50 if number == 7 else 5) + name * (number == 7)
            (tmp_path / name / f"nhiem-vu/a/{number}/index.html").write_text(PAGE.format(words))
    for seed in ("một", "hai", "ba"):
        found = list(differences(tmp_path / "ours", tmp_path / "theirs", 2, seed))
        assert [line.split(": ")[0] for line in found] == ["nhiem-vu/a/7/"] * 2


def test_sheets_and_matrices_are_kinds_of_their_own(tmp_path: Path) -> None:
    for path in (
        "don-vi/a",
        "don-vi/a/2025",
        "doi-chieu",
        "doi-chieu/b",
        "dong-gop/quy-tac",
        ".sokehoach-last/don-vi/a",
    ):
        (tmp_path / path).mkdir(parents=True, exist_ok=True)
        (tmp_path / path / "index.html").write_text("<p>trang</p>")
    found = {kind: paths for kind, paths in pages_of(tmp_path).paths.items() if paths}
    assert found == {
        "unit": ["don-vi/a/"],
        "sheet": ["don-vi/a/2025/"],
        "matrix": ["doi-chieu/b/"],
        "index": ["doi-chieu/"],
    }
    assert pages_of(tmp_path).other_bytes == len("<p>trang</p>"), "what is hidden is not published"


def test_json_may_leave_out_what_says_nothing(tmp_path: Path) -> None:
    ours = {
        "title": "A",
        "cascades": [{"sum": None, "terms": []}],
        "activities": [{"id": "hd1", "due": []}],
        "kind": "term",
    }
    theirs = {"title": "A", "cascades": [{}], "activities": [{"id": "hd1"}], "kind": "term"}
    wrong = {**theirs, "cascades": [{"sum": 3}]}
    further = {**theirs, "activities": [{"id": "hd1", "roles": {"local": "hướng dẫn"}}]}
    for name, content in (("ours", ours), ("theirs", theirs), ("wrong", wrong), ("further", further)):
        (tmp_path / name / "du-lieu/ke-hoach").mkdir(parents=True)
        (tmp_path / name / "du-lieu/ke-hoach/a.json").write_text(json.dumps(content))
    assert list(differences(tmp_path / "ours", tmp_path / "theirs", 5)) == []
    (found,) = differences(tmp_path / "ours", tmp_path / "wrong", 5)
    assert found.startswith("du-lieu/ke-hoach/a.json: cascades is")
    (found,) = differences(tmp_path / "ours", tmp_path / "further", 5)
    assert found.startswith("du-lieu/ke-hoach/a.json: hd1: roles is None and")


def test_the_shell_is_a_page_without_its_texts() -> None:
    parts = pieces(PAGE.format("<p>nội dung</p>"))
    assert len(parts) == 5
    assert parts[0].endswith('content="') and parts[1].endswith("<title>") and parts[4].startswith("</article>")
    assert not any(text in "".join(parts) for text in ("Mô tả", "Tựa", "nội dung", "mục lục"))
    with pytest.raises(ValueError, match="article"):
        pieces(PAGE.replace("<article", "<section"))


def test_results_are_shown_beside_each_other() -> None:
    ours, theirs = _result("ours", 100, 2.0, 0.25), _result("hugo", 100, 8.0, 8.0)
    assert (
        table([ours]).splitlines()[-1]
        == "| 100 | ours | 1 | 2.00 (1.00) | 0.25 (0.12) | 0.25 (0.12) | 50 | 4 | 3.0 | 1.0 |"
    )
    assert (
        ratios([ours, theirs], "hugo").splitlines()[-1]
        == "| 100 | 1 | 0.25 (0.25) | 0.03 (0.03) | 0.03 (0.03) | 1.00 | 1.00 |"
    )
    assert ratios([ours], "hugo") == ""
    assert growth([ours, _result("ours", 1000, 19.0, 0.3)]) == "- ours, 1 core: 100 → 1,000 plans × 9.5"


def test_a_build_that_failed_has_no_time() -> None:
    failed = Result(10, "ours", "1", 1, {"cold": Cost(1.0, 20, fault="exit 1")}, faults=("cold: exit 1",))
    assert table([failed]).splitlines()[-1].split(" | ")[3:6] == ["fault", "–", "–"]
    assert growth([failed, failed]) == ""


def test_a_measured_step_counts_all_its_processes() -> None:
    child = "import subprocess, sys; x = bytearray(30_000_000); subprocess.run([sys.executable, '-c', {!r}])"
    both = child.format("import time; x = bytearray(30_000_000); sum(range(10**7)); time.sleep(0.3)")
    cost = measured([sys.executable, "-c", both], 60)
    assert not cost.fault and cost.mebibytes > 60 and cost.cpu_seconds > 0.05
    assert measured([sys.executable, "-c", "raise SystemExit(3)"], 60).fault == "exit 3"
    assert measured(["sleep", "60"], 0.1).over


def _result(builder: str, plans: int, cold: float, warm: float) -> Result:
    costs = {step: Cost(time, 50, cpu_seconds=time / 2) for step, time in zip(STEPS, (cold, warm, warm), strict=True)}
    return Result(plans, builder, "1", 1, costs, {"plan": 4}, 3_000_000, 1_000_000)
