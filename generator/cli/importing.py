"""`sokehoach import`: an office's file becomes a draft plan and a report."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import click

from generator.check.schema import SCHEMAS
from generator.cli.options import checked, content_option
from generator.language.catalogue import LANGUAGES, Catalogue, catalogue
from generator.reading.draft_yaml import draft_text
from generator.reading.guard import LARGEST_FILE, UnreadableFile
from generator.reading.import_report import report_json, report_lines, report_page
from generator.reading.importer import ImportedPlan, ImportOptions, import_document, read_document
from generator.reading.known_names import KnownNames
from generator.skeleton import is_id, near_id
from generator.source.files import shown_path


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
        near = near_id(id_)
        hint = f"; {words.text('check.did_you_mean', word=near)}" if near else ""
        raise click.UsageError(words.text("new.not_an_id", id=id_) + hint)
    path = given["out"] if isinstance(given["out"], Path) else content / "plans" / f"{id_}.yml"
    names = KnownNames.of(checked(content))
    options = _options(file, id_, names, words, given)
    try:
        result = import_document(read_document(_bytes(file)), options, names, words)
    except UnreadableFile as error:
        reason = words.text(f"import.unreadable.{error.reason}", **error.values)
        click.echo(words.text("import.unreadable_file", path=shown_path(file), reason=reason), err=True)
        sys.exit(2)
    for line in report_lines(result, words):
        click.echo(line)
    if given["dry_run"]:
        click.echo(words.text("import.dry_run"))
    else:
        _write(result, file, path, words)
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
    from generator.source.files import decode, read_file
    from generator.source.tree import read_tree

    text, problems = decode(read_file(path))
    tree, more = read_tree(str(path), text)
    if problems or more or not isinstance(tree.data, dict):
        raise click.UsageError(words.text("import.bad_map", path=path))
    return {str(heading): str(field) for heading, field in tree.data.items()}


def _bytes(file: Path) -> bytes:
    """The bytes of a file; of one that is too big only so many that the guard sees it."""
    with file.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


def _write(result: ImportedPlan, file: Path, path: Path, words: Catalogue) -> None:
    """Write the draft and its reports, never over another plan."""
    schema = Path(os.path.relpath(SCHEMAS / "plan.schema.json", path.parent.resolve())).as_posix()
    text = draft_text(result.plan, schema, words.text("import.comment", file=file.name))
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise click.ClickException(words.text("new.not_written", path=path, said=error.strerror)) from error
    click.echo(words.text("import.written", path=shown_path(path)))
    for suffix, content in (
        (".import.html", report_page(result, words.text("import.report_title", file=file.name), words)),
        (".import.json", report_json(result, words)),
    ):
        beside = path.with_suffix(suffix)
        beside.write_text(content, encoding="utf-8", newline="\n")
        click.echo(words.text("import.report_written", path=shown_path(beside)))
