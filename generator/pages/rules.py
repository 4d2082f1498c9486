"""The page of the guide that explains every rule of the check, each with an example that passes and one that fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.pages.links import RULES
from generator.pages.page import Options, Page

if TYPE_CHECKING:
    from generator.check.explain import Explanation


def rules_page(corpus: Corpus, options: Options) -> Iterator[Page]:
    """`/dong-gop/quy-tac/`. The corpus plays no part in it."""
    words = catalogue(options.language)
    title, lead = words.text("site.rules.title"), words.text("site.rules.lead")
    yield Page(RULES, "rules.md.j2", title, lead, {"groups": groups(options.language)})


@cache
def groups(language: str) -> Sequence[tuple[str, str, Sequence[Explanation]]]:
    """The rules by what they are about: the group's anchor, its title, its rules explained."""
    from generator.check.explain import by_group, explain

    words = catalogue(language)
    return tuple(
        (f"nhom-{group}", words.text(f"rules.{group}"), tuple(explain(rule, words) for rule in rules))
        for group, rules in by_group()
    )
