"""A publication over an index of its own, as `castalogue serve` has one."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

from benchmarks.episodes import BEGUN, LINKS, SHOW
from catalogue.actions.publish import Publication
from catalogue.domain.episode import Episode
from catalogue.domain.identity import LedgerEpisode, LedgerShow
from catalogue.domain.ledger_lines import follow_episode, follow_show, media_of
from catalogue.feed.fragment import ItemRenderer
from catalogue.library.storage import LocalLibrary
from catalogue.store.index import EpisodeRow, FragmentRow, Index, ShowRow, open_index

NOW = BEGUN + timedelta(days=36_500)


class Served:
    """Saves episodes, and makes the feed of them."""

    def __init__(self, folder: Path, episodes: list[Episode]) -> None:
        (folder / "library").mkdir(parents=True, exist_ok=True)
        self._index: Index = open_index(f"sqlite:///{folder / 'index.sqlite3'}")
        self._publication = Publication(self._index, LocalLibrary(folder / "library"), folder)
        self._renderer, self._saved_at = ItemRenderer(SHOW), NOW
        if episodes:
            self._save(episodes)

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        self._index.close()

    def publish(self, episode: Episode) -> None:
        """Do what `castalogue index` does in the end: save an episode with its rendered item."""
        self._saved_at += timedelta(seconds=1)
        self._save([episode])

    def read(self) -> None:
        """Read all episodes, as every page needs them."""
        self._publication.shows()

    def refresh(self) -> int:
        """Do what the background thread does: give the size of what is ready to be served."""
        self._publication.refresh(LINKS, NOW)
        feed = self._publication.feed_at_hand(SHOW.slug, LINKS, NOW)
        assert feed is not None
        return feed.plain.size_bytes + feed.gzip.size_bytes

    def check(self, count: int) -> None:
        """Raise RuntimeError unless the feed has so many items and gzip gives the same."""
        feed = self._publication.feed(SHOW, LINKS, NOW)
        if feed.body.count(b"<item>") != count or gzip.decompress(feed.gzip.body) != feed.body:
            raise RuntimeError("the feed that is served is not the feed")

    def _save(self, episodes: list[Episode]) -> None:
        line = follow_show(LedgerShow(guid=SHOW.guid, slug=SHOW.slug, first_seen_at=BEGUN), SHOW)
        row = ShowRow(show=SHOW, line=line, changed_at=self._saved_at, version="1")
        fragments = {one.guid: self._renderer.render(one) for one in episodes}
        self._index.save_show(
            row,
            episodes={one.guid: _row(one) for one in episodes},
            fragments={guid: FragmentRow(one.key, one.body) for guid, one in fragments.items()},
        )


def _row(episode: Episode) -> EpisodeRow:
    line = LedgerEpisode(guid=episode.guid, path=episode.path, slug=episode.slug)
    return EpisodeRow(episode=episode, line=follow_episode(line, episode, media_of(episode, None)), version="1")
