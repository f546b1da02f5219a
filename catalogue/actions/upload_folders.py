"""The folder of an upload: what lies in it says whose it is; who works on it holds it, and it goes all at once."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ABOUT, LOCK = ".about.json", ".lock"
# Before the name of what is being removed: no longer anybody's upload, even if that is cut short.
GONE = "gone-"


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that somebody sends: `name` as it will lie on the disk, `owner` whoever sends it, `show` a GUID.

    `mark` is whatever tells it from another file of that name and size, such as when it was last changed; "": nothing.
    """

    id: str
    name: str
    size_bytes: int
    show: str
    owner: str
    mark: str = ""


@contextmanager
def locked(own: Path) -> Iterator[bool]:
    """Hold a folder; gives whether it is there, and nobody else holds it. Who is killed lets go."""
    with ExitStack() as kept:
        try:
            file = kept.enter_context((own / LOCK).open("ab"))
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (FileNotFoundError, BlockingIOError):
            yield False
        else:
            yield (own / ABOUT).exists()


def remove_folder(own: Path) -> None:
    """Remove the folder of an upload: away from its name at once, so that nobody finds half of it."""
    gone = own if own.name.startswith(GONE) else own.with_name(f"{GONE}{own.name}")
    with suppress(OSError):  # it is gone already; or cannot be renamed, and is removed where it lies
        own.rename(gone)
    for folder in (gone, own):
        shutil.rmtree(folder, ignore_errors=True)


def read_about(about: Path) -> Upload | None:
    """None for one that has just begun, or is being removed."""
    try:
        return Upload(**json.loads(about.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
