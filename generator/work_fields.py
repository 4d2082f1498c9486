"""The fields of activities and sub-rows for which documents print columns, declared once.

A field that is more than a printed text is handled by each stage itself; everything else is read from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Need = Literal["always", "filled", "usual"]
"""When a table has a column: always, if one row fills it, or if a third of the rows do."""


@dataclass(frozen=True)
class WorkField:
    """A field by its name, which is the name of its attribute, its key in files and JSON, and its catalogue key.

    `columns` says in which layouts it has a column on pages and paper; elsewhere it stands below the title. `text` is
    the kind of a text that is shown as printed; empty if the stages make more of the value. `paper` is the percentage
    of the table's width that its column takes on paper; `excel` is the column's width in Excel, in letters, 0 if Excel
    has no column of this name. `read_as` is its name in imports, if that differs. `is_repeated` says that lines of
    sub-rows in CSV and Excel repeat the activity's value, so that a filter keeps both. `of_rows` says that sub-rows
    have the field too.
    """

    name: str
    columns: Mapping[str, Need]
    text: Literal["", "plain", "markdown"] = ""
    paper: float = 9
    excel: int = 0
    read_as: str = ""
    is_repeated: bool = False
    of_rows: bool = True

    @property
    def import_name(self) -> str:
        """Its name in imports."""
        return self.read_as or self.name


_USUAL: dict[str, Need] = {"years": "usual", "roles": "usual", "annual": "usual"}
_WHO: dict[str, Need] = {"years": "usual", "annual": "usual"}  # in layout `roles`, cells say who does what

WORK_FIELDS = {
    field.name: field
    for field in (
        WorkField("unit", _USUAL, paper=7, excel=10, read_as="unit_of_measure", is_repeated=True),
        WorkField("when", {"roles": "always", "annual": "filled"}, paper=10, excel=12),
        WorkField("due", {}),
        WorkField("deadline", {}),
        WorkField("by_year", {}),  # a column for each year, and after each year its periods
        WorkField("central", {"roles": "always"}, paper=25, read_as="roles.central", of_rows=False),
        WorkField("local", {"roles": "always"}, paper=25, read_as="roles.local", of_rows=False),
        WorkField("levels", _WHO, excel=12, read_as="levels_text", is_repeated=True),
        WorkField("lead", _WHO | {"annual": "filled"}, excel=16, is_repeated=True),
        WorkField("partners", _WHO | {"annual": "filled"}, paper=10, excel=20, is_repeated=True),
        WorkField("funding", _USUAL | {"annual": "filled"}, paper=7.5, excel=12, is_repeated=True),
        WorkField("products", _USUAL | {"annual": "filled"}, "markdown", paper=11, excel=24),
        WorkField("remark", _USUAL, "plain", excel=20),
    )
}
"""The fields by name, in the order of their columns on pages and paper."""
TEXT_FIELDS = [name for name, field in WORK_FIELDS.items() if field.text]
"""Fields that every stage shows as printed."""
