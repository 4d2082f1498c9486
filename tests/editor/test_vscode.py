"""What an editor finds in the repository: schemas for all files, settings, snippets, a task that shows problems."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from built_site import ROOT
from vscode import read_jsonc, read_settings

from generator.check import check_files
from generator.check.problem_report import text_report
from generator.language.catalogue import catalogue
from generator.source.source_files import FOLDERS, Kind, SourceFile, find_files

CONTENT = sorted(path for folder in FOLDERS for path in (ROOT / "content" / folder).rglob("*.y*ml"))
SNIPPETS = read_jsonc("sokehoach.code-snippets")
SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in (ROOT / "schema").glob("*.json")}


def test_every_file_names_its_schema_in_its_first_line() -> None:
    """Any editor with the YAML language server then completes and explains, whatever its settings."""
    assert CONTENT
    wrong = []
    for path in CONTENT:
        first = path.read_text("utf-8").split("\n", 1)[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        schema = ROOT / "schema" / f"{FOLDERS[path.relative_to(ROOT / 'content').parts[0]]}.schema.json"
        if not named or (path.parent / named[1]).resolve() != schema:
            wrong.append(path.name)
    assert not wrong


def test_settings_map_every_file_to_the_same_schema() -> None:
    for schema, pattern in read_settings("yaml")["schemas"].items():
        folder = Path(pattern).parent
        assert (ROOT / schema).is_file()
        assert schema == f"./schema/{FOLDERS[folder.name]}.schema.json"
        assert list((ROOT / folder).glob(Path(pattern).name))


def test_nothing_is_fetched_or_sent() -> None:
    assert read_settings("yaml")["schemaStore"] == {"enable": False}
    assert read_settings("redhat") == {"telemetry": {"enabled": False}}


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_value_of_an_enumeration_is_explained(name: str) -> None:
    found = [one for one in nodes(SCHEMAS[name]) if isinstance(one.get("enum"), list)]
    assert found
    for one in found:
        assert len(one.get("enumDescriptions", ())) == len(one["enum"]), one


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_pattern_says_in_vietnamese_what_it_wants(name: str) -> None:
    found = [one for one in nodes(SCHEMAS[name]) if isinstance(one.get("pattern"), str)]
    assert found
    assert [one["pattern"] for one in found if not one.get("patternErrorMessage")] == []


def nodes(part: object) -> list[dict]:
    """Every object inside a schema."""
    if isinstance(part, list):
        return [one for each in part for one in nodes(each)]
    if isinstance(part, dict):
        return [part, *(one for each in part.values() for one in nodes(each))]
    return []


# ---- Snippets ----


def typed(name: str) -> list[str]:
    """The lines that a snippet brings when nothing is changed in it: each placeholder's words, each choice's first."""
    text = "\n".join(SNIPPETS[name]["body"]).replace("${TM_FILENAME_BASE}", "thu-mau").replace("$0", "")
    text = re.sub(r"\$\{\d+\|([^,|]+)[^|]*\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text)
    return text.replace("\\$", "$").rstrip().split("\n")


def assert_valid(kind: Kind, lines: list[str]) -> None:
    """A file of these lines, `thu-mau.yml`, has no error beside our content."""
    folder = next(folder for folder, of_kind in FOLDERS.items() if of_kind == kind)
    file = SourceFile(kind, f"content/{folder}/thu-mau.yml", "thu-mau", "\n".join(lines).encode())
    result = check_files([*find_files(ROOT / "content"), file])
    assert not [one for one in result.problems if (one.path, one.level) == (file.path, "error")], text_report(
        result, catalogue("vi")
    )


@pytest.mark.parametrize(
    ("name", "kind"), [("Kế hoạch mới", "plan"), ("Đơn vị", "unit"), ("Chương trình", "programme")]
)
def test_a_file_from_a_snippet_is_valid_as_it_stands(name: str, kind: Kind) -> None:
    assert_valid(kind, typed(name))


@pytest.mark.parametrize(
    ("name", "place", "words", "instead"),
    [
        ("Đề mục", "outline", "id: nv1", "id: nv2"),
        ("Chỉ tiêu", "targets", "", ""),
        ("Hoạt động", "activities", "id: nv1-1", "id: nv1-2"),
        ("Hoạt động theo năm", "activities", "target: ct1", "section: nv1"),
        ("Hàng kế hoạch năm", "activities", "id: nv1-1", "id: nv1-2"),
        ("Hoạt động theo cấp", "activities", "id: nv1-1", "id: nv1-2"),
    ],
)
def test_an_entry_from_a_snippet_is_valid_as_it_stands(name: str, place: str, words: str, instead: str) -> None:
    """Put into a new plan, but for the ids that this plan has and has not."""
    entry = [f"  {line}" for line in "\n".join(typed(name)).replace(words, instead).split("\n")]
    plan = typed("Kế hoạch mới")
    if f"{place}:" not in plan:
        plan.append(f"{place}:")
    at = plan.index(f"{place}:") + 1
    assert_valid("plan", [*plan[:at], *entry, *plan[at:]])


def test_an_agency_from_a_snippet_is_valid_in_a_units_file() -> None:
    assert_valid("unit", [*typed("Đơn vị"), "agencies:", *(f"  {line}" for line in typed("Cơ quan địa phương"))])


def test_snippets_are_offered_by_vietnamese_words() -> None:
    prefixes = [one["prefix"] for one in SNIPPETS.values()]
    assert len(set(prefixes)) == len(prefixes)
    assert all(one["scope"] == "yaml" and one["description"] for one in SNIPPETS.values())


# ---- The task that checks ----


def test_the_task_finds_every_problem_of_a_report() -> None:
    """VS Code reads `make check` line by line: file, line, column, rule and message must be found as they are told."""
    text = "id: thu\nname: Ban Thử\nkind: phong\nnmae: Ban Thử\n"
    unused = "id: khac\nname: Ban Khác\nkind: partner\n"
    files = {"thu": text, "khac": unused}.items()
    result = check_files([SourceFile("unit", f"content/units/{id_}.yml", id_, data.encode()) for id_, data in files])
    assert {one.level for one in result.problems} == {"error", "note"}
    task = next(task for task in read_jsonc("tasks.json")["tasks"] if task["command"] == "make check")
    lines = text_report(result, catalogue("vi")).split("\n")
    found = [
        (match[pattern["file"]], int(match[pattern["line"]]), int(match[pattern["column"]]), match[pattern["code"]])
        for line in lines
        for pattern in (matcher["pattern"] for matcher in task["problemMatcher"])
        if (match := re.match(pattern["regexp"], line))
    ]
    assert found == [(one.path, one.span.line, one.span.column, one.rule) for one in result.problems]
    for matcher in task["problemMatcher"]:
        level = {"info": "note"}.get(matcher["severity"], matcher["severity"])
        assert f" {catalogue('vi').text('check.' + level)}\\[" in matcher["pattern"]["regexp"]
