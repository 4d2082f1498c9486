"""`sokehoach import`: turns an office's file into a draft plan and a report."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from generator.check import CheckResult
from generator.check.entries import entries, period_of
from generator.check.ids import is_id, suggest_id
from generator.check.pruning import pruned
from generator.check.schema import SCHEMAS
from generator.cli.options import (
    check_content,
    closest_word_hint,
    content_option,
    language_option,
    one_sentence_on_disk_errors,
    suggestion_hint,
)
from generator.data.data_files import plan_workbook
from generator.language.catalogue import Catalogue, catalogue
from generator.model.builder import link
from generator.pages.page import Options
from generator.paper.word import plan_docx
from generator.reading.column_map import MapFault, map_faults, with_known_names
from generator.reading.guard import LARGEST_FILE, UnreadableFile, identify
from generator.reading.import_base import ImportBase, base_text, read_base, row_words, rows_of_plan
from generator.reading.import_report import merge_lines, report_json, report_lines, report_page, review_lines
from generator.reading.importer import ImportedPlan, ImportOptions, import_document, read_document
from generator.reading.known_names import KnownNames
from generator.reading.legacy_word import convert_doc
from generator.reading.office_document import OfficeDocument
from generator.reading.own_file import is_own_file
from generator.reading.own_workbook import is_own_workbook
from generator.reading.review_items import new_reviews
from generator.reading.three_way_merge import BaseKind, PlanMerge, merge_plan, plain
from generator.reading.written_report import as_written
from generator.source.source_files import decode, original_of, read_file, shown_path, update_file
from generator.source.tree import Tree, read_tree
from generator.source.whole_files import create_text, replace_text
from generator.source.yaml_writer import DRAFTED


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--id", "id_", required=True, help="Mã của kế hoạch, cũng là tên tệp content/plans/MÃ.yml.")
@click.option("--table", type=int, help="Số của bảng kế hoạch, khi tệp có nhiều bảng; 0: lời văn.")
@click.option(
    "--map", "map_", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Tệp YAML: tên cột → trường."
)
@click.option("--issuer", help="Mã hay tên đơn vị ban hành, nếu tệp không ghi.")
@click.option("--years", help="Các năm của kế hoạch, như 2022-2027, nếu tệp không ghi.")
@click.option("--dry-run", is_flag=True, help="Chỉ báo cáo, không ghi tệp nào.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Ghi bản thảo vào tệp này.")
@language_option
@content_option
def import_command(file: Path, id_: str, content: Path, lang: str, **given: object) -> None:
    """Nhập một bảng Word, Excel hay chữ dán thành bản thảo kế hoạch.

    Mã thoát: 0 không có chỗ cần xem lại, 1 có, 2 dùng lệnh sai hay không đọc được tệp.
    """
    words = catalogue(lang)
    if not is_id(id_):
        raise click.UsageError(words.text("new.not_an_id", id=id_) + suggestion_hint(suggest_id(id_), words))
    checked = check_content(content)
    names = KnownNames.of(checked)
    out = given["out"] if isinstance(given["out"], Path) else None
    base = None if out else content / ".imports" / f"{id_}.json"
    draft_file = _DraftFile(out or _plan_path(checked, id_, content), base)
    data = _bytes(file)
    try:
        document = read_document(convert_doc(data) if identify(data) == "doc" else data)
        options = replace(_options(file, id_, names, words, given), headings=_headings(given["map_"], document, words))
        options = draft_file.with_last_import(options, document, words)
        unchanged = draft_file.unchanged(checked, document, options.id, words)
        result = import_document(document, options, names, words, unchanged)
        printed = draft_file.printed(unchanged, document, options, names, words)
    except UnreadableFile as error:
        reason = words.text(f"import.unreadable.{error.reason}", **error.values)
        click.echo(words.text("import.unreadable_file", path=shown_path(file), reason=reason), err=True)
        sys.exit(2)
    if printed:
        result = replace(result, reviews=new_reviews(result.reviews, printed.imported.reviews))
    for line in report_lines(result, words):
        click.echo(line)
    merged = draft_file.merge(result, printed, words)
    plan = read_tree("", merged.text)[0].data if merged else None
    questions = _questions(result, merged, plan, words)
    if plan:
        result = as_written(result, plan, questions, printed.imported.plan if printed else None)
    for line in review_lines(questions, words):
        click.echo(line)
    if given["dry_run"]:
        click.echo(words.text("import.dry_run"))
    else:
        with one_sentence_on_disk_errors(draft_file.path, lang=lang):
            draft_file.write(result, merged, options.file_name, words)
            if not printed:
                draft_file.keep(result, options, data)
    sys.exit(1 if questions else 0)


def _questions(
    result: ImportedPlan, merged: PlanMerge | None, plan: Any, words: Catalogue
) -> Sequence[Mapping[str, str]]:
    """Return the plan's review list after the import: in an existing plan new questions come first."""
    if merged is None:
        return [item.as_fields(words) for item in result.reviews]
    left = [dict(item) for _, item in entries(plan, "review")]
    return [*(item for item in left if item in merged.asked), *(item for item in left if item not in merged.asked)]


def _plan_path(checked: CheckResult, id_: str, content: Path) -> Path:
    """Return the file of the plan with an id, whatever its name; if there is none, the path for a new one."""
    paths = [
        source.tree.path
        for source in checked.sources
        if source.kind == "plan"
        and original_of(source.stem) != id_
        and id_ in {source.stem, (source.tree.data or {}).get("id")}
    ]
    usual = content / "plans" / f"{id_}.yml"
    return usual if not paths or shown_path(usual) in paths else Path(paths[0])


def _options(file: Path, id_: str, names: KnownNames, words: Catalogue, given: dict[str, object]) -> ImportOptions:
    years = None
    if given["years"]:
        match = re.fullmatch(r"((?:19|20)\d\d)(?:-((?:19|20)\d\d))?", str(given["years"]))
        if not match:
            raise click.UsageError(words.text("import.bad_years"))
        years = (int(match[1]), int(match[2] or match[1]))
        if years[0] > years[1]:
            raise click.UsageError(words.text("new.reversed", first=years[0], last=years[1]))
    issuer = None
    if given["issuer"]:
        issuer = names.register.unit(str(given["issuer"]), None).id
        if issuer is None:
            raise click.UsageError(words.text("new.unknown_unit", field="issuer", name=str(given["issuer"]), hint=""))
    table = given["table"] if isinstance(given["table"], int) else None
    return ImportOptions(id_, file.name, table, {}, issuer, years)


def _headings(path: object, document: OfficeDocument, words: Catalogue) -> Mapping[str, str]:
    """Return the headings in a mapping file. Raises `UsageError` with all its faults."""
    if not isinstance(path, Path):
        return {}
    mapping = with_known_names(_mapping(path, words))
    faults = [_fault_text(fault, words) for fault in map_faults(mapping, document)]
    if faults:
        raise click.UsageError("\n".join([words.text("import.bad_columns", path=shown_path(path)), *faults]))
    return mapping


def _fault_text(fault: MapFault, words: Catalogue) -> str:
    said = words.text(f"import.map_{fault.kind}", heading=fault.heading, field=fault.field)
    if fault.kind == "part":
        return said + suggestion_hint(fault.meant[0], words)
    return said + closest_word_hint(fault.heading if fault.kind == "heading" else fault.field, fault.meant, words)


def _mapping(path: Path, words: Catalogue) -> dict[str, str]:
    text, problems = decode(read_file(path))
    tree, more = read_tree(str(path), text)
    if problems or more or not isinstance(tree.data, dict):
        raise click.UsageError(words.text("import.bad_map", path=path))
    return {str(heading): str(field) for heading, field in tree.data.items()}


def _bytes(file: Path) -> bytes:
    """Return the bytes of a file; of a file that is too big only enough for the size check to notice."""
    with file.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


@dataclass(frozen=True)
class _PrintedPlan:
    """The import of our own file as printed, without edits; `is_same`: the edited file is of the same plan version."""

    imported: ImportedPlan
    is_same: bool


@dataclass(frozen=True)
class _DraftFile:
    """The files of a draft and of its last import; `base` is None for a draft outside the content."""

    path: Path
    base: Path | None

    def last_import(self) -> ImportBase | None:
        """Return the last import of this plan; None if nothing is stored.

        Raises: `ClickException` if the stored file cannot be understood: it must not be overwritten.
        """
        try:
            return read_base(self.base.read_text("utf-8")) if self.base else None
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise click.ClickException(catalogue("vi").text("import.broken_base", path=self.base)) from error

    def _is_ours(self, document: OfficeDocument) -> bool:
        """Return whether a file is to be compared with the plan as we print it, not with the last import."""
        is_ours = is_own_file(document) or is_own_workbook(document)
        return bool(self.base) and is_ours and (bool(document.stamp) or not self.last_import())

    def with_last_import(self, options: ImportOptions, document: OfficeDocument, words: Catalogue) -> ImportOptions:
        """Return the options with the headings of the last import; for a file of ours, with those of the plan."""
        ours = self._ours(words) if self.base else None
        data = ours.data if ours and ours.is_whole else None
        if data:
            periods = [period for _, period in entries(data, "periods") if period.get("title") and period.get("id")]
            options = replace(options, periods={period["title"]: period["id"] for period in periods})
        if data and self._is_ours(document):
            issuer, years = options.issuer or data.get("issuer"), options.years or period_of(data)
            return replace(options, issuer=issuer, years=years, known_rows=rows_of_plan(data))
        base = self.last_import()
        if base:
            return replace(options, headings=options.headings or base.headings, known_rows=base.rows)
        return replace(options, known_rows=rows_of_plan(data), by_label=True) if data else options

    def unchanged(
        self, checked: CheckResult, document: OfficeDocument, id_: str, words: Catalogue
    ) -> OfficeDocument | None:
        """Return our file of the plan without edits; None for other files and missing plans.

        Raises `ClickException` if an error anywhere in the content prevents printing the plan: without the print, every
        cell that we word differently from the plan would look like an edit.
        """
        if not self._is_ours(document) or not self.path.exists():
            return None
        paths = dict.fromkeys(problem.path for problem in checked.errors if problem.rule != "unanswered-review")
        if paths:
            raise click.ClickException(words.text("import.faulty_content", path=next(iter(paths)), count=len(paths)))
        corpus = link(checked)
        if id_ not in corpus.plans:
            return None
        write = plan_workbook if is_own_workbook(document) else plan_docx
        return read_document(write(corpus, corpus.plans[id_], Options()))

    def printed(
        self,
        unchanged: OfficeDocument | None,
        document: OfficeDocument,
        options: ImportOptions,
        names: KnownNames,
        words: Catalogue,
    ) -> _PrintedPlan | None:
        """Return the import of an unedited file of ours; None if there is none."""
        if unchanged is None:
            return None
        imported = import_document(unchanged, options, names, words, unchanged)
        return _PrintedPlan(imported, is_same=unchanged.stamp == document.stamp)

    def merge(self, result: ImportedPlan, printed: _PrintedPlan | None, words: Catalogue) -> PlanMerge | None:
        """Return the existing plan with the file's changes, and report them; None if there is no plan yet."""
        ours = self._ours(words) if self.base else None
        if ours is None or not ours.is_whole:
            return None
        if printed:
            kind: BaseKind = "same-plan" if printed.is_same else "other-plan"
            merged = merge_plan(ours, result.plan, printed.imported.plan, kind)
        else:
            base = self.last_import()
            merged = merge_plan(ours, result.plan, base.plan if base else None)
        if merged.wrong:
            place = {"path": shown_path(self.path), "line": merged.wrong.line}
            raise click.ClickException(words.text("import.not_merged", **place))
        for line in merge_lines(merged, words):
            click.echo(line)
        return merged

    def write(self, result: ImportedPlan, merged: PlanMerge | None, file_name: str, words: Catalogue) -> None:
        """Write the draft, or the changed plan; then the reports."""
        if merged:
            is_changed = merged.text != decode(read_file(self.path))[0]
            if is_changed:
                update_file(self.path, merged.text)
            key = "import.merged" if is_changed else "import.unchanged"
            click.echo(words.text(key, path=shown_path(self.path), count=len(merged.changes)))
        else:
            self._create(result, file_name, words)
        title = words.text("import.report_title", file=file_name)
        reports = {".import.html": report_page(result, title, words), ".import.json": report_json(result, words)}
        for suffix, content in reports.items():
            beside = self.path.with_suffix(suffix)
            replace_text(beside, content)
            click.echo(words.text("import.report_written", path=shown_path(beside)))

    def keep(self, result: ImportedPlan, options: ImportOptions, data: bytes) -> None:
        """Store the result of the import for the next import of the file."""
        if self.base:
            self.base.parent.mkdir(exist_ok=True)
            rows = {path.split("/")[1]: row_words(row) for path, row in result.rows.items()}
            base = ImportBase(options.file_name, sha256(data).hexdigest(), options.headings, plain(result.plan), rows)
            replace_text(self.base, base_text(base))

    def _create(self, result: ImportedPlan, file_name: str, words: Catalogue) -> None:
        schema = Path(os.path.relpath(SCHEMAS / "plan.schema.json", self.path.parent.resolve())).as_posix()
        text = DRAFTED.file_text(result.plan, schema, words.text("import.comment", file=file_name))
        if not create_text(self.path, text):
            raise click.ClickException(words.text("import.taken", path=shown_path(self.path)))
        click.echo(words.text("import.written", path=shown_path(self.path)))

    def _ours(self, words: Catalogue) -> Tree | None:
        """Return the existing plan; None if there is none.

        Raises `ClickException` if it cannot be read, or the schema refuses part of it: then the file's changes to that
        part are unknown.
        """
        if not self.path.exists():
            return None
        text, _ = decode(read_file(self.path))
        tree = read_tree(shown_path(self.path), text)[0]
        if not tree.is_whole or pruned("plan", tree).pruned:
            raise click.ClickException(words.text("import.faulty_plan", path=shown_path(self.path)))
        return tree
