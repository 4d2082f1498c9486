"""News on the home page and on that of all plans, latest first."""

from __future__ import annotations

import re
from pathlib import Path

from built_site import BuiltSite, read_yaml, text_of, with_class
from golden import corpus_of

from generator.pages.page import Options
from generator.site.tasks import site_files


def test_news_are_those_of_the_feed() -> None:
    """Of a plan that nobody says when it was posted the day of issue counts, on pages as in the feed."""
    files = site_files(corpus_of(Path(__file__).parents[1] / "merged_units.txt"), Options())
    feed = re.findall(r'<entry>.*?href="\.\./ke-hoach/([^/]*)/', files["du-lieu/atom.xml"], re.DOTALL)
    for page in ("index.md", "ke-hoach/index.md"):
        news = files[page].partition('sk-news">')[2].partition("</ul>")[0]
        assert re.findall(r'href="[^"]*?([^"/]*)/"', news) == feed[:5]
        assert news.count("ban hành") == 4 and "sửa đổi, bổ sung: Mục 1: lùi đến quý II." in news


def test_news_stand_by_the_day_posted_or_amended(site: BuiltSite) -> None:
    days = {}
    for id_, plan in read_yaml("plans").items():
        told = [plan["posted"]] if "posted" in plan else []
        told += [amendment["date"] for amendment in plan.get("amended", ())]
        if told and plan["status"] != "draft":
            days[id_] = max("-".join(part.zfill(2) for part in reversed(day.split("/"))) for day in told)
    latest = sorted(days.items(), key=lambda pair: (pair[1], pair[0]), reverse=True)[:5]
    for folder in ("", "ke-hoach"):
        items = site.page(folder).article.xpath(f"//ul[{with_class('sk-news')}]/li")
        shown = [
            (item.xpath("./a/@href")[0].rstrip("/").split("/")[-1], item.xpath("./time/@datetime")[0]) for item in items
        ]
        assert shown == latest
        assert all("mới đăng" in text_of(item) or "sửa đổi" in text_of(item) for item in items)
        assert site.page(folder).article.xpath("//a[contains(@href, 'atom.xml')]")
