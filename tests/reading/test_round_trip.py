"""Our own Word files, imported again, give the plans that they were made from; edited, they give the edits."""

from __future__ import annotations

import copy
import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from built_site import CONTENT
from click.testing import CliRunner, Result
from docx.oxml.ns import qn
from docx.table import _Row
from docx.text.paragraph import Paragraph
from own_files import plan_of, printed_names
from slow import rest_slow

from generator.check import CheckResult, check
from generator.cli import main
from generator.language.catalogue import catalogue
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.pages.page import Options
from generator.paper.paper_prose import prose_paragraphs
from generator.paper.word import plan_docx
from generator.reading.importer import ImportedPlan, ImportOptions, import_document, read_document
from generator.reading.known_names import KnownNames
from generator.reading.own_file import printed_headings
from generator.reading.three_way_merge import plain
from generator.work_fields import WORK_FIELDS

IDS = sorted(path.stem for path in (CONTENT / "plans").glob("*.yml"))
WORDS = catalogue("vi")
FRAME = ("title", "number", "issued", "issuer", "issuing_body", "signer", "layout", "basis", "recipients")
FIELDS = {
    "outline": ("label", "title", "parent", "kind"),
    "targets": ("label", "section", "statement"),
    "activities": ("label", "title", "section", "target", "parent", "when", "by_year", "funding", "footnotes"),
}
"""What a list's entries have in print, word for word. A target's short title is the editors' and is not printed."""
OF_ROWS = ("label", "title", "when", "by_year", "footnotes")


@pytest.fixture(scope="module")
def content() -> CheckResult:
    return check(CONTENT)


@pytest.fixture(scope="module")
def corpus(content: CheckResult) -> Corpus:
    return link(content)


@pytest.fixture(scope="module")
def files(corpus: Corpus) -> dict[str, bytes]:
    return {id_: plan_docx(corpus, corpus.plans[id_], Options()) for id_ in IDS}


def imported(content: CheckResult, id_: str, file: bytes) -> ImportedPlan:
    """The file as the draft of a plan that nobody knows."""
    period = plan_of(content, id_)["period"]
    options = ImportOptions(id_, f"{id_}.docx", years=(int(period["from"]), int(period["to"])))
    return import_document(read_document(file), options, KnownNames.of(content), WORDS)


def words_of(markdown: str | None) -> str:
    return " ".join(" ".join(one.text for one in prose_paragraphs(markdown)).split()) if markdown else ""


def printed_levels(entry: Mapping[str, Any]) -> str:
    names = ", ".join(WORDS.text(f"site.level.{level}") for level in entry.get("levels", ()))
    return str(entry.get("levels_text") or names)


@pytest.mark.parametrize("id_", rest_slow(IDS))
def test_what_we_print_comes_home(content: CheckResult, files: dict[str, bytes], id_: str) -> None:
    plan, result = plan_of(content, id_), imported(content, id_, files[id_])
    again = plain(result.plan)
    assert {name: again.get(name) for name in FRAME} == {name: plan.get(name) for name in FRAME}
    for name in ("purpose", "organisation"):
        assert words_of(again.get(name)) == words_of(plan.get(name))
    notes = [{one["id"]: words_of(one["text"]) for one in each.get("footnotes", ())} for each in (again, plan)]
    assert notes[0] == notes[1]
    for name, fields in FIELDS.items():
        old, new = plan.get(name, ()), again.get(name, ())
        assert [one["id"] for one in new] == [one["id"] for one in old]
        for before, after in zip(old, new, strict=True):
            assert {key: after.get(key) for key in fields} == {key: before.get(key) for key in fields}
            for key in ("lead", "partners"):
                assert printed_names(content, after, key) == printed_names(content, before, key)
            for key in ("text", "note"):
                assert words_of(after.get(key)) == words_of(before.get(key))
            roles = [{key: words_of(text) for key, text in one.get("roles", {}).items()} for one in (after, before)]
            assert roles[0] == roles[1]
            if name != "activities" or not before.get("roles"):  # levels that the roles tell are not printed
                assert printed_levels(after) == printed_levels(before) or before.get("levels_units")
            rows = [[{key: row.get(key) for key in OF_ROWS} for row in one.get("rows", ())] for one in (after, before)]
            assert rows[0] == rows[1]


def test_days_that_editors_gave_come_home_as_days(content: CheckResult, tmp_path: Path) -> None:
    """No real plan has them yet: they stand below a title, under names of ours."""
    shutil.copytree(CONTENT, tmp_path / "content")
    path = tmp_path / "content" / "plans" / "national-2020.yml"
    given = {"kt1-tw-1": "due: {from: 1/4/2020, to: 30/6/2020}", "kt1-tw-2": "deadline: 30/9/2020"}
    text = path.read_text("utf-8")
    for id_, days in given.items():
        text = text.replace(f"  - id: {id_}\n", f"  - id: {id_}\n    {days}\n")
    path.write_text(text, encoding="utf-8")
    corpus = link(check(tmp_path / "content"))
    file = plan_docx(corpus, corpus.plans["national-2020"], Options())
    first, second, *_ = plain(imported(content, "national-2020", file).plan)["activities"]
    assert first["due"] == {"from": "1/4/2020", "to": "30/6/2020"}
    assert second["deadline"] == "30/9/2020"
    assert "more" not in first.keys() | second.keys()


def test_each_column_that_we_print_is_known() -> None:
    """A column that nobody knows would come home as one of the document that has no field, in `more`."""
    on_paper = (name for name, field in WORK_FIELDS.items() if field.columns)
    headings = [WORDS.text(f"site.column.{name}") for name in ("no", "what", *on_paper)]
    assert [heading for heading in headings if heading not in printed_headings()] == []


@pytest.mark.parametrize("id_", rest_slow(IDS))
def test_units_that_come_home_otherwise_are_asked(content: CheckResult, files: dict[str, bytes], id_: str) -> None:
    """The editors know more names than the words say; where the reading is not theirs, a person is told."""
    plan, result = plan_of(content, id_), imported(content, id_, files[id_])
    names = KnownNames.of(content).for_issuer(plan["issuer"])
    asked = {(item.at, item.field) for item in result.reviews}
    again = {one["id"]: one for name in FIELDS for one in plain(result.plan).get(name, ())}
    for name in FIELDS:
        for one in plan.get(name, ()):
            for key in ("lead", "partners"):
                ids = [
                    [id_ for unit in entry.get(key, ()) for id_ in names.units(unit)]
                    for entry in (one, again[one["id"]])
                ]
                assert ids[0] == ids[1] or (f"{name}/{one['id']}", key) in asked or one.get(f"{key}_text")


@pytest.mark.parametrize("id_", rest_slow(IDS))
def test_bookmarks_are_those_that_word_takes(files: dict[str, bytes], id_: str) -> None:
    with zipfile.ZipFile(io.BytesIO(files[id_])) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
    starts = list(root.iter(qn("w:bookmarkStart")))
    names = [one.get(qn("w:name"), "") for one in starts]
    numbers = [one.get(qn("w:id")) for one in starts]
    assert len(set(names)) == len(names) > 30
    assert all(len(name) <= 40 and name.replace("_", "a").isalnum() and name.isascii() for name in names)
    assert len(set(numbers)) == len(numbers)
    assert sorted(numbers) == sorted(one.get(qn("w:id")) for one in root.iter(qn("w:bookmarkEnd")))


# ---- Edited in an office ----

PLAN = "thai-nguyen-2021-2026"


@pytest.fixture
def office(tmp_path: Path, files: dict[str, bytes]) -> Callable[..., Result]:
    """Edits the Word file of a plan and imports it into a copy of the content."""
    shutil.copytree(CONTENT, tmp_path / "content")

    def edit(id_: str, change: Callable[[Any], None] = lambda _: None, *options: str) -> Result:
        document = docx.Document(io.BytesIO(files[id_]))
        change(document)
        document.save(str(tmp_path / "sua.docx"))
        arguments = [str(tmp_path / "sua.docx"), "--id", id_, "--content", str(tmp_path / "content"), *options]
        return CliRunner().invoke(main, ["import", *arguments])

    return edit


def plan_text(tmp_path: Path, id_: str) -> str:
    return (tmp_path / "content" / "plans" / f"{id_}.yml").read_text("utf-8")


def row_of(document: Any, bookmark: str) -> _Row:
    """The row that carries a bookmark."""
    rows = (row for table in document.tables if table.style.name == "Table Grid" for row in table.rows)
    return next(
        row for row in rows if any(one.get(qn("w:name")) == bookmark for one in row._tr.iter(qn("w:bookmarkStart")))
    )


def copied(original: Any) -> Any:
    """A copy of a row or paragraph as Word makes one: without its bookmarks, whose names are unique."""
    element = copy.deepcopy(original)
    for mark in list(element.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)
    return element


@pytest.mark.parametrize("id_", rest_slow(IDS))
def test_a_file_that_nobody_edited_changes_nothing(office: Callable[..., Result], tmp_path: Path, id_: str) -> None:
    done = office(id_)
    assert done.exit_code == 0, done.output
    assert plan_text(tmp_path, id_) == (CONTENT / "plans" / f"{id_}.yml").read_text("utf-8")


def test_rows_that_an_office_changed_moved_inserted_and_removed(office: Callable[..., Result], tmp_path: Path) -> None:
    def change(document: Any) -> None:
        cell = row_of(document, "skh_ct1_1").cells[3]
        cell.paragraphs[0].runs[0].text = "777"
        row_of(document, "skh_ct1_2").cells[1].paragraphs[0].runs[0].text = "Lời khác hẳn"
        new = copied(row_of(document, "skh_ct1_2")._tr)
        row_of(document, "skh_ct1_2")._tr.addnext(new)
        _Row(new, document.tables[1]).cells[1].paragraphs[0].runs[0].text = "Việc cơ quan thêm"
        moved = row_of(document, "skh_nv3_3_7")._tr
        row_of(document, "skh_nv3_3_1")._tr.addprevious(moved)
        gone = row_of(document, "skh_nv3_3_4")._tr
        gone.getparent().remove(gone)

    done = office(PLAN, change)
    assert done.exit_code == 1, done.output
    result = check(tmp_path / "content")
    assert {one.rule for one in result.errors} == {"unanswered-review"}
    plan = plan_of(result, PLAN)
    entries = {one["id"]: one for one in plan["activities"]}
    before = {one["id"]: one for one in plan_of(check(CONTENT), PLAN)["activities"]}
    (new,) = entries.keys() - before.keys()
    assert entries["ct1-1"] == {**before["ct1-1"], "by_year": {**before["ct1-1"]["by_year"], "2023": "777"}}
    assert entries["ct1-2"] == {**before["ct1-2"], "title": "Lời khác hẳn"}
    assert (entries[new]["title"], entries[new]["target"]) == ("Việc cơ quan thêm", "ct1")
    unchanged = before.keys() - {"ct1-1", "ct1-2"}
    assert {id_: entries[id_] for id_ in unchanged} == {id_: before[id_] for id_ in unchanged}
    asked = [(one["why"], one["at"]) for one in plan["review"]]
    assert asked == [("row-gone", "activities/nv3-3-4"), ("row-moved", "activities/nv3-3-7")]
    assert "activities/ct1-1 by_year" in done.output


def test_prose_that_an_office_changed(office: Callable[..., Result], tmp_path: Path) -> None:
    id_ = "da-nang-2023"
    found: dict[str, str] = {}

    def change(document: Any) -> None:
        first, second = [one for one in document.paragraphs if one.style.name == "Item"][:2]
        first.runs[-1].text += " và nơi khác"
        found["title"] = first.runs[-1].text.strip()
        new = Paragraph(copied(second._p), second._parent)
        second._p.addprevious(new._p)
        for number, run in enumerate(new.runs):
            run.text = ("-", " Việc cơ quan thêm")[number] if number < 2 else ""

    assert office(id_, change).exit_code == 0
    plan = plan_of(check(tmp_path / "content"), id_)
    before = plan_of(check(CONTENT), id_)
    assert [one["title"] for one in plan["activities"][:2]] == [found["title"], "Việc cơ quan thêm"]
    assert len(plan["activities"]) == len(before["activities"]) + 1
    assert plan["activities"][2:] == before["activities"][1:]


def test_a_plan_that_editors_changed_meanwhile_is_asked(office: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "content" / "plans" / f"{PLAN}.yml"
    text = path.read_text("utf-8").replace("by_year: {2022: x, 2023: x, 2024: x, 2025: x}", 'by_year: {2022: "9"}', 1)
    path.write_text(text, encoding="utf-8")
    done = office(PLAN)
    assert done.exit_code == 1
    merged = path.read_text("utf-8")
    assert merged.startswith(text.rstrip())
    assert "why: merge-conflict" in merged


def test_a_dry_run_tells_what_would_change(office: Callable[..., Result], tmp_path: Path) -> None:
    def change(document: Any) -> None:
        row_of(document, "skh_ct1_1").cells[3].paragraphs[0].runs[0].text = "777"

    assert "activities/ct1-1 by_year" in office(PLAN, change, "--dry-run").output
    assert plan_text(tmp_path, PLAN) == (CONTENT / "plans" / f"{PLAN}.yml").read_text("utf-8")
