"""`sokehoach suggest`: proposals of alignment with their reasons; only accepted ones are written."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from generator.alignment.proposals import Candidate, Suggester, Suggestion
from generator.check import Source, read
from generator.check.entries import entries
from generator.check.problem_report import text_report
from generator.cli.options import (
    as_typed,
    check_content,
    content_option,
    is_part_of,
    language_option,
    one_sentence_on_disk_errors,
    refuse_later,
    refuse_unknown_plan,
)
from generator.language.catalogue import Catalogue, catalogue
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.model.entities import Plan
from generator.reading.yaml_splices import TextSplices
from generator.source.source_files import read_file, shown_path, typed_path, update_file
from generator.source.tree import Path as DataPath

_ANSWERS = ("y", "n", "none", "q")
_FIELDS = {"task": "counterparts", "target": "counterparts", "measure": "contributes_to", "activity": "serves"}


@click.command("suggest")
@click.argument("plan_id", metavar="PLAN")
@click.option("--to", "to", multiple=True, metavar="UPPER", help="Kế hoạch cấp trên; không ghi thì theo implements.")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON, không hỏi, không ghi.")
@language_option
@content_option
def suggest_command(plan_id: str, to: tuple[str, ...], as_json: bool, lang: str, content: Path) -> None:
    """Đề xuất đối chiếu cho PLAN: chỉ tiêu mà hoạt động phục vụ, mục và chỉ số cấp trên mà nó cụ thể hóa.

    Trong cửa sổ lệnh thì hỏi từng mục và chỉ ghi những gì được nhận; ngoài cửa sổ lệnh thì chỉ in ra.
    """
    words = catalogue(lang)
    result = check_content(content)
    if result.errors:
        click.echo(as_typed(text_report(result, words)), err=True)
        sys.exit(1)
    corpus = link(result)
    plan = _plan(corpus, Path(plan_id).stem if plan_id.endswith((".yml", ".yaml")) else plan_id, words)
    uppers = _uppers(corpus, plan, to or plan.implements, words)
    register = result.register
    summing = [upper for upper in uppers if is_part_of(upper, plan.issuer, register, words)]
    gc.freeze()  # the corpus lives to the end: collecting garbage in it costs a fifth of the time
    suggestions = list(Suggester(uppers, summing, corpus.answering).suggest(plan))
    if as_json:
        click.echo(json.dumps(_json(plan, uppers, suggestions, words), ensure_ascii=False, indent=1))
    elif sys.stdin.isatty():
        source = next(
            source for source in result.sources if source.kind == "plan" and source.tree.data["id"] == plan.id
        )
        _ask(source, content, suggestions, words)
    else:
        for suggestion in suggestions:
            click.echo("\n".join(_lines(suggestion, words)))
        click.echo(_count(suggestions, words))


def _uppers(corpus: Corpus, plan: Plan, ids: Sequence[str], words: Catalogue) -> list[Plan]:
    """Return the plans to align with. Raises `UsageError` if there are none, or one cannot be aligned with."""
    uppers = [_plan(corpus, id_, words) for id_ in dict.fromkeys(ids)]
    for upper in uppers:
        if upper.id == plan.id:
            raise click.UsageError(words.text("suggest.itself", plan=plan.id))
        refuse_later(upper, plan.id, plan.last_year, words)
    if not uppers and not plan.targets:
        raise click.UsageError(words.text("suggest.nothing_above", plan=plan.id))
    return uppers


def _plan(corpus: Corpus, id_: str, words: Catalogue) -> Plan:
    refuse_unknown_plan(id_, corpus.plans, words)
    return corpus.plans[id_]


def _count(suggestions: Sequence[Suggestion], words: Catalogue) -> str:
    count = sum(bool(suggestion.candidates) for suggestion in suggestions)
    return words.text("suggest.count", undecided=len(suggestions), found=count)


def _lines(suggestion: Suggestion, words: Catalogue) -> Iterator[str]:
    kind = words.text(f"kinds.{suggestion.subject}")
    yield f"\n{kind} {suggestion.id}: {suggestion.title}"
    if not suggestion.candidates:
        yield f"  {words.text('suggest.no_candidate')}"
    for candidate in suggestion.candidates:
        yield _line(candidate, words)


def _line(candidate: Candidate, words: Catalogue) -> str:
    reasons = "; ".join(_reasons(candidate, words))
    return f"  {round(100 * candidate.score):3} %  {candidate.key}: {candidate.title}" + (
        f"\n         {reasons}" if reasons else ""
    )


def _reasons(candidate: Candidate, words: Catalogue) -> list[str]:
    return [words.text(f"suggest.reason.{reason.key}", value=reason.value) for reason in candidate.reasons]


def _json(plan: Plan, uppers: Sequence[Plan], suggestions: Sequence[Suggestion], words: Catalogue) -> dict[str, Any]:
    return {
        "plan": plan.id,
        "to": [upper.id for upper in uppers],
        "suggestions": [
            {
                "subject": suggestion.subject,
                "id": suggestion.id,
                "title": suggestion.title,
                "field": _FIELDS[suggestion.subject],
                "candidates": [
                    {
                        "key": candidate.key,
                        "title": candidate.title,
                        "score": candidate.score,
                        "reasons": _reasons(candidate, words),
                    }
                    for candidate in suggestion.candidates
                ],
            }
            for suggestion in suggestions
        ],
    }


def _ask(source: Source, content: Path, suggestions: Sequence[Suggestion], words: Catalogue) -> None:
    """Ask about each suggestion with a candidate, then write the answers, even if the user stops early."""
    answers: dict[tuple[str, str], list[str]] = {}
    click.echo(f"{_count(suggestions, words)} {words.text('suggest.how')}")
    for suggestion in (suggestion for suggestion in suggestions if suggestion.candidates):
        click.echo("\n".join(_lines(suggestion, words)))
        accepted, is_last = _answer(suggestion)
        if accepted is not None:
            answers[suggestion.subject, suggestion.id] = accepted
        if is_last:
            click.echo()
            break
    if not answers:
        click.echo(words.text("suggest.unchanged"))
        return
    path = next(content.glob(f"plans/**/{Path(source.tree.path).name}"))
    count = _write(path, source.tree.data["id"], answers, words)
    shown = typed_path(shown_path(path))
    click.echo(as_typed(words.text("suggest.written", count=count, path=shown)))


def _write(path: Path, plan: str, answers: Mapping[tuple[str, str], list[str]], words: Catalogue) -> int:
    """Write answers into the present file, which may have been saved meanwhile. Return how many."""
    with one_sentence_on_disk_errors(path, lang=words.language):
        tree, problems = read(read_file(path))
        if problems:
            raise click.ClickException(words.text("suggest.changed", path=typed_path(shown_path(path))))
        paths = _entry_paths(tree.data)
        splices = TextSplices(tree)
        known = {key: accepted for key, accepted in answers.items() if key in paths}
        for (subject, id_), accepted in known.items():
            value: Any = [key.removeprefix(f"{plan}/") if subject == "activity" else key for key in accepted]
            value = value[0] if subject == "measure" and value else value
            splices.set_field(paths[subject, id_], _FIELDS[subject], value)
        update_file(path, splices.text())
    return len(known)


class _Answer(NamedTuple):
    """What was accepted of a suggestion (None: no decision), and whether the user wants to stop."""

    accepted: list[str] | None
    is_last: bool = False


def _answer(suggestion: Suggestion) -> _Answer:
    """Ask about the candidates of a suggestion in turn; `none` (an empty list) and `q` end it."""
    accepted: list[str] = []
    for candidate in suggestion.candidates:
        try:
            answer = click.prompt(f"  {candidate.key}?", type=click.Choice(_ANSWERS), default="n", show_choices=True)
        except click.Abort:
            answer = "q"
        if answer == "q":
            return _Answer(accepted or None, is_last=True)
        if answer == "none":
            return _Answer(accepted)
        if answer == "y":
            accepted.append(candidate.key)
            if suggestion.subject == "measure":
                break
    return _Answer(accepted or None)


def _entry_paths(data: dict[str, Any]) -> dict[tuple[str, str], DataPath]:
    """Return the path of each entry and measure in the file."""
    paths: dict[tuple[str, str], DataPath] = {}
    for subject, name in {"task": "outline", "target": "targets", "activity": "activities"}.items():
        for path, entry in entries(data, name):
            paths[subject, entry["id"]] = path
            for at, measure in entries(entry, "measures"):
                paths["measure", f"{entry['id']}/{measure['id']}"] = (*path, *at)
    return paths
