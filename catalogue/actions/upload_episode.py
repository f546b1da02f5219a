"""Make an episode of audio that has come in, or let it take the place of what an episode has."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from catalogue.actions.add import add_episode
from catalogue.actions.giving_audio import give_audio
from catalogue.actions.index import Wishes, index_library
from catalogue.actions.loudness.asking import hear_soon
from catalogue.actions.named import find_row, row_at
from catalogue.actions.open import Place
from catalogue.actions.revise import Revised, revise_episode
from catalogue.actions.upload_folders import Upload
from catalogue.actions.uploads import Uploads
from catalogue.domain.episode import Episode
from catalogue.errors import CatalogueError, Conflict, StoreError
from catalogue.store.index import EpisodeRow

# Another program is in the way for a moment: what has come in is kept, to be taken up then.
PASSING = ("show-busy",)


def take_up(
    place: Place,
    uploads: Uploads,
    upload: Upload,
    *,
    show_path: str,
    taken: Callable[[EpisodeRow], None] = lambda _row: None,
    wishes: Wishes | None = None,
) -> EpisodeRow:
    """Add a whole upload to a show (its folder) as a draft; gives the episode. Nothing is left of what is refused.

    `taken` hears of the draft before the upload goes: who is killed in between does it again. Raises Conflict where it
    has not come whole, and all that `add_episode` raises.
    """
    _check_whole(uploads, upload)
    with _ended(uploads, upload):
        row = _taken_before(place, uploads, upload) or _added(place, uploads, upload, show_path, wishes)
        taken(row)
    hear_soon(place, upload.show, row.line.guid, now=(wishes or Wishes()).clock())
    return row


def _added(place: Place, uploads: Uploads, upload: Upload, show_path: str, wishes: Wishes | None) -> EpisodeRow:
    uploads.note_taking(upload)
    added = add_episode(place, uploads.path(upload), show_path=show_path or ".", draft=True, is_new=True, wishes=wishes)
    return row_at(place, added.folder)


def _taken_before(place: Place, uploads: Uploads, upload: Upload) -> EpisodeRow | None:
    """The draft that a process made of an upload before it was killed; never one that somebody else began."""
    if not uploads.was_being_taken(upload):
        return None
    sha256 = _hash_of(uploads, upload)
    for row in place.index.episodes(upload.show):
        is_it = (
            row.episode is not None and row.episode.draft and sha256 in {one.sha256 for one in row.episode.renditions}
        )
        if is_it and str(place.index.author(upload.show, row.line.guid) or upload.owner) == upload.owner:
            return row
    return None


def replace_audio(
    place: Place, uploads: Uploads, upload: Upload, *, episode: str, note: str = "", wishes: Wishes | None = None
) -> Revised:
    """Let a whole upload take the place of an episode's audio; with a `note`, as a dated correction.

    Nothing is left of what is refused. Where it is that audio already, because who did it was killed before the upload
    went, only the note is written that lacks. Raises Conflict where it has not come whole, and all that
    `revise_episode` raises.
    """
    _check_whole(uploads, upload)
    with _ended(uploads, upload):
        row = find_row(place, episode)[1]
        if row.episode is not None and uploads.was_being_taken(upload) and _has_audio(row, uploads, upload):
            return _replaced_before(place, row.episode, episode, note=note, wishes=wishes)
        uploads.note_taking(upload)
        return revise_episode(place, episode, audio=uploads.path(upload), note=note, wishes=wishes)


def _replaced_before(place: Place, found: Episode, name: str, *, note: str, wishes: Wishes | None) -> Revised:
    """What a killed process did with an upload, and what it did not come to."""
    text = " ".join(note.split())
    if text and text not in {one.text for one in found.corrections}:
        return revise_episode(place, name, note=note, wishes=wishes)
    report = index_library(place, (wishes or Wishes()).without_word())
    return Revised(episode=found, written=(), correction=None, outdated=(), is_shifted=False, report=report)


def take_as_audio(
    place: Place, uploads: Uploads, upload: Upload, *, episode: str, wishes: Wishes | None = None
) -> Episode:
    """Let a whole upload be the audio of an episode that has none yet; nothing is left of what is refused.

    Where it is that audio already, because who did it was killed before the upload went, all is well. Raises Conflict
    where it has not come whole, and all that `give_audio` raises.
    """
    _check_whole(uploads, upload)
    with _ended(uploads, upload):
        row = find_row(place, episode)[1]
        if row.episode is not None and _has_audio(row, uploads, upload):
            return row.episode
        return give_audio(place, episode, uploads.path(upload), wishes=wishes)


def _check_whole(uploads: Uploads, upload: Upload) -> None:
    there = uploads.offset(upload)
    if there != upload.size_bytes:
        raise Conflict("upload-gap", "{there} bytes have come; go on there.", there=there)


def _has_audio(row: EpisodeRow, uploads: Uploads, upload: Upload) -> bool:
    """Whether an upload is the audio that an episode has."""
    known = {one.sha256 for one in row.episode.renditions} if row.episode is not None else set()
    return bool(known) and _hash_of(uploads, upload) in known


def _hash_of(uploads: Uploads, upload: Upload) -> str:
    with uploads.path(upload).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _ended(uploads: Uploads, upload: Upload) -> Iterator[None]:
    """Leave nothing of an upload, unless it may be taken up in a moment."""
    try:
        yield
    except StoreError:
        raise
    except CatalogueError as error:
        if error.code in PASSING:
            uploads.forget_taking(upload)
        else:
            uploads.discard(upload)
        raise
    uploads.discard(upload)
