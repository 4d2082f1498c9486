"""The home page, and the indexes of plans, tasks, targets, years, units and programmes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.model.corpus import Corpus
from generator.model.entities import LEVELS, Plan, Unit
from generator.pages.links import PLANS, PROGRAMMES, TARGETS, TASKS, UNITS, YEARS
from generator.pages.listing import MOST_PLANS, MOST_UNIONS, activities_with, is_local, overview_of
from generator.pages.news import latest_news
from generator.pages.page import Options, Page, index_page


def home_page(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Yield `/`."""
    counts = due_by_year(corpus)
    yield index_page(
        "",
        "home",
        options,
        hide=("navigation", "toc"),
        groups=by_level(corpus, corpus.plans.values()),
        news=latest_news(corpus.plans.values()),
        target_count=sum(plan.size.targets for plan in corpus.plans.values() if plan.in_force),
        total=sum(plan.size.activities for plan in corpus.plans.values() if plan.in_force),
        counts=counts,
        year_counts=" ".join(f"{year}:{number}" for year, number in counts.items() if number),
    )


def plans_index(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Yield `/ke-hoach/`."""
    overview = overview_of(corpus, list(corpus.plans.values()))
    news = latest_news(corpus.plans.values())
    yield index_page(PLANS, "plans", options, groups=by_level(corpus, overview.shown), overview=overview, news=news)


def tasks_index(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Yield `/nhiem-vu/`."""
    plans = [plan for plan in corpus.plans.values() if plan.size.tasks]
    yield index_page(
        TASKS, "tasks", options, overview=overview_of(corpus, plans), detailed=_plans_in_detail(corpus, plans)
    )


def targets_index(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Yield `/chi-tieu/`."""
    plans = [plan for plan in corpus.plans.values() if plan.size.targets]
    yield index_page(
        TARGETS, "targets", options, overview=overview_of(corpus, plans), detailed=_plans_in_detail(corpus, plans)
    )


def _plans_in_detail(corpus: Corpus, plans: Sequence[Plan]) -> set[str]:
    """Return the plans whose entries an index shows: all if they are few, else those of the central level."""
    few = len(plans) <= MOST_PLANS
    return {plan.id for plan in plans if few or corpus.units[plan.issuer].level == "central"}


def years_index(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Yield `/nam/`."""
    counts = due_by_year(corpus)
    plans_of = {year: len(activities.in_force.by_plan()) for year, activities in corpus.of_year.items()}
    yield index_page(YEARS, "years", options, counts=counts, plans_of=plans_of)


def units_index(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Yield `/don-vi/`."""
    few = sum(unit.kind == "union" for unit in corpus.units.values()) <= MOST_UNIONS

    def of_kind(kind: str) -> list[Unit]:
        shown = (unit for unit in corpus.units.values() if unit.kind == kind and (few or not is_local(unit)))
        members = [unit for unit in shown if kind != "group" or not unit.parent]
        return sorted(members, key=lambda unit: LEVELS.index(unit.level) if unit.level else len(LEVELS))

    def count(unit: Unit) -> int:
        return len(activities_with(corpus, unit).in_force)

    def inner(unit: Unit) -> int:
        children = corpus.children.get(unit.id, ())
        return 0 if few else sum(is_local(child) and child.kind == "union" for child in children)

    yield index_page(UNITS, "units", options, count=count, of_kind=of_kind, inner=inner)


def programmes_index(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Yield `/chuong-trinh/`."""
    targets = corpus.targets_of_programme
    counts = {id_: len(corpus.of_programme.of(id_).in_force) + len(targets.get(id_, ())) for id_ in corpus.programmes}
    yield index_page(PROGRAMMES, "programmes", options, counts=counts)


def due_by_year(corpus: Corpus) -> Mapping[int, int]:
    """Return how many activities are due in each year."""
    return {year: len(activities.in_force) for year, activities in corpus.of_year.items()}


def by_level(corpus: Corpus, plans: Iterable[Plan]) -> Mapping[str, Sequence[Plan]]:
    """Return plans by the level of their issuer, highest level first."""
    groups: dict[str, list[Plan]] = {level: [] for level in (*LEVELS, "other")}
    for plan in plans:
        groups[corpus.units[plan.issuer].level or "other"].append(plan)
    return {level: members for level, members in groups.items() if members}
