"""Takes from a cell of CSV the apostrophe by which it is no formula, as a program does that reads our files."""

from __future__ import annotations

from generator.data.csv_table import is_formula


def unguard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and is_formula(cell) else cell
