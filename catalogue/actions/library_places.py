"""Where in the library a flaw is to be mended: the file, and the line where that is known.

Files are listed and read only when something is wrong: of ten thousand notes, those that have a fault.
"""

from __future__ import annotations

from functools import cached_property

from catalogue.actions.facts import read_whole
from catalogue.actions.listing import list_files
from catalogue.actions.reading import NOTE_LIMIT_BYTES
from catalogue.check.facts import LibraryFacts
from catalogue.check.library_rule import Place
from catalogue.check.rule import Flaw
from catalogue.domain.show import Show
from catalogue.errors import CatalogueError, ShowFileError
from catalogue.library.folder import EpisodeFiles, find_shows
from catalogue.library.notes.fields import Fields, plain_lines
from catalogue.library.notes.front_matter import read_note
from catalogue.library.notes.toml_fields import read_toml
from catalogue.ports import LibraryStorage

SHOW_FILE = "show.toml"


class LibraryPlaces:
    """The files of a library, to be asked for what is wrong in them."""

    def __init__(self, storage: LibraryStorage) -> None:
        self._storage = storage

    def find(self, library: LibraryFacts, flaw: Flaw) -> Place:
        """Find the file and the line that a flaw is in; the path is empty where its files have gone."""
        if flaw.path:
            return self._in_note(flaw.path, flaw) if flaw.key else Place(flaw.path)
        if flaw.episode is None:
            return self._in_show_file(library.show, flaw.key)
        files = self.files_at(library.show, flaw.episode.episode.path)
        if files is None:
            return Place("")
        note = dict(files.translations).get(flaw.language) if flaw.language else files.note
        if note is None:
            return Place(next((audio.path for audio in files.audio), ""))
        return self._in_note(note.path, flaw)

    @cached_property
    def _files(self) -> dict[tuple[str, str], EpisodeFiles]:
        try:
            shows = find_shows(list_files(self._storage))
        except CatalogueError:  # the disk has gone since; what was indexed is judged all the same
            return {}
        return {(show.path, files.path): files for show in shows for files in show.episodes}

    def files_at(self, show: Show, path: str) -> EpisodeFiles | None:
        """The files of the episode at `path` of a show; None where they have gone."""
        return self._files.get((show.path, path))

    def _in_note(self, path: str, flaw: Flaw) -> Place:
        try:
            content = read_whole(self._storage, path, limit_bytes=NOTE_LIMIT_BYTES)
            note = read_note(content, path)
        except CatalogueError:  # it was edited since: `index` says what is wrong with it
            return Place(path)
        if flaw.notes_line is None:
            return Place(path, _line_of(note.fields, flaw.key))
        lines = plain_lines(content.decode("utf-8", "replace")).count("\n")
        return Place(path, lines - note.body.count("\n") + flaw.notes_line) if note.body else Place(path)

    def _in_show_file(self, show: Show, key: str) -> Place:
        path = f"{show.path}/{SHOW_FILE}".lstrip("/")
        try:
            text = read_whole(self._storage, path, limit_bytes=NOTE_LIMIT_BYTES).decode("utf-8", "replace")
            return Place(path, _line_of(read_toml(plain_lines(text), path=path, error=ShowFileError), key))
        except CatalogueError:  # as above
            return Place(path)


def _line_of(fields: Fields, key: str) -> int | None:
    field = fields.get(key)
    return field.line if field is not None else None
