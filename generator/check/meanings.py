"""What was meant by Vietnamese words in place of a field's name or value, or by another form of a value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.check.entries import entries
from generator.check.ids import suggest_id
from generator.check.pointers import list_pointed_at
from generator.check.suggestions import closest_word
from generator.language.catalogue import catalogue
from generator.language.folding import folded
from generator.source.tree import Path

_DAY = re.compile(r"(?:ngày )?(\d{1,2})(?:[-./ ]| tháng )(\d{1,2})(?:[-./ ]| năm )(\d{4}|\d{2})", re.IGNORECASE)
_ISO_DAY = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def value_meanings(schema: Mapping[str, Any]) -> dict[str, str]:
    """Return the values of a field, each with its meaning in Vietnamese."""
    values = [str(value) for value in schema.get("enum", ())]
    meanings = [str(text).split(";")[0] for text in schema.get("enumDescriptions", ())]
    return dict(zip(values, [*meanings, *[""] * len(values)], strict=False))


def meant_value(word: str, meanings: Mapping[str, str]) -> str | None:
    """Return the value that is spelled alike, else the one whose meaning has all words of what was written."""
    if closest := closest_word(word, meanings):
        return closest
    words = set(folded(word).split())
    matches = [value for value, text in meanings.items() if words and words <= set(re.findall(r"\w+", folded(text)))]
    return matches[0] if len(matches) == 1 else None


def meant_field(word: str, titles: Mapping[str, str]) -> str | None:
    """Return the field whose Vietnamese title or other name was written, else the field with similar spelling."""
    written = _spoken(word.replace("_", " "))
    by_title: dict[str, str] = {_spoken(title): name for name, title in reversed(list(titles.items())) if title}
    if written in by_title:
        return by_title[written]
    for name, text in catalogue("vi").texts.items():
        if name.startswith("fields."):
            for field in name.removeprefix("fields.").split("-"):
                if field in titles and written in [folded(alternative) for alternative in text.split("|")]:
                    return field
    if closest := closest_word(word, titles):
        return closest
    title = closest_word(written, by_title) if written else None
    begins = [name for text, name in by_title.items() if written and f"{text} ".startswith(f"{written} ")]
    return by_title[title] if title else begins[-1] if begins else None


def meant_entry(data: Any, at: Path, written: str) -> str | None:
    """Return the id of the entry that is named by its label, title or both, or by an id in capitals."""
    name = list_pointed_at(at)
    found = [entry for _, entry in entries(data, name) if isinstance(entry.get("id"), str)] if name else []
    for fields in (("id",), ("label",), ("title",), ("label", "title")):
        named = [(entry["id"], " ".join(str(entry.get(field) or "") for field in fields)) for entry in found]
        ids = [id_ for id_, text in named if _spoken(text) == _spoken(written)]
        if len(ids) == 1:
            return str(ids[0])
    return None


def closest_entry(data: Any, at: Path, written: str) -> str | None:
    """Return the id of the entry that a place refers to, or the closest id in the list that it must refer to."""
    ids = [str(entry.get("id")) for _, entry in entries(data, list_pointed_at(at) or "")]
    return meant_entry(data, at, written) or closest_word(written, ids)


def _spoken(text: str) -> str:
    return " ".join(re.findall(r"\w+", folded(text)))


def meant_format(pattern: str, value: str) -> str | None:
    """Return a day, years or an id in the form of the field's pattern; None if the text may mean something else."""
    as_id = suggest_id(value)
    candidates = [] if as_id.replace("-", "").isdecimal() else [as_id]
    if iso := _ISO_DAY.fullmatch(value.strip()):
        candidates.append(f"{int(iso[3]):02}/{int(iso[2]):02}/{iso[1]}")
    elif day := _DAY.search(value):
        year = day[3] if len(day[3]) == 4 else f"20{day[3]}"
        candidates.append(f"{int(day[1]):02}/{int(day[2]):02}/{year}")
    years = _YEAR.findall(value)
    if len(years) == 2 and re.search(r"đến|tới|-|–|→", value):
        candidates.append("-".join(years))
    if years:
        candidates.append(", ".join(years))
    if re.fullmatch(r"\d\d", value.strip()):
        candidates.append(f"20{value.strip()}")
    candidates.append(as_id)
    return next((text for text in candidates if text and pattern and re.search(pattern, text)), None)
