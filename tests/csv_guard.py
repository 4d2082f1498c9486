"""Removes the apostrophe that keeps a CSV cell from being a formula, as programs that read our files do."""

from __future__ import annotations

from generator.data.csv_table import is_formula


def unguard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and is_formula(cell) else cell
