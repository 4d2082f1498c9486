"""The MkDocs plugin: hands the generated pages to MkDocs as virtual files, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel

from generator.check import CheckResult, check
from generator.check.report import text_report
from generator.language.catalogue import catalogue
from generator.link.build import link
from generator.pages.render import Options
from generator.pages.site_map import render_site
from generator.pages.static import static_files

ROOT = Path(__file__).parents[2]


class PluginConfig(Config):
    """`content`: the content tree, relative to mkdocs.yml."""

    content = config_options.Dir(default="content", exists=True)


class SokehoachPlugin(BasePlugin[PluginConfig]):
    """Checks and links the content, and adds its pages and data files to the site."""

    checked: CheckResult | None = None
    """What the command line has checked already, used once; a rebuild while serving checks anew."""

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Add a virtual file for every page, unless a hand-written page already has its path."""
        result = self.checked or check(Path(self.config.content))
        self.checked = None
        words = catalogue("vi")
        if result.problems:
            raise PluginError(f"{words.text('check.refused')}\n\n{text_report(result, words)}")
        options = Options(today=date.today(), index="" if config.use_directory_urls else "index.html")
        rendered = {**render_site(link(result), options), **static_files()}
        written = {file.src_uri for file in files}
        listed = {path for path in rendered if path.count("/") <= 1}
        for path, text in rendered.items():
            if path not in written:
                level = InclusionLevel.UNDEFINED if path in listed else InclusionLevel.NOT_IN_NAV
                files.append(File.generated(config, path, content=text, inclusion=level))
        return files

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Rebuild when content, a template or a text of the catalogue is saved."""
        for path in (Path(self.config.content), ROOT / "generator", ROOT / "schema"):
            server.watch(str(path))
        return server
