"""Pack a show into one file to be taken away, behind a page; the file is kept for a day."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from catalogue.actions.archive_writing import write_archive
from catalogue.actions.errands.progress import Progress
from catalogue.actions.open import Place, base_url_of
from catalogue.domain.errands import Errand
from catalogue.domain.links import Links
from catalogue.errors import Conflict

ARCHIVE = "archive"
KEPT_FOR = timedelta(days=1)
# What a disk must keep free beside it.
RESERVE_BYTES = 64 * 1024**2


def archives_folder(place: Place) -> Path:
    """Where archives lie until they are fetched."""
    return place.settings.data_folder / "archives"


def archive_path(place: Place, errand: Errand) -> Path:
    """Where the archive of an errand lies, once it is done and as long as it is kept."""
    return archives_folder(place) / f"{errand.id}.zip"


def sweep_archives(place: Place, now: datetime) -> None:
    """Remove archives that have lain there for a day before `now` (aware UTC)."""
    for path in archives_folder(place).glob("*.zip*"):
        with suppress(FileNotFoundError):  # somebody else removes it, too
            if path.stat().st_mtime < (now - KEPT_FOR).timestamp():
                path.unlink()


def pack_show(place: Place, errand: Errand, progress: Progress) -> Mapping[str, object]:
    """Write a show into an archive; raises Conflict where there is no room for it, NotFound."""
    target = archive_path(place, errand)
    sweep_archives(place, progress.clock())
    target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)

    def tell(done: int, total: int) -> None:
        progress.tell("packing", done=done, total=total)
        if shutil.disk_usage(target.parent).free < RESERVE_BYTES:
            raise _no_room()

    try:
        links = Links(base_url_of(place) or "http://localhost")
        done = write_archive(place, target, show=errand.show_guid, links=links, now=progress.clock(), progress=tell)
    except OSError as error:  # of our own disk
        raise _no_room() from error
    return {"files": done.files, "size_bytes": target.stat().st_size, "left_out": [list(one) for one in done.left_out]}


def _no_room() -> Conflict:
    template = "The archive cannot be written: there is not enough room on the disk. Make room, then ask for it again."
    return Conflict("archive-room", template)
