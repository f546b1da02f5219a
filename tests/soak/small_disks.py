"""Disks that are small or nearly full, and what is to be said of them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

ROOM = 8192
TRIES = 100
BALLAST = "ballast"
WHY = ("full", "no space", "disk space", "room")


@contextmanager
def disk_of(folder: Path, kibibytes: int) -> Iterator[Path]:
    """A file system of its own, that small."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "none", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can only be mounted by root")
    try:
        yield folder
    finally:
        # Lazily: a worker of a server that was killed may end a moment after it.
        subprocess.run(["umount", "--lazy", folder], check=True)


def make_room(folder: Path) -> None:
    subprocess.run(["mount", "-o", f"remount,size={ROOM}k", folder], check=True)


def leave_room(disk: Path, kibibytes: int) -> None:
    """Fill a disk but for so much, whatever a server writes to it meanwhile."""
    with (disk / BALLAST).open("wb") as file:
        for _ in range(TRIES):
            facts = os.statvfs(disk)
            length = facts.f_bavail * facts.f_frsize - kibibytes * 1024
            with suppress(OSError):  # something was written since it was asked how much is left
                if length > 0:
                    os.posix_fallocate(file.fileno(), 0, length)
                return
    pytest.fail(f"{disk} could not be filled")


def take_ballast(disk: Path) -> None:
    """Let the disk have room again."""
    (disk / BALLAST).unlink()


def tells_why(said: str) -> bool:
    """Whether it is a sentence about a disk, and nothing but sentences."""
    return "Traceback" not in said and any(why in said.lower() for why in WHY)
