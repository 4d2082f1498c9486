"""Checks trees against the schemas and the rules, and resolves their references.

Every fault becomes a `Problem`; the check goes on after each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.check.consequences import with_causes, without_consequences
from generator.check.entries import ENTRY_LISTS
from generator.check.names import Register
from generator.check.pruning import pruned
from generator.check.published import lost_addresses
from generator.check.rules import cap_problems, check_data, check_text, check_whole, with_levels
from generator.check.rules.rule import File, Summary
from generator.check.rules.whole import summarise
from generator.check.schema import check_schema, field_names, is_valid
from generator.problem import Problem
from generator.source.entry_index import EntryIndex
from generator.source.plain import read_plain
from generator.source.recovery import read_with_recovery
from generator.source.site_names import read_site_names
from generator.source.source_files import (
    NOT_PUBLISHED,
    Kind,
    Published,
    SourceFile,
    decode,
    find_files,
    find_others,
    read_published,
    shown_path,
    unread_problem,
)
from generator.source.tree import Tree, read_tree

_BEGIN = {"yaml-dash", "yaml-bullet"}
"""Rules whose faults are in the first line of an entry, which the lines above do not name."""
_ENTRIES = set(ENTRY_LISTS.values())


@dataclass(frozen=True)
class Source:
    """A file that was read: its kind, its id (the stem), and its tree."""

    kind: Kind
    stem: str
    tree: Tree


@dataclass(frozen=True)
class CheckResult:
    """All files that were read, and all their problems, sorted by file, line and column."""

    sources: Sequence[Source]
    problems: Sequence[Problem]
    published: Published = NOT_PUBLISHED

    @property
    def counts(self) -> Mapping[str, int]:
        """How many files there are of each kind."""
        return Counter(source.kind for source in self.sources)

    @property
    def errors(self) -> Sequence[Problem]:
        """The problems that stop a build."""
        return [problem for problem in self.problems if problem.level == "error"]

    @property
    def warnings(self) -> Sequence[Problem]:
        """The problems that stop only a strict build."""
        return [problem for problem in self.problems if problem.level == "warning"]

    @property
    def notes(self) -> Sequence[Problem]:
        """The problems that stop no build."""
        return [problem for problem in self.problems if problem.level == "note"]

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts by path, for showing lines with problems."""
        texts = {source.tree.path: source.tree.text for source in self.sources}
        return texts | {self.published.path: self.published.text}

    @property
    def register(self) -> Register:
        """The names by which content refers to units and programmes."""
        return _register(self.sources)

    def within(self, paths: Iterable[Path]) -> CheckResult:
        """Return the result for the files under `paths` only; without paths all of it."""
        wanted = tuple(shown_path(path) for path in paths)
        if not wanted:
            return self

        def inside(path: str) -> bool:
            return any(part in {path, "."} or path.startswith(f"{part}/") for part in wanted)

        return CheckResult(
            [source for source in self.sources if inside(source.tree.path)],
            [problem for problem in self.problems if inside(problem.path)],
            self.published,
        )


def check(content: Path, paths: Iterable[Path] = ()) -> CheckResult:
    """Read and check a content tree and the files in `paths` outside of it; report files that are not read."""
    published = read_published(content)
    faults = faults_beside(content, published)
    return check_files(find_files(content, paths), find_others(content), published, faults)


def faults_beside(content: Path, published: Published) -> list[Problem]:
    """Return the errors that no plan, unit or programme has: the site's names or its addresses cannot be read."""
    faults = (read_site_names(content).fault, published.fault)
    return with_levels(fault for fault in faults if fault)


def check_files(
    files: Iterable[SourceFile],
    others: Iterable[str] = (),
    published: Published = NOT_PUBLISHED,
    faults: Iterable[Problem] = (),
) -> CheckResult:
    """Check files that were read. Pure.

    `others` are the paths of files that are not read; `published` lists addresses; `faults` are those of other files.
    """
    sources: list[Source] = []
    problems = [*faults, *map(unread_problem, others)]
    for file in files:
        tree, read_problems = read(file)
        sources.append(Source(file.kind, file.stem, tree))
        problems += read_problems
    register = _register(sources)
    summaries = []
    for source in sources:
        own_problems, summary = check_source(source, register)
        problems += own_problems
        summaries.append(summary)
    trees = {source.tree.path: source.tree for source in sources}
    problems += check_whole(summaries, register, trees)
    problems += () if published.fault else lost_addresses(published, summaries, trees)
    files_read = [(source.kind, source.stem, source.tree) for source in sources]
    return CheckResult(sources, with_causes(settle(problems), files_read, register), published)


def read(file: SourceFile) -> tuple[Tree, list[Problem]]:
    """Return a file's tree, and its faults against YAML and its schema."""
    text, text_problems = decode(file)
    if text_problems and not text:
        return Tree(file.path, text, None), text_problems
    data = read_plain(text)
    if data is not None and is_valid(file.kind, data):
        return Tree(file.path, text, data), text_problems
    tree, faults = read_with_recovery(file.path, text, field_names())
    if faults and file.kind == "plan":
        outline = EntryIndex(text)
        faults = [
            fault if fault.rule in _BEGIN else replace(fault, subject=outline.entry_at(fault.span.line))
            for fault in faults
        ]
    tree, against_schema = _check_schema(file.kind, tree)
    tree = pruned(file.kind, tree)
    if not tree.is_whole:  # a missing field may be in the part that could not be read
        against_schema = [problem for problem in against_schema if (problem.subject or ("",))[0] in _ENTRIES]
    return tree, [*text_problems, *cap_problems(faults), *against_schema]


def _check_schema(kind: Kind, tree: Tree) -> tuple[Tree, list[Problem]]:
    """Return the schema's faults, and the tree with misspelt fields renamed to the fields that were meant.

    Else one wrong name would also be reported as a missing field, an activity without a place, and so on.
    """
    if tree.data is None:
        return tree, []
    problems = [problem for problem in cap_problems(check_schema(kind, tree)) if problem.span.line not in tree.mended]
    lines = [*tree.lines]
    renamed: set[int] = set()
    for problem in problems:
        span, field = problem.span, problem.values.get("field", "")
        line = lines[span.line - 1]
        if problem.rule == "unknown-field" and problem.suggestion and line[span.column - 1 :].startswith(field):
            lines[span.line - 1] = line[: span.column - 1] + problem.suggestion + line[span.column - 1 + len(field) :]
            renamed.add(span.line)
    if not renamed:
        return tree, problems
    parsed, faults = read_tree(tree.path, "\n".join(lines))
    if faults or parsed.data is None:
        return tree, problems
    tree = replace(tree, data=parsed.data, parsed=parsed.text, mended=tree.mended | renamed)
    misspelt = [problem for problem in problems if problem.span.line in renamed]
    rest = (problem for problem in check_schema(kind, tree) if problem.span.line not in tree.mended)
    return tree, [*misspelt, *cap_problems(rest)]


def check_source(source: Source, register: Register) -> tuple[list[Problem], Summary]:
    """Return all faults of one file, and what the rules over all files need of it."""
    file = File(source.kind, source.stem, source.tree, register)
    typed = [problem for problem in check_data(file) if problem.span.line not in source.tree.mended]
    return [*check_text(file), *typed], summarise(file)


def settle(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once, with its rule's level, sorted, without consequences of other problems."""
    single = {problem.sort_key: problem for problem in with_levels(problems)}
    return sorted(without_consequences(single.values()), key=lambda problem: problem.sort_key)


def _register(sources: Iterable[Source]) -> Register:
    return Register.of((source.kind, source.stem, source.tree) for source in sources)
