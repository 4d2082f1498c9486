"""`sokehoach build`, `serve`, `pages`: commands that make a site. What they need is loaded when they are called."""

from __future__ import annotations

import gc
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.options import checked, content_option, needs_plans
from generator.language.catalogue import catalogue

if TYPE_CHECKING:
    from generator.check import CheckResult
    from generator.language.catalogue import Catalogue
    from generator.site.progress import BuildReport

_no_office = click.option("--no-office", is_flag=True, help="Không làm tệp Word và Excel (dựng nhanh hơn).")


@click.command("build")
@click.option("--site", type=click.Path(file_okay=False, path_type=Path), default=Path("site"), help="Nơi đặt trang.")
@click.option("--offline", is_flag=True, help="Dựng gói mở được từ ổ đĩa, không cần máy chủ.")
@click.option("--strict", is_flag=True, help="Coi mọi cảnh báo là lỗi.")
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), help="Nơi nhớ lần dựng trước.")
@click.option("--pdf", is_flag=True, help="Làm thêm tệp PDF của từng kế hoạch (chỉ làm lại tệp nào có thay đổi).")
@_no_office
@content_option
def build_command(
    site: Path, offline: bool, strict: bool, content: Path, *, cache: Path | None, pdf: bool, no_office: bool
) -> None:
    """Dựng trang web hoàn chỉnh từ nội dung; lần sau chỉ dựng lại phần đã đổi."""
    from generator.site.progress import Clock
    from generator.site.request import CACHE, BuildError, Request
    from generator.site.status import build_status, unchanged_report

    needs_plans(content)
    words = catalogue("vi")
    request = Request(
        content=content.resolve(),
        site=site.resolve(),
        cache=cache.resolve() if cache else CACHE,
        offline=offline,
        strict=strict,
        office=False if no_office else None,
        pdf=pdf or None,
    )
    progress = _Progress(words) if sys.stderr.isatty() and not os.environ.get("CI") else None
    clock = Clock(progress)
    try:
        with clock.stage("scan"):
            status = build_status(request)
        if status.unchanged:
            report = unchanged_report(status, clock)
        else:
            from generator.site.build import build_site

            gc.disable()  # the process ends with the build: to look for garbage once more would take a second
            report = build_site(request, clock, status)
    except BuildError as error:
        raise click.ClickException(str(error)) from error
    finally:
        if progress:
            progress.end()
    if report.problems.get("error") or (strict and report.problems.get("warning")):
        _refuse(checked(content))
    click.echo(f"{site}: {_built(report, words)}")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ máy.")
@click.option("--port", default=8000, show_default=True, help="Cổng.")
@click.option("--office", is_flag=True, help="Làm cả tệp Word và Excel (mỗi lần lưu phải chờ lâu hơn).")
@content_option
def serve_command(host: str, port: int, office: bool, content: Path) -> None:
    """Xem thử trong trình duyệt: lưu tệp là thấy ngay, có lỗi thì trang nói lỗi và giữ bản tốt gần nhất."""
    from generator.site.preview import Preview
    from generator.site.request import CACHE, BuildError, Request

    needs_plans(content)
    words = catalogue("vi")

    def tell(done: BuildReport | BuildError) -> None:
        now = datetime.now().strftime("%H:%M:%S")
        if isinstance(done, BuildError):
            click.echo(words.text("serve.failed", time=now, said=done))
        elif errors := done.problems.get("error"):
            click.echo(words.text("serve.errors", time=now, n=errors))
        else:
            seconds = f"{sum(done.seconds.values()):.1f}"
            click.echo(words.text("serve.built", time=now, jobs=done.tasks, seconds=seconds))

    request = Request(content=content.resolve(), site=CACHE / "preview", office=office)
    try:
        preview = Preview(request, host, port, tell)
        preview.build()
        click.echo(words.text("serve.at", url=preview.url))
        preview.serve()
    except KeyboardInterrupt:
        preview.shutdown()
    except OSError as error:
        raise click.ClickException(words.text("serve.busy", port=port, other=port + 1)) from error


@click.command("pages")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Thư mục ghi ra.")
@_no_office
@click.option(
    "--site-url", envvar="SITE_URL", default="", help="Địa chỉ mà trang sẽ đứng (hay biến môi trường SITE_URL)."
)
@content_option
def pages_command(out: Path, no_office: bool, site_url: str, content: Path) -> None:
    """Ghi cây trang Markdown, dữ liệu và tài sản, cho bất kỳ công cụ dựng trang nào."""
    from generator.model.builder import link
    from generator.pages.page import Options
    from generator.site.export import write_pages
    from generator.site.tasks import site_files

    result = checked(content)
    if result.errors:
        _refuse(result)
    options = Options(today=date.today(), office=not no_office, site_url=site_url)
    files = site_files(link(result), options)
    click.echo(f"{out}: {write_pages(out, files)} tệp.")


class _Progress:
    """One line on the terminal, written over: the stage, how much of it is done, and the time that is left."""

    def __init__(self, words: Catalogue) -> None:
        self.words = words

    def __call__(self, stage: str, number: int, of: int, seconds: float) -> None:
        text = self.words.text(f"build.stage.{stage}")
        if of:
            left = seconds * (of - number) / max(1, number)
            text = self.words.text("build.progress", stage=text, number=number, of=of, left=f"{left:.0f}")
        click.echo(f"\r\033[K{text}", nl=False, err=True)

    def end(self) -> None:
        click.echo("\r\033[K", nl=False, err=True)


def _built(report: BuildReport, words: Catalogue) -> str:
    """What was built, in one line: counts, and seconds by stage."""
    counts = {f"{kind}s": report.counts.get(kind, 0) for kind in ("plan", "unit", "programme")}
    count = words.text("check.count", **counts)
    stages = ", ".join(
        f"{words.text(f'build.stage.{stage}')} {seconds:.2f}" for stage, seconds in report.seconds.items()
    )
    line = words.text(
        "build.done" if report.tasks else "build.unchanged", count=count, jobs=report.tasks, stages=stages
    )
    if warnings := report.problems.get("warning"):
        line += " " + words.text("build.warnings", n=warnings)
    return line


def _refuse(result: CheckResult) -> NoReturn:
    """The report of a content with errors, and exit 1."""
    from generator.check.report import text_report

    words = catalogue("vi")
    click.echo(text_report(result, words), err=True)
    click.echo(words.text("check.refused" if result.errors else "check.refused_strict"), err=True)
    sys.exit(1)
