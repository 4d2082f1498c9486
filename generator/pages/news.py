"""News: plans by the day on which they were last posted on the site or amended, else issued, as in the feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from generator.model.entities import Plan

MOST_NEWS = 5
"""News that a page shows; the feed has more."""


class News(NamedTuple):
    """A plan, the day of its latest news, and what happened; `change` is the text of an amendment."""

    plan: Plan
    day: date
    kind: Literal["posted", "amended", "issued"]
    change: str = ""


def latest_news(plans: Iterable[Plan]) -> Sequence[News]:
    """Return the latest news, one for each plan; drafts and plans without a known day have none."""
    news = [item for plan in plans if plan.status != "draft" and (item := _news_of(plan))]
    return sorted(news, key=lambda item: (item.day, item.plan.id), reverse=True)[:MOST_NEWS]


def _news_of(plan: Plan) -> News | None:
    posted = [News(plan, plan.posted_on, "posted")] if plan.posted_on else []
    amended = [News(plan, amendment.day, "amended", amendment.note) for amendment in plan.amended]
    issued = News(plan, plan.issued_on, "issued") if plan.issued_on else None
    return max((*posted, *amended), key=lambda item: item.day, default=issued)
