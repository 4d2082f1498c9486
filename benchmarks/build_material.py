"""The files of Material's stock search: `python -m benchmarks.build_material TEXTS OUT`.

What MkDocs' search plugin writes for a site on which every activity is an entry, with the configuration of our
mkdocs.yml (`lang: vi`), and the theme's worker. The index itself is built by the worker in the browser.
"""

from __future__ import annotations

import json
import shutil
import sys
from importlib.resources import files
from pathlib import Path


def main(source: str, out: str) -> None:
    texts = json.loads(Path(source).read_text(encoding="utf-8"))
    entries = zip(texts["key"], texts["title"], texts["text"], strict=True)
    fields = {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}}
    config = {"lang": ["vi"], "separator": r"[\s\-]+", "pipeline": ["stopWordFilter"], "fields": fields}
    docs = [{"location": f"{key}/", "title": title, "text": text} for key, title, text in entries]
    folder = Path(out)
    (folder / "search").mkdir(parents=True, exist_ok=True)
    written = json.dumps({"config": config, "docs": docs}, separators=(",", ":"))
    (folder / "search/search_index.json").write_text(written)
    scripts = Path(str(files("material").joinpath("templates/assets/javascripts")))
    for name in ("workers", "lunr"):
        ignored = shutil.ignore_patterns("*.map")
        shutil.copytree(scripts / name, folder / "assets/javascripts" / name, dirs_exist_ok=True, ignore=ignored)
    worker = next((folder / "assets/javascripts/workers").glob("search.*.js"))
    (folder / "material.json").write_text(json.dumps({"worker": f"assets/javascripts/workers/{worker.name}"}))


if __name__ == "__main__":
    main(*sys.argv[1:])
