"""A process that has everything imported and forks a child for each run of the command; started by `mortals`.

A start takes milliseconds this way, so that a random moment falls into the work and not into the imports. The
child and its workers are processes like any other.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from catalogue.cli import main
from catalogue.library.storage import LocalLibrary

# What commands import when they need it: here once, for all children.
EAGER = (
    *("alembic.command", "alembic.runtime.migration", "alembic.script", "rich.progress", "sqlalchemy.dialects.sqlite"),
    *("catalogue.actions.add", "catalogue.actions.watch", "catalogue.cli.printing"),
    *("catalogue.actions.note_editing", "catalogue.actions.renaming", "catalogue.actions.setting"),
    *("catalogue.actions.backing_up", "catalogue.actions.restoring"),
    *("catalogue.actions.importing", "catalogue.cli.import_words", "catalogue.outside.download"),
    *("catalogue.actions.covering", "catalogue.actions.attaching", "catalogue.formats.pictures.cover_facts"),
)


def bear() -> None:
    """Read runs from standard input, one a line, and live through each in a child."""
    for name in EAGER:
        import_module(name)
    for line in sys.stdin:
        seconds, *words = json.loads(line)
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            live(words)
        status = wait_or_kill(child, until=began + seconds)
        print(json.dumps([status, time.monotonic() - began]), flush=True)


def live(words: list[str]) -> None:
    """Run a command and end with its status; what it says goes to the file `said` here."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    said = os.open("said", os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    for number in (1, 2):
        os.dup2(said, number)
    try:
        OWN_WORDS.get(words[0], lambda *_: main(words))(*words[1:])
    except SystemExit as error:
        os._exit(int(error.code or 0))
    os._exit(70)


def wait_or_kill(child: int, *, until: float) -> int:
    """Wait for a child until a moment (of `time.monotonic`), then kill it; gives its exit status."""
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.001)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def write_note(path: str, text: str, *words: str) -> None:
    """Replace a note through the library's port, as an editor on the site would, and index."""
    library = LocalLibrary(Path(words[words.index("--library") + 1]))
    file = library.stat(path)
    library.replace(path, text.encode(), expected=file.version if file else "")
    main(["index", *words])


def edit_with(editor: str, *words: str) -> None:
    """Run `castalogue edit` with an editor."""
    os.environ["VISUAL"] = editor
    tempfile.tempdir = str(Path.cwd())  # where what was typed is kept
    main(["edit", *words])


def with_temp(folder: str, *words: str) -> None:
    """Run a command whose temporary files lie in a folder."""
    tempfile.tempdir = folder
    main(list(words))


OWN_WORDS = {"write-note": write_note, "edit-with": edit_with, "with-temp": with_temp}


if __name__ == "__main__":
    bear()
