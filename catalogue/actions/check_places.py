"""Where in the library a finding is mended: the file that states the value, and the line in it.

A feed's own line says nothing to who writes notes. So each element is led back to the key it is made of, and that key
is looked up in the file as it stands now. Files are opened for what is wrong alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from catalogue.actions.check_keys import ARTWORK, AUDIO, CHAPTERS, MISSING_KEYS, NOTE_KEYS, SHOW_KEYS, TRANSCRIPTS
from catalogue.actions.facts import read_whole
from catalogue.actions.planning import SHOW_FILE_LIMIT_BYTES
from catalogue.actions.reading import NOTE_LIMIT_BYTES
from catalogue.check.rule import Finding
from catalogue.domain.episode import Episode
from catalogue.domain.show import Show
from catalogue.errors import ContentError, ContentErrors, ShowFileError
from catalogue.library.episode_files import EpisodeFiles
from catalogue.library.folder import SHOW_NAME
from catalogue.library.notes.fields import plain_lines, read_utf8
from catalogue.library.notes.front_matter import find_lines
from catalogue.library.notes.toml_fields import read_toml
from catalogue.ports import LibraryFile, LibraryStorage

FindFiles = Callable[[Show, str], EpisodeFiles | None]
"""Gives the files of a show's episode by its path; None where they have gone."""

# What audio's tags and names may state, where the note does not.
_OF_TAGS = frozenset({"title", "number", "season", "author", "summary", "published", "", "chapters"})


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A file of the library and, where it is known, the line; `path` is relative to the library."""

    path: str
    line: int | None = None


class Places:
    """Finds where the values of one show stand; remembers the lines of what it read."""

    def __init__(
        self, storage: LibraryStorage, show: Show, *, episodes: Iterable[Episode], find_files: FindFiles
    ) -> None:
        """Take the show's `episodes`, and what finds their files, once that is asked."""
        self._storage, self._show, self._find_files = storage, show, find_files
        self._episodes = {one.guid: one for one in episodes}
        self._lines: dict[str, Mapping[str, int]] = {}

    @property
    def show_file(self) -> str:
        """The path of the show's `show.toml`."""
        return f"{self._show.path}/{SHOW_NAME}".lstrip("/")

    def placed(self, finding: Finding) -> Finding:
        """The finding with its file and line; one that has its file already stays."""
        if finding.file:
            return finding
        episode = self._episodes.get(finding.guid) if finding.guid else None
        keys = SHOW_KEYS if episode is None else NOTE_KEYS
        key = keys.get(finding.element, MISSING_KEYS.get(finding.rule, None))
        spot = self.of_show(key) if episode is None else self.of_episode(episode, key)
        return replace(finding, file=spot.path, file_line=spot.line)

    def of_show(self, key: str | None) -> Spot:
        """Where the show states a key; the file without a line where it does not, or where nobody knows which."""
        if key == ARTWORK and self._show.artwork is not None and self._show.artwork.path:
            return Spot(path=self._show.artwork.path)
        return Spot(path=self.show_file, line=self._show_lines().get(key or "") if key else None)

    def of_episode(self, episode: Episode, key: str | None) -> Spot:
        """Where an episode states a key: in its note, else in the audio, whose tags speak where a note does not."""
        beside = self._file_of(episode, key) if key else None
        if beside is not None:
            return Spot(path=beside)
        files = self._find_files(self._show, episode.path)
        note = files.note if files is not None else None
        lines = self._note_lines(note) if note is not None else {}
        stated = {AUDIO: "enclosure", CHAPTERS: "chapters", TRANSCRIPTS: "transcripts", ARTWORK: "artwork"}
        line = lines.get(stated.get(key, key)) if key is not None else None
        audio = episode.renditions[0].path if episode.renditions else None
        if note is None or (line is None and audio and key in _OF_TAGS):
            return Spot(path=audio or f"{self._show.path}/{episode.path}".lstrip("/"))
        return Spot(path=note.path, line=line)

    def _file_of(self, episode: Episode, key: str) -> str | None:
        """The file beside the note that is at fault, where it is one."""
        files = self._find_files(self._show, episode.path)
        if key == AUDIO:
            return episode.renditions[0].path if episode.renditions else None
        if key == TRANSCRIPTS:
            return episode.transcripts[0].path if episode.transcripts else None
        if key == ARTWORK:
            return episode.artwork.path if episode.artwork else None
        if key == CHAPTERS and files is not None and files.chapters is not None:
            return files.chapters.path
        return None

    def _note_lines(self, note: LibraryFile) -> Mapping[str, int]:
        if note.path not in self._lines:
            try:
                content = read_whole(self._storage, note.path, limit_bytes=NOTE_LIMIT_BYTES)
                self._lines[note.path] = find_lines(content, note.path)
            except (ContentError, ContentErrors):  # the index says why; the file alone is named here
                self._lines[note.path] = {}
        return self._lines[note.path]

    def _show_lines(self) -> Mapping[str, int]:
        path = self.show_file
        if path not in self._lines:
            try:
                content = read_whole(self._storage, path, limit_bytes=SHOW_FILE_LIMIT_BYTES)
                text = plain_lines(read_utf8(content, path=path, error=ShowFileError))
                fields = read_toml(text, path=path, error=ShowFileError)
                self._lines[path] = {key: field.line for key, field in fields.items()}
            except (ContentError, ContentErrors):  # the same
                self._lines[path] = {}
        return self._lines[path]
