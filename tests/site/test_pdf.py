"""PDFs at build time: only on request, kept while nothing has changed, with plain words if they cannot be made."""

from __future__ import annotations

import importlib
import re
import shutil
from pathlib import Path

import pytest
from built_site import CONTENT, BuiltSite
from conftest import run

from generator.check import check
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.pages.page import Options
from generator.site.pdf import PdfError, plan_pdf

OPTIONS = Options(pdf=True)
ALONE = "national-2020"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content with one plan alone, without what it says of the others."""
    folder = tmp_path_factory.mktemp("one") / "content"
    shutil.copytree(CONTENT, folder)
    for path in (folder / "plans").glob("*.yml"):
        if path.stem != ALONE:
            path.unlink()
    plan = folder / "plans" / f"{ALONE}.yml"
    plan.write_text(re.sub(r"(?m)^ +counterparts: .*\n", "", plan.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def corpus(content: Path) -> Corpus:
    result = check(content)
    assert not result.errors
    return link(result)


@pytest.mark.slow
def test_only_what_changed_is_made_anew(content: Path, corpus: Corpus, tmp_path: Path) -> None:
    """The same document is not made twice; a changed one is."""
    first = plan_pdf(corpus, corpus.plans[ALONE], OPTIONS, tmp_path)
    assert first.startswith(b"%PDF-")
    (kept,) = tmp_path.rglob("*.pdf")
    made = kept.stat().st_ino
    again = plan_pdf(corpus, corpus.plans[ALONE], OPTIONS, tmp_path)
    assert again == first
    assert [*tmp_path.rglob("*.*")] == [kept]
    assert kept.stat().st_ino == made

    plan = content / "plans" / f"{ALONE}.yml"
    typed = plan.read_text(encoding="utf-8")
    try:
        plan.write_text(typed.replace("Hoàng Thị Ái Nhiên", "Hoàng Thị Ái Nhiên Hai"), encoding="utf-8")
        amended = link(check(content))
        changed = plan_pdf(amended, amended.plans[ALONE], OPTIONS, tmp_path)
    finally:
        plan.write_text(typed, encoding="utf-8")
    assert changed != first
    assert len({*tmp_path.rglob("*.pdf")} - {kept}) == 1


@pytest.mark.slow
def test_built_on_request(content: Path, tmp_path: Path) -> None:
    """`--pdf` makes the files and their buttons; `--no-office` leaves the others out."""
    folder = tmp_path / "site"
    cache = tmp_path / "cache"
    run("sokehoach", "build", "--pdf", "--no-office", "--content", content, "--site", folder, "--cache", cache)
    assert [path.parent.name for path in (cache / "pdf").rglob("*.pdf")] == [ALONE]
    site = BuiltSite(folder)
    page = site.page(f"ke-hoach/{ALONE}")
    offered = [
        link.place.path for link in page.links if "sk-action" in (link.element.get("class") or "") and link.place
    ]
    assert f"ke-hoach/{ALONE}/{ALONE}.pdf" in offered
    assert set(offered) <= site.files
    assert not [path for path in site.files if path.endswith((".docx", ".xlsx"))]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ModuleNotFoundError("No module named 'weasyprint'"), "pip install"),
        (OSError("cannot load library 'libpango-1.0-0'"), "apt-get install libpango"),
    ],
)
def test_says_what_to_install(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    """Without the engine or its libraries there is one sentence, in Vietnamese, no traceback and no file."""

    def missing(name: str) -> object:
        raise error

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(PdfError, match=said):
        plan_pdf(corpus, corpus.plans[ALONE], OPTIONS, tmp_path)
    assert not list(tmp_path.rglob("*.pdf"))


def test_says_when_letters_are_missing(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Times New Roman or its like would print Vietnamese letters of another kind: it is told."""
    monkeypatch.setattr("generator.site.pdf.FONTS", {"Times New Roman of another machine"})
    with pytest.raises(PdfError, match="fonts-liberation"):
        plan_pdf(corpus, corpus.plans[ALONE], OPTIONS, tmp_path)
    assert not list(tmp_path.rglob("*.pdf"))
