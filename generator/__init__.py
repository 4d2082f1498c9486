"""Sổ kế hoạch: work plans in YAML, published as a linked, searchable website.

The stages and their allowed imports are in `docs/architecture.md`.
"""
