"""The one file an item encloses, whether it lies here or on somebody else's server."""

from __future__ import annotations

from typing import NamedTuple

from catalogue.domain.episode import Episode
from catalogue.domain.links import Links


class Enclosure(NamedTuple):
    """What RSS says of it."""

    url: str
    size_bytes: int
    media_type: str


def enclosure_of(episode: Episode, links: Links) -> Enclosure | None:
    """Give the enclosure; None without audio. Missing audio keeps the enclosure it was last published with."""
    if episode.audio is not None:
        return Enclosure(links.audio(episode, episode.audio), episode.audio.size_bytes, episode.audio.media_type)
    if episode.remote is not None:
        return Enclosure(episode.remote.url, episode.remote.size_bytes, episode.remote.media_type)
    return None
