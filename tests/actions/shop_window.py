"""A publication over an index that is written directly: no audio, no parsing, only what the public may see."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from builders import NOON, make_ledger_show, make_show

from catalogue.actions.publish import Media, Publication
from catalogue.domain.episode import Episode
from catalogue.domain.identity import LedgerEpisode
from catalogue.domain.ledger_lines import follow_episode, follow_show, media_of
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.feed.chapters import render_chapters
from catalogue.library.storage import LocalLibrary
from catalogue.store.index import EpisodeRow, FileRow, ShowRow, open_index


class ShopWindow:
    """What an index holds, and what visitors see of it at `now`."""

    def __init__(self, folder: Path) -> None:
        (folder / "library").mkdir()
        self.derived = folder / "derived"
        self.derived.mkdir()
        self.index = open_index(f"sqlite:///{folder / 'index.sqlite3'}")
        self.now: datetime = NOON
        self.ticks = 0.0
        self.publication = Publication(
            self.index, LocalLibrary(folder / "library"), self.derived, monotonic=lambda: self.ticks
        )
        self._lines: dict[str, LedgerEpisode] = {}
        self._show_line = make_ledger_show()

    def put(self, *episodes: Episode, show: Show | None = None, files: Iterable[str] | None = None) -> Show:
        """Index episodes as they are now; their files are known unless `files` names fewer."""
        show = show or make_show()
        self._show_line = follow_show(self._show_line, show)
        known = {one.path: one.sha256 for e in episodes for one in (*e.renditions, *e.transcripts)}
        kept = [path for path in sorted(known) if files is None or path in files]
        self.index.save_files(_file_row(path, known[path]) for path in kept)
        row = ShowRow(show=show, line=self._show_line, changed_at=NOON, version="1")
        self.index.save_show(row, episodes={one.guid: self._row(one) for one in episodes})
        self.ticks += 1
        return show

    def forget(self, episode: Episode, **stated: object) -> None:
        """Leave only the ledger's line of an episode, as after the database was deleted and its files are gone."""
        line = replace(self._lines[episode.guid], **stated)
        row = EpisodeRow(episode=None, line=line, version="")
        self.index.save_show(self.index.shows()[0], episodes={episode.guid: row})
        self.ticks += 1

    def page(self, slug: str) -> Episode:
        return self.publication.episode(self.publication.shows()[0], slug, self.now)

    def listed(self) -> list[str]:
        return [one.slug for one in self.publication.episodes(self.publication.shows()[0], self.now)]

    def feed(self, base_url: str = "https://example.org") -> object:
        return self.publication.feed(self.publication.first_feed(), Links(base_url), self.now)

    def fetch(self, sha256: str, name: str) -> Media:
        return self.publication.media(sha256, name, self.now)

    def _row(self, episode: Episode) -> EpisodeRow:
        line = self._lines.get(episode.guid) or LedgerEpisode(guid=episode.guid, path=episode.path, slug=episode.slug)
        self._lines[episode.guid] = follow_episode(line, episode, media_of(episode, chapters_hash(episode)))
        return EpisodeRow(episode=episode, line=self._lines[episode.guid], version="1")


def chapters_hash(episode: Episode) -> str | None:
    """The hash under which an episode's chapters are served."""
    return hashlib.sha256(render_chapters(episode)).hexdigest() if episode.chapters else None


def _file_row(path: str, sha256: str) -> FileRow:
    return FileRow(path=path, version="1000-77-5", kind="audio", document=f'{{"sha256":"{sha256}"}}')
