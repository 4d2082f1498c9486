"""`python -m generator` is `sokehoach`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

from generator.cli import main


def run() -> NoReturn:
    """The command of this process, which then ends at once.

    Python would take back every object first: two seconds after a thousand plans were built.
    """
    try:
        main()
    except SystemExit as end:
        status = end.code
    with suppress(BrokenPipeError):  # whoever reads the output has seen enough
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status if isinstance(status, int) else bool(status))


if __name__ == "__main__":
    run()
