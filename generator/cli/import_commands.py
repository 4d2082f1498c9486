"""`sokehoach import`: an office's file becomes a draft plan and a report."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import click

from generator.check.schema import SCHEMAS
from generator.cli.options import check_content, content_option
from generator.language.catalogue import LANGUAGES, Catalogue, catalogue
from generator.reading.draft_yaml import draft_text
from generator.reading.guard import LARGEST_FILE, UnreadableFile, identify
from generator.reading.import_base import ImportBase, base_text, read_base, row_words, rows_of_plan
from generator.reading.import_report import report_json, report_lines, report_page
from generator.reading.importer import ImportedPlan, ImportOptions, import_document, read_document
from generator.reading.known_names import KnownNames
from generator.reading.legacy_word import convert_doc
from generator.reading.three_way_merge import merge_plan, plain
from generator.skeleton import is_id, suggest_id
from generator.source.source_files import decode, read_file, shown_path
from generator.source.tree import Tree, read_tree


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--id", "id_", required=True, help="Mã của kế hoạch, cũng là tên tệp content/plans/MÃ.yml.")
@click.option("--table", type=int, help="Số của bảng kế hoạch, khi tệp có nhiều bảng.")
@click.option(
    "--map", "map_", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Tệp YAML: tên cột → trường."
)
@click.option("--issuer", help="Mã hay tên đơn vị ban hành, nếu tệp không ghi.")
@click.option("--years", help="Các năm của kế hoạch, như 2022-2027, nếu tệp không ghi.")
@click.option("--dry-run", is_flag=True, help="Chỉ báo cáo, không ghi tệp nào.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Ghi bản thảo vào tệp này.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="vi", help="Ngôn ngữ của thông báo.")
@content_option
def import_command(file: Path, id_: str, content: Path, lang: str, **given: object) -> None:
    """Nhập một bảng Word, Excel hay chữ dán thành bản thảo kế hoạch.

    Mã thoát: 0 không có chỗ cần xem lại, 1 có, 2 dùng lệnh sai hay không đọc được tệp.
    """
    words = catalogue(lang)
    if not is_id(id_):
        near = suggest_id(id_)
        hint = f"; {words.text('check.did_you_mean', word=near)}" if near else ""
        raise click.UsageError(words.text("new.not_an_id", id=id_) + hint)
    names = KnownNames.of(check_content(content))
    out = given["out"] if isinstance(given["out"], Path) else None
    base = None if out else content / ".imports" / f"{id_}.json"
    place = _DraftPlace(out or content / "plans" / f"{id_}.yml", base)
    options = place.with_last_import(_options(file, id_, names, words, given))
    data = _bytes(file)
    try:
        readable = convert_doc(data) if identify(data) == "doc" else data
        result = import_document(read_document(readable), options, names, words)
    except UnreadableFile as error:
        reason = words.text(f"import.unreadable.{error.reason}", **error.values)
        click.echo(words.text("import.unreadable_file", path=shown_path(file), reason=reason), err=True)
        sys.exit(2)
    for line in report_lines(result, words):
        click.echo(line)
    if given["dry_run"]:
        click.echo(words.text("import.dry_run"))
    else:
        place.write(result, options, data, words)
    sys.exit(1 if result.reviews else 0)


def _options(file: Path, id_: str, names: KnownNames, words: Catalogue, given: dict[str, object]) -> ImportOptions:
    years = None
    if given["years"]:
        found = re.fullmatch(r"((?:19|20)\d\d)(?:-((?:19|20)\d\d))?", str(given["years"]))
        if not found:
            raise click.UsageError(words.text("import.bad_years"))
        years = (int(found[1]), int(found[2] or found[1]))
    issuer = None
    if given["issuer"]:
        issuer = names.register.unit(str(given["issuer"]), None).id
        if issuer is None:
            raise click.UsageError(words.text("new.unknown_unit", field="issuer", name=str(given["issuer"]), hint=""))
    table = given["table"] if isinstance(given["table"], int) else None
    map_ = given["map_"] if isinstance(given["map_"], Path) else None
    return ImportOptions(id_, file.name, table, _mapping(map_, words) if map_ else {}, issuer, years)


def _mapping(path: Path, words: Catalogue) -> dict[str, str]:
    text, problems = decode(read_file(path))
    tree, more = read_tree(str(path), text)
    if problems or more or not isinstance(tree.data, dict):
        raise click.UsageError(words.text("import.bad_map", path=path))
    return {str(heading): str(field) for heading, field in tree.data.items()}


def _bytes(file: Path) -> bytes:
    """Return the bytes of a file; of one that is too big only so many that the guard sees it."""
    with file.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


@dataclass(frozen=True)
class _DraftPlace:
    """Where a draft and what is kept of its import are; `base` is None for a draft outside of the content."""

    path: Path
    base: Path | None

    def last_import(self) -> ImportBase | None:
        """Return the last import of this plan, None where nothing is kept of it."""
        try:
            return read_base(self.base.read_text("utf-8")) if self.base else None
        except (OSError, ValueError):
            return None

    def with_last_import(self, options: ImportOptions) -> ImportOptions:
        """Return the options with the ids and the mapping file of the last import."""
        base = self.last_import()
        if base:
            return replace(options, headings=options.headings or base.headings, known_rows=base.rows)
        ours = self._ours() if self.base else None
        return (
            replace(options, known_rows=rows_of_plan(ours.data), by_label=True) if ours and ours.is_whole else options
        )

    def write(self, result: ImportedPlan, options: ImportOptions, data: bytes, words: Catalogue) -> None:
        """Write the draft, or merge it into the plan that is there; then the reports and what is kept."""
        ours = self._ours() if self.base else None
        if ours is not None and ours.is_whole:
            base = self.last_import()
            merged = merge_plan(ours, result.plan, base.plan if base else None)
            if not read_tree(str(self.path), merged.text)[0].is_whole:
                raise click.ClickException(words.text("import.not_merged", path=shown_path(self.path)))
            self.path.write_text(merged.text, encoding="utf-8", newline="\n")
            key = "import.merged" if merged.text != ours.text else "import.unchanged"
            click.echo(words.text(key, path=shown_path(self.path), count=merged.changed))
            if merged.asked:
                click.echo(words.text("import.reviews", count=len(merged.asked)))
        else:
            self._create(result, options, words)
        title = words.text("import.report_title", file=options.file_name)
        reports = {".import.html": report_page(result, title, words), ".import.json": report_json(result, words)}
        for suffix, content in reports.items():
            beside = self.path.with_suffix(suffix)
            beside.write_text(content, encoding="utf-8", newline="\n")
            click.echo(words.text("import.report_written", path=shown_path(beside)))
        if self.base:
            self.base.parent.mkdir(exist_ok=True)
            rows = {path.split("/")[1]: row_words(row) for path, row in result.rows.items()}
            kept = ImportBase(options.file_name, sha256(data).hexdigest(), options.headings, plain(result.plan), rows)
            self.base.write_text(base_text(kept), encoding="utf-8", newline="\n")

    def _create(self, result: ImportedPlan, options: ImportOptions, words: Catalogue) -> None:
        schema = Path(os.path.relpath(SCHEMAS / "plan.schema.json", self.path.parent.resolve())).as_posix()
        text = draft_text(result.plan, schema, words.text("import.comment", file=options.file_name))
        try:
            with self.path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        except OSError as error:
            message = words.text("new.not_written", path=self.path, said=error.strerror)
            raise click.ClickException(message) from error
        click.echo(words.text("import.written", path=shown_path(self.path)))

    def _ours(self) -> Tree | None:
        """Return the plan that is there, None where there is none."""
        if not self.path.exists():
            return None
        text, _ = decode(read_file(self.path))
        return read_tree(shown_path(self.path), text)[0]
