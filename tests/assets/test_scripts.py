"""Modules bundled as classic scripts: unique names, no module syntax left, licences kept, one worker."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from generator.assets import scripts
from generator.assets.scripts import MODULES, bundle, lunr_script, minified, worker_script

MAINS = [
    *(f"search/{name}.js" for name in ("worker-main", "page-main", "sides-main", "header-main", "header-page")),
    "site/site-main.js",
]
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\[[^\]]*\]|\{[^}]*\}|[\w$]+)", re.M)


@pytest.mark.parametrize("main", MAINS)
def test_names_at_the_top_of_modules_are_unique(main: str) -> None:
    """Indented declarations are inside something; those at the margin share the script's one scope."""
    names = [name for found in _DECLARED.findall(bundle(main)) for name in re.findall(r"[\w$]+", found)]
    assert len(names) > 5
    assert [name for name, times in Counter(names).items() if times > 1] == []


@pytest.mark.parametrize("main", MAINS)
def test_every_module_once_and_after_what_it_imports(main: str) -> None:
    last = main.rpartition("/")[2]
    script = bundle(main)
    order = re.findall(r"^// ([a-z-]+\.js)$", script, re.M)
    assert len(order) == len(set(order))
    assert order[-1] == last
    for name in order:
        (module,) = MODULES.glob(f"*/{name}")
        for imported in re.findall(r'from "[./a-z]+/([a-z-]+\.js)"', module.read_text("utf-8")):
            assert order.index(imported) < order.index(name)
    assert not re.search(r"^\s*(import|export)\b", script, re.M)


@pytest.mark.parametrize(
    ("modules", "fault"),
    [
        ({"a.js": 'import { b } from "./b.js"\n', "b.js": 'import { a } from "./a.js"\n'}, "a.js → b.js → a.js"),
        ({"a.js": "export default 1\n"}, "export default 1"),
        ({"a.js": 'import * as b from "./b.js"\n'}, "import [*] as b"),
        ({"a.js": 'import { b as c } from "./b.js"\n', "b.js": ""}, "import { b as c }"),
        ({"a.js": "const said = count => `a${count ? `: ${count}` : 0}`\n"}, "template in a template"),
    ],
    ids=["cycle", "default", "namespace", "renamed", "nested"],
)
def test_what_cannot_be_bundled_is_refused(
    modules: dict[str, str], fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in modules.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(scripts, "MODULES", tmp_path)
    with pytest.raises(ValueError, match=fault):
        bundle("a.js")


def test_minifying_keeps_what_means_something() -> None:
    """Texts, patterns and templates as they are; a line's end where a statement ends there."""
    source = 'const a = "a  // b" // gone\nconst b = /[/]  \\//u\n\n/* gone */\nconst c = `${a}  x\n  /* kept */`\n'
    assert minified(source) == 'const a="a  // b"\nconst b=/[/]  \\//u\nconst c=`${a}  x\n  /* kept */`\n'


def test_lunr_keeps_its_licence() -> None:
    script = lunr_script()
    assert "Oliver Nightingale" in script
    assert "MIT" in script
    assert "@param" not in script


def test_the_worker_holds_its_library_once() -> None:
    assert worker_script("library()\n").count("library()") == 1
