"""Put chapters or a transcript beside an episode's audio, in the form in which Castalogue keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from catalogue.actions.chapter_forms import render_chapters_as
from catalogue.actions.convert import chapters_of_file, transcript_of_file
from catalogue.actions.facts import read_whole
from catalogue.actions.index import Report, Wishes
from catalogue.actions.leases import open_lease
from catalogue.actions.note_editing import Unit, find_unit, open_note
from catalogue.actions.note_writing import NoteChange, not_taken, write_notes
from catalogue.actions.open import Place
from catalogue.actions.transcript_forms import render_transcript_as
from catalogue.domain.note_history import is_kept_side
from catalogue.errors import ChaptersError, Conflict, StaleEdit, TranscriptError
from catalogue.library.notes.front_matter import read_note
from catalogue.library.roles import split_language

LIMIT_BYTES = 64 * 1024 * 1024
_UNTIMED = "transcript-untimed"


@dataclass(frozen=True, kw_only=True)
class Attached:
    """What was written (a path of the library), what was lost on the way, and what indexing gave."""

    path: str
    is_new: bool
    remarks: tuple[str, ...]
    report: Report


def attach_transcript(
    place: Place, name: str, file: Path, *, language: str | None = None, wishes: Wishes | None = None
) -> Attached:
    """Write a transcript beside an episode: as WebVTT, or as plain text where its words have no times.

    `language` is what it is in; without it, what the file says, else the episode's own. Raises TranscriptError,
    NotFound, Conflict (no language tag; a withdrawn episode), ContentError, StaleEdit, NotPublishable.
    """
    stated = _checked_language(language)
    found = transcript_of_file(file, place.box, language=stated)
    unit = find_unit(place, name)
    own = unit.row.episode.language if unit.row is not None and unit.row.episode is not None else None
    length = unit.row.episode.duration if unit.row is not None and unit.row.episode is not None else None
    spoken = found.language or own
    form = "vtt"
    try:
        content, remarks = render_transcript_as(found.cues, form, path=file.name, language=spoken, length=length)
    except TranscriptError as error:
        if error.code != _UNTIMED:
            raise
        form = "txt"
        content, remarks = render_transcript_as(found.cues, form, path=file.name, language=spoken, length=length)
    if not found.cues:
        raise TranscriptError("no-cues", "There are no words in it. Name another file.", path=file.name)
    suffix = "" if spoken is None or spoken == own else f".{spoken}"
    path = side_path(unit, folder_name=f"transcript{suffix}.{form}", stem_ending=f"{suffix}.{form}")
    report, is_new = put_side_file(place, name, path, content, wishes=wishes)
    return Attached(path=path, is_new=is_new, remarks=remarks, report=report)


def attach_chapters(place: Place, name: str, file: Path, *, wishes: Wishes | None = None) -> Attached:
    """Write the chapters of a file (chapters, a note, audio) beside an episode, as JSON chapters.

    Raises ChaptersError, Conflict where the note states chapters, which would count for more; and as above.
    """
    found = chapters_of_file(file, place.box)
    if not found.chapters:
        raise ChaptersError("no-chapters", "There are no chapters in it. Name another file.", path=file.name)
    unit, note = find_unit(place, name), open_note(place, name)
    if note.version and "chapters" in read_note(note.content, note.path).fields:
        raise Conflict(
            "chapters-noted",
            "The note {path} states chapters, and those count. Take them out of it first: castalogue edit {name}",
            path=note.path,
            name=name,
        )
    content, remarks = render_chapters_as(found.chapters, "json", path=file.name, length=found.length)
    path = side_path(unit, folder_name="chapters.json", stem_ending=".chapters.json")
    report, is_new = put_side_file(place, name, path, content, wishes=wishes)
    return Attached(path=path, is_new=is_new, remarks=remarks, report=report)


def side_path(unit: Unit, *, folder_name: str, stem_ending: str) -> str:
    """Where a side file of an episode lies, as the disk spells its audio or note: a folder has names of its own."""
    first = unit.files.files[0]
    if unit.files.is_folder:
        return f"{first.folder}/{folder_name}"
    return f"{first.path.rpartition('.')[0]}{stem_ending}"


def put_side_file(
    place: Place, name: str, path: str, content: bytes, *, expected: str | None = None, wishes: Wishes | None = None
) -> tuple[Report, bool]:
    """Write a file beside an episode and index; gives whether there was none before.

    `expected` is the version that was read (`""`: there was none); None: whatever lies there. What the index cannot use
    is put back: NotPublishable says why. Raises NotFound, Conflict, ContentError, StaleEdit.
    """
    wishes = wishes or Wishes()
    show = find_unit(place, name).show
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        lease.insist((show.path,))
        unit = find_unit(place, name)
        place.storage.unshare(path)  # as a cover that is a link to the show's
        there = place.storage.stat(path)
        before = read_whole(place.storage, path, limit_bytes=LIMIT_BYTES) if there is not None else b""
        change = NoteChange(
            show=unit.show,
            unit=unit.path,
            path=path,
            before=before,
            after=content,
            version=there.version if there is not None else "",
            guid=unit.row.line.guid if unit.row is not None and is_kept_side(path, len(content)) else None,
        )
        if expected is not None and expected != change.version:
            raise StaleEdit("stale-edit", "{path} was changed by somebody else; nothing was written.", path=path)
        written = write_notes(place, (change,), wishes=wishes, lease=lease)
    if path in written.refused:
        raise not_taken(change, written.refused[path])
    return written.report, there is None


def _checked_language(language: str | None) -> str | None:
    if language is None:
        return None
    found = split_language(f"x.{language.strip()}")[1]
    if found is None:
        raise Conflict("language", "“{text}” is no language tag. Write it like es or pt-BR.", text=language[:40])
    return found
