"""Export the site: nothing to do, or all of it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from catalogue.domain.links import Links
from catalogue.errors import ConfigError
from web.export.manifest import Manifest, changed_files, read_manifest
from web.export.report import Report, report_of
from web.export.state import state_of

if TYPE_CHECKING:
    from catalogue.actions.open import Place


def export_site(place: Place, root: Path, links: Links, now: datetime, *, into_existing: bool = False) -> Report:
    """Bring the folder `root` to the site under the base URL of `links` as it is at `now` (aware UTC).

    `into_existing` allows a folder with other files in it; they stay. Raises ConfigError where that is not said,
    where another export writes there, where it lies in the library or around it, or cannot be written; StoreError.
    """
    _require_apart(root, place)
    with _held(root):
        known = read_manifest(root)
        if known is None and not into_existing and any(root.iterdir()):
            raise ConfigError(
                "export-foreign",
                "{path} holds files that no export wrote. Name an empty folder, or add --into-existing: they stay, but "
                "for those that have a name the site needs.",
                path=root,
            )
        state = state_of(place, links)
        if known is not None and _is_done(root, known, state, now):
            return report_of((), known, unchanged=len(known.files))
        # Templates, Markdown and HTML take their time to import, which who has nothing to do need not wait for.
        from web.export.whole import write_whole

        return write_whole(place, root, links, now, known=known or Manifest(), state=state)


def _require_apart(root: Path, place: Place) -> None:
    """Refuse a folder in which the next index would find episodes, or whose host would show what is not public."""
    there = Path(os.path.realpath(root))
    for what, folder in (("the library", place.settings.library), ("the data folder", place.settings.data_folder)):
        mine = Path(os.path.realpath(folder))
        if there.is_relative_to(mine) or mine.is_relative_to(there):
            raise ConfigError(
                "export-apart",
                "{path} and {what}, {folder}, lie one in the other: exported audio would be taken for episodes, and "
                "drafts for pages. Name a folder apart from it.",
                path=root,
                what=what,
                folder=folder,
            )


def _is_done(root: Path, known: Manifest, state: str, now: datetime) -> bool:
    """Whether nothing at all can have changed since an earlier export."""
    if known.state != state or known.until is None or now >= datetime.fromisoformat(known.until):
        return False
    if known.due_at is not None and now >= datetime.fromisoformat(known.due_at):
        return False
    return next(changed_files(root, known), None) is None


@contextmanager
def _held(root: Path) -> Iterator[None]:
    """Hold the folder for this export alone, making it where it is not there; nothing of that stays in it."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        why = error.strerror or str(error)
        raise ConfigError(
            "export-folder", "{path} cannot be a folder for the export: {why}.", path=root, why=why
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise ConfigError(
            "export-held", "Another export writes into {path}. Wait until it has ended, then do it again.", path=root
        ) from error
    finally:
        os.close(handle)
