"""The entry point: `python -m generator` is `sokehoach`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import NoReturn

from generator.cli import main


def run() -> NoReturn:
    """Run the command, and end the process at once.

    A normal exit would free every object first, which takes two seconds after a build of a thousand plans.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a legacy code page, such as Windows' 1258, lacks letters
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a file's name may not be UTF-8
    try:
        main()
    except SystemExit as end:
        status = end.code
    with suppress(BrokenPipeError):  # the reader of the output, such as `head`, has ended
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status if isinstance(status, int) else bool(status))


if __name__ == "__main__":
    run()
