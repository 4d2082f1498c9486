"""The commands for contributors: `sokehoach check`, `explain`, `new`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from textwrap import indent
from typing import Any, TypeVar

import click

from generator.check import CheckResult
from generator.check.explain import format_explanation, format_rule_list
from generator.check.ids import is_id, suggest_id
from generator.check.meanings import meant_value, value_meanings
from generator.check.names import Register
from generator.check.problem_report import REPORTERS
from generator.check.rules import RULES
from generator.check.schema import SCHEMAS, field_schema
from generator.cli.options import (
    as_typed,
    check_content,
    closest_word_hint,
    command_name,
    content_option,
    is_part_of,
    language_option,
    one_sentence_on_disk_errors,
    refuse_later,
    refuse_unknown_plan,
    suggestion_hint,
    typed_line,
)
from generator.language.catalogue import Catalogue, catalogue
from generator.language.vietnamese import toned
from generator.missing_units import missing_units
from generator.model.builder import link
from generator.model.entities import Plan
from generator.skeleton import plan_fields, skeleton
from generator.source.source_files import FOLDERS, Kind, shown_path, typed_path
from generator.source.whole_files import create_text
from generator.source.yaml_writer import TYPED

_year = click.IntRange(1900, 2099)
T = TypeVar("T")


def _choice(kind: Kind, field: str) -> click.Choice:
    """Return the choice of the values that the schema allows for a field."""
    return click.Choice(field_schema(kind, (field,))["enum"])


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "format_", type=click.Choice(list(REPORTERS)), default="text", help="Dạng báo cáo.")
@language_option
@content_option
def check_command(paths: tuple[Path, ...], format_: str, lang: str, content: Path) -> None:
    """Kiểm tra kế hoạch và đơn vị. Mã thoát: 0 không có lỗi (có thể còn lưu ý), 1 có lỗi, 2 dùng lệnh sai."""
    # A path that is a content tree itself is checked as one.
    trees = [path for path in paths if path.is_dir() and (path / "plans").is_dir()]
    if len(trees) == 1 and len(paths) == 1:
        content, paths = trees[0], ()
    result = check_content(content, paths).within(paths)
    report = REPORTERS[format_](result, catalogue(lang))
    click.echo(as_typed(report) if format_ == "text" else report)
    sys.exit(1 if result.errors else 0)


@click.group("new")
def new_group() -> None:
    """Tạo tệp mới có lời giải thích từng trường. Chạy trong cửa sổ lệnh thì hỏi từng câu."""


@new_group.command("plan")
@click.argument("id_", metavar="ID")
@click.option("--title", help="Tên kế hoạch.")
@click.option("--issuer", help="Mã hay tên đơn vị ban hành.")
@click.option(
    "--from",
    "from_",
    multiple=True,
    metavar="NĂM|UPPER",
    help="Năm đầu; hay mã kế hoạch cấp trên để bắt đầu từ chỉ tiêu của nó.",
)
@click.option("--to", "last", type=_year, help="Năm cuối; không ghi thì trùng năm đầu.")
@click.option("--kind", type=_choice("plan", "kind"), help="Loại kế hoạch.")
@click.option("--layout", type=_choice("plan", "layout"), help="Dạng bảng.")
@content_option
def new_plan_command(id_: str, content: Path, from_: tuple[str, ...], last: int | None, **given: str | None) -> None:
    """Tạo kế hoạch ở content/plans/ID.yml."""
    words = catalogue("vi")
    result = check_content(content)
    register = result.register
    _refuse_id("plan", id_, content, register)
    years = [_year.convert(value, None, None) for value in from_ if value.isdecimal()]
    uppers = [_upper_plan(result, value, words) for value in from_ if not value.isdecimal()]
    if len(years) > 1 or len(uppers) > 1:
        raise click.UsageError(words.text("new.from_twice"))
    first = years[0] if years else None
    title = typed_line(given["title"] or "") or _ask("plan", "title", default="")
    issuer = _ask_until("plan", ("issuer",), given["issuer"], "", partial(_issuing_unit, register))
    first = first or int(_ask("plan", "period", "from", default=str(date.today().year)))
    upper = uppers[0] if uppers else None
    last = _ask_last_year(id_, first, last, upper)
    kind = given["kind"] or _ask("plan", "kind", default="annual" if first == last else "term")
    layout = given["layout"] or _ask("plan", "layout", default="annual")
    fields = {"title": title, "issuer": issuer, "from": str(first), "to": str(last), "kind": kind, "layout": layout}
    is_summed = not upper or is_part_of(upper, issuer, register, words)
    _create("plan", plan_fields(id_, fields, words, upper, is_summed=is_summed), content)


@new_group.command("unit")
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--name", help="Tên đầy đủ.")
@click.option("--short-name", help="Tên dùng trong bảng.")
@click.option("--kind", type=_choice("unit", "kind"), help="Loại đơn vị.")
@click.option("--level", type=_choice("unit", "level"), help="Cấp.")
@click.option("--parent", help="Mã hay tên đơn vị cấp trên.")
@click.option(
    "--missing",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp kế hoạch: tạo mọi đơn vị mà kế hoạch ấy nhắc đến nhưng chưa khai.",
)
@content_option
def new_unit_command(id_: str | None, content: Path, missing: Path | None, **given: str | None) -> None:
    """Tạo đơn vị ở content/units/ID.yml, hay mọi đơn vị còn thiếu của một kế hoạch (--missing)."""
    words = catalogue("vi")
    if missing:
        _create_missing(missing, content)
        return
    if not id_:
        raise click.UsageError(words.text("new.id_or_missing"))
    register = check_content(content).register
    _refuse_id("unit", id_, content, register)
    name = words.text("new.unit")
    defaults = {"name": name, "short_name": "", "kind": "partner", "level": "", "parent": ""}
    fields = {"id": id_} | {
        key: _ask_until(
            "unit",
            (key,),
            typed_line(given[key] or ""),
            value,
            partial(_unit_or_nothing, register) if key == "parent" else str,
        )
        for key, value in defaults.items()
    }
    _create("unit", {name: value for name, value in fields.items() if value}, content)


def _create_missing(plan: Path, content: Path) -> None:
    """Write files for the unknown units in a plan, and print which they are."""
    words = catalogue("vi")
    result = check_content(content, (plan,))
    # A link to a plan of the content counts as that plan.
    shown, real = shown_path(plan), os.path.realpath(plan)
    paths = (source.tree.path for source in result.sources)
    path = next(path for path in paths if path == shown or os.path.realpath(path) == real)
    for problem in result.problems:
        if problem.path == path and "cause" in problem.values:
            raise click.UsageError(words.text("new.unit_file_broken", path=problem.values["cause"]))
    units = missing_units(result, path)
    if not units:
        click.echo(words.text("new.none_missing", path=shown_path(plan)))
    for unit in units:
        _create("unit", unit.fields, content, short=True)
        click.echo("  " + _described(unit.fields))
        if unit.closest:
            click.echo("  " + words.text("new.near", name=unit.fields["name"], near=unit.closest))
    if units:
        click.echo(words.text("new.missing_created", n=len(units), command=command_name(), path=typed_path(path)))
    if any(unit.is_asked for unit in units):
        click.echo(words.text("new.missing_asked", path=typed_path(path)))


def _described(fields: Mapping[str, str]) -> str:
    """Return a new unit's name, with its guessed kind and level in words."""
    guesses = (
        value_meanings(field_schema("unit", (field,)))[fields[field]] for field in ("kind", "level") if field in fields
    )
    return f"{fields['name']}: {'; '.join(guesses)}"


@new_group.command("programme")
@click.argument("id_", metavar="ID")
@click.option("--name", help="Tên đầy đủ.")
@click.option("--kind", type=_choice("programme", "kind"), help="Loại.")
@content_option
def new_programme_command(id_: str, content: Path, **given: str | None) -> None:
    """Tạo chương trình, đề án ở content/programmes/ID.yml."""
    _refuse_id("programme", id_, content, check_content(content).register)
    name = typed_line(given["name"] or "") or _ask("programme", "name", default=catalogue("vi").text("new.programme"))
    kind = given["kind"] or _ask("programme", "kind", default="programme")
    _create("programme", {"id": id_, "name": name, "kind": kind}, content)


@click.command("explain")
@click.argument("rule", required=False)
@language_option
def explain_command(rule: str | None, lang: str) -> None:
    """Giải thích một quy tắc kiểm tra, với ví dụ đúng và sai. Không ghi quy tắc thì liệt kê tất cả."""
    words = catalogue(lang)
    if rule is None:
        click.echo(format_rule_list(words))
    elif rule in RULES:
        click.echo(format_explanation(RULES[rule], words))
    else:
        raise click.UsageError(words.text("explain.unknown", rule=rule) + closest_word_hint(rule, RULES, words))


def _upper_plan(result: CheckResult, id_: str, words: Catalogue) -> Plan:
    """Return a plan by its id. Raises `UsageError` if there is none, or if the content has errors."""
    refuse_unknown_plan(id_, result.register.ids["plan"], words)
    if result.errors:
        raise click.UsageError(words.text("new.content_has_errors"))
    return link(result).plans[id_]


def _ask(kind: Kind, *path: str, default: str) -> str:
    """Ask for a field in its schema's words, again after a wrong answer; without a terminal, return the default."""
    if not sys.stdin.isatty():
        return default
    schema, words = field_schema(kind, path), catalogue("vi")
    click.echo(f"\n{schema['title']}. {schema['description']}")
    meanings = value_meanings(schema)
    for value, meaning in meanings.items():
        click.echo(f"  {value:12} {meaning}")
        if picture := words.texts.get(f"new.picture.{path[-1]}.{value}"):
            click.echo(indent(picture.rstrip(), " " * 15))
    while True:
        answer = typed_line(str(click.prompt(path[-1], default=default, show_default=bool(default))))
        try:
            return _understood(answer, meanings, is_year=path[0] == "period")
        except click.UsageError as error:
            click.echo(error.message)


def _understood(answer: str, meanings: Mapping[str, str], *, is_year: bool) -> str:
    """Return an answer as it is written in the file. Raises `UsageError` if it is not understood."""
    words = catalogue("vi")
    if meanings and answer not in {"", *meanings}:
        if meant := meant_value(answer, meanings):
            return meant
        raise click.UsageError(words.text("new.no_such_value", answer=answer, allowed=", ".join(meanings)))
    if is_year and not (answer.isdecimal() and 1900 <= int(answer) <= 2099):
        raise click.UsageError(words.text("new.no_year", answer=answer))
    return answer


def _ask_until(kind: Kind, path: tuple[str, ...], given: str | None, default: str, understand: Callable[[str], T]) -> T:
    """Return the meaning of an answer, asking again until there is one; an option or a script is asked once."""
    while True:
        answer = given or _ask(kind, *path, default=default)
        try:
            return understand(answer)
        except click.UsageError as error:
            if given or not sys.stdin.isatty():
                raise
            click.echo(error.message)


def _ask_last_year(id_: str, first: int, last: int | None, upper: Plan | None) -> int:
    """Return the last year of a plan's period.

    Raises `UsageError` for a year before the first, or before the upper plan begins, if it cannot ask again.
    """

    def understand(year: str) -> int:
        if int(year) < first:
            raise click.UsageError(catalogue("vi").text("new.reversed", first=first, last=year))
        if upper:
            refuse_later(upper, id_, int(year), catalogue("vi"))
        return int(year)

    return _ask_until("plan", ("period", "to"), str(last) if last else None, str(first), understand)


def _issuing_unit(register: Register, name: str) -> str:
    """Return the issuer's id. Raises `UsageError` if no unit is meant."""
    if not name:
        raise click.UsageError(catalogue("vi").text("new.no_issuer"))
    return _resolve_unit(register, name, "issuer")


def _unit_or_nothing(register: Register, name: str) -> str:
    """Return the id of a unit; an empty text stays empty. Raises `UsageError` for an unknown unit."""
    return _resolve_unit(register, name, "parent") if name else ""


def _resolve_unit(register: Register, name: str, field: str) -> str:
    """Return the id of the unit that a name means. Raises `UsageError` if it means none or several.

    Names that differ only in the place of a tone mark (`Thuỷ`, `Thủy`) are equal.
    """
    words = catalogue("vi")
    matches = register.unit(name, None)
    if matches.id is None and not matches.ids:
        alike = {spelling for spelling in register.spellings["unit"] if toned(spelling) == toned(name)}
        ids = {id_ for spelling in alike for id_ in register.unit(spelling, None).ids}
        if len(ids) == 1:
            return ids.pop()
    if matches.id is None:
        suggestion = suggestion_hint(register.suggest_name("unit", name), words)
        hint = f"; {', '.join(matches.ids)}" if matches.ids else suggestion
        raise click.UsageError(words.text("new.unknown_unit", field=field, name=name, hint=hint))
    return matches.id


def _refuse_id(kind: Kind, id_: str, content: Path, register: Register) -> None:
    """Raise `UsageError` for a bad or taken id, before any question is asked."""
    words = catalogue("vi")
    if not is_id(id_):
        raise click.UsageError(words.text("new.not_an_id", id=id_) + suggestion_hint(suggest_id(id_), words))
    if id_ in register.ids[kind] or _path_of(kind, id_, content).exists():
        raise click.UsageError(words.text("new.taken", kind=words.text(f"kinds.{kind}"), id=id_))


def _path_of(kind: Kind, id_: str, content: Path) -> Path:
    folder = next(folder for folder, of_kind in FOLDERS.items() if of_kind == kind)
    return content / folder / f"{id_}.yml"


def _create(kind: Kind, fields: Mapping[str, Any], content: Path, *, short: bool = False) -> None:
    """Write a new file and print what to do next. Raises `ClickException` if it exists or cannot be written."""
    words = catalogue("vi")
    path = _path_of(kind, fields["id"], content)
    schema = Path(os.path.relpath(SCHEMAS / f"{kind}.schema.json", path.parent.resolve())).as_posix()
    command = f"{command_name()} check {typed_path(shown_path(path))}"
    text = TYPED.file_text(fields, schema) if short else skeleton(kind, fields, schema, command, words)
    with one_sentence_on_disk_errors(path):
        if not create_text(path, text):
            raise click.UsageError(words.text("new.taken", kind=words.text(f"kinds.{kind}"), id=fields["id"]))
    created = "new.created_short" if short else "new.created"
    click.echo(words.text(created, path=typed_path(shown_path(path)), command=command_name()))
