"""What a player needs to know of an episode, on whichever page it stands."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from flask import g, request

from catalogue.domain.episode import Episode
from catalogue.domain.media import RemoteAudio
from web.current import site

# A listener's t is whole seconds; a day is longer than any episode.
_SECONDS = re.compile(r"\d{1,5}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A place the player may take the audio from."""

    url: str
    media_type: str
    size_bytes: int
    extension: str


@dataclass(frozen=True, kw_only=True)
class Player:
    """An episode's player on one page.

    `title` is in the language of the page; `path` is where that page is, to which its times lead, `url`
    the address it gives away. `moment` is where it starts. `remote_host` names whose server the audio is on, where it
    is not ours. `key` is what a browser remembers the episode by, whatever its address becomes.
    """

    episode: Episode
    title: str
    path: str
    url: str
    sources: tuple[Source, ...]
    moment: timedelta | None
    remote_host: str | None
    key: str

    @property
    def is_playable(self) -> bool:
        return bool(self.sources) and self.episode.missing_since is None


def read_player(episode: Episode, *, title: str, path: str, url: str) -> Player:
    """Gather what the request's page needs to play an episode; lets that page play audio that is elsewhere."""
    remote = episode.remote if not episode.renditions else None
    if remote:
        g.remote_audio = remote.url
    return Player(
        episode=episode,
        title=title,
        path=path,
        url=url,
        sources=_remote_sources(remote) if remote else _own_sources(episode),
        moment=read_moment(request.args.get("t"), episode.duration),
        remote_host=urlsplit(remote.url).hostname if remote else None,
        key=hashlib.sha256(episode.guid.encode("utf-8", "surrogatepass")).hexdigest()[:16],
    )


def read_moment(text: str | None, duration: timedelta | None) -> timedelta | None:
    """Read `t`, whole seconds; None for anything else, and for a moment after the end.

    >>> read_moment("252", timedelta(minutes=5)), read_moment("9999", timedelta(minutes=5)), read_moment("x", None)
    (datetime.timedelta(seconds=252), None, None)
    """
    if text is None or not _SECONDS.fullmatch(text):
        return None
    moment = timedelta(seconds=int(text))
    return moment if duration is None or moment < duration else None


def _own_sources(episode: Episode) -> tuple[Source, ...]:
    return tuple(
        Source(
            url=site().pages.audio(episode, audio),
            media_type=audio.media_type,
            size_bytes=audio.size_bytes,
            extension=audio.extension,
        )
        for audio in episode.renditions
    )


def _remote_sources(remote: RemoteAudio) -> tuple[Source, ...]:
    extension = urlsplit(remote.url).path.rpartition(".")[2][:4]
    return (Source(url=remote.url, media_type=remote.media_type, size_bytes=remote.size_bytes, extension=extension),)
