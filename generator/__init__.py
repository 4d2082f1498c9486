"""Sổ kế hoạch: work plans in YAML, published as a linked, searchable website.

The stages, and which may import which, stand in `docs/architecture.md`.
"""
