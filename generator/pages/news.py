"""What is new: plans by the day on which they were posted on the site or amended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from generator.model.entities import Plan

MOST_NEWS = 5
"""News that a page shows; the feed has more."""


class News(NamedTuple):
    """A plan, the day of its latest news, and what an amendment changed; `change` is empty where it was posted."""

    plan: Plan
    day: date
    change: str = ""


def latest_news(plans: Iterable[Plan]) -> Sequence[News]:
    """Return the latest news, one of each plan; drafts, and plans of which no day is known, have none."""
    news = [item for plan in plans if plan.status != "draft" and (item := _news_of(plan))]
    return sorted(news, key=lambda item: (item.day, item.plan.id), reverse=True)[:MOST_NEWS]


def _news_of(plan: Plan) -> News | None:
    posted = [News(plan, plan.posted_on)] if plan.posted_on else []
    amended = [News(plan, amendment.day, amendment.note) for amendment in plan.amended]
    return max((*posted, *amended), key=lambda item: item.day, default=None)
