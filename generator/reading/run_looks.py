"""The format of a run in a Word document: its own, its style's, the document's; only what matters here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.reading.legacy_fonts import FontCoding, font_coding
from generator.reading.numbering import W, whole_number

_OFF = {"0", "false", "off", "none"}
_FONT_KINDS = ("ascii", "hAnsi", "cs", "eastAsia")


@dataclass(frozen=True)
class RunLook:
    """The parts of a run's format that matter here."""

    bold: bool
    raised: bool
    hidden: bool
    struck: bool
    coding: FontCoding
    style: str


@dataclass
class StyleSheet:
    """The styles of a Word document by their ids, and the default font."""

    styles: dict[str, Any] = field(default_factory=dict)
    default_font: str = ""
    default_paragraph: str = ""
    _lines: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    @staticmethod
    def of(root: Any) -> StyleSheet:
        """Return the styles of a `w:styles` element; empty ones if there is no such part."""
        sheet = StyleSheet()
        for style in () if root is None else root.iter(f"{W}style"):
            sheet.styles[style.get(f"{W}styleId")] = style
            if style.get(f"{W}default") in {"1", "true"} and style.get(f"{W}type") == "paragraph":
                sheet.default_paragraph = style.get(f"{W}styleId")
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        sheet.default_font = _font(defaults)
        return sheet

    def line_of(self, style: str) -> tuple[Any, ...]:
        """Return the style's element and those of the styles that it is based on, nearest first."""
        if style not in self._lines:
            line: list[Any] = []
            name: str | None = style
            while name in self.styles and self.styles[name] not in line:
                line.append(self.styles[name])
                base = self.styles[name].find(f"{W}basedOn")
                name = None if base is None else base.get(f"{W}val")
            self._lines[style] = tuple(line)
        return self._lines[style]

    def look(self, run: Any, paragraph_style: str) -> RunLook:
        """Return the format of a `w:r` element in a paragraph with a style."""
        run_element = run.find(f"{W}rPr")
        properties = list(self._properties(run_element, paragraph_style or self.default_paragraph))
        raised = _first(properties, "vertAlign")
        font = next((font for run_properties in properties if (font := _font(run_properties))), self.default_font)
        return RunLook(
            bold=is_on(_first(properties, "b")),
            raised=raised is not None and raised.get(f"{W}val") == "superscript",
            hidden=is_on(_first(properties, "vanish")),
            struck=is_on(_first(properties, "strike")) or is_on(_first(properties, "dstrike")),
            coding=font_coding(font),
            style=(run_element is not None and _value(run_element, "rStyle")) or "",
        )

    def numbering(self, paragraph: Any) -> tuple[str, int] | None:
        """Return the list and level of a `w:p`: its own, else its style's."""
        properties = paragraph.find(f"{W}pPr")
        style = style_of(paragraph) or self.default_paragraph
        candidates = [properties, *(holder.find(f"{W}pPr") for holder in self.line_of(style))]
        number, level = None, None
        for holder in candidates:
            numbering = None if holder is None else holder.find(f"{W}numPr")
            if numbering is not None:
                number = number if number is not None else _value(numbering, "numId")
                level = level if level is not None else _value(numbering, "ilvl")
        return None if number in {None, "0"} else (str(number), whole_number(level, 0))

    def outline(self, paragraph: Any) -> int:
        """Return the outline level of a `w:p` (from 1; 0 for text): its own, else its style's."""
        holders = [paragraph.find(f"{W}pPr"), *(style.find(f"{W}pPr") for style in self.line_of(style_of(paragraph)))]
        levels = [_value(holder, "outlineLvl") for holder in holders if holder is not None]
        level = next((level for level in levels if level is not None), None)
        return (whole_number(level, 9, most=9) + 1) % 10 if level is not None else 0

    def _properties(self, run_element: Any, paragraph_style: str) -> Iterator[Any]:
        if run_element is not None:
            yield run_element
            if style := _value(run_element, "rStyle"):
                yield from self._run_properties(style)
        yield from self._run_properties(paragraph_style)

    def _run_properties(self, style: str) -> Iterator[Any]:
        for ancestor in self.line_of(style):
            properties = ancestor.find(f"{W}rPr")
            if properties is not None:
                yield properties


def style_of(paragraph: Any) -> str:
    """Return the style id of a `w:p`, empty if it has none."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def is_on(element: Any) -> bool:
    """Return whether a switch such as `w:b` is on: `w:val="0"` turns it off."""
    return element is not None and element.get(f"{W}val") not in _OFF


def _first(properties: list[Any], name: str) -> Any:
    return next((element for holder in properties if (element := holder.find(f"{W}{name}")) is not None), None)


def _font(properties: Any) -> str:
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    return "" if fonts is None else next((name for kind in _FONT_KINDS if (name := fonts.get(f"{W}{kind}"))), "")


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return None if child is None else str(child.get(f"{W}val"))
