"""Checks what a file is, by its bytes and not its name, and whether it may be opened.

Nothing is followed, run or fetched: macros and links to other files are reported, XML is parsed without entities.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree

OfficeKind = Literal["docx", "xlsx", "doc", "text"]

LARGEST_FILE = 50_000_000
"""The largest file, in bytes; an office's plan has 50 KB, one with photographs a few MB."""
MOST_PARTS = 2_000
LARGEST_PART = 100_000_000
LARGEST_PACKAGE = 200_000_000
MOST_ROWS = 20_000
MOST_EXPANSION = 200
"""How much a large part may expand; a plain table is packed to a twentieth."""
_SMALL_PART = 5_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<(?:!doctype html|html|head|body|table|\?xml|meta)\b|MIME-Version:)", re.I)
"""The beginnings of web pages that programs name `.xls` or `.doc`: Excel and Word open them, with a warning."""
_PARSER_OPTIONS = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}


class UnreadableFile(Exception):  # noqa: N818  (it is the file's fault, not the program's)
    """A file that cannot be imported. `reason` is a key of the catalogue's `import.unreadable`."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values: Mapping[str, object] = values


@dataclass(frozen=True)
class OfficePackage:
    """A .docx or .xlsx of checked size. `has_macros` and `external_links` are reported, never used."""

    kind: Literal["docx", "xlsx"]
    archive: zipfile.ZipFile
    has_macros: bool
    external_links: tuple[str, ...]

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None.

        Raises `UnreadableFile` if the archive is damaged there.
        """
        try:
            with self.archive.open(name) as stream:
                content = stream.read(LARGEST_PART + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
            raise UnreadableFile("truncated") from error
        if len(content) > LARGEST_PART:
            raise UnreadableFile("too-big")
        return content

    def xml(self, name: str) -> Any:
        """Return the root element of an XML part, or None."""
        content = self.part(name)
        return None if content is None else parse_xml(content)


def parse_xml(content: bytes) -> Any:
    """Return the root element of untrusted XML.

    Raises `UnreadableFile` for broken XML, and for a document type, which office files never have.
    """
    parser = etree.XMLParser(**_PARSER_OPTIONS)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("broken-xml") from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFile("broken-xml")
    return root


def identify(content: bytes) -> OfficeKind:
    """Return the kind of a file.

    Raises `UnreadableFile` for empty, encrypted, PDF and other files, with a reason that says what to do.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise UnreadableFile("empty")
    if len(content) > LARGEST_FILE:
        raise UnreadableFile("too-big")
    if content.startswith(b"PK"):
        return _kind_of(_archive(content))
    if content.startswith(_OLE):
        return _ole_kind(content)
    if content.startswith(b"%PDF"):
        raise UnreadableFile("pdf")
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"GIF8")):
        raise UnreadableFile("picture")
    if _WEB.match(content):
        raise UnreadableFile("web-page")
    if content.startswith(b"{\\rtf"):
        raise UnreadableFile("rtf")
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile("unknown-kind")
    return "text"


def open_package(content: bytes) -> OfficePackage:
    """Return a .docx or .xlsx, checked but not unpacked.

    Raises `UnreadableFile` for damaged, encrypted and oversized archives, and for files of other programs.
    """
    archive = _archive(content)
    kind = _kind_of(archive)
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_PACKAGE:
        raise UnreadableFile("too-big")
    for entry in entries:
        if entry.flag_bits & 1:
            raise UnreadableFile("encrypted")
        expansion = entry.file_size / max(1, entry.compress_size)
        if entry.file_size > LARGEST_PART or (entry.file_size > _SMALL_PART and expansion > MOST_EXPANSION):
            raise UnreadableFile("too-big")
    package = OfficePackage(kind, archive, any(entry.filename.endswith("vbaProject.bin") for entry in entries), ())
    return OfficePackage(kind, archive, package.has_macros, _external_links(package))


def _archive(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile("truncated") from error


def _kind_of(archive: zipfile.ZipFile) -> Literal["docx", "xlsx"]:
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        raise UnreadableFile("open-document")
    raise UnreadableFile("unknown-kind")


def _ole_kind(content: bytes) -> Literal["doc"]:
    def has_stream(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if has_stream("EncryptedPackage"):
        raise UnreadableFile("encrypted")
    if has_stream("WordDocument"):
        return "doc"
    raise UnreadableFile("old-excel" if has_stream("Workbook") or has_stream("Book") else "unknown-kind")


def _external_links(package: OfficePackage) -> tuple[str, ...]:
    """Return external targets that Word or Excel would load, without ordinary hyperlinks, which the reader handles."""
    relations = (
        relation
        for name in package.archive.namelist()
        if name.endswith(".rels")
        for relation in package.xml(name).iter("{*}Relationship")
    )
    return tuple(
        relation.get("Target", "")
        for relation in relations
        if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink")
    )
