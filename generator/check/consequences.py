"""Problems that follow from other ones: reporting them would lead away from the cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.check.names import Register
from generator.language.vietnamese import name_key
from generator.problem import Problem
from generator.source.source_files import Kind
from generator.source.tree import Tree

# Rules about letters; a name or id with such a letter is unknown because of it.
_LETTERS = {"look-alike-letter", "invisible-character", "old-font", "lost-letter", "special-space"}
# Rules that compare a word with others; for a word with a wrong letter their result is useless.
_WORDS = {
    *("unknown-name", "unknown-reference", "unknown-field", "wrong-value", "wrong-format", "ambiguous-name"),
    *("yaml-no-colon", "yaml-indent", "yaml-continued", "yaml-syntax", "file-name", "unused-unit", "unused-programme"),
}
_ON_ITS_LINE: Mapping[str, set[str]] = {
    "hash-in-text": {*_WORDS, "empty-value", "missing-field", "unquoted-value", "wrong-type"},
    "quote-marks": {*_WORDS, "value-without-number", "number-not-stated"},
    "wrong-format": {
        *("unquoted-value", "file-name", "not-a-day", "unknown-reference", "unknown-name", "unused-unit"),
        "unused-programme",
    },
    "empty-value": {"wrong-type"},
    "file-copy": {"duplicate-id", "file-name", "wrong-format"},
    "duplicate-id": {"file-name"},
    "aligned-with-itself": {"unit-not-above"},
    "value-without-number": {"number-not-stated"},
    "yaml-colon": {"unknown-name"},
    "wrong-type": {"unknown-name", "unknown-reference"},
}
_SCHEMA = {"wrong-format", "wrong-type", "missing-field", "empty-value"}
_PERIOD = {"period", "from", "to"}
_OF_PERIODS = {"activity-without-years", "year-outside-period", "years-differ", "time-outside-period"}
_IN_ITS_FILE: Mapping[str, set[str]] = {
    "period-reversed": _OF_PERIODS,
    # A copy's entries are not in the register: its ids refer to the original's entries, which may have changed.
    "file-copy": {"duplicate-id", "unknown-reference"},
}
_OF_ISSUERS = {"unknown-name", "ambiguous-name"}


def without_consequences(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems without those that another problem of the same file explains."""
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_path[problem.path].append(problem)
    return [problem for group in by_path.values() for problem in _causes(group)]


def _causes(problems: Sequence[Problem]) -> list[Problem]:
    rules = {problem.rule for problem in problems}
    held = {rule for cause, rules_held in _IN_ITS_FILE.items() if cause in rules for rule in rules_held}
    if any(problem.rule in _SCHEMA and problem.values.get("field") in _PERIOD for problem in problems):
        held |= _OF_PERIODS
    on_line: dict[int, set[str]] = defaultdict(set)
    letters = [problem.span for problem in problems if problem.rule in _LETTERS]
    for problem in problems:
        on_line[problem.span.line] |= _ON_ITS_LINE.get(problem.rule, set())
    no_issuer = any(problem.rule == "unknown-name" and problem.values.get("field") == "issuer" for problem in problems)
    renamed = {problem.suggestion for problem in problems if problem.rule == "unknown-field" and problem.suggestion}
    missing = {problem.values["field"] for problem in problems if problem.rule == "missing-field"}

    def follows(problem: Problem) -> bool:
        if problem.rule in held or problem.rule in on_line[problem.span.line]:
            return True
        if problem.rule in _WORDS and any(
            span.line == problem.span.line
            and problem.span.column <= span.column + span.length
            and span.column <= problem.span.column + problem.span.length
            for span in letters
        ):
            return True
        if no_issuer and problem.rule in _OF_ISSUERS and problem.values.get("field") != "issuer":
            return True
        if problem.rule == "missing-field" and problem.values["field"] in renamed:
            return True
        return problem.rule == "target-without-activities" and "activities" in missing | renamed

    return [problem for problem in problems if not follows(problem)]


def with_causes(
    problems: Sequence[Problem], files: Iterable[tuple[Kind, str, Tree]], register: Register
) -> list[Problem]:
    """Return the problems; one of an unknown name says so if a unit or programme file with errors may have that name.

    Else the contributor would change a correct name, or make a second unit of that name.
    """
    unknown = {problem.values["kind"] for problem in problems if problem.rule == "unknown-name"}
    if not unknown:
        return list(problems)
    faulty = {problem.path for problem in problems if problem.level == "error"}
    broken: dict[str, dict[str, str]] = {kind: {} for kind in unknown}
    nameless: dict[str, list[str]] = {kind: [] for kind in unknown}
    for kind, stem, tree in files:
        if kind in unknown and tree.path in faulty:
            data = tree.data or {}
            broken[kind][data.get("id") or stem] = tree.path
            if not tree.is_whole or not data.get("name"):
                nameless[kind].append(tree.path)

    def explained(problem: Problem) -> Problem:
        if problem.rule != "unknown-name":
            return problem
        kind, found = problem.values["kind"], problem.values["found"]
        meant = _homes(found, "unit" if kind == "unit" else "programme", register)
        causes = [broken[kind][id_] for id_ in meant if id_ in broken[kind]]
        causes += [] if problem.suggestion else nameless[kind]
        if not causes:
            return problem
        return replace(problem, values={**problem.values, "why": "broken", "cause": causes[0]}, suggestion=None)

    return [explained(problem) for problem in problems]


def _homes(name: str, kind: Kind, register: Register) -> list[str]:
    """Return the units or programmes with a name, and the units that decide where it is understood."""
    ids = register.names[kind].get(name_key(name), ())
    return [
        id_ for named in ids for home in (named, register.scopes.get(named, named)) for id_ in register.line_of(home)
    ]
