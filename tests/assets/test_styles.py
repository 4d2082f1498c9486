"""Published style sheets: flat for browsers without nesting; a chapter that is not valid CSS is refused."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import material
import pytest
import tinycss2
from built_site import BuiltSite

from generator.assets import SOURCES, published_assets, styles
from generator.assets.styles import STYLES, UNUSED_PARTS, stylesheet, theme_styles

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


def test_no_page_has_what_the_styles_of_the_theme_are_published_without(site: BuiltSite) -> None:
    unused = tuple(UNUSED_PARTS)
    for page in site.root.rglob("*.html"):
        classes = lxml.html.document_fromstring(page.read_bytes()).xpath("//@class")
        assert [name for value in classes for name in value.split() if name.startswith(unused)] == [], page


def test_all_else_of_the_theme_is_published(site: BuiltSite) -> None:
    """Each rule without an unused class is there, in its order."""
    (sheet,) = (Path(material.__file__).parent / "templates/assets/stylesheets").glob("main.*.css")
    rules = tinycss2.parse_stylesheet(sheet.read_text("utf-8"), skip_comments=True)
    plain = [rule.serialize() for rule in rules if not any(f".{part}" in rule.serialize() for part in UNUSED_PARTS)]
    published = theme_styles()
    place = 0
    for rule in plain:
        place = published.index(rule, place) + len(rule)
    assert len(plain) > 500
    assert not any(re.search(rf"\.{part}(?![a-z])", published) for part in UNUSED_PARTS)
    assert published in {path.read_text("utf-8") for path in (site.root / "assets").glob("theme.*.css")}
