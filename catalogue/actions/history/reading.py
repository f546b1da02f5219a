"""The history of an episode's note and the texts beside it: who wrote what, and how to have an earlier one back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalogue.actions.attaching import LIMIT_BYTES, put_side_file
from catalogue.actions.facts import read_whole
from catalogue.actions.history.differences import Difference, find_differences, find_text_differences
from catalogue.actions.index import index_library
from catalogue.actions.named import exact_name, find_row
from catalogue.actions.note_editing import OpenNote, Saved, open_note, save_note
from catalogue.actions.note_patching import PUBLISHING_KEYS
from catalogue.actions.open import Place
from catalogue.actions.runs import Wishes
from catalogue.domain.note_history import NoteText, NoteVersion
from catalogue.errors import NotFound
from catalogue.library.notes.edits import edit_note, plain
from catalogue.library.notes.front_matter import read_note


@dataclass(frozen=True, kw_only=True)
class PastText:
    """A text that a note or a file beside it had, and what was different from the one before (None: not known).

    `over` is the version of that file as it stands, which bringing the text back takes the place of.
    """

    version: NoteVersion
    changes: tuple[Difference, ...] | None
    is_today: bool
    """Whether the note, or the file, says just this."""
    over: str


@dataclass(frozen=True, kw_only=True)
class History:
    """The note as it stands, and what it is known to have said, newest first; `sides` are texts of files beside it."""

    note: OpenNote
    texts: tuple[PastText, ...]
    sides: tuple[PastText, ...] = ()

    @property
    def all_texts(self) -> tuple[PastText, ...]:
        """All of it together, newest first."""
        return tuple(sorted((*self.texts, *self.sides), key=lambda one: one.version.number, reverse=True))

    def find(self, number: int) -> PastText:
        """The text of a number; raises NotFound where it is not kept."""
        found = next((one for one in self.all_texts if one.version.number == number), None)
        if found is None:
            raise NotFound("no-version", "This text is not kept any more. Look at the history again.")
        return found


def read_history(place: Place, name: str) -> History:
    """Read the history of an episode's note; the episode by slug, folder, GUID or file.

    Raises NotFound, Conflict (two shows have the name; the episode was withdrawn), ContentError.
    """
    note = open_note(place, name)
    kept = place.index.note_versions(note.show.guid, note.guid) if note.guid is not None else ()
    of_note = [one for one in kept if not one.text.side]
    said = note.content if note.version else None
    sides = [past for path in _sides_of(kept) for past in _told_side(place, note, kept, path)]
    return History(note=note, texts=tuple(_told(of_note, said, note.version, find_differences)), sides=tuple(sides))


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
    found = history.find(number).version.text
    if found.side:
        return _bring_side_back(place, history.note, found, expected=expected, wishes=wishes)
    name = history.note.path if history.note.version else name
    content = _standing_as(history.note, found.content) if is_standing_kept else found.content
    return save_note(place, name, content, expected=expected, wishes=wishes)


def other_standing(history: History, number: int) -> tuple[str, ...]:
    """Which keys an earlier text states otherwise than the note does that let an episode out or make it another."""
    text = history.find(number).version.text
    return tuple(_standing_changes(history.note, text.content)) if not text.side else ()


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
    changes = _standing_changes(note, content)
    return edit_note(content, changes, note.path) if changes else content


def _standing_changes(note: OpenNote, content: bytes) -> dict[str, object | None]:
    """What the note of today states of those keys, where an earlier text says otherwise."""
    if not note.version:
        return {}
    then, today = (read_note(text, note.path).fields for text in (content, note.content))
    stated = {key: [plain(of[key]) if key in of else None for of in (then, today)] for key in PUBLISHING_KEYS}
    return {key: new for key, (old, new) in stated.items() if old != new}


def _bring_side_back(
    place: Place, note: OpenNote, text: NoteText, *, expected: str, wishes: Wishes | None = None
) -> Saved:
    """Write an earlier text of a transcript or of chapters over the version that was read."""
    path = _place_today(note, text.path)
    name = exact_name(note.show, note.guid) if note.guid is not None else note.unit
    there = place.storage.stat(path)
    if there is not None and read_whole(place.storage, path, limit_bytes=LIMIT_BYTES) == text.content:
        report, is_changed = index_library(place, (wishes or Wishes()).without_word()), False
    else:
        report, _ = put_side_file(place, name, path, text.content, expected=expected, wishes=wishes)
        is_changed = True
    episode = find_row(place, name)[1].episode
    return Saved(path=path, version="", content=text.content, is_changed=is_changed, episode=episode, report=report)


def _place_today(note: OpenNote, path: str) -> str:
    """Where a file beside the note lies today: its folder may have moved; raises NotFound where nobody knows."""
    folder = note.path.rpartition("/")[0]
    if folder == note.unit:
        return f"{folder}/{path.rpartition('/')[2]}"
    if path.startswith(f"{note.unit}."):
        return path
    raise NotFound("side-elsewhere", "{path} lay elsewhere: nobody knows which file it is today.", path=path)


def _sides_of(kept: Sequence[NoteVersion]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.text.side for one in kept if one.text.side))


def _told_side(place: Place, note: OpenNote, kept: Sequence[NoteVersion], path: str) -> list[PastText]:
    own = [one for one in kept if one.text.side == path]
    try:
        there = place.storage.stat(_place_today(note, path))
    except NotFound:
        there = None
    said = read_whole(place.storage, there.path, limit_bytes=LIMIT_BYTES) if there is not None else None
    return _told(own, said, there.version if there is not None else "", find_text_differences)


def _told(
    kept: Sequence[NoteVersion],
    said: bytes | None,
    over: str,
    compare: Callable[[bytes, bytes], tuple[Difference, ...]],
) -> list[PastText]:
    """Texts of one file, which says `said` today (None: it is not there), the newest first."""
    told: list[PastText] = []
    for new, old in pairwise((*kept, None)):
        assert new is not None
        changes = None if old is None else compare(old.text.content, new.text.content)
        is_today = new.text.content == said and not any(one.is_today for one in told)
        told.append(PastText(version=new, changes=changes, is_today=is_today, over=over))
    return told
