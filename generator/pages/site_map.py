"""The list of all pages: of one plan, unit, year or programme, and of all content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.model.corpus import Corpus
from generator.model.entities import Plan, Programme, Unit
from generator.pages.activities import activities_page
from generator.pages.guide import field_page, rules_page
from generator.pages.indexes import (
    home_page,
    plans_index,
    programmes_index,
    targets_index,
    tasks_index,
    units_index,
    years_index,
)
from generator.pages.matrix import matrices_index, matrix_page
from generator.pages.outline import target_pages, task_pages
from generator.pages.page import Options, Page
from generator.pages.plan import plan_page
from generator.pages.side_by_side import side_by_side_page
from generator.pages.subjects import programme_page, unit_page, year_page
from generator.pages.unit_year import unit_year_pages

OF_PLAN: Sequence[Callable[[Corpus, Plan, Options], Iterator[Page]]] = (
    plan_page,
    task_pages,
    target_pages,
    matrix_page,
)
OF_UNIT: Sequence[Callable[[Corpus, Unit, Options], Iterator[Page]]] = (unit_page, unit_year_pages)
OF_YEAR: Sequence[Callable[[Corpus, int, Options], Iterator[Page]]] = (year_page,)
OF_PROGRAMME: Sequence[Callable[[Corpus, Programme, Options], Iterator[Page]]] = (programme_page,)
OF_ALL: Sequence[Callable[[Corpus, Options], Iterator[Page]]] = (
    home_page,
    plans_index,
    tasks_index,
    targets_index,
    years_index,
    units_index,
    programmes_index,
    matrices_index,
    side_by_side_page,
    activities_page,
    field_page,
    rules_page,
)
