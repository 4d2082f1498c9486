"""The page that sets plans side by side: its address names them, and a script loads their open data."""

from __future__ import annotations

from collections.abc import Iterator

from generator.assets import published_assets
from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.pages.links import DATA, PLANS, SIDE_BY_SIDE, TARGETS, TASKS, Links
from generator.pages.listing import overview_of
from generator.pages.page import Options, Page, index_page

_SHARED = ("site.comparator.", "site.period.")
_SHARED_WORDS = ("site.baseline", "site.counts_in", "site.per")


def side_by_side_page(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Yield `/so-sanh/`."""
    texts = catalogue(options.language).texts
    to, prefix = Links(SIDE_BY_SIDE, options.index), "site.side_by_side."
    words = {key.removeprefix(prefix): text for key, text in texts.items() if key.startswith(prefix)}
    words |= {
        key.removeprefix("site."): text
        for key, text in texts.items()
        if key.startswith(_SHARED) or key in _SHARED_WORDS
    }
    overview = overview_of(corpus, list(corpus.plans.values()))
    setup = {
        "words": words,
        "addresses": {
            "data": to.file(f"{DATA}/ke-hoach/"),
            "plan": to.page(f"{PLANS}/{{plan}}"),
            "target": to.page(f"{TARGETS}/{{plan}}/{{id}}"),
            "task": to.page(f"{TASKS}/{{plan}}/{{id}}"),
        },
    }
    uppers = {plan.id: dict.fromkeys(plan.implements) for plan in overview.shown}
    for upper, lowers in corpus.answered_by.items():
        for plan in lowers:
            if plan.id in uppers and plan.id != upper:
                uppers[plan.id][upper] = None
    pairs = [(plan, corpus.plans[upper]) for plan in overview.shown for upper in uppers[plan.id]]
    yield index_page(
        SIDE_BY_SIDE,
        "side_by_side",
        options,
        hide=("navigation", "toc"),
        plans=overview.shown,
        pairs=pairs,
        setup=setup,
        script=to.file(published_assets().sides_script),
    )
