"""Files that are written whole or not at all, and locks that leave nothing behind.

A write goes to a new file beside the old one, reaches the disk, then takes its name: a reader, a crash or a
full disk meets the old bytes or the new ones. Who was killed in between leaves a hidden file that a later run
sweeps away; a writer that lives holds a lock on its own. Errors are OSError.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

# Audio is copied in pieces of this size.
COPY_BYTES = 1024 * 1024
# Between two looks whether a lock is free.
LOOK_SECONDS = 0.01
LOCK_NAME = ".castalogue.lock"

_TEMPORARY = re.compile(r"\.castalogue-[0-9a-f]{16}\.tmp")


def write_durably(real: Path, content: bytes | BinaryIO, *, check: Callable[[], None]) -> None:
    """Put `content` at a real path, making missing folders and keeping an older file's mode and owner.

    `check` is called when all that can fail has been done but the new name; what it raises leaves the old file.
    """
    _make_folder(real.parent)
    temporary = real.parent / f".castalogue-{secrets.token_hex(8)}.tmp"
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            with suppress(OSError):  # a disk that knows no locks: its age alone keeps the file from being swept
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if isinstance(content, bytes):
                file.write(content)
            else:
                shutil.copyfileobj(content, file, COPY_BYTES)
            file.flush()
            _keep_owner_and_mode(handle, real)
            os.fsync(handle)
        check()
        temporary.replace(real)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(real.parent)


def move_durably(real: Path, to: Path) -> None:
    """Give a file or folder another name; FileExistsError where another file or folder has that name.

    On a disk to which `A` and `a` are one name, a name may change its letters' case.
    """
    if os.path.lexists(to) and not (os.path.lexists(real) and os.path.samestat(os.lstat(real), os.lstat(to))):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(to))
    _make_folder(to.parent)
    real.rename(to)
    for folder in {real.parent, to.parent}:
        _sync_folder(folder)


@contextmanager
def hold_lock(real: Path, *, patience_seconds: float, wait: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Hold a lock on the file at `real`, waiting for any other holder; the file is removed again.

    Raises TimeoutError where another holder does not let go: it may stand still, and nobody knows for how long.
    """
    handle = _lock(real, round(patience_seconds / LOOK_SECONDS), wait)
    try:
        yield
    finally:
        with suppress(OSError):  # somebody tidied up, or the disk went away; the lock itself ends with the handle
            real.unlink()
        os.close(handle)


def is_leftover(name: str) -> bool:
    """Whether a name is one that only writing and locking give, and that is there only for a moment."""
    return name == LOCK_NAME or _TEMPORARY.fullmatch(name) is not None


def sweep_leftover(real: Path, *, before: float) -> bool:
    """Remove what a killed writer left, if it is older than `before` (seconds since 1970) and nobody's; gives whether.

    Nobody's is what nobody holds a lock on. One that cannot be opened or removed stays: it harms nobody.
    """
    try:
        handle = os.open(real, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode) or facts.st_mtime >= before:
            return False
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not _is_same_file(handle, real):
            return False
        real.unlink()
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        with suppress(FileExistsError):  # another writer made it just now
            folder.mkdir()
        _sync_folder(folder.parent)


def _keep_owner_and_mode(handle: int, real: Path) -> None:
    """Give the new file what the old one had; a write-protected one is refused, as its owner meant it."""
    if not real.exists():
        return
    if not os.access(real, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(real))
    old, new = real.stat(), os.fstat(handle)
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        with suppress(PermissionError):  # only root may give files away; then it is the writer's, as after any edit
            os.fchown(handle, old.st_uid, old.st_gid)
    os.fchmod(handle, stat.S_IMODE(old.st_mode))


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks cannot; the new name stands
            raise
    finally:
        os.close(handle)


def _lock(real: Path, looks: int, wait: Callable[[float], None]) -> int:
    """Open and lock; again where the file was removed by its last holder while this one waited."""
    while True:
        handle = os.open(real, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o666)
        try:
            looks = _wait_for_lock(handle, looks, wait)
            if _is_same_file(handle, real):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _wait_for_lock(handle: int, looks: int, wait: Callable[[float], None]) -> int:
    """Lock, looking so often at most whether that can be done; gives how many looks are left."""
    for left in range(looks, -1, -1):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if left:
                wait(LOOK_SECONDS)
        else:
            return left
    raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))


def _is_same_file(handle: int, real: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), real.stat())
    except FileNotFoundError:  # its last holder took it away just now
        return False
