"""The preview: how long after a save the browser shows it. `python -m benchmarks.preview`.

`sokehoach serve` on a copy of the content, a page of a plan open in real Chromium; the plan's title is saved anew, and
the clock runs until the page shows it. Prints a table (Markdown).
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from benchmarks.chromium import CHROMIUM
from generator.site.request import preview_site

ROOT = Path(__file__).parents[1]
_SHOWN = "title => document.querySelector('h1')?.textContent.includes(title)"


def saves(content: Path, plan: str, times: int) -> Iterator[float]:
    """Seconds from each save to its sight."""
    path = content / "plans" / f"{plan}.yml"
    with preview(content) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"{running.address}ke-hoach/{plan}/")
        for number in range(times):
            # Saves come at any time, also while the last one is being finished.
            time.sleep(0.3 + 2.7 * (0.618 * number % 1))
            title = f"Lần lưu thứ {number + 1}"
            text = re.sub(r"^title: .*$", f"title: {title}", path.read_text("utf-8"), count=1, flags=re.M)
            began = time.perf_counter()
            path.write_text(text, encoding="utf-8")
            page.wait_for_function(_SHOWN, arg=title, polling=10)
            yield time.perf_counter() - began
        browser.close()


class Preview(NamedTuple):
    """A running `sokehoach serve`, the address that it has told, and the site that it builds."""

    process: subprocess.Popen[str]
    address: str
    site: Path


@contextmanager
def preview(content: Path, cache: Path | None = None) -> Iterator[Preview]:
    """`sokehoach serve` of a content tree, from its first page on. `RuntimeError` if it ends before."""
    serve = [sys.executable, "-m", "generator", "serve", "--port", "0", "--content", str(content)]
    with (
        tempfile.TemporaryDirectory() as own,
        subprocess.Popen(
            [*serve, "--cache", str(cache or own)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process,
    ):
        try:
            assert process.stdout
            address = re.search(r"http://\S+", process.stdout.readline())
            if not address:
                raise RuntimeError("the preview has ended")
            Thread(target=process.stdout.read, daemon=True).start()  # what nobody reads would fill the pipe
            with urlopen(address[0]):
                yield Preview(process, address[0], preview_site((cache or Path(own)).resolve(), content.resolve()))
        finally:
            process.terminate()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preview", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--content", type=Path, default=ROOT / "content", help="the content tree (a copy is edited)")
    parser.add_argument("--plans", nargs="+", default=["da-nang-2023", "thai-nguyen-2021-2026"], metavar="ID")
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args(arguments)
    lines = ["| plan | saves | seconds, median | least | most |", "| :--- | ---: | ---: | ---: | ---: |"]
    for plan in given.plans:
        with tempfile.TemporaryDirectory() as folder:
            content = Path(folder) / "content"
            shutil.copytree(given.content, content)
            found = list(saves(content, plan, given.times))
        row = (plan, len(found), *(f"{seconds:.2f}" for seconds in (statistics.median(found), min(found), max(found))))
        lines.append(f"| {' | '.join(map(str, row))} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
