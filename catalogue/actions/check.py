"""Run the linter over what subscribers would get."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.actions.publish import Publication
from catalogue.actions.shelf import chapters_piece
from catalogue.check.facts import FeedFacts
from catalogue.check.rule import Finding
from catalogue.check.run import check_feed
from catalogue.documents import read_document
from catalogue.domain.episode import Episode
from catalogue.domain.facts import AudioFacts
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.store.index import Index


@dataclass(frozen=True, kw_only=True)
class ShowFindings:
    """A show and what its feed is found to lack, worst first."""

    show: Show
    findings: tuple[Finding, ...]


def check_shows(publication: Publication, links: Links, now: datetime) -> tuple[ShowFindings, ...]:
    """Check every show's feed as it would be served at `now`; never raises for bad content."""
    return tuple(
        ShowFindings(show=show, findings=_check(publication, show, links, now)) for show in publication.shows()
    )


def find_facts(
    publication: Publication, show: Show, links: Links, now: datetime, *, index: Index | None = None
) -> FeedFacts:
    """Gather what the catalogue knows of a show's feed at `now`; with the `index` what audio files tell, too."""
    episodes = publication.episodes(show, now)
    facts = _facts(show, episodes, links, now)
    if index is None:
        return facts
    return replace(facts, without_seek_header=_without_seek_header(episodes, links, index))


def _check(publication: Publication, show: Show, links: Links, now: datetime) -> tuple[Finding, ...]:
    feed = publication.feed(show, links, now)
    return check_feed(feed.body, url=links.feed(show), facts=find_facts(publication, show, links, now))


def _facts(show: Show, episodes: Iterable[Episode], links: Links, now: datetime) -> FeedFacts:
    episodes = tuple(episodes)
    audio = {links.audio(episode, one): (episode, one) for episode in episodes for one in episode.renditions}
    chapters = {}
    for episode in episodes:
        if episode.chapters:
            body, sha256, _ = chapters_piece(episode)
            chapters[links.chapters(episode, sha256)] = body
    return FeedFacts(
        own=True,
        lengths={url: one.size_bytes for url, (_, one) in audio.items()},
        types={url: one.media_type for url, (_, one) in audio.items()},
        durations={url: one.duration for url, (_, one) in audio.items() if one.duration is not None},
        guid_by_audio={url: episode.guid for url, (episode, _) in audio.items()},
        chapters=chapters,
        published_guids=frozenset(episode.guid for episode in episodes),
        show_guid=show.guid,
        now=now,
    )


def _without_seek_header(episodes: Iterable[Episode], links: Links, index: Index) -> frozenset[str]:
    """Enclosures of variable bit rate that no header leads through."""
    urls = {
        one.path: links.audio(episode, one)
        for episode in episodes
        for one in episode.renditions[:1]
        if one.format == "mp3"
    }
    rows = index.files_at(tuple(urls))
    heard = {path: read_document(AudioFacts, row.document) for path, row in rows.items() if row.document}
    return frozenset(
        urls[path] for path, facts in heard.items() if facts.bitrate_mode == "variable" and not facts.seek_header
    )
