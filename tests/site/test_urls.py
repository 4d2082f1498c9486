"""The public addresses exist, and every builder gives the same site."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from built_site import UNUSED, BuiltSite, few, index_of, read_yaml
from conftest import run


def test_every_address_of_the_contract_exists(site: BuiltSite) -> None:
    """People, scripts and other sites rely on these addresses."""
    folders = {
        "",
        *("ke-hoach", "nhiem-vu", "chi-tieu", "nam", "don-vi"),
        *("chuong-trinh", "hoat-dong", "du-lieu", "dong-gop"),
        *("doi-chieu", "doi-chieu/national-2022-2027", "so-sanh"),
        *("dong-gop/truong", "dong-gop/quy-tac", "dong-gop/sua-ke-hoach", "dong-gop/nhap-tu-tep"),
        *("dong-gop/doi-chieu", "dong-gop/windows"),
    }
    files = {f"du-lieu/hoat-dong.{format_}" for format_ in ("json", "csv", "xlsx")}
    files |= {"du-lieu/atom.xml", "du-lieu/datapackage.json"}
    for id_, plan in read_yaml("plans").items():
        folders.add(f"ke-hoach/{id_}")
        folders |= {f"nhiem-vu/{id_}/{one['id']}" for one in plan["outline"] if one["kind"] == "task"}
        folders |= {f"chi-tieu/{id_}/{one['id']}" for one in plan.get("targets", ())}
        files |= {f"du-lieu/ke-hoach/{id_}.{format_}" for format_ in ("json", "csv", "xlsx", "ics")}
    folders |= {f"nam/{year}" for activity in site.activities for year in activity["years"]}
    folders |= {f"don-vi/{id_}" for id_ in read_yaml("units")}
    folders |= {f"don-vi/{unit}/{year}" for one in site.activities for unit in one["lead"] for year in one["years"]}
    files |= {f"du-lieu/don-vi/{unit}.ics" for one in site.activities if one["years"] for unit in one["lead"]}
    folders |= {f"chuong-trinh/{id_}" for id_ in read_yaml("programmes")}
    missing = sorted((files | {index_of(folder) for folder in folders}) - site.files)
    assert not missing, few(missing)
    # which units and years have a sheet is held in test_sheets.py
    sheets = {path for path in site.pages if re.fullmatch(r"don-vi/[a-z0-9-]+/\d{4}/index\.html", path)}
    unknown = sorted(site.pages.keys() - {index_of(folder) for folder in folders} - sheets - {"404.html"})
    assert not unknown, "pages that the contract does not know:\n" + few(unknown)


@pytest.mark.slow
def test_mkdocs_builds_the_same_by_itself(site: BuiltSite, tmp_path: Path) -> None:
    """`mkdocs build` is an ordinary MkDocs build; our command only chooses its settings."""
    run("mkdocs", "build", "--strict", "--quiet", "--site-dir", tmp_path / "site")
    assert_same(site.root, tmp_path / "site")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plain tree that `sokehoach pages` writes, with the configuration for other builders."""
    out = tmp_path_factory.mktemp("project")
    run("sokehoach", "pages", "--project", "--out", out)
    return out


@pytest.mark.slow
def test_pages_need_no_plugin_of_ours(site: BuiltSite, project: Path, tmp_path: Path) -> None:
    """The written tree is the same Markdown: a MkDocs that knows nothing of plans makes the same site of it."""
    run("mkdocs", "build", "--strict", "--quiet", "--site-dir", tmp_path / "site", cwd=project)
    # The plugin leaves away what of the theme no page loads, and lets the page for missing addresses lie anywhere.
    for path in [*(tmp_path / "site" / "assets").rglob("*")]:
        if path.is_file() and UNUSED.search(path.as_posix()):
            path.unlink()
    missing = Path("404.html")
    assert b'id="sk-missing-q"' in (tmp_path / "site" / missing).read_bytes()
    shutil.copyfile(site.root / missing, tmp_path / "site" / missing)
    assert_same(site.root, tmp_path / "site")


@pytest.mark.slow
def test_pages_write_one_page_an_address(site: BuiltSite, project: Path) -> None:
    """Every HTML page of the site has its Markdown, and none is left over."""
    tree = project / "pages"
    written = {path.relative_to(tree).with_suffix(".html").as_posix() for path in tree.rglob("*.md")}
    assert written == site.pages.keys() - {"404.html"}


def even(path: Path) -> bytes:
    content = path.read_bytes()
    return re.sub(rb"\s*(<[^>]*>)\s*", rb"\1", content) if path.suffix == ".html" else content


def assert_same(one: Path, other: Path) -> None:
    """The same pages and data files, byte for byte but for white space beside tags in HTML, where nobody sees it."""
    suffixes = {".html", ".json", ".css", ".js", ".svg", ".csv", ".xlsx", ".ics"}
    built, again = (
        {
            path.relative_to(folder).as_posix(): even(path)
            for path in sorted(folder.rglob("*"))
            if path.suffix in suffixes
        }
        for folder in (one, other)
    )
    assert sorted(again) == sorted(built)
    different = [path for path, content in built.items() if again[path] != content]
    assert not different, few(different)
