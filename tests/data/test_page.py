"""`/du-lieu/` explains every field of the content, every column of the tables and every field of the JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from generator.data.calendar_days import DIGESTS
from generator.data.data_page import data_page
from generator.incremental import Build
from generator.language.vietnamese import format_date
from generator.model.corpus import Corpus
from generator.pages.page import Options
from generator.pages.render import render_page


@pytest.fixture(scope="module")
def page(corpus: Corpus) -> Any:
    """The page's own text, as HTML."""
    options = Options()
    (made,) = data_page(corpus, options)
    text = render_page(made, corpus, options, Build()).text
    return lxml.html.fromstring(f"<div>{text}</div>")


def names(node: Any, root: Any, above: str = "") -> Iterator[str]:
    """Every field of an entry in a schema, those of groups with a point; lists of entries explained apart are not."""
    for name, field in node["properties"].items():
        yield above + name
        inner = field.get("items", field)
        if "properties" in inner:
            yield from names(inner, root, f"{above}{name}.")


def test_every_field_of_the_schemas_is_explained(page: Any) -> None:
    for kind in ("plan", "unit", "programme"):
        schema = json.loads(Path(f"schema/{kind}.schema.json").read_text("utf-8"))
        entries = {kind: schema, **{name: entry for name, entry in schema["$defs"].items() if "properties" in entry}}
        for anchor, entry in entries.items():
            (table,) = page.xpath(f"(//table[preceding::text()[contains(., '#truong-{anchor} ')]])[1]")
            explained = {cell.text_content().split()[0] for cell in table.xpath(".//tbody//th")}
            assert explained == set(names(entry, schema)), anchor


def test_the_days_of_a_calendar_are_said_and_no_subscription_without_an_address(corpus: Corpus, page: Any) -> None:
    text = " ".join(page.text_content().split())
    days = [format_date(date(2026, month, day)) for month, day in DIGESTS.values()]
    assert all(day.removesuffix("/2026") in text for day in days)
    assert "đăng ký" not in text
    options = Options(site_url="https://hoi.example/so/")
    (made,) = data_page(corpus, options)
    assert "nút đăng ký lịch" in render_page(made, corpus, options, Build()).text


def test_every_column_and_every_field_of_json_is_explained(page: Any, files: dict[str, bytes]) -> None:
    headings = {cell.text_content().strip() for cell in page.xpath("//tbody//th")}
    package = json.loads(files["du-lieu/datapackage.json"])
    for resource in package["resources"]:
        titles = {field["name"] for field in resource["schema"]["fields"]}
        assert {title for title in titles if not title[:4].isdecimal()} <= headings
    assert {"2026", "2026 (như in)"} <= headings
    for activity in json.loads(files["du-lieu/hoat-dong.json"])["activities"]:
        assert activity.keys() <= headings


def test_every_file_of_plans_and_years_is_offered(page: Any, files: dict[str, bytes]) -> None:
    offered = {link.get("href").removeprefix("../") for link in page.xpath("//a[@href]")}
    assert {path for path in files if not path.startswith("du-lieu/don-vi/")} <= offered


def test_every_rule_by_which_a_time_is_read_is_explained(page: Any) -> None:
    cases = Path(__file__).parents[1] / "language" / "times.yml"
    rules = set(re.findall(r"\.\.\d{4}-\d\d-\d\d ([a-z-]+)", cases.read_text("utf-8")))
    told = {rule for code in page.xpath("//th/code") for rule in code.text_content().split(", ")}
    assert rules
    assert rules | {"due", "deadline"} <= told
