"""The store says what the corpus says, in the shapes that the browser's modules expect."""

from __future__ import annotations

import gzip
import json
import re
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from lunr.builder import Builder
from small_site import content_in

from generator.check import check
from generator.incremental import Build
from generator.language.folding import folded, tokens
from generator.language.time_spans import dated, due_attribute, periods_of
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.model.entities import LEVELS, Activity
from generator.search import activity_store
from generator.search import search_files as search_module
from generator.search.abbreviations import other_spellings
from generator.search.activity_store import build_store
from generator.search.documents import documents
from generator.search.search_files import Engine, search_files
from generator.search.texts import fundings_of, join_texts, more_of

CONTENT = Path(__file__).parents[2] / "content"
STORE = "hoat-dong/kho/"
ROLES = ("lead", "partners", "levels_units")
ROWS = """\
  - id: a2
    section: nv1
    title: Thăm hỏi
    lead: [hoi]
    partners: [b]
    rows:
      - {title: Đợt một, lead: [a], partners: [hoi]}
      - {title: Đợt hai, lead: [hoi, a], partners: [b, c], levels_units: [c]}
"""

Json = dict[str, Any]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return link(check(CONTENT))


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activity_store, "ACTIVITIES_A_CHUNK", 100)


def read(text: str) -> tuple[str, Json]:
    """What a script tag would hand to the page, read as the worker reads it."""
    assert text.startswith('sokehoachStore("')
    assert text.endswith(")\n")
    name = text[text.index('"') + 1 : text.index(",") - 1]
    return name, json.loads(text[text.index(",") + 1 : text.rindex(")")])


def stored(corpus: Corpus, engine: Engine = "scan") -> tuple[Json, dict[str, Json]]:
    """The manifest, and the other files by name."""
    found = {
        path.removeprefix(STORE): read(str(text))
        for path, text in search_files(corpus, engine).items()
        if path.startswith(STORE)
    }
    assert all(path == name for path, (name, _) in found.items())
    data = {name: content for name, (_, content) in found.items()}
    return data.pop("index.js"), data


@pytest.mark.usefixtures("small_chunks")
def test_columns_equal_the_corpus(corpus: Corpus) -> None:
    manifest, chunks = stored(corpus)
    seen = []
    for summary in manifest["chunks"]:
        chunk = chunks.pop(summary["file"])
        rows = list(rows_of(manifest, chunk))
        assert len(rows) == summary["count"]
        assert [plan[0] for plan in chunk["plans"]] == summary["plans"]
        years = [year for row in rows for year in row["years"]]
        assert summary["years"] == ([min(years), max(years)] if years else None)
        named = {unit for row in rows for role in roles_of(row) for unit in role}
        assert {manifest["units"][unit][0] for unit in summary["units"]} == named
        served = {key.split("/")[0] for row in rows_of(manifest, chunk) for key in row["serves"]}
        assert set(summary["above"]) == served - set(summary["plans"])
        seen += rows
    assert not chunks
    assert manifest["count"] == len(seen) == len(corpus.activities)
    assert {row["key"]: row for row in seen} == {key: expected(one) for key, one in corpus.activities.items()}


def test_who_has_a_role_only_in_sub_rows_stands_apart(tmp_path: Path) -> None:
    content = content_in(tmp_path / "content")
    with (content / "plans/thu.yml").open("a", encoding="utf-8") as file:
        file.write(ROWS)
    for name in "abc":
        (content / f"units/{name}.yml").write_text(f"id: {name}\nname: Hội {name.upper()}\nkind: union\n", "utf-8")
    manifest, data = stored(link(check(content)))
    (chunk,) = (data[summary["file"]] for summary in manifest["chunks"])
    _, row = rows_of(manifest, chunk)
    assert [row[role] for role in ROLES] == [["hoi"], ["b"], []]
    assert row["rows"] == [["a"], ["hoi", "c"], ["c"]]
    assert sorted(manifest["units"][unit][0] for unit in manifest["chunks"][0]["units"]) == ["a", "b", "c", "hoi"]


@pytest.mark.usefixtures("small_chunks")
def test_plans_stay_whole_and_with_their_issuer(corpus: Corpus) -> None:
    manifest, _ = stored(corpus)
    plans = [plan for summary in manifest["chunks"] for plan in summary["plans"]]
    assert sorted(plans) == sorted(corpus.plans)
    issuers = [corpus.plans[plan].issuer for plan in plans]
    assert len(set(issuers)) == sum(one != before for one, before in zip(issuers, [None, *issuers], strict=False))


@pytest.mark.parametrize("engine", ["lunr", "scan"])
def test_names_tell_the_content_and_builds_are_the_same(corpus: Corpus, engine: Engine) -> None:
    built = search_files(corpus, engine)
    assert built == search_files(link(check(CONTENT)), engine)
    for path, text in built.items():
        name = path.removeprefix(STORE)
        if path.startswith(STORE) and name != "index.js":
            data = str(text)[str(text).index(",") + 1 : str(text).rindex(")")]
            assert re.fullmatch(rf"[a-z]+-{sha256(data.encode()).hexdigest()[:8]}\.js", name)


def test_manifest_tells_the_engine_and_the_bytes(corpus: Corpus) -> None:
    manifest, data = stored(corpus, "lunr")
    assert (manifest["engine"], manifest["lunr"] in data) == ("lunr", True)
    texts = search_files(corpus, "lunr")
    assert manifest["bytes"]["index"] == len(
        gzip.compress(str(texts[STORE + manifest["lunr"]]).encode(), compresslevel=6, mtime=0)
    )
    manifest, data = stored(corpus, "scan")
    assert (manifest["engine"], manifest["lunr"], manifest["bytes"]["index"]) == ("scan", None, 0)
    assert set(data) == {summary["file"] for summary in manifest["chunks"]}


def test_auto_goes_by_the_bytes_of_the_index(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stored(corpus, "auto")[0]["engine"] == "lunr"
    for limit in (20_000, 100):
        monkeypatch.setattr(search_module, "LARGEST_INDEX", limit)
        assert stored(corpus, "auto")[0]["engine"] == "scan"


def test_the_index_holds_every_word_of_every_activity(corpus: Corpus) -> None:
    manifest, data = stored(corpus, "lunr")
    index = data[manifest["lunr"]]
    found: dict[str, dict[str, set[int]]] = {}
    for field in index["fields"]:
        for term, gaps in zip(index["terms"].split(" "), index["postings"][field], strict=True):
            numbers, number = set(), 0
            for gap in gaps:
                number += gap
                numbers.add(number)
            found.setdefault(term, {})[field] = numbers
    for number, row in enumerate(r for s in manifest["chunks"] for r in rows_of(manifest, data[s["file"]])):
        for field, text in (("title", row["title"]), ("more", row["when"]), ("more", row["more"])):
            for token in tokens(text):
                assert number in found[folded(token.text)][field]
    entries = {key: manifest["count"] + place for place, key in enumerate(index["entries"])}
    assert entries["don-vi:hoi-lhpn-da-nang"] in found["lhpn"]["names"]
    assert entries["ke-hoach:thai-nguyen-2021-2026"] in found["11/kh-bch"]["names"]
    assert entries["nam:2025"] in found["2025"]["names"]


def test_lunr_itself_comes_to_our_postings(corpus: Corpus) -> None:
    """Python's lunr, given the same words has each in the documents that our form of the index says."""
    manifest, data = stored(corpus, "lunr")
    index = data[manifest["lunr"]]
    names = [*map(str, range(manifest["count"])), *index["entries"]]
    builder = Builder()
    builder.ref("name")
    for field in index["fields"]:
        builder.field(field)
    for name, (_, texts) in zip(names, documents(corpus, build_store(corpus, Build())), strict=True):
        words = {field: [folded(token.text) for token in tokens(texts.get(field, ""))] for field in index["fields"]}
        builder.add({"name": name, **words})
    inverted = builder.build().inverted_index
    terms = index["terms"].split(" ")
    assert set(inverted) == set(terms)
    for field in index["fields"]:
        for term, gaps in zip(terms, index["postings"][field], strict=True):
            assert set(inverted[term][field]) == {names[number] for number in accumulate(gaps)}, (term, field)


def test_abbreviations_are_found_both_ways() -> None:
    assert "hợp tác xã" in other_spellings("thành lập HTX")
    assert "HTX" in other_spellings("Thành lập Hợp tác xã")
    assert "kinh tế xã hội" in other_spellings("phát triển KT-XH")
    assert {"KT-XH", "KTXH"} <= set(other_spellings("kinh tế - xã hội"))
    assert "bạo lực gia đình" in other_spellings("phòng, chống BLGĐ.")
    assert other_spellings("hợp tác quốc tế") == []


def test_an_empty_corpus_has_a_store(corpus: Corpus) -> None:
    empty = Corpus((), (), ())
    manifest, data = stored(empty, "auto")
    assert (manifest["count"], manifest["chunks"]) == (0, [])
    assert set(data) <= {manifest["lunr"]}


def rows_of(manifest: Json, chunk: Json) -> list[Json]:
    """The activities of a chunk, each spelled out."""
    columns = chunk["columns"]

    plans = [*chunk["plans"], *chunk["above"]]

    def inner(name: str, place: int) -> str | None:
        return None if place < 0 else f"{plans[chunk[name][place][0]][0]}/{chunk[name][place][1]}"

    rows = []
    for row in range(len(columns["id"])):
        one = {name: column[row] for name, column in columns.items()}
        one["key"] = f"{chunk['plans'][one.pop('plan')][0]}/{one.pop('id')}"
        one["target"], one["task"] = inner("targets", one["target"]), inner("tasks", one["task"])
        one["serves"] = [inner("targets", place) for place in one["serves"]]
        one["periods"] = [(year, manifest["periods"][period][0]) for year, period in one["periods"]]
        del one["reading"]  # the words of pages, which their own tests know
        one["levels"] = [manifest["levels"][level][0] for level in one["levels"]]
        one["funding"] = [chunk["fundings"][part] for part in one["funding"]]
        for name, dictionary in (*((role, "units") for role in ROLES), ("programmes", "programmes")):
            one[name] = [manifest[dictionary][number][0] for number in one[name]]
        one["rows"] = [[manifest["units"][number][0] for number in role] for role in one["rows"]]
        rows.append(one)
    return rows


def roles_of(row: Json) -> list[list[str]]:
    """The units of an activity in the store by their roles, then those of its sub-rows."""
    return [*(row[role] for role in ROLES), *row["rows"]]


def in_rows(activity: Activity, role: str) -> list[str]:
    """The units that have a role in sub-rows and not in the activity."""
    named = dict.fromkeys(unit for row in activity.rows for unit in getattr(row, role))
    return [unit for unit in named if unit not in getattr(activity, role)]


def expected(activity: Activity) -> Json:
    more = more_of(activity)
    return {
        "key": activity.key,
        "label": activity.label or "",
        "title": activity.title,
        "when": activity.when or "",
        "days": due_attribute(dated(activity.spans)),
        "periods": periods_of(activity.all_spans),
        "more": more,
        "also": join_texts(other_spellings(join_texts([activity.title, activity.when, more]))),
        "years": list(activity.years),
        "levels": [level for level in LEVELS if level in activity.levels],
        **{role: list(getattr(activity, role)) for role in ROLES},
        "rows": rows if any(rows := [in_rows(activity, role) for role in ROLES]) else [],
        "programmes": list(activity.programmes),
        "target": f"{activity.plan}/{activity.target}" if activity.target else None,
        "serves": list(activity.serves or ()),
        "task": f"{activity.plan}/{activity.task}" if activity.task else None,
        "funding": fundings_of(activity),
    }


def test_more_holds_every_wording(corpus: Corpus) -> None:
    """Read from the model's fields, not by the function under test."""
    for activity in corpus.activities.values():
        more = folded(more_of(activity))
        texts = [activity.text, activity.note, activity.levels_text, *activity.roles.values()]
        texts += [row.title for row in activity.rows] + [measure.name for measure in activity.measures]
        for text in texts:
            for word in (text or "").split():
                assert folded(word).strip("-") in more, (activity.key, word)
