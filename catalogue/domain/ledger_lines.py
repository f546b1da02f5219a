"""How a ledger's line follows its episode: new addresses are added, old ones never forgotten."""

from __future__ import annotations

from dataclasses import replace

from catalogue.domain.episode import Episode
from catalogue.domain.identity import REMOTE_ROLE, LedgerEpisode, LedgerShow, MediaLine, remote_hash
from catalogue.domain.show import Show

CHAPTERS_ROLE = "chapters.json"
ARTWORK_ROLE = "artwork"


def audio_role(extension: str) -> str:
    """The role of a rendition, by the extension it is published with."""
    return f"audio.{extension}"


def transcript_role(language: str, transcript_format: str) -> str:
    """The role of a transcript: there is one for each language and format."""
    return f"transcript.{language}.{transcript_format}"


def media_of(episode: Episode, chapters_sha256: str | None) -> dict[str, MediaLine]:
    """Everything of an episode that has an address by hash, and the hash of its remote audio's, under its role."""
    media = {
        audio_role(audio.extension): MediaLine(sha256=audio.sha256, essence=audio.essence, size_bytes=audio.size_bytes)
        for audio in reversed(episode.renditions)
    }
    if episode.remote is not None:
        media[REMOTE_ROLE] = MediaLine(sha256=remote_hash(episode.remote.url))
    for transcript in reversed(episode.transcripts):
        media[transcript_role(transcript.language, transcript.format)] = MediaLine(sha256=transcript.sha256)
    if chapters_sha256 is not None:
        media[CHAPTERS_ROLE] = MediaLine(sha256=chapters_sha256)
    if episode.artwork is not None:
        media[ARTWORK_ROLE] = MediaLine(sha256=episode.artwork.sha256)
    return dict(sorted(media.items()))


def follow_episode(line: LedgerEpisode, episode: Episode, media: dict[str, MediaLine]) -> LedgerEpisode:
    """Give the line as it is once `episode` is published with `media`."""
    return replace(
        line,
        path=episode.path,
        slug=episode.slug,
        was=_earlier_slugs(line.was, line.slug, episode.slug),
        media=media,
        was_media=_earlier_media(line.was_media, line.media, media),
        missing_since=episode.missing_since,
        withdrawn_at=episode.withdrawn_at,
    )


def follow_show(line: LedgerShow, show: Show) -> LedgerShow:
    """Give the first line as it is once `show` is published."""
    media = {ARTWORK_ROLE: MediaLine(sha256=show.artwork.sha256)} if show.artwork else {}
    return replace(
        line,
        slug=show.slug,
        was=_earlier_slugs(line.was, line.slug, show.slug),
        media=media,
        was_media=_earlier_media(line.was_media, line.media, media),
    )


def _earlier_slugs(was: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    earlier = was if old == new or old in was else (*was, old)
    return tuple(slug for slug in earlier if slug != new)


def _earlier_media(was: dict[str, str], old: dict[str, MediaLine], new: dict[str, MediaLine]) -> dict[str, str]:
    current = {line.sha256 for line in new.values()}
    earlier = dict(was)
    for role, line in old.items():
        if line.sha256 not in current:
            earlier[line.sha256] = role
    return earlier
