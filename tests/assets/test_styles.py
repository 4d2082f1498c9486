"""Style sheets as published: flat for browsers that know no nesting, and refused where a chapter is no CSS."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.assets import SOURCES, published_assets, styles
from generator.assets.styles import STYLES, stylesheet

SHEETS = sorted(path.name for path in STYLES.iterdir())


def test_every_folder_of_styles_is_published() -> None:
    sheets = [text for path, text in published_assets().files.items() if path.endswith(".css")]
    assert len(sheets) == len(SHEETS)
    for name in SHEETS:  # the theme's colours stand before our own rules
        assert any(sheet.endswith(stylesheet(name)) for sheet in sheets), name


@pytest.mark.parametrize("name", SHEETS)
def test_no_rule_stands_inside_another(name: str) -> None:
    """A browser without nesting drops such a rule. Only `@` blocks hold rules."""
    open_blocks: list[str] = []
    for prelude, brace in re.findall(r"([^{}]*)([{}])", re.sub(r'"[^"]*"', '""', stylesheet(name))):
        if brace == "}":
            open_blocks.pop()
            continue
        assert all(outer.startswith("@") for outer in open_blocks), f"{open_blocks[-1]} holds {prelude}"
        open_blocks.append(prelude.rpartition(";")[2].strip())
    assert not open_blocks


@pytest.mark.parametrize("name", SHEETS)
def test_chapters_are_of_one_look(name: str) -> None:
    """A file that can be read at once, and the place in the page named once in it."""
    for path in sorted((STYLES / name).glob("*.css")):
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 250, path
        assert text.count(".md-content .md-typeset {") <= 1, path
        assert not re.search(r"\.md-content \.md-typeset [^{]", text), path


def test_a_fault_names_its_chapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sheet").mkdir()
    (tmp_path / "sheet" / "01-a.css").write_text("a { b { color: red; } }", "utf-8")
    (tmp_path / "sheet" / "02-b.css").write_text("a { color: red; }\n}\nb { color: red; }", "utf-8")
    monkeypatch.setattr(styles, "STYLES", tmp_path)
    with pytest.raises(ValueError, match=r"02-b\.css:1"):
        stylesheet("sheet")


def test_names_follow_the_content() -> None:
    """Published paths carry a hash, and none of them lies where sources do."""
    for path in published_assets().files:
        assert re.fullmatch(r"assets/[a-z]+\.[0-9a-f]{8}\.(css|js)", path)
        assert not path.startswith(SOURCES)
