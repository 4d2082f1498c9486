"""What a build has done, as a value for the command line and the preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.site.last import Look


@dataclass
class Report:
    """What a build has done: problems in the content by level, jobs done, what the site is made of, seconds by stage.
    `left`: what the next build must be given if this one was not
    to the end."""

    problems: Mapping[str, int] = field(default_factory=dict)
    jobs: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    left: Look | None = None
