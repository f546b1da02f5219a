"""What a restore that was killed leaves: a folder of unpacked files, and a mark that the rest is half there.

The mark lies in the data folder from before anything takes its place until all of it has. While it does, nothing else
opens the library: an index of half of it would give the rest other identities. The same restore once more ends it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from catalogue.actions.backup_file import Manifest
from catalogue.config import Settings
from catalogue.errors import ConfigError, Conflict
from catalogue.library.durable import write_durably

PREFIX, MARK_NAME = ".castalogue-restore-", "restoring.json"
_LOCK = "lock"
# A folder that is so young, without a lock, may be about to go.
YOUNG_SECONDS = 3600.0


@contextmanager
def scratch_folder(parent: Path) -> Iterator[Path]:
    """A folder below `parent` that goes with the block; raises OSError."""
    folder, handle = _begun(parent)
    with folder as name:
        try:
            yield Path(name)
        finally:
            os.close(handle)


def sweep_restores(settings: Settings) -> None:
    """Remove what restores that were killed left, wherever they may have unpacked."""
    for parent in (settings.library, settings.library.absolute().parent, settings.data_folder):
        _sweep(parent)


@contextmanager
def marked(settings: Settings, manifest: Manifest) -> Iterator[None]:
    """Mark that a restore is under way, until it has ended well or taken everything back; raises OSError."""
    mark = settings.data_folder / MARK_NAME
    content = json.dumps({"made_at": manifest.made_at, "digest": _digest(manifest)}).encode()
    write_durably(mark, content, check=lambda: None)
    yield
    mark.unlink(missing_ok=True)


def forget_mark(settings: Settings) -> None:
    """Everything was taken back: nothing is half there."""
    (settings.data_folder / MARK_NAME).unlink(missing_ok=True)


def is_unended(settings: Settings, manifest: Manifest) -> bool:
    """Whether a restore of this very backup was killed; raises Conflict where it was one of another."""
    try:
        mark = json.loads((settings.data_folder / MARK_NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    if mark.get("digest") != _digest(manifest):
        template = (
            "The backup of {made_at} was being brought back here when that was ended. Do that again, with that file."
        )
        raise Conflict("other-restore", template, made_at=mark.get("made_at"))
    return True


def check_no_restore(settings: Settings) -> None:
    """Raise ConfigError where library and database may be half of what a backup holds."""
    if (settings.data_folder / MARK_NAME).exists():
        template = (
            "A backup is being brought back here, or that was ended in its middle. "
            "Let castalogue restore end, or do it again with the same file: it goes on."
        )
        raise ConfigError("restore-unended", template)


def _sweep(parent: Path) -> None:
    """Remove the folders of restores that nobody runs any more; what cannot be removed stays, and harms nobody."""
    for folder in parent.glob(f"{PREFIX}*") if parent.is_dir() else ():
        try:
            os.close(_locked(folder / _LOCK))
        except FileNotFoundError:
            if _is_gone_or_new(folder):
                continue
        except OSError:  # somebody runs it, or it is nothing of ours
            continue
        shutil.rmtree(folder, ignore_errors=True)


def _is_gone_or_new(folder: Path) -> bool:
    """Take a folder without a lock away where it is empty; gives whether it is gone, or too young to be judged."""
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return time.time() - folder.lstat().st_mtime < YOUNG_SECONDS
    return True


def _begun(parent: Path) -> tuple[tempfile.TemporaryDirectory[str], int]:
    """A folder and the handle of its lock; begun anew where another restore took it for one that was left empty."""
    while True:
        folder = tempfile.TemporaryDirectory(prefix=PREFIX, dir=parent)
        try:
            return folder, _locked(Path(folder.name) / _LOCK, os.O_CREAT)
        except FileNotFoundError:
            folder.cleanup()
        except OSError:
            folder.cleanup()
            raise


def _digest(manifest: Manifest) -> str:
    stated = json.dumps(asdict(manifest), sort_keys=True)
    return hashlib.sha256(stated.encode("utf-8", "surrogatepass")).hexdigest()


def _locked(path: Path, flags: int = 0) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | flags, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle
