"""Make an episode of audio that has come in, or let it take the place of what an episode has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from catalogue.actions.add import add_episode
from catalogue.actions.index import Wishes
from catalogue.actions.named import named_rows
from catalogue.actions.open import Place
from catalogue.actions.revise import Revised, revise_episode
from catalogue.actions.uploads import Upload, Uploads
from catalogue.errors import CatalogueError, Conflict, StoreError
from catalogue.store.index import EpisodeRow

# Another program is in the way for a moment: what has come in is kept, to be taken up then.
PASSING = ("show-busy",)


def take_up(
    place: Place, uploads: Uploads, upload: Upload, *, show_path: str, wishes: Wishes | None = None
) -> EpisodeRow:
    """Add a whole upload to a show (its folder) as a draft; gives the episode. Nothing is left of what is refused.

    Raises Conflict where it has not come whole, and all that `add_episode` raises.
    """
    there = uploads.offset(upload)
    if there != upload.size_bytes:
        raise Conflict("upload-gap", "{there} bytes have come; go on there.", there=there)
    with _ended(uploads, upload):
        added = add_episode(
            place, uploads.path(upload), show_path=show_path or ".", draft=True, is_new=True, wishes=wishes
        )
    rows = named_rows(place, added.folder)
    return next(row for show, row in rows if f"{show.show.path}/{row.line.path}".lstrip("/") == added.folder)


def replace_audio(
    place: Place, uploads: Uploads, upload: Upload, *, episode: str, note: str = "", wishes: Wishes | None = None
) -> Revised:
    """Let a whole upload take the place of an episode's audio; with a `note`, as a dated correction.

    Nothing is left of what is refused. Raises all that `revise_episode` raises.
    """
    with _ended(uploads, upload):
        return revise_episode(place, episode, audio=uploads.path(upload), note=note, wishes=wishes)


@contextmanager
def _ended(uploads: Uploads, upload: Upload) -> Iterator[None]:
    """Leave nothing of an upload, unless it may be taken up in a moment."""
    try:
        yield
    except StoreError:
        raise
    except CatalogueError as error:
        if error.code not in PASSING:
            uploads.discard(upload)
        raise
    uploads.discard(upload)
