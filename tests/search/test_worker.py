"""The worker's protocol: facets equal the corpus, files load when needed, answers come while loading, failures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser
from search_worker import ENGINES, WORKER, Asker
from slow import rest_slow

from generator.check import check
from generator.model.builder import corpus_of, link
from generator.model.corpus import Corpus
from generator.model.entities import Activity
from generator.search import activity_store
from generator.search.search_files import search_files
from generator.search.texts import fundings_of

pytestmark = pytest.mark.browser

Files = dict[str, str]

HERE = Path(__file__).parent
STORE = "hoat-dong/kho/"

STATUS = {"thai-nguyen-2021-2026": "draft", "dong-nai-2017-2021": "superseded"}
"""What some plans are taken to be; the others are in force."""

VALUES: dict[str, Callable[[Activity], list[str]]] = {
    "nam": lambda one: [str(year) for year in one.years],
    "don-vi": lambda one: [*one.lead, *one.leaders, *one.helpers, *one.performers],
    "nhiem-vu": lambda one: [f"{one.plan}/{one.task}"] if one.task else [],
    "chi-tieu": lambda one: [*([f"{one.plan}/{one.target}"] if one.target else []), *(one.serves or ())],
    "ke-hoach": lambda one: [one.plan],
    "cap": lambda one: list(one.levels),
    "kinh-phi": fundings_of,
    "chuong-trinh": lambda one: list(one.programmes),
    "tinh-trang": lambda one: [STATUS.get(one.plan, "published")],
}
CHOICES: list[dict[str, list[str]]] = [
    {"nam": ["2023"]},
    {"nam": ["2023", "2024"], "cap": ["commune"]},
    {"don-vi": ["thai-nguyen-ban-tg-cslp", "hoi-lhpn-thai-nguyen"], "nam": ["2024"]},
    {"ke-hoach": ["national-2022-2027"], "kinh-phi": ["NSNN"], "cap": ["central", "province"]},
    {"chi-tieu": ["dong-nai-2017-2021/ct5"]},
    {"chi-tieu": ["national-2022-2027/ct2"]},
    {"nhiem-vu": ["thai-nguyen-2021-2026/nv1"], "chuong-trinh": ["de-an-939", "de-an-938"]},
    {"nam": ["1066"], "cap": ["commune"]},
    {"tinh-trang": ["published"], "nam": ["2021"]},
]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    plans = link(check(HERE.parents[1] / "content"))
    marked = [replace(plan, status=STATUS.get(id_, plan.status)) for id_, plan in plans.plans.items()]
    return corpus_of(marked, plans.units.values(), plans.programmes.values())


@pytest.fixture(scope="module", params=rest_slow(ENGINES))
def built(request: pytest.FixtureRequest, corpus: Corpus) -> Files:
    """With a chunk for each plan or two."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(activity_store, "ACTIVITIES_A_CHUNK", 100)
        return search_files(corpus, request.param)


@pytest.fixture
def ask(browser: Browser, built: Files) -> Iterator[Asker]:
    asker = Asker(browser, built)
    yield asker
    asker.page.close()


def left(corpus: Corpus, facets: dict[str, list[str]], but: str = "") -> list[Activity]:
    """The activities that the choice leaves, without that of the facet `but`."""
    return [
        one
        for one in corpus.activities.values()
        if all(set(VALUES[facet](one)) & set(values) for facet, values in facets.items() if facet != but)
    ]


@pytest.mark.parametrize("facets", rest_slow(CHOICES, plain=2), ids="+".join)
def test_facets_leave_and_count_what_the_corpus_has(ask: Asker, corpus: Corpus, facets: dict[str, list[str]]) -> None:
    answer = ask(facets=facets, all=True)
    found = left(corpus, facets)
    assert answer["total"] == len(found)
    assert sorted(hit["key"] for hit in answer["hits"]) == sorted(one.key for one in found)
    years = Counter(str(year) for one in left(corpus, facets, but="nam") for year in one.years)
    assert answer["years"] == dict(years)  # what a tap on a year's bar would give
    for facet, values in answer["facets"].items():
        if facet == "thang":
            continue  # months and quarters belong to years: test_periods.py
        counts = Counter(
            value for one in left(corpus, facets, but=facet) for value in dict.fromkeys(VALUES[facet](one))
        )
        shown = {value["value"]: value["count"] for value in values}
        assert shown == {**dict.fromkeys(facets.get(facet, []), 0), **counts}, facet


def test_a_value_counts_what_it_would_leave(ask: Asker) -> None:
    """With words too: choosing a value shows as many as its count promised."""
    question: dict[str, Any] = {"q": "hỗ trợ phụ nữ", "facets": {"nam": ["2023"], "cap": ["commune"]}}
    answer = ask(**question)
    assert answer["total"] > 0
    for facet, values in answer["facets"].items():
        for value in values[:4]:
            chosen = {**question["facets"], facet: [value["value"]]}
            assert ask(q=question["q"], facets=chosen)["total"] == value["count"], (facet, value)


def test_hits_are_what_the_corpus_says(ask: Asker, corpus: Corpus) -> None:
    for hit in ask("tuyên truyền", size=50)["hits"]:
        one = corpus.activities[hit["key"]]
        assert (hit["title"], hit["label"], hit["when"]) == (one.title, one.label or "", one.when or "")
        assert hit["years"] == list(one.years)
        mark = {"draft": "Dự thảo", "superseded": "Đã được thay thế"}.get(STATUS.get(one.plan, ""), "")
        assert hit["plan"] == {"id": one.plan, "title": corpus.plans[one.plan].short_title, "mark": mark}
        assert hit["lead"] == [{"id": id_, "name": corpus.unit_title(corpus.units[id_])} for id_ in one.lead]
        target = corpus.targets.get(f"{one.plan}/{one.target}")
        assert hit["target"] == ({"id": target.id, "label": target.label, "title": target.title} if target else None)
        marked = [hit["title"][start:end].lower() for start, end in hit["titleMarks"]]
        assert all("tuyên" in text or "truyền" in text for text in marked)


def test_pages_of_results_join(ask: Asker) -> None:
    whole = ask.keys("phụ nữ", size=60)
    assert len(set(whole)) == 60
    assert ask.keys("phụ nữ", size=25) + ask.keys("phụ nữ", size=35, **{"from": 25}) == whole
    years = [min(hit["years"], default=9999) for hit in ask("phụ nữ", sort="year", all=True)["hits"]]
    assert years == sorted(years)


def test_the_last_word_may_be_unfinished_unless_a_space_follows(ask: Asker) -> None:
    assert ask("khởi ngh")["partial"] is False
    assert ask("khởi ngh ")["partial"] is True
    assert ask("k")["total"] == 0
    assert ask("k", facets={"nam": ["2023"]})["total"] == ask(facets={"nam": ["2023"]})["total"]


@pytest.mark.slow
def test_engines_find_the_same(browser: Browser, corpus: Corpus) -> None:
    askers = [Asker(browser, search_files(corpus, engine)) for engine in ENGINES]
    for query in yaml.safe_load((HERE / "queries.yml").read_text(encoding="utf-8")):
        first, *others = (asker(query["q"]) for asker in askers)
        for name in ("total", "partial", "facets", "years"):
            assert all(other[name] == first[name] for other in others), (query["q"], name)
    for asker in askers:
        asker.page.close()


def test_only_the_manifest_is_read_before_a_question(ask: Asker, built: Files) -> None:
    while not (asked := [path for path in ask.asked if path.startswith(STORE)]):
        ask.page.wait_for_timeout(50)
    ask.page.wait_for_timeout(300)  # what it would ask for besides
    assert asked == [path for path in ask.asked if path.startswith(STORE)] == [f"{STORE}index.js"]
    ask("phụ nữ")
    read = {path for path in ask.asked if path.startswith(STORE)}
    held = {path for path in built if path.startswith(STORE)}
    assert read == held


@pytest.mark.slow
def test_chunks_that_two_facets_rule_out_stay_unread(ask: Asker, built: Files) -> None:
    data = built[f"{STORE}index.js"]
    manifest = json.loads(data[data.index(",") + 1 : data.rindex(")")])
    answer = ask(facets={"ke-hoach": ["thai-nguyen-2021-2026"], "nam": ["2022"]}, size=10)
    assert answer["total"] > 0
    read = {path.removeprefix(STORE) for path in ask.asked}
    holds = {plan: chunk["file"] for chunk in manifest["chunks"] for plan in chunk["plans"]}
    assert holds["thai-nguyen-2021-2026"] in read
    assert holds["dong-nai-2017-2021"] not in read
    assert ask(facets={"ke-hoach": ["dong-nai-2017-2021"]})["total"] > 0
    assert holds["dong-nai-2017-2021"] in {path.removeprefix(STORE) for path in ask.asked}


def test_overtaken_questions_are_not_answered(ask: Asker) -> None:
    ask("phụ nữ")
    ids = ask.page.evaluate(
        """async () => {
          const before = messages.length
          const typed = ["kh", "khở", "khởi", "khởi ng", "khởi nghiệp"]
          const asked = typed.map(q => ask({ q }))
          await asked.at(-1)
          await new Promise(done => setTimeout(done, 300))
          return messages.slice(before).map(message => message.id)
        }"""
    )
    assert ids == sorted(ids)
    assert len(set(ids)) < 5  # those that a newer one overtook


def test_a_missing_chunk_is_told_and_tried_again(browser: Browser, built: Files) -> None:
    lost = next(path for path in sorted(built) if "/chunk-" in path)
    asker = Asker(browser, built, broken=(lost,))
    asker.page.evaluate('void ask({ q: "phụ nữ" })')
    asker.page.wait_for_function('messages.some(message => message.type === "failed")')
    asker.page.wait_for_function('messages.some(message => message.type === "answer" && !message.complete)')
    assert asker.faults == [{"type": "failed", "id": 1, "name": lost.removeprefix(STORE)}]
    asker.broken.clear()
    assert asker("phụ nữ")["complete"] is True
    asker.page.close()


@pytest.mark.parametrize("broken", rest_slow(["404", "not JSON", "another version"]))
def test_a_broken_manifest_is_told_and_tried_again(browser: Browser, built: Files, broken: str) -> None:
    path = f"{STORE}index.js"
    text = {
        "404": None,
        "not JSON": "<!doctype html>, (no)",
        "another version": 'sokehoachStore("index.js",{"version":0})',
    }
    served = {**built, path: text[broken] or ""}
    asker = Asker(browser, served, broken=(path,) if broken == "404" else ())
    asker.page.evaluate('void ask({ q: "phụ nữ" })')
    asker.page.wait_for_function('messages.some(message => message.type === "failed" && message.id === 1)')
    asker.broken.clear()
    served[path] = built[path]
    assert asker("phụ nữ")["total"] > 0
    asker.page.close()


def test_without_its_index_the_worker_scans(browser: Browser, corpus: Corpus) -> None:
    built = search_files(corpus, "lunr")
    index = next(path for path in built if "/lunr-" in path)
    asker = Asker(browser, built, broken=(index,))
    answer = asker("khởi nghiệp")
    assert (answer["complete"], asker.faults) == (True, [])
    assert answer["hits"][0]["title"]
    asker.page.close()


@pytest.mark.slow
def test_files_that_the_page_hands_over(browser: Browser, built: Files) -> None:
    """As from file://: the worker asks for each file, the page gives its data; the worker itself is a blob."""
    served = {path: text for path, text in built.items() if not path.startswith(STORE)}
    asker = Asker(browser, served)
    asker.page.evaluate("worker.terminate()")
    data = {path.removeprefix(STORE): text for path, text in built.items() if path.startswith(STORE)}
    given = {name: json.loads(text[text.index(",") + 1 : text.rindex(")")]) for name, text in data.items()}
    asker.page.add_script_tag(url=WORKER)
    asker.page.evaluate(
        "files => start(URL.createObjectURL(new Blob([`(${sokehoachWorker})()`])), false, files)",
        given,
    )
    assert asker("khởi nghiệp")["total"] == Asker(browser, built)("khởi nghiệp")["total"] > 0
    assert not [path for path in asker.asked[2:] if path.startswith(STORE) and path != f"{STORE}index.js"]
    asker.page.close()
