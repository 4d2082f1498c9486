"""The command line: `sokehoach check`, `build`, `pages`. The only module that prints."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator.check import CheckResult, check
from generator.check.explain import explained, listed
from generator.check.near import near_word
from generator.check.report import REPORTERS, summary_of, text_report
from generator.check.rules import RULES
from generator.language.catalogue import LANGUAGES, catalogue
from generator.link.build import link
from generator.pages.render import Options
from generator.site.build import BuildError, build_site, write_pages
from generator.site.files import site_files
from generator.site.sqlite_package import installed_package

HERE = Path(__file__).parents[1]

_content = click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=HERE / "content",
    help="Thư mục nội dung (có plans, units, programmes). Mặc định: content.",
)
_no_office = click.option("--no-office", is_flag=True, help="Không làm tệp Word và Excel (dựng nhanh hơn).")
_language = click.option("--lang", type=click.Choice(LANGUAGES), default="vi", help="Ngôn ngữ của thông báo.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sokehoach", prog_name="sokehoach")
def main() -> None:
    """Sổ kế hoạch: kế hoạch công tác bằng YAML thành trang web tra cứu được."""


@main.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "format_", type=click.Choice(list(REPORTERS)), default="text", help="Dạng báo cáo.")
@_language
@_content
def check_command(paths: tuple[Path, ...], format_: str, lang: str, content: Path) -> None:
    """Kiểm tra kế hoạch và đơn vị. Mã thoát: 0 không có lỗi (có thể còn lưu ý), 1 có lỗi, 2 dùng lệnh sai."""
    # A path that is itself a content tree is checked as one.
    trees = [path for path in paths if path.is_dir() and (path / "plans").is_dir()]
    if len(trees) == 1 and len(paths) == 1:
        content, paths = trees[0], ()
    result = _checked(content, paths).within(paths)
    click.echo(REPORTERS[format_](result, catalogue(lang)))
    sys.exit(1 if result.errors else 0)


@main.command("explain")
@click.argument("rule", required=False)
@_language
def explain_command(rule: str | None, lang: str) -> None:
    """Giải thích một luật kiểm tra, với ví dụ đúng và sai. Không ghi luật thì liệt kê mọi luật."""
    words = catalogue(lang)
    if rule is None:
        click.echo(listed(words))
    elif rule in RULES:
        click.echo(explained(RULES[rule], words))
    else:
        near = near_word(rule, RULES)
        hint = f"; {words.text('check.did_you_mean', word=near)}" if near else ""
        raise click.UsageError(words.text("explain.unknown", rule=rule) + hint)


@main.command("build")
@click.option("--site", type=click.Path(file_okay=False, path_type=Path), default=Path("site"), help="Nơi đặt trang.")
@click.option("--offline", is_flag=True, help="Dựng gói mở được từ ổ đĩa, không cần máy chủ.")
@click.option("--strict", is_flag=True, help="Coi mọi cảnh báo là lỗi.")
@click.option("--pdf", is_flag=True, help="Làm thêm tệp PDF của từng kế hoạch (chỉ làm lại tệp nào có thay đổi).")
@_no_office
@_content
def build_command(site: Path, offline: bool, strict: bool, content: Path, *, pdf: bool, no_office: bool) -> None:
    """Dựng trang web hoàn chỉnh từ nội dung."""
    result = _clean(content, strict=strict)
    try:
        build_site(
            site.resolve(),
            content.resolve(),
            result,
            offline=offline,
            strict=strict,
            office=False if no_office else None,
            pdf=pdf or None,
        )
    except BuildError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{site}: {summary_of(result, catalogue('vi'))}")


@main.command("pages")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Thư mục ghi ra.")
@_no_office
@click.option(
    "--site-url", envvar="SITE_URL", default="", help="Địa chỉ mà trang sẽ đứng (hay biến môi trường SITE_URL)."
)
@_content
def pages_command(out: Path, no_office: bool, site_url: str, content: Path) -> None:
    """Ghi cây trang Markdown, dữ liệu và tài sản, cho bất kỳ công cụ dựng trang nào."""
    options = Options(today=date.today(), office=not no_office, site_url=site_url)
    files = site_files(link(_clean(content)), options, package=installed_package())
    click.echo(f"{out}: {write_pages(out, files)} tệp.")


def _clean(content: Path, *, strict: bool = False) -> CheckResult:
    """The check's result, its warnings told; or the report and exit 1: for errors, while strict for warnings too."""
    result = _checked(content)
    words = catalogue("vi")
    if result.problems:
        click.echo(text_report(result, words), err=True)
    if result.errors or (strict and result.problems):
        click.echo(words.text("check.refused"), err=True)
        sys.exit(1)
    return result


def _checked(content: Path, paths: tuple[Path, ...] = ()) -> CheckResult:
    if not (content / "plans").is_dir():
        raise click.UsageError(catalogue("vi").text("check.no_content", path=content))
    return check(content, paths)
