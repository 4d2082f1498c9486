"""The page that a preview shows when no site can be built: what is wrong, where, and how to fix it."""

from __future__ import annotations

from generator.check import CheckResult
from generator.check.problem_report import format_problems, format_summary
from generator.language.catalogue import Catalogue
from generator.pages.render import template_of


def fault_page(message: str, result: CheckResult | None, words: Catalogue, last_good: str) -> str:
    """Return the page with a message or the errors of a result; it links to the address `last_good`."""
    problems = [_parted(part) for part in format_problems(result, words)] if result else []
    return template_of("fault.html.j2", words.language).render(
        message=message,
        problems=problems,
        summary=format_summary(result, words) if result else "",
        last_good=last_good,
    )


def _parted(text: str) -> tuple[str, str, str]:
    """Return three parts of a problem's report: what and where, the line with its caret, how to fix it."""
    head, *lines = text.split("\n")
    hint = lines.pop().strip(" =|") if lines and lines[-1].lstrip(" |").startswith("=") else ""
    return head, "\n".join(lines), hint
