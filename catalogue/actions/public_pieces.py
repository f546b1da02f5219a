"""Whether something that has, or had, an address may be seen at a moment, and where it is today."""

from __future__ import annotations

from datetime import datetime

from catalogue.actions.shelf import Piece, find_audio, find_transcript, piece_kind
from catalogue.domain.episode import Episode
from catalogue.domain.identity import MediaLine
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.errors import MediaError, NotFound, Withdrawn
from catalogue.store.index import EpisodeRow


def public_episode(row: EpisodeRow, now: datetime) -> Episode:
    """The episode of a row, if it is public at `now`; raises Withdrawn, MediaError (missing), NotFound."""
    if row.line.withdrawn_at is not None:
        raise Withdrawn("withdrawn", "This episode was taken back.")
    if row.episode is None:
        raise missing() if row.line.missing_since is not None else not_found()
    if not row.episode.is_public(now):
        raise not_found()
    return row.episode


def address_today(piece: Piece, sha256: str, now: datetime) -> str:
    """Where what once had a hash is to be found today; raises Withdrawn where nothing took its place.

    What came back to the bytes it once had is at the address that was asked for: to send anybody there would be a
    loop, so it is only not there just now (MediaError).
    """
    address = _today_s_address(piece, now)
    if f"/{sha256}/" in address:
        raise missing()
    return address


def _today_s_address(piece: Piece, now: datetime) -> str:
    owner: Show | Episode = piece.show if piece.row is None else public_episode(piece.row, now)
    lines: dict[str, MediaLine] = piece.row.line.media if piece.row else {}
    line = lines.get(piece.role)
    kind = piece_kind(piece.role)
    artwork = owner.artwork or piece.show.artwork
    if kind == "image" and artwork is not None:
        return Links("").artwork(owner if owner.artwork else piece.show, artwork)
    if line is None or not isinstance(owner, Episode):
        raise Withdrawn("replaced", "This file was taken back; the episode's page has what there is today.")
    links = Links("")
    if kind == "chapters":
        return links.chapters(owner, line.sha256)
    audio, transcript = find_audio(owner, piece.role), find_transcript(owner, piece.role)
    if audio is not None:
        return links.audio(owner, audio)
    if transcript is None:
        raise missing()
    return links.transcript(owner, transcript)


def not_found() -> NotFound:
    """What to say where there is nothing."""
    return NotFound("not-found", "There is nothing at this address.")


def missing() -> MediaError:
    """What to say where a file that should be there is not."""
    return MediaError("missing", "The file is not there just now.")
