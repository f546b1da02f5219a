"""Slugs of episodes by their beginning, for a shell that completes words: quickly, and changing nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from catalogue.config import Settings
from catalogue.store.index import open_index

MOST = 200


def begun_slugs(settings: Settings, beginning: str) -> Iterator[str]:
    """Give at most MOST slugs that begin so, in their order; none where there is no index yet. Raises StoreError."""
    if not settings.database_url and not settings.data_folder.is_dir():
        return
    with closing(open_index(settings.store_url)) as index:
        lines = (row.line for show in index.shows() for row in index.episodes(show.show.guid))
        slugs = sorted({line.slug for line in lines if line.withdrawn_at is None and line.slug.startswith(beginning)})
    yield from slugs[:MOST]
