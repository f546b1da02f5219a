"""Audio on its way from a browser: kept in the data folder, piece by piece, until it is whole and taken up.

Nothing of it is trusted: the name only gives a title, the size only says when it is whole, and what it is, is for the
sandbox to say. No row of the database knows of it; who loses the connection asks how much has come, and goes on there.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, BinaryIO

from catalogue.actions.scratch import FULL
from catalogue.actions.upload_names import safe_name
from catalogue.errors import Conflict, NotFound, UploadRefused

PIECE_BYTES = 1024 * 1024
# What a disk must keep free beside the upload and its copy in the library.
RESERVE_BYTES = 64 * 1024**2
# What one producer may have begun at a time.
MOST_AT_ONCE = 20
KEPT_FOR = timedelta(hours=24)
_ABOUT, _TAKING, _WHOLE = ".about.json", ".taking", ".whole"
# Before the name of what is being removed: no longer anybody's upload, even if that is cut short.
_GONE = "gone-"
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that somebody sends: `name` as it will lie on the disk, `owner` whoever sends it, `show` a GUID."""

    id: str
    name: str
    size_bytes: int
    show: str
    owner: str


class Uploads:
    """The uploads of this machine, below a folder; several processes may share it."""

    def __init__(self, folder: Path, *, limit_bytes: int) -> None:
        self._folder, self.limit_bytes = folder, limit_bytes

    def begin(self, name: str, size_bytes: int, *, show: str, owner: str) -> Upload:
        """Make room for a file; one of that name and size that somebody began before is gone on with.

        Raises UploadRefused where it is empty, too large, one too many or has no room.
        """
        self.check_size(size_bytes)
        mine = self.of(owner)
        begun = (one for one in mine if (one.name, one.size_bytes, one.show) == (safe_name(name), size_bytes, show))
        if (known := next(begun, None)) is not None:
            return known
        if len(mine) >= MOST_AT_ONCE:
            template = "You are sending {most} files already. Wait until one of them is done."
            raise UploadRefused("upload-too-many", template, most=MOST_AT_ONCE)
        upload = Upload(id=secrets.token_hex(16), name=safe_name(name), size_bytes=size_bytes, show=show, owner=owner)
        with self._told_where_full(upload):
            own = self._own(upload.id)
            own.mkdir(parents=True)
            self.path(upload).touch()
            (own / _ABOUT).write_text(json.dumps(asdict(upload)), encoding="utf-8")
        return upload

    def adopt(self, file: Path, name: str, *, show: str, owner: str) -> Upload:
        """Take a file that has come whole into the same folder; raises UploadRefused."""
        upload = self.begin(name, file.stat().st_size, show=show, owner=owner)
        with self._told_where_full(upload):
            whole = self._own(upload.id) / _WHOLE
            whole.unlink(missing_ok=True)
            whole.hardlink_to(file)
            whole.replace(self.path(upload))
        return upload

    def check_size(self, size_bytes: int) -> None:
        """Raise UploadRefused for a size that cannot be taken, or not on this disk."""
        if size_bytes <= 0:
            raise UploadRefused("upload-empty", "This file is empty. Choose the one with the recording.")
        if size_bytes > self.limit_bytes:
            raise self.too_large()
        self._folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._folder).free < 2 * size_bytes + RESERVE_BYTES:
            raise disk_full()

    def too_large(self) -> UploadRefused:
        """What to say of a file that is larger than the limit."""
        template = "This file is larger than {limit_mb} MiB, which is the most that is taken here."
        return UploadRefused("upload-too-large", template, limit_mb=self.limit_bytes // 1024**2)

    def find(self, upload_id: str, owner: str) -> Upload:
        """Find an upload of somebody's; raises NotFound."""
        about = self._own(upload_id) / _ABOUT if _ID.fullmatch(upload_id) else None
        upload = _read(about) if about is not None else None
        if upload is None or upload.owner != owner:
            raise NotFound("no-upload", "This upload is not here any more. Choose the file again.")
        return upload

    def of(self, owner: str) -> tuple[Upload, ...]:
        """All that somebody has begun and not ended, in no order that means anything."""
        found = (_read(about) for about in sorted(self._folder.glob(f"[!{_GONE[0]}]*/{_ABOUT}")))
        mine = (one for one in found if one is not None and one.owner == owner)
        return tuple(one for one in mine if self.path(one).exists())

    def come(self, owner: str) -> Iterator[tuple[Upload, int]]:
        """All of them, each with how many bytes have come; one that is ended meanwhile is left out."""
        for one in self.of(owner):
            with suppress(NotFound):
                yield one, self.offset(one)

    def path(self, upload: Upload) -> Path:
        """Where its bytes lie."""
        return self._own(upload.id) / upload.name

    def offset(self, upload: Upload) -> int:
        """How many bytes have come."""
        try:
            return self.path(upload).stat().st_size
        except FileNotFoundError as error:
            raise NotFound("no-upload", "This upload is not here any more. Choose the file again.") from error

    def take(self, upload: Upload, stream: IO[bytes], *, offset: int) -> int:
        """Add a piece that begins at `offset`; gives how many bytes there are then.

        Raises Conflict where that is not where the last one ended, or another piece is being taken; UploadRefused where
        more comes than was announced, or the disk is full: then nothing of it is left.
        """
        with self._told_where_full(upload), self._held(upload) as file:
            there = file.seek(0, os.SEEK_END)
            if offset != there:
                raise Conflict("upload-gap", "{there} bytes have come; go on there.", there=there)
            while piece := stream.read(PIECE_BYTES):
                there += len(piece)
                if there > upload.size_bytes:
                    self.discard(upload)
                    raise UploadRefused("upload-more", "More came than was announced. Choose the file again.")
                file.write(piece)
            return there

    def note_taking(self, upload: Upload) -> None:
        """Note that it is being taken up: who was killed in the middle of that may have done it."""
        with self._told_where_full(upload):
            (self._own(upload.id) / _TAKING).touch()

    def was_being_taken(self, upload: Upload) -> bool:
        """Whether taking it up was begun before, and not ended."""
        return (self._own(upload.id) / _TAKING).exists()

    def forget_taking(self, upload: Upload) -> None:
        """Note that taking it up came to nothing."""
        (self._own(upload.id) / _TAKING).unlink(missing_ok=True)

    def discard(self, upload: Upload) -> None:
        """Leave nothing of it; one that is gone already is no error."""
        _remove(self._own(upload.id))

    def sweep(self, now: datetime) -> int:
        """Remove what nobody has gone on with for a day before `now` (aware UTC); gives how many that were.

        What a killed process was removing goes, too.
        """
        before, swept = (now - KEPT_FOR).timestamp(), 0
        for own in self._folder.glob("*") if self._folder.is_dir() else ():
            if own.name.startswith(_GONE):
                _remove(own)
                continue
            try:
                newest = max(one.stat().st_mtime for one in (own, *own.glob("*")))
            except FileNotFoundError:  # it was ended while we looked
                continue
            if newest < before and own.is_dir():
                _remove(own)
            elif newest < before:  # a form that was being read when the process was killed
                own.unlink(missing_ok=True)
            swept += newest < before
        return swept

    def _own(self, upload_id: str) -> Path:
        return self._folder / upload_id

    @contextmanager
    def _held(self, upload: Upload) -> Iterator[BinaryIO]:
        self.offset(upload)  # one that has gone stays gone
        with self.path(upload).open("ab", buffering=0) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Conflict("upload-busy", "Another piece of this file is coming in. Try again.") from error
            yield file

    @contextmanager
    def _told_where_full(self, upload: Upload) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.discard(upload)
            if error.errno in FULL:
                raise disk_full() from error
            raise UploadRefused(
                "upload-unwritable", "The file cannot be kept here: {why}.", why=(error.strerror or str(error)).lower()
            ) from error


def disk_full() -> UploadRefused:
    """What to say of a file that has no room."""
    template = "There is not enough room on the disk for this file. Nothing was kept; make room and send it again."
    return UploadRefused("upload-disk-full", template)


def _remove(own: Path) -> None:
    """Remove the folder of an upload: away from its name at once, so that nobody finds half of it."""
    gone = own if own.name.startswith(_GONE) else own.with_name(f"{_GONE}{own.name}")
    with suppress(OSError):  # it is gone already; or cannot be renamed, and is removed where it lies
        own.rename(gone)
    for folder in (gone, own):
        shutil.rmtree(folder, ignore_errors=True)


def _read(about: Path) -> Upload | None:
    """None for one that has just begun, or is being removed."""
    try:
        return Upload(**json.loads(about.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
