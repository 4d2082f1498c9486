"""The installed program on an office machine: no repository, no make, no fork, output in a legacy code page.

The wheel is built and installed into its own environment, which uses this one's dependencies by a path.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from pathlib import Path

import click
import pytest
from built_site import ROOT, BuiltSite
from clone import lay_files
from golden import write_files
from guide import PAGES, block, commands_of

from generator.check.examples import SAMPLE, parts_of
from generator.cli import main

pytestmark = pytest.mark.slow
WINDOWS = PAGES / "windows" / "index.md"

# Windows has no fork. A package that is imported at every start takes it away here, too.
WITHOUT_FORK = "import os\nif hasattr(os, 'fork'):\n    del os.fork\n"


class Office:
    """An environment with the installed wheel, and a folder with plans."""

    def __init__(self, folder: Path) -> None:
        source, self.plans = folder / "source", folder / "ke hoach"
        lay_files(source)
        self._run(
            [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, source]
        )
        (self.wheel,) = folder.glob("sokehoach-*.whl")
        shutil.rmtree(source)
        self._run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"])
        packages = (
            folder / "venv" / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
        )
        self._run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", packages, self.wheel])
        (packages / "lent.pth").write_text(f"{sysconfig.get_paths()['purelib']}\n", encoding="utf-8")
        (packages / "sitecustomize.py").write_text(WITHOUT_FORK, encoding="utf-8")
        self.python = folder / "venv" / "bin" / "python"
        self.environment = {
            "PATH": str(folder / "venv" / "bin"),  # no make, no git
            "HOME": str(folder),
            "PYTHONIOENCODING": "cp1258",
        }
        sample = parts_of(SAMPLE).items()  # as Git checks out on Windows
        write_files(self.plans, {name: text.replace("\n", "\r\n") for name, text in sample})

    def _run(self, command: list[str | Path]) -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def does(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """A command of the tool, in the folder with the plans."""
        command = [self.python, "-m", "generator", *arguments]
        return subprocess.run(command, cwd=self.plans, env=self.environment, capture_output=True, check=False)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


def test_the_wheel_holds_what_a_build_needs(office: Office) -> None:
    names = set(zipfile.ZipFile(office.wheel).namelist())
    for part in ("schema", "overrides", "content/pages", "mkdocs.yml"):
        files = (
            [ROOT / part] if (ROOT / part).is_file() else [path for path in (ROOT / part).rglob("*") if path.is_file()]
        )
        assert files
        assert {f"generator/bundled/{path.relative_to(ROOT).as_posix()}" for path in files} <= names
    assert not any(name.startswith(("schema/", "tests/", "content/")) for name in names)


def test_check_speaks_vietnamese_in_utf_8_whatever_the_code_page(office: Office) -> None:
    done = office.does("check")
    assert done.returncode == 0, done.stderr.decode()
    assert "không có lỗi" in done.stdout.decode("utf-8")
    plan = office.plans / "plans" / "minh-hoa.yml"
    text = plan.read_bytes()
    plan.write_bytes(text + "    tên: Ế, ỗ, ữ, “→”\r\n".encode())
    done = office.does("check")
    plan.write_bytes(text)
    assert done.returncode == 1
    assert "tên: Ế, ỗ, ữ, “→”" in done.stdout.decode("utf-8")
    assert b"Traceback" not in done.stderr


def test_build_makes_the_whole_site_and_a_second_one_nothing(office: Office) -> None:
    for expected in ("phần việc", "không có gì thay đổi"):
        done = office.does("build", "--no-office")
        assert done.returncode == 0, done.stderr.decode()
        assert expected in done.stdout.decode("utf-8")
    site = BuiltSite(office.plans / "site")
    assert "Giúp hộ nghèo" in (site.root / "ke-hoach" / "minh-hoa" / "index.html").read_text("utf-8")
    for page in ("dong-gop/index.html", "dong-gop/truong/index.html", "hoat-dong/index.html", "404.html"):
        assert (site.root / page).is_file(), page
    assert list((site.root / "assets").glob("sokehoach.*.css"))


def test_new_plan_and_import_find_their_files(office: Office) -> None:
    done = office.does("new", "plan", "moi", "--issuer", "hoi")
    assert done.returncode == 0, done.stderr.decode()
    schema = (office.plans / "plans" / "moi.yml").read_text("utf-8").split("\n")[0].partition("$schema=")[2]
    assert (office.plans / "plans" / schema).resolve().is_file()
    (office.plans / "plans" / "moi.yml").unlink()


def test_serve_shows_the_site(office: Office) -> None:
    command = [office.python, "-u", "-m", "generator", "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=office.plans, env=office.environment, stdout=subprocess.PIPE)
    try:
        assert process.stdout
        address = process.stdout.readline().decode("utf-8").split("http", 1)[1].split()[0]
        process.stdout.readline()  # built
        with urllib.request.urlopen(f"http{address}", timeout=60) as answer:
            assert "Sổ kế hoạch" in answer.read().decode("utf-8")
    finally:
        process.kill()
        process.wait()


def test_a_folder_without_plans_is_told(office: Office, tmp_path: Path) -> None:
    command = [office.python, "-m", "generator", "check"]
    done = subprocess.run(command, cwd=tmp_path, env=office.environment, capture_output=True, check=False)
    assert done.returncode == 2
    assert '"plans"' in done.stderr.decode("utf-8")


def test_a_checkout_with_windows_line_ends_gives_the_same_reports(tmp_path: Path) -> None:
    """Scripts keep LF by `.gitattributes`; all else may be CRLF, the program's own files too."""
    git = ["git", "-c", "core.autocrlf=true", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    lay_files(tmp_path / "clone")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for arguments in (
        ["init", "-q"],
        ["add", "-A"],
        ["commit", "-qm", "all"],
    ):
        subprocess.run([*git, *arguments], cwd=tmp_path / "clone", env=environment, check=True, capture_output=True)
    clone = tmp_path / "clone"
    for path in clone.rglob("*"):
        if path.is_file() and ".git" not in path.parts:
            path.unlink()
    subprocess.run([*git, "checkout", "-q", "."], cwd=clone, env=environment, check=True)
    assert b"\r\n" in (clone / "content" / "units" / "hoi-lhpn-da-nang.yml").read_bytes()
    assert b"\r\n" in (clone / "generator" / "language" / "vi.yml").read_bytes()
    for script in (".ci/run", ".ci/hooks/receive.sh", "Makefile"):
        assert b"\r\n" not in (clone / script).read_bytes(), script
    command = [sys.executable, "-m", "generator"]
    environment["PYTHONPATH"] = str(clone)
    done = subprocess.run([*command, "check"], cwd=clone, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    explained = [
        subprocess.run([*command, "explain", "yaml-quote"], cwd=folder, env=variables, capture_output=True, check=True)
        for folder, variables in ((clone, environment), (ROOT, dict(os.environ)))
    ]
    assert explained[0].stdout == explained[1].stdout


def test_the_guides_page_for_windows_is_followed(office: Office) -> None:
    """Its folders are those that the office has; each of its commands but the preview is run there as typed."""
    for line in block(WINDOWS, "windows", "folders").text.strip().split("\n")[1:]:
        (office.plans / line.split()[1]).mkdir(exist_ok=True)
    shutil.rmtree(office.plans / "site", ignore_errors=True)
    commands = list(commands_of(block(WINDOWS, "windows", "use")))
    assert ["sokehoach", "serve"] in commands
    for command in commands:
        if command != ["sokehoach", "serve"]:
            done = office.does(*command[1:])
            assert done.returncode == 0, done.stderr.decode()
    home = (office.plans / "site" / "index.html").read_text("utf-8")
    assert 'href="ke-hoach/minh-hoa/index.html"' in home
    assert "Phụ nữ" not in home
    lines = block(WINDOWS, "windows", "site").text
    (office.plans / "site.txt").write_bytes(lines.replace("\n", "\r\n").encode("utf-8-sig"))  # as Notepad may save it
    assert office.does("build", "--no-office").returncode == 0
    named = (office.plans / "site" / "index.html").read_text("utf-8")
    (office.plans / "site.txt").unlink()
    assert all(line in named for line in lines.splitlines())


def test_the_guides_page_for_windows_names_commands_that_exist() -> None:
    page = WINDOWS.read_text("utf-8")
    commands = set(re.findall(r"\bsokehoach (\w+)", page))
    assert {"check", "serve", "build"} <= commands <= set(main.list_commands(click.Context(main)))
