"""The commands for contributors: `sokehoach check`, `explain`, `new`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.check import CheckResult
from generator.check.explain import format_explanation, format_rule_list
from generator.check.names import Register
from generator.check.problem_report import REPORTERS
from generator.check.rules import RULES
from generator.check.schema import SCHEMAS, field_schema
from generator.check.suggestions import closest_word
from generator.cli.options import check_content, content_option
from generator.language.catalogue import LANGUAGES, Catalogue, catalogue
from generator.model.builder import link
from generator.model.entities import Plan
from generator.skeleton import is_id, plan_fields, skeleton, suggest_id
from generator.source.source_files import FOLDERS, Kind, shown_path

_language = click.option("--lang", type=click.Choice(LANGUAGES), default="vi", help="Ngôn ngữ của thông báo.")
_year = click.IntRange(1900, 2099)


def _choice(kind: Kind, field: str) -> click.Choice:
    """Return the choice among the values that the schema allows for a field."""
    return click.Choice(field_schema(kind, (field,))["enum"])


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "format_", type=click.Choice(list(REPORTERS)), default="text", help="Dạng báo cáo.")
@_language
@content_option
def check_command(paths: tuple[Path, ...], format_: str, lang: str, content: Path) -> None:
    """Kiểm tra kế hoạch và đơn vị. Mã thoát: 0 không có lỗi (có thể còn lưu ý), 1 có lỗi, 2 dùng lệnh sai."""
    # A path that is itself a content tree is checked as one.
    trees = [path for path in paths if path.is_dir() and (path / "plans").is_dir()]
    if len(trees) == 1 and len(paths) == 1:
        content, paths = trees[0], ()
    result = check_content(content, paths).within(paths)
    click.echo(REPORTERS[format_](result, catalogue(lang)))
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
    years = [_year.convert(one, None, None) for one in from_ if one.isdecimal()]
    uppers = [_upper_plan(result, one, words) for one in from_ if not one.isdecimal()]
    if len(years) > 1 or len(uppers) > 1:
        raise click.UsageError(words.text("new.from_twice"))
    first = years[0] if years else None
    title = given["title"] or _ask("plan", "title", default="")
    issuer = _ask_issuer(register, given["issuer"])
    first = first or int(_ask("plan", "period", "from", default=str(date.today().year), type_=_year))
    last = last or int(_ask("plan", "period", "to", default=str(first), type_=_year))
    if last < first:
        raise click.UsageError(words.text("new.reversed", first=first, last=last))
    kind = given["kind"] or _ask("plan", "kind", default="annual" if first == last else "term")
    layout = given["layout"] or _ask("plan", "layout", default="annual")
    known = {"title": title, "issuer": issuer, "from": str(first), "to": str(last), "kind": kind, "layout": layout}
    _create("plan", plan_fields(id_, known, words, uppers[0] if uppers else None), content)


@new_group.command("unit")
@click.argument("id_", metavar="ID")
@click.option("--name", help="Tên đầy đủ.")
@click.option("--short-name", help="Tên dùng trong bảng.")
@click.option("--kind", type=_choice("unit", "kind"), help="Loại đơn vị.")
@click.option("--level", type=_choice("unit", "level"), help="Cấp.")
@click.option("--parent", help="Mã hay tên đơn vị cấp trên.")
@content_option
def new_unit_command(id_: str, content: Path, **given: str | None) -> None:
    """Tạo đơn vị ở content/units/ID.yml."""
    register = check_content(content).register
    _refuse_id("unit", id_, content, register)
    name = catalogue("vi").text("new.unit")
    defaults = {"name": name, "short_name": "", "kind": "partner", "level": "", "parent": ""}
    fields = {"id": id_} | {key: given[key] or _ask("unit", key, default=value) for key, value in defaults.items()}
    if fields["parent"]:
        fields["parent"] = _resolve_unit(register, fields["parent"], "parent")
    _create("unit", {name: value for name, value in fields.items() if value}, content)


@new_group.command("programme")
@click.argument("id_", metavar="ID")
@click.option("--name", help="Tên đầy đủ.")
@click.option("--kind", type=_choice("programme", "kind"), help="Loại.")
@content_option
def new_programme_command(id_: str, content: Path, **given: str | None) -> None:
    """Tạo chương trình, đề án ở content/programmes/ID.yml."""
    _refuse_id("programme", id_, content, check_content(content).register)
    name = given["name"] or _ask("programme", "name", default=catalogue("vi").text("new.programme"))
    kind = given["kind"] or _ask("programme", "kind", default="programme")
    _create("programme", {"id": id_, "name": name, "kind": kind}, content)


@click.command("explain")
@click.argument("rule", required=False)
@_language
def explain_command(rule: str | None, lang: str) -> None:
    """Giải thích một luật kiểm tra, với ví dụ đúng và sai. Không ghi luật thì liệt kê mọi luật."""
    words = catalogue(lang)
    if rule is None:
        click.echo(format_rule_list(words))
    elif rule in RULES:
        click.echo(format_explanation(RULES[rule], words))
    else:
        near = closest_word(rule, RULES)
        hint = f"; {words.text('check.did_you_mean', word=near)}" if near else ""
        raise click.UsageError(words.text("explain.unknown", rule=rule) + hint)


def _upper_plan(result: CheckResult, id_: str, words: Catalogue) -> Plan:
    """Return a plan by its id; raise `UsageError` where there is none, or where the content has errors."""
    plans = result.register.ids["plan"]
    if id_ not in plans:
        near = closest_word(id_, plans)
        hint = f"; {words.text('check.did_you_mean', word=near)}" if near else ""
        raise click.UsageError(words.text("suggest.unknown_plan", id=id_) + hint)
    if result.errors:
        raise click.UsageError(words.text("new.content_has_errors"))
    return link(result).plans[id_]


def _ask(kind: Kind, *path: str, default: str, type_: click.ParamType | None = None) -> str:
    """Ask for a field in its schema's words; without a terminal, return the default."""
    if not sys.stdin.isatty():
        return default
    schema = field_schema(kind, path)
    click.echo(f"\n{schema['title']}. {schema['description']}")
    for value, meaning in zip(schema.get("enum", ()), schema.get("enumDescriptions", ()), strict=False):
        click.echo(f"  {value:12} {meaning}")
    if "enum" in schema:
        type_ = click.Choice([*schema["enum"], *([""] if not default else [])])
    return str(click.prompt(path[-1], default=default, type=type_, show_choices=False, show_default=bool(default)))


def _ask_issuer(register: Register, given: str | None) -> str:
    """Return the issuer's id, as given or as answered; raise `UsageError` where no unit is meant."""
    name = given or _ask("plan", "issuer", default="")
    if not name:
        raise click.UsageError(catalogue("vi").text("new.no_issuer"))
    return _resolve_unit(register, name, "issuer")


def _resolve_unit(register: Register, name: str, field: str) -> str:
    """Return the id of the unit that a name means; raise `UsageError` where it means none or several."""
    words = catalogue("vi")
    matches = register.unit(name, None)
    if matches.id is None:
        near = register.suggest_name("unit", name)
        hint = ", ".join(matches.ids) or (words.text("check.did_you_mean", word=near) if near else "")
        raise click.UsageError(words.text("new.unknown_unit", field=field, name=name, hint=hint))
    return matches.id


def _refuse_id(kind: Kind, id_: str, content: Path, register: Register) -> None:
    """Raise `UsageError` for a bad or taken id, before any question is asked."""
    words = catalogue("vi")
    if not is_id(id_):
        near = suggest_id(id_)
        hint = f"; {words.text('check.did_you_mean', word=near)}" if near else ""
        raise click.UsageError(words.text("new.not_an_id", id=id_) + hint)
    if id_ in register.ids[kind] or _path_of(kind, id_, content).exists():
        raise click.UsageError(words.text("new.taken", kind=words.text(f"kinds.{kind}"), id=id_))


def _path_of(kind: Kind, id_: str, content: Path) -> Path:
    """Return the path of the file with an id."""
    folder = next(folder for folder, of_kind in FOLDERS.items() if of_kind == kind)
    return content / folder / f"{id_}.yml"


def _create(kind: Kind, fields: Mapping[str, Any], content: Path) -> None:
    """Write a new file, never over another one, and print what to do next. Raises `ClickException` where it cannot."""
    words = catalogue("vi")
    path = _path_of(kind, fields["id"], content)
    path.parent.mkdir(exist_ok=True)
    schema = Path(os.path.relpath(SCHEMAS / f"{kind}.schema.json", path.parent.resolve())).as_posix()
    text = skeleton(kind, fields, schema, shown_path(path), words)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise click.ClickException(words.text("new.not_written", path=path, said=error.strerror)) from error
    click.echo(words.text("new.created", path=shown_path(path)))
