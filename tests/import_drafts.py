"""Imports of small files into a small content tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from golden import sources_of
from word_file import paragraph, word_file

from generator.check import check_files
from generator.language.catalogue import catalogue
from generator.reading.importer import ImportedPlan, ImportOptions, import_document, read_document
from generator.reading.known_names import KnownNames
from generator.source.yaml_writer import DRAFTED

UNITS = {
    "units/hoi.yml": "id: hoi\nname: Hội LHPN tỉnh Minh Họa\nkind: union\nlevel: province\n",
    "units/ban-kt.yml": "id: ban-kt\nname: Ban Kinh tế\nshort_name: Ban KT\nkind: department\nparent: hoi\n",
    "units/cac-nganh.yml": "id: cac-nganh\nname: Các ngành liên quan\nkind: group\nparent: hoi\n",
}
NAMES = KnownNames.of(check_files(sources_of(UNITS)))
WORDS = catalogue("vi")


def plan_file(*blocks: str, parts: Mapping[str, str] | None = None) -> bytes:
    return word_file(paragraph("KẾ HOẠCH NĂM"), *blocks, parts=parts)


def imported(content: bytes, **options: Any) -> ImportedPlan:
    given = ImportOptions("minh-hoa", "minh-hoa.docx", **{"issuer": "hoi", "years": (2022, 2023), **options})
    return import_document(read_document(content), given, NAMES, WORDS)


def problems_of(plan: ImportedPlan) -> list[str]:
    text = DRAFTED.file_text(plan.plan, "schema.json", "thử")
    result = check_files(sources_of({**UNITS, "plans/minh-hoa.yml": text}))
    return [f"{one.rule} {one.values}" for one in result.errors]
