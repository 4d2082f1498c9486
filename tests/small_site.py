"""A small content tree, and the command that builds it, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from built_site import ROOT

LONGEST = 300
PLAN = """\
id: thu
title: {title}
kind: annual
status: published
issuer: hoi
period: {{from: 2024, to: 2024}}
layout: outline
source: {{document: {document}}}
outline:
  - {{id: nv1, kind: task, title: Nhiệm vụ}}
activities:
  - {{id: a1, section: nv1, title: {activity}, lead: [hoi]}}
"""


def sokehoach(*words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command; what hangs is ended."""
    command = [sys.executable, "-m", "generator", *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def even(text: str) -> str:
    """A text in small letters with single blanks."""
    return " ".join(text.casefold().split())


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def content_in(folder: Path, **given: str) -> Path:
    """Write a small content; texts are put in as JSON strings, which YAML reads."""
    for name in ("plans", "units", "programmes"):
        (folder / name).mkdir(parents=True)
    texts = {"title": "Kế hoạch", "document": "Văn bản", "activity": "Họp", "unit": "Hội", **given}
    plan = PLAN.format(**{name: json.dumps(text) for name, text in texts.items()})
    (folder / "plans" / "thu.yml").write_text(plan, encoding="utf-8")
    (folder / "units" / "hoi.yml").write_text(
        f"id: hoi\nname: {json.dumps(texts['unit'])}\nkind: union\n", encoding="utf-8"
    )
    return folder
