"""The MkDocs plugin: hands the generated pages to MkDocs as virtual files, and nothing else."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import cast, get_args

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from generator.check import CheckResult, check
from generator.check.report import line_of, text_report
from generator.language.catalogue import catalogue
from generator.link.build import link
from generator.link.corpus import Corpus
from generator.pages.origin import origin_of
from generator.pages.render import Options
from generator.search.files import Engine, SqlitePackage, outgrown
from generator.site.files import MODULES, site_files
from generator.site.pdf import PdfError, plan_pdfs
from generator.site.sqlite_package import ROOT, installed_package
from generator.source.files import Kind

log = get_plugin_logger("sokehoach")
# Not below "mkdocs", whose warnings end a build with --strict: a slower search is worth saying, but no fault.
_remarks = logging.getLogger("sokehoach")

PDFS = ROOT / ".cache" / "pdf"
"""Where the PDFs of earlier builds are kept."""

INSTALL = "npm ci"
"""What installs SQLite for browsers, in the folder of package.json."""


class SearchConfig(Config):
    """`engine`: what the search of activities runs on; `auto` chooses by measured bytes.

    A bundle for the disk, where SQLite cannot read its index, is searched by a scan instead.
    """

    engine = config_options.Choice(get_args(Engine), default="auto")


class PluginConfig(Config):
    """`content`: the content tree, relative to mkdocs.yml; `search`: the search of activities.

    `office`: whether Word and Excel files are made; they take most of the time where plans are a thousand.
    `pdf`: whether a PDF of each plan is made.
    """

    content = config_options.Dir(default="content", exists=True)
    search = config_options.SubConfig(SearchConfig)
    office = config_options.Type(bool, default=True)
    pdf = config_options.Type(bool, default=False)


class SokehoachPlugin(BasePlugin[PluginConfig]):
    """Checks and links the content, and adds its pages and data files to the site."""

    checked: CheckResult | None = None
    """What the command line has checked already, used once; a rebuild while serving checks anew."""

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Add a virtual file for every page, unless a hand-written page already has its path."""
        result = self.checked or self._check()
        self.checked = None
        options = Options(
            today=date.today(),
            index="" if config.use_directory_urls else "index.html",
            office=self.config.office,
            site_url=config.site_url or "",
            pdf=self.config.pdf,
        )
        corpus = link(result)
        engine, package = self._engine(from_disk=bool(options.index))
        rendered = site_files(corpus, options, engine, package)
        if engine == "auto" and not (package or options.index) and outgrown(rendered):
            _remarks.warning(catalogue("vi").text("search.outgrown", command=INSTALL))
        if options.pdf:
            rendered |= _pdfs(corpus, options)
        for file in [file for file in files if file.src_uri.startswith(MODULES)]:
            files.remove(file)
        written = {file.src_uri for file in files}
        sources = _source_paths(result, Path(self.config.content))
        listed = {path for path in rendered if path.count("/") <= 1}
        for path, content in rendered.items():
            if path not in written:
                level = InclusionLevel.UNDEFINED if path in listed else InclusionLevel.NOT_IN_NAV
                file = File.generated(config, path, content=content, inclusion=level)
                origin = origin_of(path)
                # `edit_uri` in mkdocs.yml names the folder of the hand-written pages, beside those of the content.
                file.edit_uri = f"../{sources[origin]}" if origin in sources else None
                files.append(file)
        return files

    def _check(self) -> CheckResult:
        """The content checked: errors stop the build, warnings are MkDocs' warnings, which stop a strict one."""
        result = check(Path(self.config.content))
        words = catalogue("vi")
        if result.errors:
            raise PluginError(f"{words.text('check.refused')}\n\n{text_report(result, words)}")
        for problem in result.warnings:
            log.warning("%s", line_of(problem, words))
        return result

    def _engine(self, *, from_disk: bool) -> tuple[Engine, SqlitePackage | None]:
        """The engine to build for, and the package that it may need."""
        engine = cast(Engine, self.config.search.engine)
        if from_disk:
            return ("scan" if engine == "sqlite" else engine), None
        package = installed_package() if engine in ("auto", "sqlite") else None
        if engine == "sqlite" and package is None:
            raise PluginError(catalogue("vi").text("search.no_sqlite", command=INSTALL))
        return engine, package

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Material's index holds the hand-written pages only: the header's search knows the others from the model."""
        if page.file.generated_by:
            page.meta.setdefault("search", {"exclude": True})

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Rebuild when content, a template or a text of the catalogue is saved."""
        for path in (Path(self.config.content), ROOT / "generator", ROOT / "schema"):
            server.watch(str(path))
        return server


def _source_paths(result: CheckResult, content: Path) -> dict[tuple[Kind, str] | None, str]:
    """The path of every file inside the content tree, such as `plans/national-2020.yml`, by kind and id."""
    root = content.resolve()
    paths = {(source.kind, source.stem): Path(source.tree.path).resolve() for source in result.sources}
    return {key: path.relative_to(root).as_posix() for key, path in paths.items() if path.is_relative_to(root)}


def _pdfs(corpus: Corpus, options: Options) -> dict[str, bytes]:
    try:
        return plan_pdfs(corpus, options, PDFS)
    except PdfError as error:
        raise PluginError(str(error)) from error
