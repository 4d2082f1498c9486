"""Claims an output folder for a command; refuses one that belongs to somebody else or holds content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path

from generator.incremental.output import ForeignDirectoryError, OutputDirectory
from generator.installation import working_folder
from generator.language.catalogue import catalogue
from generator.site.request import BuildError
from generator.source.source_files import FOLDERS

_CONTENT = {*FOLDERS, "pages", ".imports"}
"""Folders of a content tree, in which no output may lie."""


@contextmanager
def claimed_directory(
    folder: Path,
    content: Path,
    mark: str,
    option: str,
    while_waiting: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Iterator[OutputDirectory]:
    """Yield the folder that an option names, locked for this command. Raises `BuildError` if it must not be written to.

    These are refused: a folder that holds the content or lies in it, a home folder, and a folder with files but without
    the mark. If the command runs in the folder that holds `plans`, an output folder in it is allowed.
    """
    words = catalogue("vi")
    is_inside = folder.is_relative_to(content)
    if is_inside and content == working_folder() != folder:
        is_inside = folder.relative_to(content).parts[0] in _CONTENT
    if is_inside or content.is_relative_to(folder):
        raise BuildError(words.text("build.site_and_content", path=folder, content=content, option=option))
    foreign = words.text("build.foreign_site", path=folder, option=option)
    if Path.home().is_relative_to(folder):
        raise BuildError(foreign)
    directory = OutputDirectory(folder, mark)
    with ExitStack() as stack:
        try:
            stack.enter_context(directory.claim(while_waiting))
        except ForeignDirectoryError as error:
            raise BuildError(foreign) from error
        yield directory
