"""The history of an episode's note: who wrote what, and how to have an earlier text back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalogue.actions.history.differences import Difference, find_differences
from catalogue.actions.note_editing import OpenNote, Saved, open_note, save_note
from catalogue.actions.note_patching import PUBLISHING_KEYS
from catalogue.actions.open import Place
from catalogue.actions.runs import Wishes
from catalogue.domain.note_history import NoteVersion
from catalogue.errors import NotFound
from catalogue.library.notes.edits import edit_note, plain
from catalogue.library.notes.front_matter import read_note


@dataclass(frozen=True, kw_only=True)
class PastText:
    """A text that a note had, and what was different in it from the one before (None: nobody knows that one)."""

    version: NoteVersion
    changes: tuple[Difference, ...] | None
    is_today: bool
    """Whether the note says just this."""


@dataclass(frozen=True, kw_only=True)
class History:
    """The note as it stands, and what it is known to have said, newest first."""

    note: OpenNote
    texts: tuple[PastText, ...]


def read_history(place: Place, name: str) -> History:
    """Read the history of an episode's note; the episode by slug, folder, GUID or file.

    Raises NotFound, Conflict (two shows have the name; the episode was withdrawn), ContentError.
    """
    note = open_note(place, name)
    kept = place.index.note_versions(note.show.guid, note.guid) if note.guid is not None else ()
    return History(note=note, texts=tuple(_told(kept, note)))


def bring_back(
    place: Place,
    name: str,
    number: int,
    *,
    expected: str,
    is_standing_kept: bool = False,
    wishes: Wishes | None = None,
) -> Saved:
    """Save an earlier text, by its number, over the version of the note that was read; that is in the history, too.

    `is_standing_kept`: whether and when it is out stays as the note says today, or an old text of a draft would take a
    public episode back. Raises NotFound where that text is not kept, and all that `save_note` raises.
    """
    history = read_history(place, name)
    found = next((one.version for one in history.texts if one.version.number == number), None)
    if found is None:
        raise NotFound("no-version", "This text is not kept any more. Look at the history again.")
    name = history.note.path if history.note.version else name
    content = _standing_as(history.note, found.text.content) if is_standing_kept else found.text.content
    return save_note(place, name, content, expected=expected, wishes=wishes)


def text_before(history: History) -> PastText:
    """The text that the note had before it said what it says today; raises NotFound where none is kept."""
    today = next((place for place, one in enumerate(history.texts) if one.is_today), -1)
    earlier = history.texts[today + 1 : today + 2]
    if not earlier:
        raise NotFound(
            "no-earlier-text",
            "What {path} said before is not known. It is kept from its next change on.",
            path=history.note.path,
        )
    return earlier[0]


def _standing_as(note: OpenNote, content: bytes) -> bytes:
    """An earlier text with those keys of the note of today that let an episode out or make it another."""
    if not note.version:
        return content
    then, today = (read_note(text, note.path).fields for text in (content, note.content))
    stated = {key: [plain(of[key]) if key in of else None for of in (then, today)] for key in PUBLISHING_KEYS}
    changes = {key: new for key, (old, new) in stated.items() if old != new}
    return edit_note(content, changes, note.path) if changes else content


def _told(kept: Sequence[NoteVersion], note: OpenNote) -> list[PastText]:
    today = note.content if note.version else None
    told: list[PastText] = []
    for new, old in pairwise((*kept, None)):
        assert new is not None
        changes = None if old is None else find_differences(old.text.content, new.text.content)
        is_today = new.text.content == today and not any(one.is_today for one in told)
        told.append(PastText(version=new, changes=changes, is_today=is_today))
    return told
