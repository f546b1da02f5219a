"""A file of a form, which lies in the data folder while its request lasts.

A disk that is full is no failure of the request: the rest of the form is read, and the file is refused at its field.
"""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, cast

from werkzeug.datastructures import FileStorage

from catalogue.actions.uploads import disk_full


class KeptFile:
    """A file that takes what comes as long as there is room; nothing of one that has too little stays."""

    def __init__(self, folder: Path) -> None:
        self.error: OSError | None = None
        self._file: IO[bytes] = io.BytesIO()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = cast("IO[bytes]", NamedTemporaryFile(dir=folder, prefix="form-", buffering=0))  # noqa: SIM115  (closed with the request)
        except OSError as error:
            self.error = error

    def write(self, content: bytes) -> int:
        """Keep some more, whole or not at all."""
        rest = memoryview(content)
        try:
            while rest and self.error is None:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            self.error = error
            self._file.close()
            self._file = io.BytesIO()
        return len(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def path_of(file: FileStorage) -> Path:
    """Where a file of a form lies; raises UploadRefused where there was no room for it."""
    kept = cast("KeptFile", file.stream)
    if kept.error is not None:
        raise disk_full() from kept.error
    return Path(kept.name)
