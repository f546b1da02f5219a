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
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, BinaryIO

from catalogue.actions.scratch import FULL
from catalogue.actions.upload_folders import ABOUT, GONE, Upload, locked, read_about, remove_folder
from catalogue.actions.upload_names import safe_name
from catalogue.errors import Conflict, NotFound, UploadRefused

PIECE_BYTES = 1024 * 1024
# What a disk must keep free beside the upload and its copy in the library.
RESERVE_BYTES = 64 * 1024**2
# What one producer may have begun at a time.
MOST_AT_ONCE = 20
KEPT_FOR = timedelta(hours=24)
_TAKING, _WHOLE = ".taking", ".whole"
_ID = re.compile(r"[0-9a-f]{32}")


class Uploads:
    """The uploads of this machine, below a folder; several processes may share it."""

    def __init__(self, folder: Path, *, limit_bytes: int) -> None:
        self._folder, self.limit_bytes = folder, limit_bytes

    def begin(self, name: str, size_bytes: int, *, show: str, owner: str, mark: str = "") -> Upload:
        """Make room for a file; one of that name, size and mark that somebody began before is gone on with.

        Raises UploadRefused where it is empty, too large, one too many or has no room.
        """
        self.check_size(size_bytes)
        upload = replace(_new(name, size_bytes, show, owner), mark=mark)
        if (known := next(self._twins(upload), None)) is not None:
            return known
        with self._made(upload):
            return upload

    @contextmanager
    def adopted(self, file: Path, name: str, *, show: str, owner: str) -> Iterator[Upload]:
        """Take a file that has come whole into the same folder, for a `with` block; raises UploadRefused.

        What a killed process left of it is gone on with; what another request works on is another file.
        """
        self.check_size(file.stat().st_size)
        upload = _new(name, file.stat().st_size, show, owner)
        with ExitStack() as kept:
            idle = (twin for twin in self._twins(upload) if kept.enter_context(locked(self._own(twin.id))))
            if (known := next(idle, None)) is not None:
                upload = known
            else:
                kept.enter_context(self._made(upload))
            with self._told_where_full(upload):
                whole = self._own(upload.id) / _WHOLE
                whole.unlink(missing_ok=True)
                whole.hardlink_to(file)
                whole.replace(self.path(upload))
            yield upload

    @contextmanager
    def alone(self, upload: Upload) -> Iterator[Upload]:
        """Let no other request take an upload up during a `with` block; raises Conflict where one does, NotFound."""
        self.offset(upload)
        with locked(self._own(upload.id)) as is_ours:
            if not is_ours:
                self.offset(upload)
                raise _busy()
            yield upload

    def _twins(self, upload: Upload) -> Iterator[Upload]:
        """What somebody began that is called so and as large; raises UploadRefused where they began too much."""
        mine = self.of(upload.owner)
        twins = [one for one in mine if replace(one, id=upload.id) == upload]
        if not twins and len(mine) >= MOST_AT_ONCE:
            template = "You are sending {most} files already. Wait until one of them is done."
            raise UploadRefused("upload-too-many", template, most=MOST_AT_ONCE)
        return iter(twins)

    @contextmanager
    def _made(self, upload: Upload) -> Iterator[None]:
        """Make the folder of an upload, and hold it before anybody can find it."""
        with ExitStack() as kept:
            with self._told_where_full(upload):
                own = self._own(upload.id)
                own.mkdir(parents=True)
                (own / ABOUT).touch()
                kept.enter_context(locked(own))
                self.path(upload).touch()
                (own / ABOUT).write_text(json.dumps(asdict(upload)), encoding="utf-8")
            yield

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
        about = self._own(upload_id) / ABOUT if _ID.fullmatch(upload_id) else None
        upload = read_about(about) if about is not None else None
        if upload is None or upload.owner != owner:
            raise NotFound("no-upload", "This upload is not here any more. Choose the file again.")
        return upload

    def of(self, owner: str) -> tuple[Upload, ...]:
        """All that somebody has begun and not ended, in no order that means anything."""
        found = (read_about(about) for about in sorted(self._folder.glob(f"[!{GONE[0]}]*/{ABOUT}")))
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
        remove_folder(self._own(upload.id))

    def sweep(self, now: datetime) -> int:
        """Remove what nobody has gone on with for a day before `now` (aware UTC); gives how many that were.

        What a killed process was removing goes, too.
        """
        before, swept = (now - KEPT_FOR).timestamp(), 0
        for own in self._folder.glob("*") if self._folder.is_dir() else ():
            if own.name.startswith(GONE):
                remove_folder(own)
                continue
            try:
                newest = max(one.stat().st_mtime for one in (own, *own.glob("*")))
            except FileNotFoundError:  # it was ended while we looked
                continue
            if newest < before and own.is_dir():
                remove_folder(own)
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
                raise _busy() from error
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


def _new(name: str, size_bytes: int, show: str, owner: str) -> Upload:
    return Upload(id=secrets.token_hex(16), name=safe_name(name), size_bytes=size_bytes, show=show, owner=owner)


def _busy() -> Conflict:
    return Conflict("upload-busy", "Another piece of this file is coming in. Try again.")
