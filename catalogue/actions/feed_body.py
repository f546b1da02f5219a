"""A show's feed in the shape it is served: both codings, their names, and when it changes next."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.shelf import ShowShelf
from catalogue.domain.links import Links
from catalogue.feed.assembly import render_feed


@dataclass(frozen=True, kw_only=True)
class FeedBody:
    """A feed as served: bytes and strong ETag of each coding, when it last changed and will next change."""

    body: bytes
    gzip: bytes
    etag: str
    gzip_etag: str
    changed_at: datetime
    due_at: datetime | None


def render_body(shelf: ShowShelf, links: Links, now: datetime) -> FeedBody:
    """Render what is public of a show at `now`."""
    visible = [episode for episode in shelf.episodes if episode.is_public(now)]
    body = render_feed(shelf.show, visible, links)
    name = hashlib.sha256(body).hexdigest()[:32]
    coming = [
        episode.published_at
        for episode in shelf.episodes
        if episode.published_at is not None and episode.published_at > now and episode.is_public(episode.published_at)
    ]
    latest = max((episode.published_at for episode in visible if episode.published_at), default=shelf.row.changed_at)
    return FeedBody(
        body=body,
        gzip=gzip.compress(body, mtime=0),
        etag=f'"{name}"',
        gzip_etag=f'"{name}-gzip"',
        changed_at=max(shelf.row.changed_at, latest),
        due_at=min(coming, default=None),
    )
