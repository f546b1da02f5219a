"""Keep what notes say with every save, and what an index finds changed by somebody else.

The library holds the note of today alone. What is kept beside it is a convenience: who loses the database loses the
history and nothing else. A note that nobody ever changed has none; the text before the first save is kept with that.
Of a note changed by hand the old text is not on disk any more, so what is kept then is the text as it was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.actions.facts import read_whole
from catalogue.actions.open import Place
from catalogue.actions.reading import NOTE_LIMIT_BYTES
from catalogue.actions.runs import Wishes
from catalogue.domain.note_history import MOST_VERSIONS, VERSIONS_KEPT_FOR, Hand, NoteText
from catalogue.errors import ContentError
from catalogue.library.folder import ShowFiles
from catalogue.store.index import EpisodeRow

# More notes that change at once are somebody's pull or script, which has a history of its own.
MOST_FOUND = 500


@dataclass(frozen=True, kw_only=True)
class KeptChange:
    """A note of an episode before (empty: there was none) and after somebody saved it."""

    show_guid: str
    guid: str
    path: str
    before: bytes
    after: bytes


def keep_changes(place: Place, changes: Iterable[KeptChange], wishes: Wishes) -> None:
    """Keep what notes said before they were saved, where that is not known, and what they say now.

    May raise StoreError.
    """
    now = place.index.moment(wishes.clock())
    texts = [text for change in changes for text in _texts_of(change, wishes.who, now)]
    _keep(place, texts, now)


def keep_found(
    place: Place,
    files: ShowFiles,
    *,
    show_guid: str,
    known: Mapping[str, EpisodeRow],
    rows: Mapping[str, EpisodeRow],
    now: datetime,
) -> None:
    """Keep the notes of those episodes, `known` before, that an index found changed; may raise StoreError.

    What was saved through us says the same as what is known, and is not kept twice. A first index knows no episode and
    so reads no note; nor does one that finds more than `MOST_FOUND` changed.
    """
    changed = {row.line.path: guid for guid, row in rows.items() if guid in known}
    if not changed or len(changed) > MOST_FOUND:
        return
    found: list[NoteText] = []
    for episode in files.episodes:
        guid = changed.get(episode.path)
        if guid is None or episode.note is None:
            continue
        try:
            content = read_whole(place.storage, episode.note.path, limit_bytes=NOTE_LIMIT_BYTES)
        except ContentError:  # gone or locked since it was read: the next index says so
            continue
        names = {"show_guid": show_guid, "guid": guid, "path": episode.note.path}
        found.append(NoteText(**names, content=content, saved_at=now, hand=Hand.FILES))
    _keep(place, found, now)


def _texts_of(change: KeptChange, who: str, now: datetime) -> Iterator[NoteText]:
    after = NoteText(
        show_guid=change.show_guid,
        guid=change.guid,
        path=change.path,
        content=change.after,
        saved_at=now,
        hand=Hand.STUDIO if who else Hand.TERMINAL,
        who=who,
    )
    if change.before:
        yield replace(after, content=change.before, hand=Hand.FILES, who="")
    yield after


def _keep(place: Place, texts: Sequence[NoteText], now: datetime) -> None:
    if texts:
        place.index.keep_note_texts(texts, most=MOST_VERSIONS, since=now - VERSIONS_KEPT_FOR)
