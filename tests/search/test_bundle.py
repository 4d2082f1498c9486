"""The modules as classic scripts: no two names alike, nothing of modules left, lunr whole."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from generator.search import bundle
from generator.search.bundle import MODULES, as_source, lunr_script

MAINS = ["worker-main.js", "page-main.js"]
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\[[^\]]*\]|\{[^}]*\}|[\w$]+)", re.M)


@pytest.mark.parametrize("main", MAINS)
def test_names_at_the_top_of_modules_are_unique(main: str) -> None:
    """Indented declarations are inside something; those at the margin share the script's one scope."""
    script = bundle.bundle(main)
    names = [name for found in _DECLARED.findall(script) for name in re.findall(r"[\w$]+", found)]
    assert len(names) > 20
    assert [name for name, times in Counter(names).items() if times > 1] == []


@pytest.mark.parametrize("main", MAINS)
def test_every_module_once_and_after_what_it_imports(main: str) -> None:
    script = bundle.bundle(main)
    order = re.findall(r"^// ([a-z-]+\.js)$", script, re.M)
    assert len(order) == len(set(order))
    assert order[-1] == main
    for name in order:
        for imported in re.findall(r'from "\./([a-z-]+\.js)"', (MODULES / name).read_text("utf-8")):
            assert order.index(imported) < order.index(name)
    assert not re.search(r"^\s*(import|export)\b", script, re.M)


@pytest.mark.parametrize(
    ("modules", "fault"),
    [
        ({"a.js": 'import { b } from "./b.js"\n', "b.js": 'import { a } from "./a.js"\n'}, "a.js → b.js → a.js"),
        ({"a.js": "export default 1\n"}, "export default 1"),
        ({"a.js": 'import * as b from "./b.js"\n'}, "import [*] as b"),
        ({"a.js": 'import { b as c } from "./b.js"\n', "b.js": ""}, "import { b as c }"),
    ],
    ids=["cycle", "default", "namespace", "renamed"],
)
def test_what_cannot_be_bundled_is_refused(
    modules: dict[str, str], fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in modules.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(bundle, "MODULES", tmp_path)
    with pytest.raises(ValueError, match=fault):
        bundle.bundle("a.js")


def test_lunr_keeps_its_licence() -> None:
    script = lunr_script()
    assert "Oliver Nightingale" in script
    assert "MIT" in script
    assert "@param" not in script


def test_the_source_is_one_line_of_text() -> None:
    assert as_source('a("\n</script>")') == 'self.sokehoachWorkerSource = "a(\\"\\n</script>\\")"\n'
