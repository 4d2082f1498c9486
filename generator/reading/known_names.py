"""Known units and programmes, by the names that the issuer's plans may use.

Only this module of the package imports the stage `check`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.check import CheckResult
from generator.check.names import Register

_PLACE = re.compile(
    r"\b((?i:tỉnh|thành phố|đặc khu|huyện|quận|thị xã|thị trấn|xã|phường)) ((?:[^\W\d_a-zà-ỹđ][^\W\d_]*[ -]*)+)"
)


@dataclass(frozen=True)
class KnownNames:
    """The names of units and programmes as plans of `issuer` understand them."""

    register: Register
    levels: Mapping[str, str]
    full_names: Mapping[str, str]
    short_names: Mapping[str, str]
    issuer: str | None = None

    @staticmethod
    def of(result: CheckResult) -> KnownNames:
        """Return the names in a content tree, for no issuer yet."""
        units = [source.tree.data for source in result.sources if source.kind == "unit"]
        levels = {str(data.get("id")): str(data.get("level", "")) for data in units if data}
        full = {str(data.get("id")): str(data.get("name", "")) for data in units if data}
        short = {str(data.get("id")): str(data.get("short_name") or data.get("name", "")) for data in units if data}
        return KnownNames(result.register, levels, full, short)

    def for_issuer(self, issuer: str | None) -> KnownNames:
        """Return the names as an issuer's plans understand them."""
        return KnownNames(self.register, self.levels, self.full_names, self.short_names, issuer)

    def units(self, name: str) -> tuple[str, ...]:
        """Return the ids of the units that a printed name may mean."""
        return self.register.unit(name, self.issuer).ids

    def is_unit(self, name: str) -> bool:
        """Return whether a printed name means exactly one unit."""
        return len(self.units(name)) == 1

    def short_name(self, name: str) -> str:
        """Return the name that the site prints for a name that means one unit."""
        return self.short_names.get(next(iter(self.units(name)), ""), name)

    def is_programme(self, name: str) -> bool:
        """Return whether a printed name means exactly one programme."""
        return self.register.programme(name).id is not None

    def with_places(self, text: str) -> str:
        """Return a text with capitals in place names that are part of units' names: `tỉnh kiên giang`."""
        for name in self.full_names.values():
            for kind, place in _PLACE.findall(name):
                right = f"{kind.lower()} {place.strip()}"
                if right.lower() in text:
                    text = re.sub(rf"\b{re.escape(right.lower())}\b", right, text)
        return text

    def suggest_unit(self, name: str) -> str | None:
        """Return the known spelling that is closest to a name, or None."""
        return self.register.suggest_name("unit", name, self.issuer)

    @property
    def level(self) -> str:
        """The level of the issuer, empty if unknown."""
        return self.levels.get(self.issuer or "", "")
