"""The parts around every page's text, as HTML: trail, downloads, source on paper; also counts by year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup

from generator.language.vietnamese import format_number
from generator.pages.downloads import Download
from generator.pages.parts import PartWriter
from generator.pages.prose import html_text, prose, share_class, unbroken
from generator.pages.trails import Trail

_FOR_PROGRAMS = ("csv", "json")


class FrameWriter(PartWriter):
    """Write the frame of one page."""

    site: str
    """The site's name."""

    def crumbs(self, trail: Trail) -> Markup:
        """Return the trail of the page, home first."""
        steps = "".join(
            f' <span aria-hidden="true">›</span> <a href="{self.to.page(folder, anchor)}">{unbroken(text)}</a>'
            for text, folder, anchor in trail
        )
        home = f'<a href="{self.to.page()}">{self._word("home.short")}</a>'
        return Markup(f'<nav class="sk-crumbs" aria-label="{self._word("crumbs")}">{home}{steps}</nav>\n')

    def actions(
        self, downloads: Iterable[Download] = (), *, copy: bool = True, message: str = "", embed: bool = False
    ) -> Markup:
        """Return the downloads and other actions of a page; files for programs are on `/du-lieu/`.

        `message` is the first line of a short text to send on; a script adds lines of the page and its address.
        `embed` offers the code with which another site shows the page's main part in a frame.
        """
        # What needs the script is hidden until it runs (`overrides/assets/site/paper.js`).
        word = self._word
        files = "".join(
            f'<a class="sk-action sk-action--{file.kind}" href="{self.to.file(file.path)}" '
            f'title="{word(f"actions.{file.kind}_says")}" download>{word(f"actions.{file.kind}")}</a>\n'
            for file in downloads
            if file.kind not in _FOR_PROGRAMS
        )
        sending = (
            f'<button type="button" class="sk-action sk-action--copy" data-message="{html_text(message)}" '
            f'data-more="{word("sheet.message_more")}" hidden>{word("sheet.copy_message")}</button>\n'
        )
        embedding = (
            f'<button type="button" class="sk-action sk-action--embed" data-embed="{word("actions.embedded")}" '
            f'title="{word("actions.embed_says")}" hidden>{word("actions.embed")}</button>\n'
        )
        copying = (
            f'<button type="button" class="sk-action sk-action--copy" data-copy data-share="{word("actions.share")}" '
            "hidden>"
            f"{word('actions.copy')}</button>\n"
        )
        saying = (
            f'<span class="sk-actions__said" data-copied="{word("actions.copied")}" '
            f'data-failed="{word("actions.copy_failed")}" data-share-entry="{word("actions.share_entry")}" '
            'aria-live="polite"></span>'
        )
        buttons = [sending if message else "", embedding if embed else "", copying if copy else ""]
        return Markup(
            f'<div class="sk-actions" role="group" aria-label="{word("actions.label")}" '
            f'data-due-month="{word("due.month")}" data-due-quarter="{word("due.quarter")}" '
            f'data-due-overdue="{word("due.overdue")}" data-due-overdue-says="{word("due.overdue_says")}">\n'
            '<button type="button" class="sk-action sk-action--print" data-print hidden>'
            f"{word('actions.print')}</button>\n{files}{''.join(buttons)}{saying}</div>\n"
        )

    def printed(
        self, official: str = "", note: str | None = "", of: str = "printed", editors: str | None = None
    ) -> Markup:
        """Return the line on paper that says where a page comes from; a script adds the address and day of printing.

        `note` describes the source; `editors` is the editors' note of the whole plan.
        """
        words = self.words.text(f"site.paper.{of}", address="{address}", day="{day}")
        source = self.words.text(f"site.paper.{of}_plain", site=self.site)
        plain = f'<span data-printed="{html_text(words)}">{html_text(source)}</span>'
        more = f" {unbroken(official)}" if official else ""
        noted = f"<p>{unbroken(note)}</p>" if note else ""
        noted += f"<div>{self._word('paper.note')} {prose(editors)}</div>" if editors else ""
        return Markup(f'<div class="sk-printed"><p>{plain}{more}</p>{noted}</div>\n')

    def year_bars(self, counts: Mapping[int, int], address: Callable[[int], str]) -> Markup:
        """Return counts by year as bars that are links; `address` returns the address of a year."""
        highest = max((*counts.values(), 1))
        bars = "".join(
            f'<li><a href="{address(year)}" title="'
            f'{html_text(self.words.text("site.year.due", year=year, n=number))}"><span class="sk-bars__bar '
            f'{share_class(number / highest)}"><b>{format_number(number)}</b></span>'
            f'<span class="sk-bars__year">{year}</span></a></li>\n'
            for year, number in counts.items()
        )
        return Markup(f'<ol class="sk-bars">\n{bars}</ol>' if counts else "")
