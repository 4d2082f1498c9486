"""Old Word files (.doc) -> .docx through LibreOffice, if installed. The only module that starts a program."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from generator.reading.guard import UnreadableFile

_SECONDS = 60
_PROGRAMS = ("soffice", "libreoffice")


def convert_doc(content: bytes) -> bytes:
    """Return the bytes of a .docx converted from a .doc.

    LibreOffice runs with its own profile, so that an open window does not matter. Its whole process group is ended
    after a minute: some files make it hang.

    Raises `UnreadableFile` if LibreOffice is missing or cannot convert the file.
    """
    program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        raise UnreadableFile("old-word")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "plan.doc")
        source.write_bytes(content)
        profile = Path(folder, "profile").as_uri()
        options = ["--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder]
        command = [program, f"-env:UserInstallation={profile}", *options, str(source)]
        _run(command)
        converted = Path(folder, "plan.docx")
        if not converted.exists():
            raise UnreadableFile("not-converted")
        return converted.read_bytes()


def _run(command: list[str]) -> None:
    none = subprocess.DEVNULL
    process = subprocess.Popen(command, start_new_session=True, stdin=none, stdout=none, stderr=none)
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        raise UnreadableFile("not-converted") from error
