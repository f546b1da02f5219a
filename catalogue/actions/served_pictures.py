"""Pictures as they lie in the folder of derived files: served only where they are what was made."""

from __future__ import annotations

import logging
import stat
from pathlib import Path

from catalogue.actions.public_pieces import missing
from catalogue.formats.pictures.seal import is_sealed

# A cover made by us has at most a few megabytes; what is larger is none, and is not read.
LIMIT_BYTES = 64 * 1024 * 1024
LOG = logging.getLogger("castalogue")


class ServedPictures:
    """Finds pictures in a folder, each looked through once for as long as it lies there as it is. Threads may share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[Path, tuple[int, int]] = {}

    def find(self, name: str) -> tuple[Path, int, int]:
        """Path, size in bytes and mtime_ns of a picture.

        Raises MediaError where it is not there, or is not what was made: then it is removed, for the next index to
        make again.
        """
        path = self._folder / name
        try:
            facts = path.lstat()
            version = (facts.st_size, facts.st_mtime_ns)
            if self._known.get(path) != version:
                if not (stat.S_ISREG(facts.st_mode) and _is_ours(path, facts.st_size)):
                    self._remove(path)
                    raise missing()
                self._known[path] = version
        except OSError as error:
            raise missing() from error
        return path, *version

    def _remove(self, path: Path) -> None:
        try:
            path.unlink()
        except OSError as error:
            why = error.strerror or str(error)
            LOG.warning("%s is not the picture that was made, and cannot be removed: %s. Delete it.", path, why)
        else:
            LOG.warning("%s was not the picture that was made; the next index makes it again.", path)


def _is_ours(path: Path, size_bytes: int) -> bool:
    return size_bytes <= LIMIT_BYTES and is_sealed(path.read_bytes())
