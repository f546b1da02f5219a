"""Run the linter over what subscribers would get."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.publish import Publication
from catalogue.actions.shelf import chapters_piece
from catalogue.check.facts import FeedFacts
from catalogue.check.rule import Finding
from catalogue.check.run import check_feed
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.show import Show


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


def _check(publication: Publication, show: Show, links: Links, now: datetime) -> tuple[Finding, ...]:
    feed = publication.feed(show, links, now)
    facts = _facts(show, publication.episodes(show, now), links, now)
    return check_feed(feed.body, url=links.feed(show), facts=facts)


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
