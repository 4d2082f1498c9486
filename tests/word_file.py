""".docx files built from raw XML, in forms that no library writes but offices send."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def run(text: str, properties: str = "") -> str:
    """Return a `w:r` with text; a line break of the text is one in Word."""
    parts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{parts}</w:r>"


def paragraph(inner: str, properties: str = "") -> str:
    """Return a `w:p`; text that is no XML becomes a run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner if inner.startswith('<') else run(inner) if inner else ''}</w:p>"


def cell(inner: str, across: int = 1, merge: str = "") -> str:
    """Return a `w:tc`; `merge` is `restart` or `continue`. Text that is no XML becomes a paragraph."""
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    down = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f"<w:tc><w:tcPr>{span}{down}</w:tcPr>{inner if inner.startswith('<') else paragraph(inner)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a `w:tr` of cells; plain text becomes a cell."""
    inner = "".join(one if one.startswith("<") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str) -> str:
    """Return a `w:tbl`."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def word_file(*blocks: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return the bytes of a .docx with these blocks in its body and further parts such as `word/numbering.xml`."""
    body = f"<w:document {_NAMESPACES}><w:body>{''.join(blocks)}</w:body></w:document>"
    return package({"word/document.xml": body, **{name: named(text) for name, text in (parts or {}).items()}})


def named(text: str) -> str:
    """Return the XML with the namespaces declared on its first element."""
    return (
        text.replace(" ", f" {_NAMESPACES} ", 1)
        if " " in text.split(">", maxsplit=1)[0]
        else text.replace(">", f" {_NAMESPACES}>", 1)
    )


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return the bytes of a zip archive of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": _TYPES, **parts}.items():
            archive.writestr(name, content)
    return stream.getvalue()


HEAD = ("TT", "Nội dung hoạt động", "2022", "2023", "Cấp thực hiện", "Đơn vị thực hiện")


def years_table(*rows: Sequence[str], head: Sequence[str] = HEAD) -> str:
    """Return a plan's table in the years form. A row of two texts is a label and a title that spans the rest."""
    return table(
        row(*head, properties="<w:tblHeader/>"),
        *(row(one[0], cell(one[1], across=len(head) - 1)) if len(one) == 2 else row(*one) for one in rows),
    )
