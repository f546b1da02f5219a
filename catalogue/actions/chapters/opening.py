"""An episode's chapters to work on: what they are, where they come from, and where they would be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from catalogue.actions.attaching import side_path
from catalogue.actions.facts import is_json, read_whole
from catalogue.actions.note_editing import Unit, find_unit
from catalogue.actions.open import Place
from catalogue.actions.reading import NOTE_LIMIT_BYTES
from catalogue.domain.media import Chapter
from catalogue.formats.chapters import LIMIT_BYTES, find_time_list, read_chapters
from catalogue.library.notes.episode_note import read_episode_note
from catalogue.library.notes.front_matter import read_note

KEY = "chapters"


class Source(Enum):
    """What states an episode's chapters, that which counts most first."""

    NOTE = "note"
    FILE = "file"
    OTHER_FILE = "other file"
    """A file of another kind than JSON: it is read, and what is saved lies beside it and counts."""
    TAGS = "tags"
    TEXT = "text"
    """A list of times in the show notes."""
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class OpenChapters:
    """Chapters by their starts; `path` is the file that states them or will, `version` what it is to be saved over.

    `content` are the bytes of that file as read, empty where there is none. `read_from` is what states them today.
    `length` is that of the audio, None where it is not known.
    """

    unit: Unit
    source: Source
    chapters: tuple[Chapter, ...]
    path: str
    version: str
    content: bytes
    read_from: str
    length: timedelta | None

    @property
    def may_hide(self) -> bool:
        """Whether a chapter can be kept out of the list there."""
        return self.source is not Source.NOTE


def open_chapters(place: Place, name: str) -> OpenChapters:
    """Read an episode's chapters where they count; the episode by slug, folder, GUID or file.

    Raises NotFound, Conflict (a withdrawn episode), and ContentError or ContentErrors where the file that states them
    cannot be read.
    """
    unit = find_unit(place, name)
    return _of_note(place, unit) or _of_json(place, unit) or _of_elsewhere(unit)


def _of_note(place: Place, unit: Unit) -> OpenChapters | None:
    file = unit.files.note
    if file is None:
        return None
    content = read_whole(place.storage, file.path, limit_bytes=NOTE_LIMIT_BYTES)
    note = read_note(content, file.path)
    if KEY not in note.fields or note.fields[KEY].is_empty:
        return None
    stated = read_episode_note(note, timezone=unit.show.timezone).get(KEY)
    chapters = stated if isinstance(stated, tuple) else ()
    return _open(unit, Source.NOTE, chapters, path=file.path, version=file.version, content=content)


def _of_json(place: Place, unit: Unit) -> OpenChapters | None:
    file = unit.files.chapters
    if file is None or not is_json(file):
        return None
    content = read_whole(place.storage, file.path, limit_bytes=LIMIT_BYTES)
    chapters = read_chapters(content, file.path)
    return _open(unit, Source.FILE, chapters, path=file.path, version=file.version, content=content)


def _of_elsewhere(unit: Unit) -> OpenChapters:
    """What the index knows of them, from wherever they were read."""
    path = side_path(unit, folder_name="chapters.json", stem_ending=".chapters.json")
    episode = unit.row.episode if unit.row is not None else None
    chapters = episode.chapters if episode is not None else ()
    file = unit.files.chapters
    if file is not None:
        return _open(unit, Source.OTHER_FILE, chapters, path=path, read_from=file.path)
    if not chapters or episode is None:
        return _open(unit, Source.NOTHING, (), path=path)
    is_list = find_time_list(episode.notes) == chapters
    audio = next((one.path for one in episode.renditions), path)
    return _open(unit, Source.TEXT if is_list else Source.TAGS, chapters, path=path, read_from="" if is_list else audio)


def _open(
    unit: Unit,
    source: Source,
    chapters: Sequence[Chapter],
    *,
    path: str,
    version: str = "",
    content: bytes = b"",
    read_from: str | None = None,
) -> OpenChapters:
    episode = unit.row.episode if unit.row is not None else None
    return OpenChapters(
        unit=unit,
        source=source,
        chapters=tuple(chapters),
        path=path,
        version=version,
        content=content,
        read_from=path if read_from is None else read_from,
        length=episode.duration if episode is not None else None,
    )
