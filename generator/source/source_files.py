"""The content tree on disk: the list of its files, and their text.

Of all stages before `site`, only this module reads content from the disk.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal, NamedTuple

from generator.problem import Problem, Span
from generator.source.whole_files import replace_text

Kind = Literal["plan", "unit", "programme"]

FOLDERS: dict[str, Kind] = {"plans": "plan", "units": "unit", "programmes": "programme"}

LARGEST_FILE = 1_000_000
"""The largest file that is read, in bytes.

The five real plans have 40 to 60 KB each. A larger file is a mistake or an attack, and parsing it would take longer
than anybody waits.
"""

PUBLISHED = "published.txt"
"""The file with the addresses at which a content tree was published, one on each line."""
LARGEST_LIST = 100_000_000

_SAFE = re.compile(r"[\w./\\:~+-]+")
_SUFFIXES = (".yml", ".yaml")
_BESIDE = (".import.html", ".import.json")
_OFFICE = (".doc", ".docx", ".xls", ".xlsx", ".odt", ".ods", ".pdf", ".rtf", ".csv")
_REASONS = {errno.ENOENT: "missing", errno.EACCES: "forbidden", errno.EPERM: "forbidden", errno.ELOOP: "loop"}

# Characters that are not printable by YAML 1.2 (section 5.1), NUL first, and three line ends that editors do not show:
# they come with text from typesetting programs and would shift all line numbers.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

_RESERVED = re.compile("con|prn|aux|nul|(?:com|lpt)[1-9]", re.I)
_COPY = re.compile(
    r"(?:copy of |bản sao(?: của)? )(.+)"
    r"|(.+?)(?: ?\(\d+\)| ?- ?(?:copy|bản sao|sao chép)(?: ?\(\d+\))?| copy(?: \d+)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SourceFile:
    """A YAML file: kind, path for messages, stem (which is its id), and bytes.

    `unreadable` is empty, or the reason why there are no bytes: a key of the catalogue's `reasons`.
    """

    kind: Kind
    path: str
    stem: str
    content: bytes
    unreadable: str = ""


def find_files(content: Path, paths: Iterable[Path] = ()) -> list[SourceFile]:
    """Return the YAML files of a content tree and of `paths`, sorted by path.

    `paths` may lie outside the tree: a file in a folder named `units` or `programmes` has that kind, any other is a
    plan. A file that cannot be read has no bytes; a later stage reports it.
    """
    files: dict[str, SourceFile] = {}
    for folder in FOLDERS:
        for path in _yaml_files(content / folder):
            files.setdefault(os.path.realpath(path), read_file(path))
    for extra in paths:
        for path in _yaml_files(extra) if extra.is_dir() else [extra]:
            files.setdefault(os.path.realpath(path), read_file(path))
    return sorted(files.values(), key=lambda file: file.path)


class Published(NamedTuple):
    """The list of addresses at which a content tree was published: its path for messages, and its text.

    `fault` is None, or why there is no text: such a list must not be overwritten.
    """

    path: str = ""
    text: str = ""
    fault: Problem | None = None


NOT_PUBLISHED = Published()


class UnreadableListError(Exception):
    """The list of published addresses has a fault, given as the only argument, so nothing can be added to it."""


def read_published(content: Path) -> Published:
    """Return the list of a content tree; an empty one if there is none or it cannot be read."""
    path = content / PUBLISHED
    if not os.path.lexists(path):
        return Published(shown_path(path))
    text, problems = decode(_read_list(path), LARGEST_LIST)
    fault = problems[0] if problems and not text else None
    return Published(shown_path(path), text, fault)


def _read_list(path: Path) -> SourceFile:
    """Read the list of addresses like a content file, for its faults; it has no kind."""
    content, reason = _read_bytes(path, LARGEST_LIST)
    return SourceFile("plan", shown_path(path), path.stem, content, reason)


def add_published(content: Path, addresses: Iterable[str]) -> tuple[int, int]:
    """Add addresses to the list of a content tree; return how many it had, and how many were added.

    Raises `UnreadableListError` if the list exists and cannot be read.
    """
    earlier = read_published(content)
    if earlier.fault:
        raise UnreadableListError(earlier.fault)
    published = set(earlier.text.split())
    every = sorted(published.union(addresses))
    replace_text(content / PUBLISHED, "".join(f"{address}\n" for address in every))
    return len(published), len(every) - len(published)


Stat = tuple[int, int, int]
"""The times (in nanoseconds) of a file's last change of content and of anything, and its size (in bytes).

A program can set the first time back, but not the second.
"""


def find_others(content: Path) -> list[str]:
    """Return the paths of files that seem meant for the content but are not read, such as `plans/x.yml.txt`.

    A link to a folder is listed with a final slash and not followed, because it may lead in a circle. Files of an
    import, hidden files and files that describe a folder (`README`) are not listed.
    """
    others: list[Path] = []
    links: list[Path] = []
    for folder in (path for path in content.iterdir() if path.is_dir() and not path.name.startswith(".")):
        if folder.name in FOLDERS:
            meant = [path for path in folder.rglob("*") if _looks_meant(path.relative_to(content))]
            others += (path for path in meant if path.is_file())
            links += (path for path in meant if path.is_symlink() and path.is_dir())
        elif folder.name != "pages":
            others += (path for path in _yaml_files(folder) if path.name.lower().endswith(_SUFFIXES))
    loose = (path for path in content.iterdir() if path.is_file() and path.name.lower().endswith(_SUFFIXES))
    others += (path for path in loose if path.name != "mkdocs.yml")
    return sorted([*map(shown_path, others), *(f"{shown_path(path)}/" for path in links)])


def _looks_meant(path: Path) -> bool:
    name = path.name.lower()
    hidden = any(part.startswith((".", "~")) for part in path.parts) or name in {"thumbs.db", "desktop.ini"}
    return not hidden and not name.endswith((*_SUFFIXES, *_BESIDE)) and not name.startswith("readme")


def unread_problem(path: str) -> Problem:
    """Return the problem of a file that is not read, with the name by which it would be."""
    name = path.rpartition("/")[2].lower()
    why = "suffix" if ".yml." in name or ".yaml." in name else "office" if name.endswith(_OFFICE) else "kind"
    why = "folder" if name.endswith(_SUFFIXES) else why if name else "link"
    stem = re.split(r"\.ya?ml", path.rpartition("/")[2], maxsplit=1, flags=re.IGNORECASE)[0]
    return Problem("file-not-read", path, Span(), {"unread": why, "found": path, "example": f"{stem}.yml"})


def is_reserved(name: str) -> bool:
    """Return whether Windows reserves a name for a device and allows no file or folder of that name.

    >>> [is_reserved(name) for name in ("con", "NUL.yml", "com1", "com10", "con-em")]
    [True, True, True, False, False]
    """
    return _RESERVED.fullmatch(name.partition(".")[0]) is not None


def original_of(stem: str) -> str:
    """Return the original's name if a file's name says that it is a copy, else an empty text.

    >>> original_of("xa-an-2026 (1)"), original_of("Bản sao của xa-an-2026"), original_of("xa-an-2026")
    ('xa-an-2026', 'xa-an-2026', '')
    """
    match = _COPY.fullmatch(unicodedata.normalize("NFC", stem))
    return match[1] or match[2] if match else ""


def scan_files(content: Path) -> dict[str, Stat]:
    """Return for each YAML file what shows that it has changed, by path."""
    start = len(str(content)) + 1
    names = (name for folder in FOLDERS for name in _yaml_names(content / folder))
    return {name[start:].replace(os.sep, "/"): file_stat(name) for name in names}


def file_stat(path: str) -> Stat:
    """Return what shows that a file has changed; zeros if there is no file."""
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return 0, 0, 0  # reading the file will report the reason
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size


def shown_path(path: Path) -> str:
    """Return the path as a contributor types it: relative if it is in the working folder.

    A name that is not UTF-8 is shown with escapes, so that every report can be written.
    """
    here, full = Path.cwd(), Path(os.path.normpath(path.absolute()))
    for base in (here, Path(os.path.realpath(here))):
        if full.is_relative_to(base):
            return _printable(full.relative_to(base).as_posix())
    return _printable(full.as_posix())


def _printable(name: str) -> str:
    return name if name.isascii() else name.encode("utf-8", "backslashreplace").decode("utf-8")


def typed_path(path: str) -> str:
    """Return a path as typed in a command: in quotes if it has a space or another sign of a shell.

    >>> typed_path("plans/năm 2026.yml"), typed_path("plans/thu.yml")
    ('"plans/năm 2026.yml"', 'plans/thu.yml')
    """
    return path if _SAFE.fullmatch(path) else f'"{path}"'


def _yaml_files(folder: Path) -> Iterator[Path]:
    return map(Path, _yaml_names(folder))


def _yaml_names(folder: Path) -> list[str]:
    """Return the YAML files below a folder, sorted by parts, as texts: `pathlib` takes four times as long.

    A folder that cannot be read is listed like an unreadable file: else its plans would vanish from the site.
    """
    refused: list[str] = []
    walked = [
        (top, [name for name in (*folders, *files) if name.lower().endswith(_SUFFIXES) and os.path.splitext(name)[1]])  # noqa: PTH122
        for top, folders, files in os.walk(folder, onerror=lambda error: refused.append(error.filename))
    ]
    refused = [path for path in refused if os.path.lexists(path) and not path.lower().endswith(_SUFFIXES)]
    paths = sorted([*(f"{top}{os.sep}{name}" for top, names in walked for name in names), *refused])
    return paths if len(walked) == 1 else sorted(paths, key=lambda path: path.split(os.sep))  # noqa: PTH206


def read_file(path: Path) -> SourceFile:
    """Read at most one byte more than `LARGEST_FILE`; see `SourceFile`."""
    content, reason = _read_bytes(path)
    full = path.absolute()
    names = (part.name for part in (full, *full.parents))  # perhaps a whole folder cannot be read
    kind: Kind = next((FOLDERS[name] for name in names if name in FOLDERS), "plan")
    return SourceFile(kind=kind, path=shown_path(path), stem=_printable(path.stem), content=content, unreadable=reason)


def _read_bytes(path: Path, most: int = LARGEST_FILE) -> tuple[bytes, str]:
    """Return the bytes of a file, at most one more than `most`, and the reason if there are none."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return b"", "folder" if os.access(path, os.R_OK | os.X_OK) else "closed"
        if not stat.S_ISREG(mode):  # reading a pipe or a device might never end
            return b"", "special"
        with path.open("rb") as stream:
            return stream.read(most + 1), ""
    except OSError as error:
        return b"", _REASONS.get(error.errno or 0, "failed")


def decode(file: SourceFile, largest: int = LARGEST_FILE) -> tuple[str, list[Problem]]:
    """Return the file's text in NFC with Unix line ends (empty if unreadable), and its faults."""
    if file.unreadable:
        return "", [Problem("unreadable-file", file.path, Span(), {"reason": file.unreadable})]
    if len(file.content) > largest:
        limit = f"{largest // 1_000_000} MB"
        return "", [Problem("file-too-big", file.path, Span(), {"limit": limit})]
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = file.content[: error.start].decode("utf-8", errors="replace")
        return "", [Problem("not-utf8", file.path, _span_after(before), {"byte": f"0x{file.content[error.start]:02X}"})]
    if match := CONTROL.search(text):
        code = f"U+{ord(match.group()):04X}"
        return "", [Problem("control-character", file.path, _span_after(text[: match.start()]), {"code": code})]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return (text, []) if unicodedata.is_normalized("NFC", text) else _compose_nfc(file.path, text)


def update_file(path: Path, text: str) -> None:
    """Write a changed text from `decode` back into its file; unchanged lines keep their bytes.

    A byte order mark stays; new lines end like the first line (Windows or Unix).
    """
    content = path.read_bytes()
    mark = "\ufeff" if content.startswith(codecs.BOM_UTF8) else ""
    old = list(io.StringIO(content.decode("utf-8-sig"), newline=""))
    end = old[0][len(old[0].rstrip("\r\n")) :] if old else ""
    decoded = [unicodedata.normalize("NFC", re.sub("\r\n?", "\n", line)) for line in old]
    new = list(io.StringIO(text))
    lines: list[str] = []
    for change, start, stop, first, last in SequenceMatcher(None, decoded, new).get_opcodes():
        fresh = (line.replace("\n", end or "\n") for line in new[first:last])
        lines += old[start:stop] if change == "equal" else fresh
    replace_text(path, mark + "".join(lines))


def _compose_nfc(path: str, text: str) -> tuple[str, list[Problem]]:
    """Return the text in NFC, with a problem at the first letter that was not."""
    lines = text.split("\n")
    composed = [unicodedata.normalize("NFC", line) for line in lines]
    wrong = [index for index, line in enumerate(lines) if line != composed[index]]
    first = wrong[0]
    column = next(
        (n for n, pair in enumerate(zip(lines[first], composed[first], strict=False)) if pair[0] != pair[1]),
        min(len(lines[first]), len(composed[first])) - 1,
    )
    span = Span(first + 1, column + 1)
    return "\n".join(composed), [Problem("not-nfc", path, span, {"lines": str(len(wrong))})]


def _span_after(before: str) -> Span:
    """Return the span of the character after a text."""
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Span(line=len(lines), column=len(lines[-1]) + 1)
