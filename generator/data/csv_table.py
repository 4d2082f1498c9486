"""Tables as CSV (RFC 4180) in UTF-8, with the mark by which Excel knows it from an old code page.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. Such a cell gets an apostrophe in front,
the sign by which spreadsheets mean text; a cell that had apostrophes before such a sign gets one more, so that
programs get the data back by taking one away. A dash alone, as tables print it for "nothing due", is no
formula and stays. What a cell holds stands in quotes, so that no list separator of a country splits it.

`overrides/assets/search/csv-cells.js` does the same in the browser; `tests/data/csv_cells.json` holds both to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.data.year_cells import Cell

BOM = "\ufeff".encode()
QUOTE, TWO_QUOTES = '"', '""'
_SIGNS = "=+-@＝＋－＠"
"""What a formula begins with; the full-width signs are the same to a spreadsheet of East Asia."""
_BLANKS = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
"""What some spreadsheets skip in front of a formula: the blanks of JavaScript, which are not all those of Python."""
_FORMULA = re.compile(rf"'*[{_BLANKS}]*[{re.escape(_SIGNS)}]|'*[\t\r\n]")
_FIRST = frozenset(f"'{_SIGNS}{_BLANKS}")


def csv_cells(cells: Iterable[Cell]) -> bytes:
    """Write cells side by side.

    Numbers have a decimal point and no thousands' separator.

    >>> print(csv_cells(["a", 2.5, None, 'b "c" d', "=1"]).decode())
    "a","2.5",,"b ""c"" d","'=1"
    """
    # There are millions of cells, and half of them are empty; nearly all others need nothing.
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
    """Mark a text so that no spreadsheet takes it for a formula.

    >>> guard("=1+1"), guard("-"), guard("1.1"), guard("'=1+1")
    ("'=1+1", '-', '1.1', "''=1+1")
    """
    return f"'{cell}" if is_formula(cell) else cell


def is_formula(cell: Cell) -> bool:
    """Return whether a spreadsheet might take this text for a formula.

    Also true of a text that `guard` has marked.
    """
    return isinstance(cell, str) and cell[:1] in _FIRST and cell != "-" and bool(_FORMULA.match(cell))
