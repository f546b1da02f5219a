"""Edit an episode's note as a whole or by keys: read with its version, judged, written over that version alone.

The command line, the studio and the API call the same deeds. An episode of bare audio has no note yet: what is
offered then is the note that says what its tags say, so that saving it as it is changes nothing that is heard or read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from catalogue.actions.editing import check_not_withdrawn, end_renaming, find_files, new_note_path
from catalogue.actions.facts import read_whole
from catalogue.actions.index import Report, Wishes, list_files
from catalogue.actions.leases import open_lease
from catalogue.actions.named import exact_name, find_row, named_rows, no_episode, spelled
from catalogue.actions.note_checking import check_note
from catalogue.actions.note_writing import NoteChange, Written, not_taken, write_notes
from catalogue.actions.open import Place
from catalogue.actions.reading import NOTE_LIMIT_BYTES
from catalogue.domain.episode import Episode
from catalogue.domain.show import Show
from catalogue.errors import NotFound, StaleEdit
from catalogue.library.folder import EpisodeFiles, find_shows
from catalogue.library.notes.edits import edit_note, render_note
from catalogue.library.notes.typed_text import written_value
from catalogue.store.index import EpisodeRow, ShowRow


@dataclass(frozen=True, kw_only=True)
class Unit:
    """An episode's files, its show, and its row of the index (None: not known there yet)."""

    show: Show
    row: EpisodeRow | None
    files: EpisodeFiles

    @property
    def path(self) -> str:
        """The folder or stem, relative to the library."""
        return f"{self.show.path}/{self.files.path}".lstrip("/")


@dataclass(frozen=True, kw_only=True)
class OpenNote:
    """A note to edit: where it lies, what it says, and the version to save it over (`""`: there is none yet).

    `unit` is the episode's folder or stem, `path` its note; both relative to the library. `guid` is None where the
    index does not know the episode yet, because its note cannot be read.
    """

    show: Show
    unit: str
    path: str
    guid: str | None
    content: bytes
    version: str


@dataclass(frozen=True, kw_only=True)
class Saved:
    """A note as it stands now, its episode as the index has it, and what indexing gave."""

    path: str
    version: str
    content: bytes
    is_changed: bool
    episode: Episode | None
    report: Report


def open_note(place: Place, name: str) -> OpenNote:
    """Read the note of an episode, named by slug, folder, GUID or file.

    Raises NotFound, Conflict (two shows have the name; the episode was withdrawn), ContentError.
    """
    found = find_unit(place, name)
    show, row, files, unit = found.show, found.row, found.files, found.path
    guid = row.line.guid if row is not None else None
    if files.note is None:
        episode = row.episode if row is not None else None
        content = _first_note(episode) if episode is not None else b""
        return OpenNote(show=show, unit=unit, path=new_note_path(files), guid=guid, content=content, version="")
    content = read_whole(place.storage, files.note.path, limit_bytes=NOTE_LIMIT_BYTES)
    version = files.note.version
    return OpenNote(show=show, unit=unit, path=files.note.path, guid=guid, content=content, version=version)


def save_note(place: Place, name: str, content: bytes, *, expected: str, wishes: Wishes | None = None) -> Saved:
    """Write a whole note over the version that was read, and index it.

    Raises ContentErrors with every fault, StaleEdit where somebody wrote meanwhile, NotPublishable where the gate
    refuses what it says (then the note is as it was), NotFound, Conflict, ContentError. Before it is written nothing is
    changed; the text that was typed is the caller's to keep.
    """

    def changed(note: OpenNote) -> bytes:
        if note.version != expected:
            raise StaleEdit(
                "stale-edit", "{path} was changed by somebody else; nothing was written. Read it again.", path=note.path
            )
        return content

    return _save(place, name, changed, wishes or Wishes())


def set_keys(place: Place, name: str, changes: Mapping[str, object | None], *, wishes: Wishes | None = None) -> Saved:
    """Change keys of a note, their lines alone; None takes a key away. A text means what it means in a note.

    Raises as `save_note`, and ContentErrors where only a person can edit the note.
    """
    return _save(place, name, lambda note: with_keys(note, changes), wishes or Wishes())


def with_keys(note: OpenNote, changes: Mapping[str, object | None]) -> bytes:
    """The note with keys changed; raises ContentErrors where a value is none, or only a person can edit the note."""
    typed = {key: None if value is None else written_value(key, value, note.path) for key, value in changes.items()}
    before = note.content if note.version else b""
    return edit_note(before, typed, note.path)


def change_of(note: OpenNote, content: bytes) -> NoteChange:
    """The change that makes a note say `content`; raises ContentErrors with all that is wrong in that."""
    check_note(content, note.path, timezone=note.show.timezone)
    return NoteChange(
        show=note.show,
        unit=note.unit,
        path=note.path,
        before=note.content if note.version else b"",
        after=content,
        version=note.version,
        guid=note.guid,
    )


def _save(place: Place, name: str, changed: Callable[[OpenNote], bytes], wishes: Wishes) -> Saved:
    found = open_note(place, name)
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        lease.insist((found.show.path,))
        note = open_note(place, found.path if found.version else name)
        change = change_of(note, changed(note))
        written = write_notes(place, (change,), wishes=wishes, lease=lease)
    return _saved(place, note, change, written)


def _saved(place: Place, note: OpenNote, change: NoteChange, written: Written) -> Saved:
    if change.path in written.refused:
        raise not_taken(change, written.refused[change.path])
    row = _row_at(place, note)
    return Saved(
        path=change.path,
        version=written.versions.get(change.path, change.version),
        content=change.after,
        is_changed=change.is_news,
        episode=row.episode if row is not None else None,
        report=written.report,
    )


def _row_at(place: Place, note: OpenNote) -> EpisodeRow | None:
    """The episode as the index has it now; None where it still knows nothing of it."""
    rows = (row for _, row in named_rows(place, exact_name(note.show, note.guid) if note.guid else note.unit))
    return next(rows, None)


def find_unit(place: Place, name: str) -> Unit:
    """Find an episode's files by slug, folder, GUID or file, be it one that the index does not know yet.

    Raises NotFound, Conflict where two shows have the name or the episode was withdrawn.
    """
    if next(named_rows(place, name), None) is None:
        return _find_unknown(place, name)
    show, row = find_row(place, name)
    check_not_withdrawn(row)
    end_renaming(place, show.show.path, Wishes())
    show, row = find_row(place, name)
    files = find_files(place, show.show, row.line.path)
    if files is None:
        raise NotFound(
            "no-files",
            "The files of “{slug}” are not in the library. Put them back first, or withdraw the episode.",
            slug=row.line.slug,
        )
    return Unit(show=show.show, row=row, files=files)


def _find_unknown(place: Place, name: str) -> Unit:
    """Find by a path of the library: a note that cannot be read is no episode yet, and wants editing most."""
    wanted = spelled(name.rstrip("/").removeprefix("./"))
    rows: dict[str, ShowRow] = {row.show.path: row for row in place.index.shows()}
    for show in find_shows(list_files(place.storage)):
        for files in show.episodes:
            unit = f"{show.path}/{files.path}".lstrip("/")
            own = [file.path for file in (*files.audio, files.note) if file is not None]
            if show.path in rows and wanted in map(spelled, (unit, files.path, *own)):
                row = next((one for _, one in named_rows(place, unit)), None)
                if row is not None:
                    check_not_withdrawn(row)
                return Unit(show=rows[show.path].show, row=row, files=files)
    raise no_episode(place, name)


def _first_note(episode: Episode) -> bytes:
    """What tags and names say of an episode without a note, as a note."""
    values = {
        "title": episode.title,
        "number": episode.number,
        "season": episode.season.number if episode.season is not None else None,
        "draft": True if episode.draft else None,
        "summary": episode.summary,
    }
    return render_note({key: value for key, value in values.items() if value is not None}, episode.notes)
