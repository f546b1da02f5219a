"""What a process read or wrote last of each show, so that the next run need not read ten thousand lines again.

Nothing here is trusted longer than it is true: a ledger holds for the version of its file, episodes for the change
that their show's row came with. Whoever else writes one makes it another version or another change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import compress, count
from operator import is_not

from catalogue.actions.facts import read_whole
from catalogue.actions.seen import Settled, file_lines
from catalogue.domain.identity import Ledger
from catalogue.domain.marks import Marks
from catalogue.library.known_folders import KnownFolders
from catalogue.library.ledger import read_ledger, render_line
from catalogue.ports import LibraryFile, LibraryStorage
from catalogue.store.index import EpisodeRow, Index, ShowRow

LEDGER_LIMIT_BYTES = 256 * 1024 * 1024


class Remembered:
    """Ledgers by path and episodes by their show's GUID; empty in a new process, and never needed."""

    def __init__(self) -> None:
        self.folders = KnownFolders()
        self.settled: Settled | None = None
        self._ledgers: dict[str, tuple[str, Ledger]] = {}
        self._rendered: dict[str, tuple[Ledger, list[bytes]]] = {}
        self._listed: tuple[tuple[LibraryFile, ...], list[str]] = ((), [])
        self._marks: dict[str, tuple[Ledger, Marks]] = {}
        self._episodes: dict[str, tuple[int, Mapping[str, EpisodeRow]]] = {}

    def read_ledger(self, storage: LibraryStorage, file: LibraryFile) -> Ledger:
        """Read a ledger, unless this version of it is known; raises ContentError."""
        version, ledger = self._ledgers.get(file.path, (None, None))
        if ledger is None or version != file.version:
            ledger = read_ledger(read_whole(storage, file.path, limit_bytes=LEDGER_LIMIT_BYTES), file.path)
            self._ledgers[file.path] = (file.version, ledger)
        return ledger

    def render_ledger(self, path: str, ledger: Ledger) -> bytes:
        """Render a ledger for `path`, those lines alone that are others than there before."""
        before, known = self._rendered.get(path, (ledger, []))
        if len(known) == len(ledger.episodes):
            lines = known.copy()
            for number in _others(before, ledger):
                lines[number] = render_line(ledger.episodes[number])
        else:
            lines = [render_line(line) for line in ledger.episodes]
        self._rendered[path] = (ledger, lines)
        return b"".join((render_line(ledger.show), *lines))

    def keep_ledger(self, file: LibraryFile, ledger: Ledger) -> None:
        """Remember a ledger that was written as `file`."""
        self._ledgers[file.path] = (file.version, ledger)

    def file_lines(self, files: tuple[LibraryFile, ...]) -> list[str]:
        """The `file_lines` of a listing, made once for one and the same."""
        if self._listed[0] is not files:
            self._listed = (files, file_lines(files))
        return self._listed[1]

    def marks(self, path: str, ledger: Ledger) -> Marks:
        """What the episodes of the ledger at `path` are known by, and what they were since this process began."""
        before, marks = self._marks.get(path, (None, None))
        if before is None or marks is None or len(before.episodes) != len(ledger.episodes):
            before, marks = ledger, Marks(ledger.episodes)
        for number in _others(before, ledger):
            marks.add(ledger.episodes[number])
        self._marks[path] = (ledger, marks)
        return marks

    def episodes(self, index: Index, row: ShowRow) -> Mapping[str, EpisodeRow]:
        """A show's episodes by GUID, in its order."""
        change, episodes = self._episodes.get(row.show.guid, (None, None))
        if episodes is None or change != row.revision:
            episodes = {one.line.guid: one for one in index.episodes(row.show.guid)}
            self._episodes[row.show.guid] = (row.revision, episodes)
        return episodes

    def keep_episodes(self, index: Index, show_guid: str, episodes: Mapping[str, EpisodeRow]) -> None:
        """Remember all of a show's episodes, just saved by who holds its lease."""
        row = next((row for row in index.shows() if row.show.guid == show_guid), None)
        if row is not None:
            _, before = self._episodes.get(show_guid, (None, {}))
            ordered = episodes if before.keys() == episodes.keys() else dict(sorted(episodes.items()))
            self._episodes[show_guid] = (row.revision, ordered)


def _others(before: Ledger, now: Ledger) -> Iterator[int]:
    """The numbers of the lines that are others; of ten thousand, so that none costs a step of our own."""
    return compress(count(), map(is_not, before.episodes, now.episodes))
