"""What is new stands on the home page and on that of all plans, the latest first."""

from __future__ import annotations

from built_site import BuiltSite, read_yaml, text_of, with_class


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
