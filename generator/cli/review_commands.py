"""The command that reviews a plan's substance: `sokehoach review`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from generator.cli.options import as_typed, check_content, content_option, language_option, refuse_unknown_plan
from generator.language.catalogue import catalogue


@click.command("review")
@click.argument("plan_id", metavar="PLAN")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Dạng báo cáo.")
@language_option
@content_option
def review_command(plan_id: str, format_: str, lang: str, content: Path) -> None:
    """Xem lại nội dung một kế hoạch: chỉ tiêu chưa có việc, con số không khớp… Không tính là lỗi.

    Mã thoát: 0 đã xem, 1 nội dung còn lỗi nên chưa xem được, 2 dùng lệnh sai.
    """
    from generator.check.problem_report import REPORTERS
    from generator.model.builder import link
    from generator.model.review import finding_text, review_plan

    words = catalogue(lang)
    result = check_content(content)
    refuse_unknown_plan(plan_id, result.register.ids["plan"], words)
    if result.errors:
        click.echo(as_typed(REPORTERS["text"](result, words)))
        sys.exit(1)
    corpus = link(result)
    plan = corpus.plans[plan_id]
    findings = review_plan(corpus, plan)
    if format_ == "json":
        entries = [
            {"id": finding.id, "plan": plan_id, "entry": finding.entry, "message": finding_text(finding, words)}
            for finding in findings
        ]
        click.echo(json.dumps({"findings": entries}, ensure_ascii=False, indent=2))
        return
    for finding in findings:
        key = f"{plan_id}/{finding.entry}" if finding.entry else plan_id
        click.echo(f"{key}: [{finding.id}] {finding_text(finding, words)}")
    click.echo(words.text("review.count", n=len(findings)) if findings else words.text("review.none", plan=plan_id))
