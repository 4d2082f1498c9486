"""Files of JSON: of everything, and of one plan. A line for each entry, so that versions can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.data.forms import forms_of
from generator.data.objects import plan_data
from generator.link.corpus import Corpus
from generator.link.model import Plan
from generator.pages.render import Options


def corpus_json(corpus: Corpus, options: Options) -> bytes:
    """`/du-lieu/hoat-dong.json`: all activities of all plans, a line each."""
    activities = (line for plan in corpus.plans for line in forms_of(corpus, plan, options).json)
    return b'{"activities": [\n' + _lines(activities) + b"\n]}\n"


def plan_json(corpus: Corpus, plan: Plan, options: Options) -> bytes:
    """`/du-lieu/ke-hoach/<plan>.json`: one plan, whole; a line for each field, and for each entry of its lists."""
    activities = forms_of(corpus, plan.id, options).json
    fields = (
        _dump(name) + b": " + (_list(activities) if name == "activities" else _value(value))
        for name, value in plan_data(corpus, plan).items()
    )
    return b"{\n" + _lines(fields) + b"\n}\n"


def _value(value: Any) -> bytes:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _list(map(_dump, value))
    return _dump(value)


def _list(entries: Iterable[bytes]) -> bytes:
    return b"[\n" + lines + b"\n]" if (lines := _lines(entries)) else b"[]"


def _lines(parts: Iterable[bytes]) -> bytes:
    return b",\n".join(parts)


def _dump(content: object) -> bytes:
    """As one line: `json` indents in Python, five times as slowly, and a thousand plans are 80,000 activities."""
    return json.dumps(content, ensure_ascii=False).encode()
