"""What every builder needs of ours to make the same pages: the words, and the shell around a page's article.

The shell is cut out of pages that we built, so that bytes compare; the other builders only fill in its texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
EXAMPLES = ("", "ke-hoach/", "ke-hoach/{plan}/", "chi-tieu/{plan}/{target}/")
"""A page at each depth."""

_TEXTS = (
    r'<meta name="description" content="([^"]*)">',
    r"<title>(.*?)(?: - [^<]*)?</title>",
    r'data-md-component="header-topic">\s*<span class="md-ellipsis">\s*(.*?)\s*</span>',
    r'<article class="md-content__inner md-typeset">(.*)</article>',
)
_CONTENTS = re.compile(r'<nav class="md-nav md-nav--secondary".*?</nav>(?=\s*</div>)', re.DOTALL)


def write_data(site: Path, out: Path) -> None:
    """`words.json` and `shell.json`, from a site that we built: for each depth the pieces of a page between its
    description, its title, its title in the header, and its article."""
    out.mkdir(parents=True, exist_ok=True)
    words = yaml.safe_load((ROOT / "generator/language/vi.yml").read_text(encoding="utf-8"))["site"]
    plan = min(path.name for path in (site / "ke-hoach").iterdir() if path.is_dir())
    target = min(path.name for path in (site / "chi-tieu" / plan).iterdir())
    shell: dict[str, Sequence[str] | str] = {}
    for depth, example in enumerate(EXAMPLES):
        page = site / example.format(plan=plan, target=target) / "index.html"
        shell[str(depth)] = pieces(page.read_text(encoding="utf-8"))
    # Buttons and the line for paper, the same on every page: nothing to render, but bytes.
    last = page.read_text(encoding="utf-8")
    for name in ("actions", "printed"):
        found = re.search(rf'<div class="sk-{name}".*?</div>', last, re.DOTALL)
        shell[name] = found.group(0) if found else ""
    # The title of a heading's link to itself is MkDocs' setting, not one of our words.
    permalink = re.search(r'class="headerlink"[^>]*title="([^"]*)"', last)
    words["heading"] = permalink.group(1) if permalink else ""
    # What the whole site is about is a setting, too.
    home = re.search(_TEXTS[0], (site / "index.html").read_text(encoding="utf-8"))
    words["description"] = home.group(1) if home else ""
    for name, content in (("words", words), ("shell", shell)):
        (out / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def pieces(page: str) -> Sequence[str]:
    """A page without its texts, in the pieces between them. Its table of contents is left out: it is the page's own."""
    found, rest = [], _CONTENTS.sub("", page)
    for text in _TEXTS:
        match = re.search(text, rest, re.DOTALL)
        if not match:
            raise ValueError(f"a page of ours has no {text}")
        found.append(rest[: match.start(1)])
        rest = rest[match.end(1) :]
    return [*found, rest]
