"""The commands about a site: `sokehoach build`, `rollback`, `record`, `serve`, `pages`.

Functions import what they need, so that a build without changes imports little.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
import traceback
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.options import check_content, content_option, needs_plans, one_sentence_on_disk_errors
from generator.language.catalogue import catalogue

if TYPE_CHECKING:
    from generator.check import CheckResult
    from generator.language.catalogue import Catalogue
    from generator.site.progress import BuildReport
    from generator.site.request import Request

LOST_SHOWN = 10
"""The most lost addresses that a build lists."""

_folder = click.Path(file_okay=False, path_type=Path)
_site = click.option("--site", type=_folder, default=Path("site"), help="Nơi đặt trang.")
_cache = click.option("--cache", type=_folder, help="Nơi lưu lần dựng trước.")
_no_office = click.option("--no-office", is_flag=True, help="Không làm tệp Word và Excel (dựng nhanh hơn).")


@click.command("build")
@_site
@click.option("--offline", is_flag=True, help="Dựng gói mở được từ ổ đĩa, không cần máy chủ.")
@click.option("--strict", is_flag=True, help="Coi mọi lưu ý là lỗi.")
@_cache
@click.option("--clean", is_flag=True, help="Dựng lại từ đầu, không dùng gì của lần dựng trước.")
@click.option("--pdf", is_flag=True, help="Làm thêm tệp PDF của từng kế hoạch (chỉ làm lại tệp nào có thay đổi).")
@_no_office
@content_option
def build_command(
    site: Path,
    offline: bool,
    strict: bool,
    content: Path,
    *,
    cache: Path | None,
    clean: bool,
    pdf: bool,
    no_office: bool,
) -> None:
    """Dựng trang web hoàn chỉnh từ nội dung; lần sau chỉ dựng lại phần đã đổi."""
    from generator.site.request import CACHE, BuildError, Request

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
        anew=clean,
    )
    progress = _Progress(words) if sys.stderr.isatty() and not os.environ.get("CI") else None
    try:
        with one_sentence_on_disk_errors(request.site, request.cache, key="build.not_written"):
            report = _updated(request, progress)
    except BuildError as error:
        raise click.ClickException(str(error)) from error
    finally:
        if progress:
            progress.end()
    if report.problems.get("error") or (strict and report.problems.get("warning")):
        _refuse(check_content(content))
    click.echo(f"{site}: {_built(report, words)}")
    if report.lost:
        shown = ", ".join(report.lost[:LOST_SHOWN])
        click.echo(words.text("build.lost", n=len(report.lost), pages=shown), err=True)


def _updated(request: Request, progress: _Progress | None) -> BuildReport:
    """Build what has changed. If nothing has, nothing is imported that only a build needs."""
    from generator.site.progress import Clock
    from generator.site.status import build_status, unchanged_report

    clock = Clock(progress)
    with clock.stage("scan"):
        status = build_status(request)
    if status.unchanged:
        return unchanged_report(status, clock)
    from generator.site.build import build_site

    report = build_site(request, clock, status)
    gc.freeze()  # the process ends with the build: another garbage collection would take half a second
    return report


@click.command("rollback")
@_site
def rollback_command(site: Path) -> None:
    """Trả trang đã đăng về đúng như trước lần dựng cuối cùng."""
    from generator.incremental.output import ForeignDirectoryError, OutputDirectory
    from generator.site.request import CACHE, MARK

    words = catalogue("vi")
    directory = OutputDirectory(site.resolve(), MARK)
    if not directory.undoable:
        raise click.ClickException(words.text("build.nothing_to_undo", path=site))
    try:
        with one_sentence_on_disk_errors(site, CACHE, key="build.not_written"), directory.claim():
            directory.undo()
    except ForeignDirectoryError as error:
        raise click.ClickException(words.text("build.foreign_site", path=site, option="--site")) from error
    click.echo(words.text("build.undone", path=site))


@click.command("record")
@_site
@content_option
def record_command(site: Path, content: Path) -> None:
    """Ghi thêm địa chỉ của trang đã đăng vào published.txt của nội dung, để check nhắc khi một địa chỉ mất đi."""
    from generator.check.problem_report import format_line
    from generator.check.rules import with_levels
    from generator.incremental.output import OutputDirectory
    from generator.site.request import MARK
    from generator.source.source_files import UnreadableListError, add_published, typed_path

    words = catalogue("vi")
    needs_plans(content)
    paths = OutputDirectory(site.resolve(), MARK).files
    if not paths:
        raise click.ClickException(words.text("build.no_site", path=typed_path(str(site))))
    pages = {path.removesuffix("index.html") for path in paths if path.endswith("/index.html")}
    try:
        with one_sentence_on_disk_errors(content):
            count, more = add_published(content, pages | {path for path in paths if path.startswith("du-lieu/")})
    except UnreadableListError as unreadable:
        line = format_line(with_levels(unreadable.args)[0], words)
        raise click.ClickException(f"{line}; {words.text('build.not_recorded')}") from unreadable
    click.echo(words.text("build.recorded", path=content, n=count + more, more=more))


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ máy.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Cổng (0: tự chọn).")
@click.option("--office", is_flag=True, help="Làm cả tệp Word và Excel (mỗi lần lưu phải chờ lâu hơn).")
@_cache
@content_option
def serve_command(host: str, port: int, office: bool, cache: Path | None, content: Path) -> None:
    """Xem thử trong trình duyệt: lưu tệp là thấy ngay, có lỗi thì trang nói lỗi và giữ bản không lỗi gần nhất."""
    from generator.site.preview import Outcome, Preview
    from generator.site.request import CACHE, Request, preview_site

    needs_plans(content)
    words = catalogue("vi")

    def tell(outcome: Outcome) -> None:
        """Print the outcome of a build."""
        now = datetime.now().strftime("%H:%M:%S")
        if not outcome.report:
            click.echo(words.text("serve.failed", time=now, said=outcome.failure))
        elif errors := outcome.report.problems.get("error"):
            click.echo(words.text("serve.errors", time=now, n=errors))
        else:
            seconds = f"{sum(outcome.report.seconds.values()):.1f}"
            click.echo(words.text("serve.built", time=now, jobs=outcome.report.tasks, seconds=seconds))

    def explain(fault: Exception) -> str:
        try:
            with one_sentence_on_disk_errors(request.site, cache, key="build.not_written"):
                raise fault
        except click.ClickException as refused:
            return refused.format_message()
        except Exception:
            return traceback.format_exc()

    cache, content = cache.resolve() if cache else CACHE, content.resolve()
    request = Request(content=content, site=preview_site(cache, content), cache=cache, office=office)
    try:
        preview = Preview(request, host, port, tell, explain)
    except OSError as error:
        busy = words.text("serve.busy", port=port, other=port + 1)
        raise click.ClickException(busy if error.errno == errno.EADDRINUSE else f"{host}:{port}: {error}") from error
    # A shell that starts a program in the background may make it ignore Ctrl+C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    click.echo(words.text("serve.at", url=preview.server.url))
    preview.run()


@click.command("pages")
@click.option("--out", type=_folder, required=True, help="Thư mục ghi ra.")
@click.option(
    "--project",
    is_flag=True,
    help="Ghi cây trang vào thư mục con pages, và mkdocs.yml với mẫu giao diện bên cạnh, cho MkDocs hay Zensical.",
)
@_no_office
@click.option("--site-url", envvar="SITE_URL", default="", help="Địa chỉ sẽ đăng trang (hay biến môi trường SITE_URL).")
@content_option
def pages_command(out: Path, project: bool, no_office: bool, site_url: str, content: Path) -> None:
    """Ghi cây trang Markdown, dữ liệu và tệp đi kèm, cho mọi công cụ dựng trang."""
    from generator.model.builder import link
    from generator.site.claim import claimed_directory
    from generator.site.export import page_files, project_files, write_tree
    from generator.site.mkdocs_theme import configuration, plugin_of, settings_of
    from generator.site.plugin import template_names
    from generator.site.request import CACHE, PAGES_MARK, BuildError, Request
    from generator.site.tasks import site_files

    result = check_content(content)
    if result.errors:
        _refuse(result)
    request = Request(content.resolve(), out.resolve(), CACHE, office=not no_office)
    pages = out / "pages" if project else out
    try:
        with (
            one_sentence_on_disk_errors(out, key="build.tree_not_written"),
            claimed_directory(request.site, request.content, PAGES_MARK, "--out") as directory,
        ):
            config = configuration(request)
            settings = settings_of(config)
            options = replace(settings.options, site_url=site_url or settings.options.site_url)
            files = page_files(site_files(link(result), options, settings.engine))
            count = len(files)
            if project:
                names = template_names(plugin_of(config).site_names)
                files = {f"pages/{path}": content for path, content in files.items()} | project_files("pages", names)
            write_tree(directory, files)
            click.echo(f"{pages}: {count} tệp.")
    except BuildError as error:
        raise click.ClickException(str(error)) from error


class _Progress:
    """A line on the terminal that is overwritten: stage, progress, time left."""

    def __init__(self, words: Catalogue) -> None:
        self.words = words

    def __call__(self, stage: str, number: int, of: int, seconds: float) -> None:
        """Show a stage, and how many of its steps are done, if it has steps."""
        text = self.words.text(f"build.stage.{stage}")
        if of:
            remaining = seconds * (of - number) / max(1, number)
            text = self.words.text("build.progress", stage=text, number=number, of=of, left=f"{remaining:.0f}")
        click.echo(f"\r\033[K{text}", nl=False, err=True)

    def end(self) -> None:
        """Clear the line."""
        click.echo("\r\033[K", nl=False, err=True)


def _built(report: BuildReport, words: Catalogue) -> str:
    """Return a line about a build: counts, and seconds of each stage."""
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
    """Print the report of content with errors, and exit with 1."""
    from generator.check.problem_report import text_report

    words = catalogue("vi")
    click.echo(text_report(result, words), err=True)
    click.echo(words.text("check.refused" if result.errors else "check.refused_strict"), err=True)
    sys.exit(1)
