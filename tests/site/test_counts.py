"""The pages agree with the data, and the data with the YAML as typed.

Three readings are compared that share no code: the YAML by PyYAML's BaseLoader, the published JSON, the built HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from built_site import (
    BuiltPage,
    BuiltSite,
    Json,
    few,
    numbers_in,
    one,
    read_yaml,
    targets_of,
    text_of,
    units_named,
    with_class,
)

PLANS = sorted(read_yaml("plans"))


def printed(text: str | None) -> str:
    """A text as typed, with its blanks single."""
    return " ".join((text or "").split())


@pytest.fixture(scope="module", params=PLANS)
def plan(request: pytest.FixtureRequest) -> Json:
    """A plan as typed."""
    return read_yaml("plans")[request.param]


@pytest.fixture
def activities(site: BuiltSite, plan: Json) -> list[Json]:
    """The plan's activities as published."""
    return [activity for activity in site.activities if activity["plan"] == plan["id"]]


@pytest.fixture
def page(site: BuiltSite, plan: Json) -> BuiltPage:
    """The plan's page."""
    return site.page(f"ke-hoach/{plan['id']}")


# ---- YAML and JSON ----


def test_data_holds_every_activity_in_order(plan: Json, activities: list[Json]) -> None:
    """Each once, with its label, title, time and cells exactly as typed."""
    fields = ("id", "label", "title", "when")
    typed = [
        ({name: printed(one_.get(name)) for name in fields}, one_.get("by_year", {})) for one_ in plan["activities"]
    ]
    published = [({name: printed(one_[name]) for name in fields}, one_["by_year"]) for one_ in activities]
    assert published == typed


def test_data_holds_every_sub_row(plan: Json, activities: list[Json]) -> None:
    """Rows without a number of their own keep their words and cells too."""
    typed = [rows_of(activity) for activity in plan["activities"]]
    assert [rows_of(activity) for activity in activities] == typed


def rows_of(activity: Json) -> list[tuple[str, str, Json]]:
    return [
        (printed(row.get("label")), printed(row["title"]), row.get("by_year", {})) for row in activity.get("rows", ())
    ]


def test_plan_file_agrees_with_the_file_of_all(site: BuiltSite, plan: Json, activities: list[Json]) -> None:
    """Who takes one plan's file gets the same activities; headings and targets are all there, in order."""
    data = site.plans[plan["id"]]
    assert data["activities"] == activities
    assert [target["id"] for target in data["targets"]] == [one_["id"] for one_ in plan.get("targets", ())]
    assert data["outline"] == [heading["id"] for heading in plan["outline"]]
    assert [task["id"] for task in data["tasks"]] == [
        heading["id"] for heading in plan["outline"] if heading["kind"] == "task"
    ]


# ---- YAML and pages ----


def rows_on(page: BuiltPage) -> list[Any]:
    """The rows that are activities."""
    return page.article.xpath(f".//*[@id][{with_class('sk-row')}]")


def own_title(row: Any) -> Any:
    return row.xpath(f".//*[{with_class('sk-title')}]")[0]


def without_notes(element: Any) -> str:
    """The text without the marks of footnotes."""
    marks = "".join(text_of(mark) for mark in element.xpath(".//sup"))
    return text_of(element).removesuffix(marks).strip()


def test_page_shows_every_activity_in_order(plan: Json, page: BuiltPage) -> None:
    """Each once, in the document's order, with its label and title."""
    typed = [(one_["id"], printed(one_.get("label")), printed(one_["title"])) for one_ in plan["activities"]]
    shown = []
    for row in rows_on(page):
        labels = row.xpath(
            f"(./th | ./a)[{with_class('sk-no')} or {with_class('sk-label')}]",
        )
        label = text_of(labels[0]) if labels else ""
        shown.append((row.get("id"), "" if label == "–" else label, without_notes(own_title(row))))
    assert shown == typed


def test_page_shows_every_cell(plan: Json, page: BuiltPage) -> None:
    """Every yearly cell as typed, below its year and nowhere else; also the cells of sub-rows."""
    problems = []
    for activity in plan["activities"]:
        row = page.by_id[activity["id"]][0]
        if cells_of(row) != typed_cells(activity):
            problems.append(f"{activity['id']}: {cells_of(row)} is not {typed_cells(activity)}")
        for sub, typed in zip(sub_rows(row), activity.get("rows", ()), strict=True):
            if cells_of(sub) != typed_cells(typed):
                problems.append(f"{activity['id']}, {typed['title']}: {cells_of(sub)}")
    assert not problems, few(problems)


def test_page_shows_every_sub_row(plan: Json, page: BuiltPage) -> None:
    """In order, with their own words, also for the time."""
    problems = []
    for activity in plan["activities"]:
        shown = [text_of(each) for each in sub_rows(page.by_id[activity["id"]][0])]
        assert len(shown) == len(activity.get("rows", ())), activity["id"]
        problems += [
            f"{activity['id']}: {field}: {row[field]} is not in: {text}"
            for row, text in zip(activity.get("rows", ()), shown, strict=True)
            for field in ("label", "title", "when")
            if printed(row.get(field)) not in text
        ]
    assert not problems, few(problems)


def test_page_shows_when_and_who(plan: Json, page: BuiltPage) -> None:
    """The document's own words for the time, the funding and the levels, wherever it has them."""
    problems = [
        f"{activity['id']}: {field}: {activity[field]}"
        for activity in plan["activities"]
        for field in ("when", "funding", "levels_text")
        if field in activity and printed(activity[field]) not in text_of(page.by_id[activity["id"]][0])
    ]
    assert not problems, few(problems)


def test_page_shows_every_figure(plan: Json, page: BuiltPage) -> None:
    """The figures that stand inside an activity's sentences, each with its name and value."""
    problems = [
        f"{activity['id']}: {words}"
        for activity in plan["activities"]
        for measure in activity.get("measures", ())
        for words in (measure["name"], measure.get("value"))
        if printed(words) not in text_of(page.by_id[activity["id"]][0])
    ]
    assert not problems, few(problems)


def test_a_targets_work_adds_up(site: BuiltSite, plan: Json) -> None:
    """The counts of its tasks, of none and of other plans are in each year those of all."""
    for target in plan.get("targets", ()):
        page = site.page(f"chi-tieu/{plan['id']}/{target['id']}")
        for table in page.article.xpath(".//*[@id='hoat-dong']/following::table[contains(caption, 'nhiệm vụ và năm')]"):
            rows = [[text_of(cell) for cell in row.xpath("./td")] for row in table.xpath("./tbody/tr")]
            *parts, everything = [[int(cell) if cell.isdigit() else 0 for cell in row] for row in rows]
            assert [sum(column) for column in zip(*parts, strict=True)] == everything, page


def test_target_pages_show_every_figure(site: BuiltSite, plan: Json) -> None:
    """A target's own page gives each measure its name and value, and a bar for each of its years."""
    problems = []
    rows = {activity["id"]: activity for activity in plan["activities"]}
    for target in plan.get("targets", ()):
        page = site.page(f"chi-tieu/{plan['id']}/{target['id']}")
        for measure in target.get("measures", ()):
            figure = page.by_id[measure["id"]][0]
            cells = typed_cells(measure) or typed_cells(rows.get(measure.get("row"), {}))
            bars = {
                text_of(one(bar, f".//*[{with_class('sk-bars__year')}]")): text_of(one(bar, ".//b"))
                for bar in figure.xpath(f".//*[{with_class('sk-bars')}]/li")
            }
            said = printed(measure["name"]) in text_of(figure) and printed(measure.get("value")) in text_of(figure)
            if bars != cells or not said:
                problems.append(f"{target['id']}/{measure['id']}: {text_of(figure)}")
    assert not problems, few(problems)


def typed_cells(entry: Json) -> Json:
    return {year: printed(cell) for year, cell in entry.get("by_year", {}).items()}


def cells_of(row: Any) -> Json:
    """A table row's cells by their year, the empty ones left out."""
    cells = row.xpath(f"./td[{with_class('sk-cell')}]")
    found = {cell.get("data-label"): text_of(cell) for cell in cells if text_of(cell)}
    return {year: text.removeprefix(year).strip() for year, text in found.items()}


def sub_rows(row: Any) -> Iterator[Any]:
    """The rows below an activity that are none themselves."""
    if row.tag != "tr":
        yield from row.xpath(f"./*[{with_class('sk-rows')}]/li")
        return
    for after in row.itersiblings("tr"):
        if after.get("id"):
            return
        yield after


def test_page_shows_every_target_and_heading(plan: Json, page: BuiltPage) -> None:
    """Each at its anchor, in words as typed."""
    problems = [
        entry["id"]
        for entry in [*plan["outline"], *plan.get("targets", ())]
        if printed(entry.get("statement", entry["title"])) not in text_of(page.by_id[entry["id"]][0])
    ]
    assert not problems, few(problems)


def test_page_shows_the_document(plan: Json, page: BuiltPage) -> None:
    """Number, date, body, signer, recipients and footnotes: what makes a page citable."""
    text = text_of(page.article)
    shown = [plan["title"], *plan.get("recipients", ()), *plan.get("basis", ())]
    shown += [plan[name] for name in ("number", "issuing_body") if name in plan]
    shown += [plan["signer"][name] for name in ("name", "position") if name in plan.get("signer", {})]
    if "date" in plan.get("issued", {}):
        day, month, year = map(int, plan["issued"]["date"].split("/"))
        # Offices write the numbers of the first months with a zero, so that no stroke can be added.
        shown.append(f"ngày {day:02d} tháng {month:02d} năm {year}" if month < 3 else f"tháng {month} năm {year}")
    missing = [words for words in map(printed, shown) if words not in text]
    missing += [note["id"] for note in plan.get("footnotes", ()) if f"chu-thich-{note['id']}" not in page.by_id]
    assert not missing, few(missing)


# ---- Counts ----


def by_year(activities: list[Json]) -> dict[int, int]:
    return dict(sorted(Counter(year for activity in activities for year in activity["years"]).items()))


def bars_of(element: Any) -> dict[int, int]:
    """The counts in a chart of years."""
    bars = element.xpath(f".//*[{with_class('sk-bars')}]/li")
    return {
        int(text_of(one(bar, f".//*[{with_class('sk-bars__year')}]"))): numbers_in(text_of(one(bar, ".//b")))[0]
        for bar in bars
    }


def test_plan_counts(site: BuiltSite, plan: Json, activities: list[Json], page: BuiltPage) -> None:
    """The head of a plan counts its activities, targets and tasks, its filter those of each year."""
    data = site.plans[plan["id"]]
    counts = [len(activities), len(data["targets"]), len(data["tasks"])]
    head = text_of(one(page.article, f".//*[{with_class('sk-count')}]"))
    assert numbers_in(head) == [count for count in counts if count]

    years = by_year(activities)
    buttons = page.article.xpath(".//*[@data-year-filter]//button")
    assert bool(buttons) == (len(years) > 1)
    if buttons:
        undated = sum(not activity["years"] for activity in activities)
        expected = {"": len(activities), **{str(year): number for year, number in years.items()}}
        shown = {each.get("data-year"): numbers_in(text_of(each.find("small")))[0] for each in buttons}
        assert shown == expected | ({"-": undated} if undated else {})


def test_plan_rows_name_their_years(activities: list[Json], page: BuiltPage) -> None:
    """What the filter goes by is what the data says."""
    shown = {row.get("id"): row.get("data-years").split() for row in rows_on(page)}
    assert shown == {each["id"]: [str(year) for year in each["years"]] or ["-"] for each in activities}


def test_year_counts(site: BuiltSite) -> None:
    """A year's page counts and lists what is due in it, in all and for each plan and each lead."""
    for year, number in by_year(site.activities).items():
        page = site.page(f"nam/{year}")
        due = [activity for activity in site.activities if year in activity["years"]]
        plans = Counter(activity["plan"] for activity in due)
        lead = text_of(page.article.xpath(f".//*[{with_class('sk-lead')}]")[0])
        assert [each for each in numbers_in(lead) if each != year] == [number, len(plans)], year
        for plan_id, count in plans.items():
            heading = page.by_id[plan_id][0]
            assert numbers_in(text_of(heading.getnext()))[-1] == count, f"{year}, {plan_id}"
        shown = Counter(
            place.path.split("/")[1]
            for each in page.article.xpath(f".//*[{with_class('sk-act__title')}]")
            for place in page.places_in(each)
        )
        assert shown == plans, year
        leads = Counter(unit for activity in due for unit in activity["lead"])
        listed = page.article.xpath(f".//*[{with_class('sk-columns')}][1]/li")
        counted = [numbers_in(text_of(one(each, "./b")))[0] for each in listed]
        assert sorted(counted) == sorted(leads.values()), year


def test_unit_counts(site: BuiltSite) -> None:
    """A unit's page counts what it leads, partners in, carries out as a level, what its departments lead, and what is
    given to its groups; of a year what its sheet has, and lists of that what the unit itself is named for."""
    units = read_yaml("units")
    for unit in units:
        page = site.page(f"don-vi/{unit}")
        led = [activity for activity in site.activities if unit in units_named(activity, "lead")]
        partnered = [
            activity
            for activity in site.activities
            if unit in units_named(activity, "partners") and activity not in led
        ]
        inside = [
            activity
            for activity in site.activities
            if any(
                units[lead]["kind"] == "department" and units[lead].get("parent") == unit
                for lead in units_named(activity, "lead")
            )
        ]
        performed = [
            activity
            for activity in site.activities
            if unit in units_named(activity, "levels_units") and activity not in led and activity not in partnered
        ]
        own = led + partnered + performed
        groups = set(units[unit].get("member_of", ()))
        shared = [
            activity
            for activity in site.activities
            if groups & units_named(activity, "lead", "partners", "levels_units") and activity not in own
        ]
        years = by_year(own)
        summary = page.article.xpath(f".//*[{with_class('sk-lead')}]")
        counts = [len(part) for part in (led, partnered, performed, inside, shared) if part]
        assert [numbers_in(text_of(each)) for each in summary] == ([counts] if any(counts) else []), unit
        shown = {
            int(each.text): numbers_in(text_of(each.find("small")))[0]
            for each in page.article.xpath(f".//*[{with_class('sk-yearnav')}]/a")
        }
        of_sheets = by_year(own + shared + [activity for activity in inside if activity not in own + shared])
        assert shown == {year: of_sheets[year] for year in years}, unit
        for year, number in years.items():
            assert len(activities_below(page.by_id[f"nam-{year}"][0])) == number, f"{unit}, {year}"


def activities_below(heading: Any) -> list[Any]:
    """The activities listed between a heading and the next one of its rank."""
    found: list[Any] = []
    for after in heading.itersiblings():
        if after.tag == heading.tag:
            break
        found += after.xpath(f".//*[{with_class('sk-act')}]")
    return found


def test_home_counts(site: BuiltSite) -> None:
    """The doors and cards of the home page promise what is behind them."""
    page = site.page("")
    years = by_year(site.activities)
    doors = page.article.xpath(f".//*[{with_class('sk-doors')}]/li/a")
    shown = {next(iter(page.places_in(door))).path: numbers_in(text_of(one(door, "./b")))[0] for door in doors}
    assert shown == {
        "nam/index.html": len(site.activities),
        "don-vi/index.html": len(read_yaml("units")),
        "chi-tieu/index.html": sum(len(plan["targets"]) for plan in site.plans.values()),
        "chuong-trinh/index.html": len(read_yaml("programmes")),
    }
    assert bars_of(page.article) == years
    # the browser chooses the year: it finds the numbers of all
    for link in page.article.xpath(".//*[@data-this-year]"):
        assert [tuple(map(int, pair.split(":"))) for pair in link.get("data-this-year").split()] == sorted(
            years.items()
        )

    cards = page.article.xpath(f".//*[{with_class('sk-card')}]")
    assert sorted(numbers_in(text_of(one(each, f"./*[{with_class('sk-card__foot')}]"))) for each in cards) == sorted(
        [count for count in (len(plan["activities"]), len(plan["targets"]), len(plan["tasks"])) if count]
        for plan in site.plans.values()
    )


def counts_in_index(page: BuiltPage, under: str) -> dict[str, int]:
    """Of an index page: the entries below an address, with the first count that stands after each link."""
    found = {}
    for item in page.article.xpath(f".//*[{with_class('sk-rowlist')}]/li"):
        link = item.xpath(".//a")[0]
        (place,) = page.places_in(link)
        assert place.path.startswith(under), place
        rest = text_of(item).removeprefix(text_of(link))
        for figures in item.xpath(f".//*[{with_class('sk-values')}]"):  # a target's own
            rest = rest.replace(text_of(figures), "")
        found[place.path.removeprefix(under).removesuffix("/index.html")] = (numbers_in(rest) or [0])[0]
    return found


def test_index_counts(site: BuiltSite) -> None:
    """The lists of years, tasks, targets and programmes count each entry's activities."""

    def counted(key: Callable[[Json], list[str]]) -> Counter[str]:
        return Counter(name for activity in site.activities for name in key(activity))

    tasks = counted(lambda one_: [f"{one_['plan']}/{one_['task']}"] if one_["task"] else [])
    targets = counted(targets_of)
    mentions = counted(lambda one_: one_["programmes"])
    for plan in site.plans.values():
        tasks.update({f"{plan['id']}/{task['id']}": 0 for task in plan["tasks"]})
        targets.update({f"{plan['id']}/{target['id']}": 0 for target in plan["targets"]})
        for target in plan["targets"]:
            mentions.update(target.get("programmes", ()))
    mentions.update(dict.fromkeys(read_yaml("programmes"), 0))
    years = {str(year): number for year, number in by_year(site.activities).items()}
    assert counts_in_index(site.page("nam"), "nam/") == years
    assert counts_in_index(site.page("nhiem-vu"), "nhiem-vu/") == tasks
    assert counts_in_index(site.page("chi-tieu"), "chi-tieu/") == targets
    assert counts_in_index(site.page("chuong-trinh"), "chuong-trinh/") == mentions


def test_subject_counts(site: BuiltSite) -> None:
    """The pages of tasks, targets and programmes list as many activities as the data gives them."""
    problems = []
    for folder, key in (
        ("nhiem-vu", lambda one_: [f"{one_['plan']}/{one_['task']}"] if one_["task"] else []),
        ("chi-tieu", targets_of),
        ("chuong-trinh", lambda one_: one_["programmes"]),
    ):
        for name, number in Counter(each for activity in site.activities for each in key(activity)).items():
            listed = site.page(f"{folder}/{name}").article.xpath(f".//*[{with_class('sk-act')}]")
            if len(listed) != number:
                problems.append(f"{folder}/{name}: {len(listed)} listed, {number} in the data")
    assert not problems, few(problems)
