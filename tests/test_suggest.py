"""`sokehoach suggest`: known matches are proposed first, and only what is accepted is written."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from built_site import CONTENT, copy_content
from click.testing import CliRunner
from golden import write_files

from generator.alignment.proposals import Suggester, Suggestion
from generator.check import check
from generator.check.examples import SAMPLE, parts_of
from generator.cli import main
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.model.entities import Body, Measure, Plan

NATION, PROVINCE, CITY = "national-2022-2027", "thai-nguyen-2021-2026", "da-nang-2023"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return link(check(CONTENT))


def without(plan: Plan, target: str = "", measure: tuple[str, str] = ("", "")) -> Plan:
    """Return a plan in which the alignment of one target or measure is not decided."""

    def measures(owner: str, given: tuple[Measure, ...]) -> tuple[Measure, ...]:
        return tuple(
            replace(one, contributes_to=(), aligned=False) if (owner, one.id) == measure else one for one in given
        )

    def load() -> Body:
        body = plan.load()
        targets = (replace(one, measures=measures(one.id, one.measures)) for one in body.targets)
        return Body(
            body.headings,
            tuple(replace(one, counterparts=(), aligned=False) if one.id == target else one for one in targets),
            tuple(replace(one, measures=measures(one.id, one.measures)) for one in body.activities),
        )

    return plan.with_loader(load)


def proposed(suggester: Suggester, plan: Plan, subject: str, id_: str) -> list[str]:
    found: Suggestion = next(one for one in suggester.suggest(plan) if (one.subject, one.id) == (subject, id_))
    return [candidate.key for candidate in found.candidates]


def test_each_linked_target_is_proposed_first_when_its_link_is_left_out(corpus: Corpus) -> None:
    suggester, plan = Suggester([corpus.plans[NATION]]), corpus.plans[PROVINCE]
    for target in plan.targets:
        assert proposed(suggester, without(plan, target.id), "target", target.id)[0] in target.counterparts
    assert len(plan.targets) == 8


@pytest.mark.parametrize(("plan_id", "linked"), [(PROVINCE, 18), (CITY, 10)])
def test_nearly_all_linked_measures_are_proposed_first(corpus: Corpus, plan_id: str, linked: int) -> None:
    suggester, plan = Suggester([corpus.plans[NATION]]), corpus.plans[plan_id]
    first = []
    for owner in (*plan.targets, *plan.activities):
        for measure in (one for one in owner.measures if one.contributes_to):
            left_out = without(plan, measure=(owner.id, measure.id))
            keys = proposed(suggester, left_out, "measure", f"{owner.id}/{measure.id}")
            first.append(keys[:1] == [upper.measure for upper in measure.contributes_to])
    assert len(first) == linked
    assert sum(first) >= linked - 2


def test_a_measure_of_another_unit_is_never_proposed(corpus: Corpus) -> None:
    """The check would refuse it."""
    suggester = Suggester([corpus.plans[NATION]])
    units = {f"{t.key}/{m.id}": m.unit for t in corpus.plans[NATION].targets for m in t.measures}
    plan = corpus.plans[PROVINCE]
    left_out = without(plan, measure=("ct2", "ho-thoat-ngheo"))
    for key in proposed(suggester, left_out, "measure", "ct2/ho-thoat-ngheo"):
        assert units[key] == "hộ"


@pytest.mark.parametrize(("unit", "is_proposed"), [("%", True), ("hộ", True), ("hội viên", False)])
def test_a_share_is_proposed_for_a_share_of_the_same_only(corpus: Corpus, unit: str, is_proposed: bool) -> None:
    """The check refuses a share of members that answers a share of households."""
    plan = corpus.plans[NATION]
    target = plan.targets[1]

    def counting_in(unit: str) -> Plan:
        measure = replace(target.measures[0], unit=unit, value="80%", per=None, contributes_to=(), aligned=False)
        return plan.with_loader(lambda: Body(plan.headings, (replace(target, measures=(measure,)),), ()))

    suggestion = next(Suggester([counting_in("hộ")]).measures(counting_in(unit)))
    assert bool(suggestion.candidates) is is_proposed


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The real content, in which one target, one measure and two activities of a plan are not decided."""
    content = copy_content(tmp_path / "content")
    path = content / "plans" / f"{PROVINCE}.yml"
    text = path.read_text("utf-8")
    start, end = text.index("- {id: htx-moi"), text.index("- {id: ", text.index("- {id: htx-moi") + 1)
    measure = text[start:end]
    text = text.replace(measure, measure[: measure.index(",\n")] + "}" + measure[measure.index("}}") + 2 :])
    text = text.replace(f"    counterparts: [{NATION}/ct2]\n", "")
    for activity in ("nv1-4-3", "nv1-4-8"):
        start = text.index(f"  - id: {activity}\n")
        end = text.index("    ground:", start)
        lines = text[start : text.index("\n", end) + 1]
        kept = [
            line for line in lines.splitlines(keepends=True) if not line.lstrip().startswith(("serves:", "ground:"))
        ]
        text = text.replace(lines, "".join(kept))
    path.write_text(text, encoding="utf-8")
    assert not check(content).errors
    return content


def test_json_gives_candidates_with_reasons(content: Path) -> None:
    run = CliRunner().invoke(main, ["suggest", PROVINCE, "--to", NATION, "--json", "--content", str(content)])
    assert run.exit_code == 0, run.output
    data = json.loads(run.output)
    assert (data["plan"], data["to"]) == (PROVINCE, [NATION])
    by_id = {one["id"]: one for one in data["suggestions"]}
    assert by_id["ct2"]["candidates"][0]["key"] == f"{NATION}/ct2"
    assert by_id["ct2/htx-moi"]["field"] == "contributes_to"
    assert "cùng đơn vị tính hợp tác xã" in by_id["ct2/htx-moi"]["candidates"][0]["reasons"]
    assert by_id["nv1-4-8"]["candidates"][0]["key"] == f"{PROVINCE}/ct4"


def answer(content: Path, answers: str, *options: str, meanwhile: Callable[[], object] | None = None) -> str:
    """Run the command in a terminal in which the answers are typed, after what is done while it asks."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "generator", "suggest", PROVINCE, "--to", NATION, *options]
    process = subprocess.Popen(
        [*command, "--content", str(content)], stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    os.close(theirs)
    asked = b""
    if meanwhile:
        assert process.stdout
        while b"?" not in asked:
            asked += os.read(process.stdout.fileno(), 4096)
        meanwhile()
    os.write(ours, answers.encode())
    output, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == (1 if "nay có lỗi" in output.decode() else 0), output.decode()
    return (asked + output).decode()


def test_what_is_accepted_is_written_and_nothing_else_changes(content: Path) -> None:
    path = content / "plans" / f"{PROVINCE}.yml"
    before = path.read_text("utf-8")
    asked = suggested(content, PROVINCE, NATION)
    answers = {"ct2": ["y", "none"], "ct2/htx-moi": ["y"], "nv1-4-3": ["none"], "nv1-4-8": ["y", "none"]}
    typed = [
        word
        for one in asked
        if one["candidates"]
        for word in answers.get(one["id"], ["n"] * 3)[: len(one["candidates"])]
    ]
    output = answer(content, "".join(f"{word}\n" for word in typed))
    assert "Đã ghi" in output
    after = path.read_text("utf-8")
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert f"    counterparts: [{NATION}/ct2]" in after.splitlines()
    assert any(line.endswith(f", contributes_to: {NATION}/ct2/htx-moi}}") for line in added)
    assert after[after.index("  - id: nv1-4-8") :].split("  - id: ")[1].rstrip().endswith("serves: [ct4]")
    # All other lines stand as they stood, comments too.
    kept = [line for line in before.splitlines() if "{id: htx-moi" not in line]
    rest = iter(after.splitlines())
    assert all(line in rest for line in kept)
    assert not check(content).errors


def test_who_stops_at_once_changes_nothing(content: Path) -> None:
    path = content / "plans" / f"{PROVINCE}.yml"
    before = path.read_bytes()
    assert "Không ghi gì" in answer(content, "q\n")
    assert path.read_bytes() == before


def test_what_somebody_saves_while_it_is_asked_stays(content: Path) -> None:
    path = content / "plans" / f"{PROVINCE}.yml"
    asked = [one for one in suggested(content, PROVINCE, NATION) if one["candidates"]]
    number = next(number for number, one in enumerate(asked) if one["id"] == "ct2")
    typed = "n\n" * sum(len(one["candidates"]) for one in asked[:number]) + "y\nq\n"
    saved = "# Sửa ở cửa sổ khác.\n" + path.read_text("utf-8")
    assert "Đã ghi 1 mục" in answer(content, typed, meanwhile=lambda: path.write_text(saved, "utf-8"))
    after = path.read_text("utf-8")
    assert after.replace(f"    counterparts: [{NATION}/ct2]\n", "") == saved
    broken = saved.replace("\ntitle: ", "\ntitle ", 1)
    assert "nay có lỗi" in answer(content, typed, meanwhile=lambda: path.write_text(broken, "utf-8"))
    assert path.read_text("utf-8") == broken


def test_what_was_accepted_before_somebody_stops_is_written_as_the_file_is(content: Path) -> None:
    """Also of the suggestion at which they stop; a file of Windows keeps its line ends and its byte order mark."""
    path = content / "plans" / f"{PROVINCE}.yml"
    before = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    asked = [one for one in suggested(content, PROVINCE, NATION) if one["candidates"]]
    number = next(number for number, one in enumerate(asked) if one["id"] == "ct2")
    assert len(asked[number]["candidates"]) > 1
    earlier = "n\n" * sum(len(one["candidates"]) for one in asked[:number])
    assert "Đã ghi 1 mục" in answer(content, f"{earlier}y\nq\n")
    after = path.read_bytes()
    assert after.replace(f"    counterparts: [{NATION}/ct2]\r\n".encode(), b"") == before
    assert len(after) > len(before)


@pytest.fixture
def two_plans(tmp_path: Path) -> Path:
    """The examples' content tree with a second plan, of the same unit, which counts what the first one counts."""
    sample = parts_of(SAMPLE).items()
    write_files(tmp_path, {name: text.replace('value: "500"', 'unit: hộ, value: "500"') for name, text in sample})
    first = (tmp_path / "plans" / "minh-hoa.yml").read_text("utf-8")
    (tmp_path / "plans" / "nam.yml").write_text(first.replace("id: minh-hoa", "id: nam"), encoding="utf-8")
    assert not check(tmp_path).errors
    return tmp_path


def suggested(content: Path, plan: str, *uppers: str) -> list[dict[str, Any]]:
    options = [word for upper in uppers for word in ("--to", upper)]
    run = CliRunner().invoke(main, ["suggest", plan, *options, "--json", "--content", str(content)])
    assert run.exit_code == 0, run.output
    suggestions: list[dict[str, Any]] = json.loads(run.output)["suggestions"]
    return suggestions


def keys_of(suggestions: list[dict[str, Any]], id_: str) -> list[str]:
    return next([each["key"] for each in one["candidates"]] for one in suggestions if one["id"] == id_)


def test_a_plan_that_is_named_twice_is_proposed_once(two_plans: Path) -> None:
    assert keys_of(suggested(two_plans, "minh-hoa", "nam", "nam"), "ct1") == ["nam/ct1"]


def test_a_measure_is_not_proposed_for_one_that_it_is_a_part_of(two_plans: Path) -> None:
    """The check would refuse the circle, be it of two measures or of three."""
    assert keys_of(suggested(two_plans, "minh-hoa", "nam"), "ct1/ho") == ["nam/ct1/ho"]
    path = two_plans / "plans" / "nam.yml"
    text = path.read_text("utf-8")
    links = [("nam", "minh-hoa"), ("giua", "minh-hoa"), ("nam", "giua")]
    for id_, upper in links:
        linked = text.replace("unit: hộ,", f"unit: hộ, contributes_to: {upper}/ct1/ho,")
        path.with_stem(id_).write_text(linked.replace("id: nam", f"id: {id_}"), encoding="utf-8")
        if id_ == "nam":
            assert not check(two_plans).errors
            assert keys_of(suggested(two_plans, "minh-hoa", "nam"), "ct1/ho") == []


def test_measures_of_a_unit_that_does_not_stand_above_are_not_proposed(content: Path) -> None:
    """Its plans are aligned all the same: counterparts are mutual."""
    command = [sys.executable, "-m", "generator", "suggest", NATION, "--to", PROVINCE, "--json"]
    run = subprocess.run([*command, "--content", str(content)], check=True, capture_output=True, text=True)
    assert "hoi-lhpn-viet-nam không thuộc hoi-lhpn-thai-nguyen" in run.stderr
    suggestions = json.loads(run.stdout)["suggestions"]
    assert any(one["candidates"] for one in suggestions if one["field"] == "counterparts")
    assert not any(one["candidates"] for one in suggestions if one["field"] == "contributes_to")


def test_a_plan_is_not_aligned_with_itself(two_plans: Path) -> None:
    run = CliRunner().invoke(main, ["suggest", "nam", "--to", "nam", "--content", str(two_plans)])
    assert run.exit_code == 2
    assert "chính nó" in run.output


def test_a_wrong_plan_is_named_with_a_near_one(content: Path) -> None:
    run = CliRunner().invoke(main, ["suggest", "thai-nguyen-2021-2025", "--content", str(content)])
    assert run.exit_code == 2
    assert PROVINCE in run.output
    run = CliRunner().invoke(main, ["suggest", "dong-nai-2017-2021", "--to", NATION, "--content", str(content)])
    assert run.exit_code == 2
    assert "bắt đầu năm 2022, sau khi" in run.output
