"""Files of the search's results: exactly what is found, and only texts."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from built_site import BuiltSite
from playwright.sync_api import Route, expect
from search_page import PAGE, address, all_keys, downloaded, total
from visitor import Visitor

pytestmark = pytest.mark.browser


def test_files_hold_exactly_what_is_found(reader: Visitor, site: BuiltSite) -> None:
    known = {f"{each['plan']}/{each['id']}": each for each in site.activities}
    page, _ = reader.opens(address(q="phu nu", nam="2025"))
    number = total(page)
    table, data = downloaded(page, "csv"), json.loads(downloaded(page, "json"))
    shown = all_keys(page)
    assert len(shown) == number > 20

    assert [f"{each['plan']}/{each['id']}" for each in data["activities"]] == shown
    assert data["query"] == {"q": "phu nu", "nam": ["2025"], "sort": "relevance"}
    assert data["address"] == page.url
    for each in data["activities"]:
        activity = known[f"{each['plan']}/{each['id']}"]
        assert each["url"] == reader.own + activity["url"]
        for name in ("lead", "partners", "years", "task"):
            assert each[name] == activity[name]
        assert each["levels_units"] == activity.get("levels_units", [])
    assert any(each["levels_units"] for each in data["activities"])

    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert [row["Địa chỉ"] for row in rows] == [each["url"] for each in data["activities"]]
    assert [row["Hoạt động"] for row in rows] == [each["title"] for each in data["activities"]]
    for column, name in (("Phối hợp", "partners"), ("Đơn vị cấp thực hiện", "levels_units")):
        assert [len(row[column].split("; ")) if row[column] else 0 for row in rows] == [
            len(each[name]) for each in data["activities"]
        ]
    of_all = (site.root / "du-lieu/hoat-dong.csv").read_text("utf-8-sig").split("\n")[0]
    assert '"TT"' in of_all
    assert [row["TT"] for row in rows] == [each["label"] or "" for each in data["activities"]]


HOSTILE = '=HYPERLINK("x")<img src=x onerror="self.hacked=1"><script>self.hacked=1</script> & “phụ nữ”, khởi nghiệp'


@pytest.mark.slow
def test_texts_are_only_texts(reader: Visitor, site: BuiltSite) -> None:
    """What a document says becomes no markup and no formula."""
    page, watch = reader.opens(PAGE)
    title = " ".join(site.activities[0]["title"].split())

    def spoil(route: Route) -> None:
        text = route.fetch().text().replace(json.dumps(title, ensure_ascii=False), json.dumps(HOSTILE))
        route.fulfill(body=text, content_type="text/javascript")

    page.context.route(re.compile(r"/kho/(chunk|texts)-"), spoil)
    page.goto(reader.own + address(ke_hoach=site.activities[0]["plan"]))
    total(page)
    card = page.locator("[data-activity]").filter(has_text="=HYPERLINK")
    expect(card).to_contain_text(HOSTILE)
    assert card.locator("img, script").count() == 0
    rows = list(csv.reader(io.StringIO(downloaded(page, "csv").decode("utf-8-sig"), newline="")))
    assert f"'{HOSTILE}" in {cell for row in rows for cell in row}
    assert not [cell for row in rows for cell in row if re.match(r"\s*[=+\-@]", cell)]
    assert page.evaluate("self.hacked") is None
    assert not watch.faults


@pytest.mark.slow
def test_the_button_to_print_takes_all_that_is_found(reader: Visitor) -> None:
    page, watch = reader.opens(address(nam="2025"))
    number = total(page)
    assert page.locator("[data-activity]").count() < number
    assert re.search(rf"Đang xem \d+ trong {number} hoạt động", page.locator(".sk-printed").first.text_content() or "")
    page.evaluate("window.print = () => { window.printedCards = document.querySelectorAll('[data-activity]').length }")
    page.locator("[data-print]").click()
    expect(page.locator("[data-activity]")).to_have_count(number)
    assert page.evaluate("window.printedCards") == number
    assert "Đang xem" not in (page.locator(".sk-printed").first.text_content() or "")
    assert not watch.faults
