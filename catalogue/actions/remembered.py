"""What a process read or wrote last of each show, so that the next run need not read ten thousand lines again.

Nothing here is trusted longer than it is true: a ledger holds for the version of its file, episodes for the change
that their show's row came with. Whoever else writes one makes it another version or another change.
"""

from __future__ import annotations

from collections.abc import Mapping

from catalogue.actions.facts import read_whole
from catalogue.domain.identity import Ledger, LedgerEpisode
from catalogue.library.known_folders import KnownFolders
from catalogue.library.ledger import read_ledger, render_line
from catalogue.ports import LibraryFile, LibraryStorage
from catalogue.store.index import EpisodeRow, Index, ShowRow

LEDGER_LIMIT_BYTES = 256 * 1024 * 1024


class Remembered:
    """Ledgers by path and episodes by their show's GUID; empty in a new process, and never needed."""

    def __init__(self) -> None:
        self.folders = KnownFolders()
        self._ledgers: dict[str, tuple[str, Ledger]] = {}
        self._lines: dict[str, dict[str, tuple[LedgerEpisode, bytes]]] = {}
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
        known, lines = self._lines.get(path, {}), {}
        for line in ledger.episodes:
            before = known.get(line.guid)
            lines[line.guid] = before if before is not None and before[0] is line else (line, render_line(line))
        self._lines[path] = lines
        return b"".join((render_line(ledger.show), *(content for _, content in lines.values())))

    def keep_ledger(self, file: LibraryFile, ledger: Ledger) -> None:
        """Remember a ledger that was written as `file`."""
        self._ledgers[file.path] = (file.version, ledger)

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
            self._episodes[show_guid] = (row.revision, dict(sorted(episodes.items())))
