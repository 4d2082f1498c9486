"""The product's own Word files, imported again, give the plans that they were made of."""

from __future__ import annotations

from typing import Any

import pytest
from built_site import CONTENT

from generator.check import CheckResult, check
from generator.language.catalogue import catalogue
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.pages.page import Options
from generator.paper.word import plan_docx
from generator.reading.importer import ImportOptions, import_document, read_document
from generator.reading.known_names import KnownNames
from generator.reading.three_way_merge import plain

IDS = sorted(path.stem for path in (CONTENT / "plans").glob("*.yml"))
PRINTED = ("label", "title", "when", "by_year", "levels_text", "roles", "funding")
"""Fields whose words the document prints; units are printed by their short names, inherited ones at each row."""


@pytest.fixture(scope="module")
def content() -> CheckResult:
    return check(CONTENT)


@pytest.fixture(scope="module")
def corpus(content: CheckResult) -> Corpus:
    return link(content)


def exported_and_imported(content: CheckResult, corpus: Corpus, id_: str) -> tuple[dict[str, Any], dict[str, Any]]:
    plan = next(one.tree.data for one in content.sources if one.kind == "plan" and one.stem == id_)
    years = (int(plan["period"]["from"]), int(plan["period"]["to"]))
    file = plan_docx(corpus, corpus.plans[id_], Options())
    options = ImportOptions(id_, f"{id_}.docx", issuer=plan["issuer"], years=years)
    names = KnownNames.of(content)
    return plan, plain(import_document(read_document(file), options, names, catalogue("vi")).plan)


@pytest.mark.parametrize("id_", IDS)
def test_what_we_print_comes_home(content: CheckResult, corpus: Corpus, id_: str) -> None:
    plan, again = exported_and_imported(content, corpus, id_)
    if plan["layout"] == "outline":  # in prose, the bullets inside of an activity's text look like activities
        assert {one["title"] for one in plan["activities"]} - {one["title"] for one in again["activities"]} <= {
            one["title"] for one in plan["activities"] if plan["activities"].count(one) > 1
        }
        return
    for name in ("outline", "targets", "activities"):
        assert len(again[name]) == len(plan[name])
    for old, new in zip(plan["activities"], again["activities"], strict=True):
        assert {name: old.get(name) for name in PRINTED} == {name: new.get(name) for name in PRINTED}
        rows = zip(old.get("rows", ()), new.get("rows", ()), strict=True)  # a sub-row's note and time stand beside it
        assert all(one["title"].startswith(other["title"]) or one["title"] in other["title"] for one, other in rows)
    assert [one["label"] for one in again["targets"]] == [one["label"] for one in plan["targets"]]
