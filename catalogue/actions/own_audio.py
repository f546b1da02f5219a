"""An episode's audio for who works on it: a draft's too, which has no public address."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from catalogue.actions.damage import is_damaged
from catalogue.actions.open import Place
from catalogue.actions.public_pieces import missing
from catalogue.domain.episode import Episode
from catalogue.errors import NotFound
from catalogue.ports import size_and_time


@dataclass(frozen=True, kw_only=True)
class OwnAudio:
    """A file of the library that holds `sha256` as long as it has this size and time."""

    path: Path
    media_type: str
    sha256: str
    size_bytes: int
    mtime_ns: int


def find_own_audio(place: Place, episode: Episode) -> OwnAudio:
    """Find the audio that is the enclosure; raises NotFound where the library has none, MediaError where it is not
    there today or not what was indexed.
    """
    if episode.audio is None:
        raise NotFound("no-own-audio", "This episode has no audio of its own here.")
    row = place.index.file(episode.audio.path)
    is_known = row is not None and row.document is not None and not is_damaged(row)
    if row is None or not is_known or json.loads(row.document or "{}").get("sha256") != episode.audio.sha256:
        raise missing()
    size_bytes, mtime_ns = size_and_time(row.version)
    return OwnAudio(
        path=place.storage.local_path(row.path),
        media_type=episode.audio.media_type,
        sha256=episode.audio.sha256,
        size_bytes=size_bytes,
        mtime_ns=mtime_ns,
    )
