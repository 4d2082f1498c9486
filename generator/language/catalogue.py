"""The catalogues: all words that people see, from `vi.yml` and `en.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("vi", "en")

# The C loader is ten times as fast; a PyYAML built without libyaml lacks it.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Catalogue:
    """The texts of one language, by dotted keys.

    >>> Catalogue("vi").text("site.level.province")
    'Cấp tỉnh'
    """

    def __init__(self, language: str) -> None:
        self.language = language
        content = yaml.load((Path(__file__).parent / f"{language}.yml").read_text(encoding="utf-8"), LOADER)
        self.texts: Mapping[str, str] = dict(_flatten(content))

    def text(self, key: str, **values: object) -> str:
        """Return the text of `key`, filled. Raises `KeyError` if the key or a value is missing."""
        return self.texts[key].format_map(values)


@cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language, read once."""
    return Catalogue(language)


def site_words() -> Catalogue:
    """Return the catalogue of the site's language, used for our files whatever the language of messages."""
    return catalogue("vi")


def _flatten(content: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of nested mappings, each with its dotted key."""
    for key, value in content.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
