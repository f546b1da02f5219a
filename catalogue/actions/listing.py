"""List the library's files, and tell those that are still being written from those that lie still."""

from __future__ import annotations

from catalogue.actions.runs import Wishes
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import ConfigError
from catalogue.ports import LibraryFile, LibraryStorage

LIBRARY_GONE = "library-gone"


def list_files(storage: LibraryStorage) -> tuple[LibraryFile, ...]:
    """List the library; raises ConfigError where it is not there, or not just now."""
    try:
        return tuple(storage.list())
    except OSError as error:
        raise ConfigError(
            LIBRARY_GONE,
            "The library cannot be read: {why}. Nothing was changed; is its disk there?",
            why=(error.strerror or str(error)).lower(),
        ) from error


def moving_files(
    files: tuple[LibraryFile, ...], storage: LibraryStorage, *, settle_seconds: float, wishes: Wishes
) -> tuple[str, ...]:
    """Find files that are still being written: those that changed just now are looked at a second time.

    What the caller says it wrote itself is whole.
    """
    newest_ns = (wishes.clock().timestamp() - settle_seconds) * 1e9
    written = wishes.written
    young = [file for file in files if file.mtime_ns > newest_ns and written.get(file.path) != file.version]
    if not young or settle_seconds <= 0:
        return ()
    wishes.wait(settle_seconds)
    return tuple(sorted(file.path for file in young if _is_moving(file, storage)))


def _is_moving(file: LibraryFile, storage: LibraryStorage) -> bool:
    try:
        return storage.stat(file.path) != file
    except OSError:  # a network disk that stumbles: look again next time
        return True


def waiting_problem(path: str) -> Problem:
    """Say of a file that it is still being written."""
    message = "It is still being copied; the next index takes it up."
    return Problem(severity=Severity.NOTICE, code="still-copied", path=path, message=message)
