"""MkDocs and Material, used once: for the shells of all page variants, hand-written pages and the theme's files."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from jinja2 import TemplateNotFound
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError

from generator.language.catalogue import catalogue
from generator.pages.page import Rendered
from generator.site.page_shell import STUB, PageVariant, Settings, Theme, cut_shell
from generator.site.plugin import SokehoachPlugin
from generator.site.request import CONFIGURATION, BuildError, Request
from generator.source.source_files import shown_path


def configuration(request: Request) -> MkDocsConfig:
    """Return mkdocs.yml with the command's options. Raises `BuildError` if it cannot be used."""
    # Material's notice about its successor is not for every build (see docs/architecture.md).
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    # Watched folders are for `mkdocs serve` in the repository; an installed program has none.
    settings: dict[str, Any] = {"site_dir": str(request.site), "strict": request.strict, "watch": []}
    if request.offline:
        settings["use_directory_urls"] = False
    try:
        config = load_config(str(CONFIGURATION), **settings)
    except (Abort, MkDocsException) as error:
        raise BuildError(str(error)) from error
    if "sokehoach" not in config.plugins:
        raise BuildError(catalogue("vi").text("build.no_plugin", path=shown_path(CONFIGURATION)))
    plugin = plugin_of(config)
    plugin.config["content"] = str(request.content)
    for option, value in {"office": request.office, "pdf": request.pdf}.items():
        if value is not None:
            plugin.config[option] = value
    return config


def plugin_of(config: MkDocsConfig) -> SokehoachPlugin:
    """Return our plugin of a configuration."""
    return cast(SokehoachPlugin, config.plugins["sokehoach"])


def settings_of(config: MkDocsConfig) -> Settings:
    """Return the settings that our own pages depend on. Raises `BuildError` if `site.txt` cannot be read."""
    plugin = plugin_of(config)
    try:
        options = plugin.options(config)
    except PluginError as error:
        raise BuildError(str(error)) from error
    pages = Path(config.docs_dir)
    written = frozenset(path.relative_to(pages).as_posix() for path in pages.rglob("*") if path.is_file())
    return Settings(
        options=options,
        engine=plugin.engine,
        edited=bool(config.repo_url and config.edit_uri),
        written=written,
    )


def make_theme(
    config: MkDocsConfig,
    settings: Settings,
    site: Path,
    variants: Iterable[PageVariant],
    markdown: Mapping[str, Rendered],
) -> Theme:
    """Let MkDocs make everything except our pages, into `site`, and a shell for each variant.

    Raises `BuildError` if MkDocs cannot build, or warns while strict.
    """
    wanted = sorted(variants)
    plugin = plugin_of(config)
    with tempfile.TemporaryDirectory() as folder:
        config.site_dir = folder
        plugin.stubs = [*markdown.values(), *wanted]
        try:
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
        except (Abort, MkDocsException) as error:
            raise BuildError(str(error)) from error
        except TemplateNotFound as error:
            path = shown_path(CONFIGURATION)
            raise BuildError(catalogue("vi").text("build.no_template", path=path, name=error.name)) from error
        built = Path(folder)
        shells = {variant: cut_shell(_read_stub(built, variant), variant) for variant in wanted}
        for stub in built.rglob(f"{STUB}*"):
            shutil.rmtree(stub)
        files = frozenset(path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file())
        for name in sorted(files):
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(built / name, site / name)
    return Theme(settings, shells, markdown, files)


def _read_stub(built: Path, variant: PageVariant) -> str:
    path = built / variant.path.replace("index.md", "index.html")
    html = path.read_text(encoding="utf-8")
    path.unlink()
    return html
