"""Cells that name units or programmes -> the fields of an entry; names that nobody knows are asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from generator.language.vietnamese import says_as_above
from generator.reading.known_names import KnownNames
from generator.reading.office_document import GridCell
from generator.reading.review_items import ReviewItem
from generator.reading.unit_names import NamesReading, read_names


@dataclass
class NameCells:
    """Reads cells of names. `sign` stands between those that the program has printed."""

    names: KnownNames
    sign: str
    _readings: dict[tuple[str, ...], NamesReading] = field(default_factory=dict)  # most rows name the same units

    def fill(self, name: str, cell: GridCell, entry: dict[str, Any], path: str) -> list[ReviewItem]:
        """Fill `lead` or `partners` from a cell that names units."""
        if cell.lines not in self._readings:
            self._readings[cell.lines] = read_names([line.lstrip("-–+• ") for line in cell.lines], self.names.is_unit)
        reading = self._readings[cell.lines]
        if reading.names:
            entry[name] = list(dict.fromkeys([*entry.get(name, []), *reading.names]))
        # The model shows names as written; in a table of ours, as the site prints the units.
        written = ", ".join(map(self.names.register.words_of, reading.names))
        if cell.text not in {written, self.sign.join(map(self.names.short_name, reading.names))}:
            entry[f"{name}_text"] = cell.text
        unknown = () if says_as_above(cell.text) else reading.unknown
        return [self._unknown(text, cell, path, name) for text in unknown]

    def _unknown(self, text: str, cell: GridCell, path: str, name: str) -> ReviewItem:
        meant = self.names.units(text)
        why = "ambiguous-unit" if len(meant) > 1 else "unknown-unit"
        proposal = ", ".join(meant) or self.names.suggest_unit(text) or ""
        return ReviewItem(why, cell.location, text, path, name, proposal)

    def fill_both(self, cell: GridCell, entry: dict[str, Any], path: str) -> list[ReviewItem]:
        """Fill lead and partners from a column of both; it is split only if its lines say which is which.

        The words of a line that is not a list of known names are kept, because review items are deleted later.
        """
        reviews = []
        printed: dict[str, list[str]] = {}
        name = ""
        for line in cell.lines:
            marked = re.match(r"[-+•\s]*(chủ trì|phối hợp)(?: thực hiện)?\s*:\s*(.*)", line, re.I)
            if marked:
                name = "lead" if marked[1].casefold() == "chủ trì" else "partners"
            if not name:
                reviews.append(ReviewItem("lead-or-partner", cell.location, cell.text, path, "lead"))
                name = "lead"
            printed.setdefault(name, []).append(marked[2] if marked else line)
            reading = read_names(printed[name][-1:], self.names.is_unit)
            if reading.names:
                entry[name] = list(dict.fromkeys([*entry.get(name, []), *reading.names]))
            reviews += [self._unknown(text, cell, path, name) for text in reading.unknown]
        for name, lines in printed.items():
            written = ", ".join(map(self.names.register.words_of, entry.get(name, [])))
            if any(question.field == name for question in reviews) and " ".join(lines) != written:
                entry[f"{name}_text"] = " ".join(lines)
        return reviews

    def fill_programmes(self, cell: GridCell, entry: dict[str, Any], path: str) -> list[ReviewItem]:
        """Fill the programmes that a cell names."""
        reading = read_names(cell.lines, self.names.is_programme)
        if reading.names:
            entry["programmes"] = list(reading.names)
        return [ReviewItem("unknown-programme", cell.location, text, path, "programmes") for text in reading.unknown]
