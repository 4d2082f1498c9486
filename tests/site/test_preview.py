"""The preview in a real browser: a saved change is seen, a fault is told, the last good version stays."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.preview import preview
from generator.site.request import ROOT

PLAN = "plans/da-nang-2023.yml"
PATIENCE = 60_000
"""Milliseconds: how long a build may take on a machine that is busy with other things."""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("preview") / "content"
    for name in ("plans", "units", "programmes"):
        shutil.copytree(ROOT / "content" / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def address(content: Path) -> Iterator[str]:
    with preview(content) as address:
        yield address


@pytest.mark.browser
def test_change_fault_and_mending_are_seen(address: str, content: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}ke-hoach/da-nang-2023/")
    path = content / PLAN
    good = path.read_text("utf-8")
    title = re.search(r"^title: (.*)$", good, re.M)
    assert title

    path.write_text(good.replace(title[0], "title: Kế hoạch vừa được lưu", 1), encoding="utf-8")
    expect(page.locator("h1")).to_contain_text("vừa được lưu", ignore_case=True, timeout=PATIENCE)

    # What else the plan is published as comes later, so that nobody waits for it.
    end = time.monotonic() + PATIENCE / 1000
    while "Kế hoạch vừa được lưu" not in urlopen(f"{address}du-lieu/ke-hoach/da-nang-2023.json").read().decode():
        assert time.monotonic() < end
        time.sleep(0.1)

    path.write_text(good.replace("\nkind:", "\nkin:", 1), encoding="utf-8")
    fault = page.locator("article").filter(has_text="unknown-field")
    expect(fault).to_contain_text("da-nang-2023.yml", timeout=PATIENCE)
    expect(fault).to_contain_text("kind")
    page.get_by_role("link", name="xem bản tốt gần nhất").click()
    expect(page.locator("h1")).to_contain_text("vừa được lưu", ignore_case=True)
    page.goto(f"{address}ke-hoach/da-nang-2023/")
    expect(fault).to_be_visible()

    path.write_text(good, encoding="utf-8")
    expect(page.locator("h1")).not_to_contain_text("vừa được lưu", ignore_case=True, timeout=PATIENCE)
    expect(page.locator(".sk-row").first).to_be_visible(timeout=PATIENCE)
    page.close()
