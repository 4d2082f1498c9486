"""Tables as CSV (RFC 4180) in UTF-8, with the byte order mark that tells Excel so.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. Such a cell gets an apostrophe in front,
the spreadsheets' sign for text. A cell that already has apostrophes before such a sign gets one more, so programs get
the data back by removing one. A single dash, which tables print for "nothing due", is no formula and stays. Cells are
quoted, so that no country's list separator splits them.

`overrides/assets/search/csv-cells.js` does the same in the browser; `tests/data/csv_cells.json` tests both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.data.year_cells import Cell

BOM = "\ufeff".encode()
QUOTE, TWO_QUOTES = '"', '""'
_SIGNS = "=+-@＝＋－＠"
"""The first characters of formulas; East Asian spreadsheets accept the full-width signs too."""
_BLANKS = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
"""Characters that some spreadsheets skip before a formula: the white space of JavaScript, not that of Python."""
_FORMULA = re.compile(rf"'*[{_BLANKS}]*[{re.escape(_SIGNS)}]|'*[\t\r\n]")
_FIRST = frozenset(f"'{_SIGNS}{_BLANKS}")


def csv_cells(cells: Iterable[Cell]) -> bytes:
    """Return cells as one part of a CSV row.

    Numbers have a decimal point and no thousands separator.

    >>> print(csv_cells(["a", 2.5, None, 'b "c" d', "=1"]).decode())
    "a","2.5",,"b ""c"" d","'=1"
    """
    # There are millions of cells: half of them are empty, nearly all others need no change.
    quoted = [
        ""
        if cell is None or cell == ""
        else f'"{cell}"'
        if isinstance(cell, str) and cell[:1] not in _FIRST and QUOTE not in cell
        else _quoted(cell)
        for cell in cells
    ]
    return ",".join(quoted).encode()


def _quoted(cell: Cell) -> str:
    text = guard(cell) if isinstance(cell, str) else str(cell)
    return f'"{text.replace(QUOTE, TWO_QUOTES)}"'


def guard(cell: str) -> str:
    """Mark a text so that spreadsheets do not take it for a formula.

    >>> guard("=1+1"), guard("-"), guard("1.1"), guard("'=1+1")
    ("'=1+1", '-', '1.1', "''=1+1")
    """
    return f"'{cell}" if is_formula(cell) else cell


def is_formula(cell: Cell) -> bool:
    """Return whether a spreadsheet might take this text for a formula.

    Also true of a text that `guard` has marked.
    """
    return isinstance(cell, str) and cell[:1] in _FIRST and cell != "-" and bool(_FORMULA.match(cell))
