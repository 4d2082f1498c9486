"""The MkDocs plugin: gives MkDocs the output of `sokehoach pages` as virtual files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import cast, get_args

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.assets import SOURCES, published_assets, theme_files, theme_values
from generator.assets.styles import MAIN
from generator.check import CheckResult, check
from generator.check.problem_report import format_line, text_report
from generator.check.rules import with_levels
from generator.language.catalogue import catalogue
from generator.model.builder import link
from generator.pages.html import Anchor, PageBody
from generator.pages.links import origin_of
from generator.pages.page import Options, Rendered
from generator.search.search_files import Engine
from generator.site.page_shell import PageVariant, make_location_independent
from generator.site.request import BuildError
from generator.site.tasks import site_files
from generator.source.site_names import SiteNames, read_site_names
from generator.source.source_files import Kind

_UNUSED = re.compile(
    r"\.map$|^sitemap\.xml$|^assets/javascripts/(?:lunr|workers)/|^assets/stylesheets/(?:main|palette)\."
)
"""Files of the theme that no page loads: source maps, a template, its search, styles that we publish elsewhere."""

log = get_plugin_logger("sokehoach")

VirtualFile = tuple[str, str | bytes, str | None]
"""Path, content, and for a page made from one content file that file's path in the content tree."""


class SearchConfig(Config):
    """`engine`: the engine of the search; `auto` chooses by the measured size."""

    engine = config_options.Choice(get_args(Engine), default="auto")


class PluginConfig(Config):
    """`content`: the content tree, relative to mkdocs.yml; `search`: the search of activities.

    `office`: whether Word and Excel files are made; with a thousand plans they take most of the time.
    `pdf`: whether a PDF of each plan is made.
    """

    content = config_options.Dir(default="content", exists=True)
    search = config_options.SubConfig(SearchConfig)
    office = config_options.Type(bool, default=True)
    pdf = config_options.Type(bool, default=False)


class SokehoachPlugin(BasePlugin[PluginConfig]):
    """Checks and links the content, and adds its pages and data files to the site.

    Our own builder uses MkDocs only for what stands around pages (`mkdocs_theme.py`): it sets `stubs`, which are added
    instead.
    """

    stubs: Sequence[PageVariant | Rendered] | None = None
    bodies: Mapping[str, PageBody] = MappingProxyType({})

    def options(self, config: MkDocsConfig) -> Options:
        """Return what pages depend on besides the plans. Raises `PluginError` if `site.txt` cannot be read."""
        suggest, names = config.extra.get("suggest") or {}, self.site_names
        return Options(
            index="" if config.use_directory_urls else "index.html",
            office=self.config.office,
            site_url=config.site_url or "",
            written=_written_pages(Path(config.docs_dir)),
            site_name=names.title or config.site_name or "",
            site_description=names.lead or config.site_description or "",
            pdf=self.config.pdf,
            suggest_mail=str(suggest.get("mail") or ""),
            suggest_form=str(suggest.get("form") or _new_issue(config.repo_url or "")),
        )

    @property
    def engine(self) -> Engine:
        """The engine of the search."""
        return cast(Engine, self.config.search.engine)

    @property
    def site_names(self) -> SiteNames:
        """The names that the content gives the site."""
        names = read_site_names(Path(self.config.content))
        if names.fault:
            raise PluginError(format_line(with_levels([names.fault])[0], catalogue("vi")))
        return names

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set the site's name, and add our style sheets and scripts before those of mkdocs.yml.

        Our own builder writes the sitemap (`sitemap.py`). MkDocs' own is empty without a site's address, and its
        compressed form contains the day of the build, so that two builds of the same content would differ.
        """
        if self.stubs is not None or not config.site_url:
            config.theme.static_templates.discard("sitemap.xml")
        for setting, text in template_names(self.site_names).items():
            config[setting] = text
        self.assets = published_assets()
        scripts = [config_options.ExtraScriptValue(path) for path in self.assets.scripts]
        for script in scripts:
            script.defer = True  # a classic script: browsers refuse modules from file://
        config.extra.update(theme_values(self.assets))
        config.extra_css[:0] = self.assets.stylesheets
        config.extra_javascript[:0] = scripts
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Add a virtual file for every page, unless a hand-written page already has its path."""
        unused = [file for file in files if file.src_uri.startswith(SOURCES) or _UNUSED.search(file.src_uri)]
        for file in unused:
            files.remove(file)
        of_material = any(file.src_uri == MAIN for file in unused)
        for path, text in {**self.assets.files, **(theme_files() if of_material else {})}.items():
            files.append(File.generated(config, path, content=text))
        written = {file.src_uri for file in files}
        for path, content, edited in self._plain_tree(config) if self.stubs is None else self._stubs(self.stubs):
            if path in written:
                continue
            level = InclusionLevel.UNDEFINED if path.count("/") <= 1 else InclusionLevel.NOT_IN_NAV
            file = File.generated(config, path, content=content, inclusion=level)
            # `edit_uri` in mkdocs.yml is the folder of the hand-written pages; the content's is beside it.
            file.edit_uri = f"../{edited}" if edited else None
            files.append(file)
        return files

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Drop blank lines of the theme's templates: they are a seventh of each shell."""
        env.trim_blocks = env.lstrip_blocks = True
        return env

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """Let the page for missing addresses work at any address of the site."""
        if template_name != "404.html" or config.site_url:
            return output_content
        return make_location_independent(output_content, self.assets.start_script)

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give a stub its text and table of contents, which are HTML already."""
        body = self.bodies.get(page.file.src_uri)
        if body:
            page.toc = TableOfContents(list(map(_anchor_link, body.toc)))
        return body.html if body else html

    def _plain_tree(self, config: MkDocsConfig) -> Iterator[VirtualFile]:
        """Yield the files of `sokehoach pages`. Errors in the content stop the build, warnings a strict one."""
        content, words = Path(self.config.content), catalogue("vi")
        result = check(content)
        if result.errors:
            raise PluginError(f"{words.text('check.refused')}\n\n{text_report(result, words)}")
        for problem in result.warnings:
            log.warning("%s", format_line(problem, words))
        options = self.options(config)
        try:
            files = site_files(link(result), options, self.engine)
        except BuildError as error:
            raise PluginError(str(error)) from error
        sources = _source_paths(result, content)
        for path, text in files.items():
            origin = origin_of(path) if path.endswith(".md") else None
            yield path, text, sources.get(origin) if origin else None

    def _stubs(self, stubs: Sequence[PageVariant | Rendered]) -> Iterator[VirtualFile]:
        self.bodies = {stub.path: stub.body for stub in stubs if isinstance(stub, PageVariant)}
        for stub in stubs:
            if isinstance(stub, Rendered):
                yield stub.path, stub.markdown, None
            else:
                yield stub.path, Rendered(stub.path, stub.front_matter, "").markdown, stub.edit_path


def template_names(names: SiteNames) -> Mapping[str, str]:
    """Return the settings of mkdocs.yml that the content defines, escaped for templates."""
    settings = {"site_name": names.title, "site_description": names.lead, "copyright": names.footer}
    return {setting: escape(text) for setting, text in settings.items() if text}


def _written_pages(folder: Path) -> tuple[tuple[str, str], ...]:
    """Return path and Markdown of the pages written by hand."""
    paths = sorted(folder.rglob("*.md"))
    return tuple((path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


def _anchor_link(anchor: Anchor) -> AnchorLink:
    link = AnchorLink(anchor.title, anchor.id, anchor.level)
    link.children = list(map(_anchor_link, anchor.children))
    return link


def _new_issue(repository: str) -> str:
    """Return the address for a new issue in a repository on GitHub or GitLab."""
    if not repository:
        return ""
    return f"{repository.rstrip('/')}{'/-' if 'gitlab' in repository else ''}/issues/new"


def _source_paths(result: CheckResult, content: Path) -> dict[tuple[Kind, str], str]:
    """Return the path of every file inside the content tree, such as `plans/national-2020.yml`, by kind and id."""
    root = content.resolve()
    paths = {(source.kind, source.stem): Path(source.tree.path).resolve() for source in result.sources}
    return {key: path.relative_to(root).as_posix() for key, path in paths.items() if path.is_relative_to(root)}
