"""What the linter is told besides a feed: what the catalogue knows of its audio, and the library behind it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from catalogue.actions.publish import Publication
from catalogue.actions.shelf import chapters_piece
from catalogue.check.facts import FeedFacts, LibraryEpisode, LibraryFacts
from catalogue.documents import read_document
from catalogue.domain.episode import Episode
from catalogue.domain.facts import AudioFacts
from catalogue.domain.links import Links
from catalogue.domain.loudness import Loudness
from catalogue.domain.show import Show
from catalogue.store.index import Index

Sounds = Mapping[str, AudioFacts]
"""What audio files were found to hold, by path."""


def read_sounds(episodes: Iterable[Episode], index: Index) -> Sounds:
    """Read what the index knows of the episodes' own audio files. Raises StoreError."""
    paths = tuple(audio.path for episode in episodes for audio in episode.renditions)
    rows = index.files_at(paths)
    return {path: read_document(AudioFacts, row.document) for path, row in rows.items() if row.document}


def feed_facts(
    show: Show, episodes: Iterable[Episode], links: Links, now: datetime, *, sounds: Sounds | None = None
) -> FeedFacts:
    """Gather what is known of a feed that holds these episodes at `now`; `sounds` tells how players seek in them."""
    episodes = tuple(episodes)
    audio = {links.audio(episode, one): (episode, one) for episode in episodes for one in episode.renditions}
    heard = {url: (sounds or {}).get(one.path) for url, (_, one) in audio.items()}
    return FeedFacts(
        own=True,
        lengths={url: one.size_bytes for url, (_, one) in audio.items()},
        types={url: one.media_type for url, (_, one) in audio.items()},
        durations={url: one.duration for url, (_, one) in audio.items() if one.duration is not None},
        integrity={url: _integrity(one.sha256) for url, (_, one) in audio.items()},
        without_seek_header=frozenset(url for url, sound in heard.items() if sound and _leads_nowhere(sound)),
        guid_by_audio={url: episode.guid for url, (episode, _) in audio.items()},
        chapters=_chapters(episodes, links),
        published_guids=frozenset(episode.guid for episode in episodes),
        show_guid=show.guid,
        now=now,
    )


def _integrity(sha256: str) -> str:
    """The hash as W3C's Subresource Integrity writes it."""
    return f"sha256-{base64.b64encode(bytes.fromhex(sha256)).decode('ascii')}"


def _leads_nowhere(sound: AudioFacts) -> bool:
    """Whether its bit rate varies and no header leads through it."""
    return sound.bitrate_mode == "variable" and not sound.seek_header


def _chapters(episodes: Iterable[Episode], links: Links) -> dict[str, bytes]:
    chapters = {}
    for episode in episodes:
        if episode.chapters:
            body, sha256, _ = chapters_piece(episode)
            chapters[links.chapters(episode, sha256)] = body
    return chapters


def library_facts(
    publication: Publication,
    show: Show,
    links: Links,
    now: datetime,
    *,
    sounds: Sounds | None = None,
    loudnesses: Mapping[str, Loudness] | None = None,
) -> LibraryFacts:
    """Gather what rules over the library judge: the show's public episodes at `now`, and which pages there are.

    `loudnesses` is what was measured of audio files, by their hash.
    """
    heard = sounds or {}
    episodes = publication.episodes(show, now)
    pages = {one.slug: publication.known_pages(one) for one in publication.shows()}
    is_first = publication.shows()[0].guid == show.guid
    return LibraryFacts(
        show=show,
        today=now.astimezone(ZoneInfo(show.timezone)).date(),
        episodes=tuple(
            LibraryEpisode(episode=one, sounds=_of_episode(one, heard), loudness=_loudness(one, loudnesses or {}))
            for one in episodes
        ),
        base_url=links.base_url,
        pages=frozenset(
            f"/{slug}/{page}"
            for one in publication.shows()
            for slug in (one.slug, *one.was)
            for page in pages[one.slug]
        ),
        shows=frozenset(slug for one in publication.shows() for slug in (one.slug, *one.was)),
        written=tuple(page for page in publication.pages().pages if not page.draft) if is_first else (),
    )


def _loudness(episode: Episode, known: Mapping[str, Loudness]) -> Loudness | None:
    return known.get(episode.renditions[0].sha256) if episode.renditions else None


def _of_episode(episode: Episode, sounds: Sounds) -> Sounds:
    return {audio.path: sounds[audio.path] for audio in episode.renditions if audio.path in sounds}
