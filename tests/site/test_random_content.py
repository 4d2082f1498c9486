"""Whatever the check accepts is built completely, and each activity's words are on its page."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from once import Once
from random_content import contents, write_valid
from small_site import even, sokehoach


# A content that fails is printed whole; to try smaller ones would take a build each.
@pytest.mark.slow
@settings(
    max_examples=settings.default.max_examples // 12,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(contents())
def test_what_the_check_accepts_is_built(once: Once, files: dict[str, dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        content, site = Path(root, "content"), Path(root, "site")
        write_valid(files, content)
        done = sokehoach("build", "--pdf", "--content", content, "--site", site, "--cache", once.cache)
        assert done.returncode == 0, done.stderr
        for path in content.glob("plans/*.yml"):
            plan = yaml.safe_load(path.read_text("utf-8"))
            folder = site / "ke-hoach" / plan["id"]
            shown = even(lxml.html.document_fromstring((folder / "index.html").read_bytes()).text_content())
            assert [each["title"] for each in plan.get("activities", ()) if even(each["title"]) not in shown] == []
            assert {f"{plan['id']}.docx", f"{plan['id']}.pdf"} <= {path.name for path in folder.iterdir()}
