"""Room for what is needed for a moment only: gone again however that ends, and a full disk is said as what it is."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catalogue.errors import NoRoom

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def scratch_folder(within: Path | None = None) -> Iterator[Path]:
    """A folder, among the machine's temporary files where no other place is stated; gone after the block.

    Raises NoRoom where it cannot be made, or what is written in the block has no room.
    """
    with told_where_full(within):
        if within is not None:
            within.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="castalogue-", dir=within) as name:
            yield Path(name)


def write_draft(content: bytes, *, ending: str) -> Path:
    """Write a temporary file that stays until somebody takes it away; raises NoRoom, and leaves none then."""
    with told_where_full(None):
        handle, name = tempfile.mkstemp(prefix="castalogue-", suffix=ending)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        except OSError:
            Path(name).unlink()
            raise
    return Path(name)


@contextmanager
def told_where_full(folder: Path | None) -> Iterator[None]:
    """Raise NoRoom where the block has no room in a folder (None: that of temporary files)."""
    try:
        yield
    except OSError as error:
        # Where no folder for temporary files can be written, Python says that there is none.
        if error.errno not in (*FULL, *(() if folder else (errno.ENOENT,))):
            raise
        raise no_room(folder) from error


def no_room(folder: Path | None) -> NoRoom:
    """What to say where a folder (None: that of temporary files) is full."""
    return NoRoom(
        "no-scratch-room",
        "There is no room in {folder} for what is needed for a moment. Nothing was changed; make room there.",
        folder=folder or tempfile.tempdir or "the folder for temporary files",
    )
