"""An episode's audio for who works on it: in ranges, as public audio is sent, and kept by no cache."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Response, g, request, url_for

from catalogue.actions.own_audio import find_own_audio
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_AUDIO
from catalogue.errors import NotFound
from catalogue.store.index import EpisodeRow
from web import ranges
from web.file_bodies import Version, open_unchanged, segments_body
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import place
from web.studio.loudness import wave_of
from web.studio.rights import allows
from web.studio.work import find_row


@studio.get(EPISODE_AUDIO, endpoint="audio")
@allows(Right.SEE_DRAFTS)
def audio(show: str, episode: str) -> Response:  # noqa: ARG001  (the guard has found the show)
    """The enclosure, whole or in part."""
    row = find_row(episode)
    if row.episode is None:
        raise NotFound("no-own-audio", "This episode has no audio of its own here.")
    found = find_own_audio(place(), row.episode)
    version = Version(found.size_bytes, found.mtime_ns)
    facts = ranges.Facts(
        size=found.size_bytes,
        etag=f'"sha256-{found.sha256}"',
        modified=datetime.fromtimestamp(found.mtime_ns // 1_000_000_000, UTC),
        content_type=found.media_type,
    )
    outcome = ranges.respond(facts, request.headers, method=request.method)
    file = open_unchanged(found.path, version)
    if not outcome.length:
        file.close()
    body = segments_body(request.environ, file, outcome.segments, version) if outcome.length else ()
    response = Response(body, status=outcome.status, direct_passthrough=True)
    response.headers["Content-Type"] = found.media_type
    response.headers.update(outcome.headers)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def sound_of(row: EpisodeRow) -> dict[str, Any]:
    """What a page needs to let its episode be heard: an address, whose server that is where it is not ours, a picture.

    The page may then play from there; nothing is asked of it before somebody presses play.
    """
    episode = row.episode
    if episode is None or not episode.has_audio or episode.missing_since is not None:
        return {"sound": "", "sound_host": None}
    if episode.renditions:
        address = url_for("studio.audio", show=current.show().slug, episode=row.line.slug)
        return {"sound": address, "sound_host": None, "wave": wave_of(row)}
    assert episode.remote is not None
    g.remote_audio = episode.remote.url
    return {"sound": episode.remote.url, "sound_host": urlsplit(episode.remote.url).hostname}
