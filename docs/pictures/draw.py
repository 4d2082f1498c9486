"""Draws the pictures of the contributors' guide into content/pages/dong-gop/hinh: `make pictures`.

Nothing is painted by hand: the site is built from what the guide types, and the completion is what the language server
offers. Needs Chromium, Node.js and the language server, as the tests do (`.ci/chromium`, `.ci/editor`).
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from built_site import ROOT
from guide import STEPS, typed_files
from language_server import LanguageServer
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import YamlLexer
from served import served
from vscode import read_settings

from generator.source.source_files import FOLDERS

HERE = Path(__file__).parent
OUT = ROOT / "content" / "pages" / "dong-gop" / "hinh"
PLAN = "content/plans/minh-hoa-2026-2027.yml"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


def main() -> None:
    """All pictures."""
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as started, tempfile.TemporaryDirectory() as folder:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        draw_document(browser)
        draw_completion(browser)
        draw_site(browser, Path(folder))
        draw_windows(browser, Path(folder) / "ke-hoach-cua-toi")
        browser.close()


def draw_document(browser: Browser) -> None:
    """Return the printed plan of which the guide makes a page, its parts numbered."""
    page = browser.new_page(viewport={"width": 800, "height": 900})
    page.goto((HERE / "van-ban.html").as_uri())
    save(page, "van-ban", page.locator("body").bounding_box())


def draw_completion(browser: Browser) -> None:
    """Return what the editor offers after `kind:`, in a frame that looks like an editor."""
    lines = typed_files(STEPS)[PLAN].split("\n")
    text = "\n".join([*lines[: next(i for i, line in enumerate(lines) if line.startswith("kind:"))], "kind: "])
    server = LanguageServer(shutil.which("node") or "node", ROOT, read_settings("yaml"))
    server.opens(ROOT / PLAN, text)
    offered = server.completes(ROOT / PLAN, text.count("\n"), len("kind: "))
    server.ends()

    coloured = highlight(text, YamlLexer(), HtmlFormatter(nowrap=True)).rstrip("\n").split("\n")
    numbered = [f'<span class="no">{number}</span>{line}' for number, line in enumerate(coloured, 1)]
    # A long line runs out of the frame, as it does on a screen.
    code = "\n".join([*numbered[:-1], f'{numbered[-1].rstrip()} <span class="caret"></span>'])
    values = "".join(f"<li>{html.escape(label)}</li>" for label in offered)
    explained = html.escape(next(iter(offered.values()))["documentation"])
    page = browser.new_page(viewport={"width": 800, "height": 400})
    page.set_content(
        f"<style>{(HERE / 'editor.css').read_text('utf-8')}</style>"
        f'<div class="window"><div class="tab"><b>{Path(PLAN).name}</b></div><pre>{code}</pre>'
        f'<div class="popup"><ul>{values}</ul><p>{explained}</p></div></div>'
    )
    save(page, "goi-y", {"x": 0, "y": 0, "width": 800, "height": 344})


def draw_site(browser: Browser, folder: Path) -> None:
    """Return the page of the plan, and where "Sửa trang này" stands."""
    shutil.copytree(ROOT / "content", folder / "content")
    for name, text in typed_files(STEPS).items():
        (folder / name).write_text(text, encoding="utf-8")
    address = {"REPO_URL": "https://github.com/to-chuc/so-ke-hoach", "EDIT_URI": "edit/main/content/pages/"}
    build = [Path(sys.executable).with_name("sokehoach"), "build", "--content", folder / "content"]
    subprocess.run([*build, "--site", folder / "site"], env={**os.environ, **address}, check=True, cwd=ROOT)
    with served(folder / "site") as base:
        page = browser.new_page(viewport={"width": 1000, "height": 1400}, locale="vi-VN", bypass_csp=True)
        page.goto(f"{base}ke-hoach/{Path(PLAN).stem}/")
        page.wait_for_load_state("networkidle")
        # The header would hide the place that is shown.
        page.add_style_tag(content=".md-header, .md-tabs { position: static !important } .md-top { display: none }")
        foot = page.locator("#nv2").bounding_box()
        save(page, "trang", {"x": 0, "y": 0, "width": 1000, "height": foot["y"] if foot else 1400})
        page.add_style_tag(content=".sk-edit { outline: 3px solid #d2691e; outline-offset: 5px; border-radius: 3px }")
        save(page, "sua", {"x": 0, "y": 0, "width": 1000, "height": 330})


def draw_windows(browser: Browser, folder: Path) -> None:
    """Return a check in a command window, with the fault of the guide's steps, and the bundle opened from disk."""
    for name in FOLDERS:
        shutil.copytree(ROOT / "content" / name, folder / name)
    files = {name.removeprefix("content/"): text for name, text in typed_files(STEPS).items()}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    unknown = folder / next(name for name in files if name.startswith("units/tram-"))
    unknown.unlink()
    program = Path(sys.executable).with_name("sokehoach")
    # An environment that is active names the program without its path, as in the picture's prompt.
    active = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}
    check = subprocess.run([program, "check"], cwd=folder, env=active, capture_output=True, text=True, check=False)
    prompt = r"(sokehoach) C:\ke-hoach-cua-toi&gt;"
    page = browser.new_page(viewport={"width": 1036, "height": 337})
    page.set_content(
        f"<style>{(HERE / 'console.css').read_text('utf-8')}</style>"
        '<div class="window"><div class="bar">Command Prompt<span>–□×</span></div>'
        f"<pre>{prompt}<b>sokehoach check</b>\n{html.escape(check.stdout.strip())}\n\n{prompt}</pre></div>"
    )
    save(page, "windows-check", page.locator("body").bounding_box())
    unknown.write_text(files[unknown.relative_to(folder).as_posix()], encoding="utf-8")
    site = folder.with_name("site-windows")
    subprocess.run([program, "build", "--offline", "--content", folder, "--site", site], check=True)
    page = browser.new_page(viewport={"width": 1036, "height": 620}, locale="vi-VN")
    page.goto((site / "index.html").as_uri())
    save(page, "windows-site", {"x": 0, "y": 0, "width": 1036, "height": 620})


def save(page: Page, name: str, clip: dict[str, float] | None) -> None:
    """Return a part of a page as a PNG of few colours, a quarter as large as Chromium's."""
    drawn = Image.open(BytesIO(page.screenshot(clip=clip, full_page=True)))  # type: ignore[arg-type]
    few = drawn.convert("RGB").quantize(48, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(OUT / f"{name}.png", optimize=True)
    print(f"{name}.png: {drawn.width} × {drawn.height}, {(OUT / f'{name}.png').stat().st_size // 1000} KB")


if __name__ == "__main__":
    main()
