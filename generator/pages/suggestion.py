"""Data for a reader's proposal of a correction in the browser: words, addresses, and the place in the YAML file.

The page sends nothing itself: copied text, an e-mail and a form need no server of ours, and work from disk.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Plan, Target, Unit
from generator.pages.page import Options, Page
from generator.pages.prose import html_text

_WORDS = "button dialog printed right source copy mail form close copied failed subject place".split()


def suggestion_block(page: Page, corpus: Corpus, options: Options) -> str:
    """Return an empty element with this data, for the pages of a plan, a target and a unit; else an empty text.

    `data-lines` gives the line (from 1) of each entry in the file (`ct5-1:31 …`). `data-entry` is the entry that the
    page is about, if any.
    """
    entity = page.subject
    if isinstance(entity, Plan):
        source = {"file": f"plans/{entity.id}.yml", "name": entity.id, "lines": _packed(entity.lines)}
    elif isinstance(entity, Target):
        plan = corpus.plans[entity.plan]
        lines = {id_: line for id_, line in plan.lines.items() if id_ == entity.id}
        source = {"file": f"plans/{plan.id}.yml", "name": plan.id, "entry": entity.id, "lines": _packed(lines)}
    elif isinstance(entity, Unit):
        home = corpus.units.get(entity.scope or "")
        file = home.id if home and entity in home.agencies else entity.id
        source = {"file": f"units/{file}.yml", "name": entity.short_name, "entry": entity.id}
    else:
        return ""
    data = {**source, "mail": options.suggest_mail, "form": options.suggest_form, "words": _words(options.language)}
    attributes = "".join(f' data-{key}="{html_text(value)}"' for key, value in data.items() if value)
    return f'\n<div class="sk-suggest" hidden{attributes}></div>\n'


@cache
def _words(language: str) -> str:
    words = catalogue(language)
    return json.dumps({word: words.text(f"site.suggest.{word}") for word in _WORDS}, ensure_ascii=False)


def _packed(lines: Mapping[str, int]) -> str:
    return " ".join(f"{id_}:{line}" for id_, line in lines.items())
