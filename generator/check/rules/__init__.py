"""The table of all rules, in the order of lists, and how they are run.

To add a rule: a row here, a function in a module of this folder, its words in both catalogues (`problems.<id>`), its
examples in `generator/check/examples/<id>.txt`, a case in `tests/check/cases/`. Tests check that all are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

from generator.check.names import Register
from generator.check.rules import (
    alignment,
    document_rules,
    figures,
    hashes,
    references,
    scalars,
    spelling,
    whole,
    years,
)
from generator.check.rules.rule import Fault, File, Rule, Summary
from generator.check.schema import field_title, subject_of
from generator.problem import Problem, Span
from generator.source.tree import Path, Tree

_ALL = (
    # Reported by `generator.source.source_files`, which reads the bytes.
    Rule("unreadable-file", "file"),
    Rule("file-too-big", "file"),
    Rule("not-utf8", "file"),
    Rule("control-character", "file"),
    Rule("empty-file", "file"),
    Rule("file-name", "file", file=references.file_name),
    Rule("file-copy", "file", file=references.file_copy),
    Rule("reserved-name", "file", file=references.reserved_name, partial=True),
    Rule("file-not-read", "file", "note"),
    Rule("too-many", "file"),
    # Reported by `generator.source.tree`, which parses YAML.
    Rule("yaml-indent", "yaml", plan=references.item_too_deep, partial=True),
    Rule("yaml-dash", "yaml"),
    Rule("yaml-bullet", "yaml"),
    Rule("yaml-block", "yaml"),
    Rule("yaml-continued", "yaml"),
    Rule("yaml-conflict", "yaml"),
    Rule("yaml-comma", "yaml", plan=references.comma_in_name, partial=True),
    Rule("yaml-tab", "yaml"),
    Rule("yaml-colon", "yaml"),
    Rule("yaml-no-colon", "yaml"),
    Rule("yaml-quote", "yaml"),
    Rule("yaml-stray", "yaml"),
    Rule("yaml-bracket", "yaml"),
    Rule("yaml-character", "yaml"),
    Rule("yaml-escape", "yaml"),
    Rule("yaml-document", "yaml"),
    Rule("yaml-alias", "yaml"),
    Rule("yaml-tag", "yaml"),
    Rule("yaml-key", "yaml"),
    Rule("yaml-syntax", "yaml"),
    Rule("too-deep", "yaml"),
    Rule("too-many-values", "yaml"),
    Rule("duplicate-key", "yaml"),
    Rule("special-space", "yaml", text=spelling.special_space),
    Rule("hash-in-text", "yaml", text=hashes.hash_in_text),
    Rule("quote-marks", "yaml", file=scalars.quote_marks, printed=True, partial=True, varies=True),
    Rule("unquoted-value", "yaml", "warning", text=scalars.unquoted_value),
    # Reported by `generator.check.schema`, from the JSON Schemas.
    Rule("unknown-field", "schema"),
    Rule("missing-field", "schema"),
    Rule("missing-place", "schema"),
    Rule("empty-value", "schema"),
    Rule("wrong-type", "schema"),
    Rule("wrong-value", "schema"),
    Rule("wrong-format", "schema"),
    Rule("too-long", "schema"),
    Rule("duplicate-item", "schema", plan=alignment.aligned_twice, partial=True),
    Rule("duplicate-id", "reference", plan=references.duplicate_id, whole=whole.same_id, partial=True),
    Rule("unknown-reference", "reference", file=references.unknown_reference),
    Rule("wrong-kind", "reference", plan=references.wrong_kind),
    Rule("unknown-name", "reference", plan=references.unknown_name, partial=True),
    Rule("ambiguous-name", "reference", plan=references.ambiguous_name, partial=True),
    Rule("cycle", "reference", plan=references.cycle, whole=whole.file_cycle),
    Rule(
        "aligned-with-itself",
        "reference",
        plan=alignment.aligned_with_itself,
        whole=alignment.answers_in_a_circle,
        partial=True,
    ),
    Rule("target-not-above", "reference", plan=alignment.target_not_above, partial=True),
    Rule("unit-not-above", "reference", whole=alignment.unit_not_above),
    Rule("different-units", "reference", plan=alignment.different_units, partial=True),
    Rule("share-for-count", "reference", plan=alignment.share_for_count, partial=True),
    Rule("norm-for-total", "reference", plan=alignment.norm_for_total, partial=True),
    Rule("counted-twice", "reference", "warning", plan=alignment.counted_twice, printed=True, partial=True),
    Rule("lost-address", "reference", "note"),  # reported by `generator.check.published`
    Rule("not-a-day", "year", file=years.not_a_day, partial=True),
    Rule("period-reversed", "year", plan=years.period_reversed, partial=True),
    Rule("year-outside-period", "year", plan=years.year_outside_period, printed=True, partial=True),
    Rule("later-period", "year", plan=alignment.later_period, partial=True),
    Rule("time-outside-period", "year", "warning", plan=years.time_outside_period, printed=True, partial=True),
    Rule("posted-before-issued", "year", plan=years.posted_before_issued, printed=True, partial=True),
    Rule("validity-reversed", "year", file=years.validity_reversed, partial=True),
    Rule("years-differ", "year", plan=years.years_differ, printed=True, partial=True),
    Rule("due-reversed", "year", plan=years.due_reversed, partial=True),
    Rule("due-outside-period", "year", plan=years.due_outside_period, printed=True, partial=True),
    Rule("activity-without-years", "year", "warning", plan=years.activity_without_years, printed=True),
    Rule("value-without-number", "document", "warning", plan=figures.value_without_number, printed=True, partial=True),
    Rule("other-unit-in-cell", "document", "warning", plan=figures.other_unit_in_cell, printed=True, partial=True),
    Rule("number-not-stated", "document", "warning", plan=figures.number_not_stated, printed=True, partial=True),
    Rule("duplicate-label", "document", "warning", plan=document_rules.duplicate_label, printed=True),
    Rule(
        "target-without-activities",
        "document",
        "warning",
        plan=document_rules.target_without_activities,
        printed=True,
    ),
    Rule(
        "superseded-without-successor",
        "document",
        "warning",
        plan=document_rules.superseded_without_successor,
        printed=True,
    ),
    Rule("successor-of-current", "document", "warning", plan=document_rules.successor_of_current),
    Rule("successors-without-end", "document", "warning", file=document_rules.successors_without_end),
    Rule("several-lines", "document", "warning", file=document_rules.several_lines),
    Rule("unanswered-review", "document", plan=document_rules.unanswered_review, varies=True),
    Rule("unused-unit", "document", "note", whole=partial(whole.unused, "unit")),
    Rule("unused-programme", "document", "note", whole=partial(whole.unused, "programme")),
    Rule("look-alike-letter", "letter", text=spelling.look_alike_letter),
    Rule("old-font", "letter", text=spelling.old_font),
    Rule("lost-letter", "letter", text=spelling.lost_letter),
    Rule("symbol-font", "letter", text=spelling.symbol_font),
    Rule("invisible-character", "letter", text=spelling.invisible_character),
    Rule("not-nfc", "letter", "warning"),  # reported by `generator.source.source_files`, which composes letters
    Rule("mixed-tone-marks", "letter", "warning", text=spelling.mixed_tone_marks),
)
RULES: Mapping[str, Rule] = {rule.id: rule for rule in _ALL}

MOST = 1000
"""The most faults of one rule that are reported in one file; people check again before they reach the end."""
_SUGGESTED = 20
"""The most faults of one rule in one file for which a suggestion is looked up."""


def check_text(file: File) -> list[Problem]:
    """Check a file's text, even if its YAML has faults."""
    return [problem for rule in _ALL if rule.text for problem in _problems_of(rule, file, rule.text(file))]


def check_data(file: File) -> list[Problem]:
    """Check a file's fields, by themselves and against the register."""
    rules = [rule for rule in _ALL if file.tree.is_whole or rule.partial]
    checks = [(rule, rule.file or (rule.plan if file.kind == "plan" else None)) for rule in rules]
    return [problem for rule, check in checks if check for problem in _problems_of(rule, file, check(file))]


def check_whole(summaries: Sequence[Summary], register: Register, trees: Mapping[str, Tree]) -> list[Problem]:
    """Check the content as a whole; `trees` are used only for places."""
    kinds = {summary.path: summary.kind for summary in summaries}
    problems = []
    for rule in _ALL:
        for path, fault in rule.whole(summaries, register) if rule.whole else ():
            file = File(kinds[path], "", trees[path], register)
            problems.append(_problem(rule, file, fault, suggested=False))
    return problems


def with_levels(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems with their rules' levels, which earlier stages do not set."""
    return [
        problem
        if problem.level == RULES[problem.rule].level or RULES[problem.rule].varies
        else replace(problem, level=RULES[problem.rule].level)
        for problem in problems
    ]


def cap_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return at most `MOST` problems; the last one says that others were left out."""
    capped = list(islice(problems, MOST + 1))
    if len(capped) > MOST:
        first_left_off = capped[MOST]
        capped[MOST] = Problem("too-many", first_left_off.path, first_left_off.span, {"limit": str(MOST)})
    return capped


def _problems_of(rule: Rule, file: File, faults: Iterator[Fault]) -> list[Problem]:
    wanted = (fault for fault in faults if not (rule.printed and _is_as_printed(rule.id, file.data, fault.at)))
    return cap_problems(_problem(rule, file, fault, suggested=n < _SUGGESTED) for n, fault in enumerate(wanted))


def _problem(rule: Rule, file: File, fault: Fault, *, suggested: bool) -> Problem:
    suggestion = fault.suggest() if suggested and callable(fault.suggest) else None
    if isinstance(fault.suggest, str):
        suggestion = fault.suggest
    if isinstance(fault.at, Span):
        span, field = fault.at, ""
        subject = file.outline.entry_at(span.line) or (file.kind, file.id)
    else:
        span = file.tree.at(fault.at, key=fault.key)
        field = next((str(step) for step in reversed(fault.at) if isinstance(step, str)), "id")
        subject = subject_of(file.kind, file.data, fault.at)
    level = fault.level or rule.level
    title = field_title(file.kind, fault.at) if isinstance(fault.at, tuple) else ""
    values = {"field": field, "title": title, **fault.values}
    return Problem(rule.id, file.tree.path, span, values, subject, suggestion, level)


def _is_as_printed(rule: str, data: dict[str, Any], at: Path | Span) -> bool:
    """Return whether `as_printed` of the file, the entry or a part of it names the rule: the document is so."""
    inside: Any = data
    parts = [inside, *(inside := inside[step] for step in at[:-1])] if isinstance(at, tuple) else [inside]
    return any(rule in (part.get("as_printed") or ()) for part in parts if isinstance(part, dict))
