"""What subscribers would see if an episode were published, taken back or withdrawn: said before anybody does it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from catalogue.actions.check_facts import feed_facts, read_sounds
from catalogue.actions.effects import Effect, effects_of
from catalogue.actions.open import Place
from catalogue.check.facts import LibraryEpisode, LibraryFacts
from catalogue.check.library_run import check_library
from catalogue.check.rule import Finding
from catalogue.check.run import check_feed
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.plan import Change, EpisodePlan
from catalogue.domain.show import Show
from catalogue.errors import NotPublishable
from catalogue.feed.assembly import render_feed


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """What a deed would be to those who subscribe, and what directories and listeners would mind."""

    effects: tuple[Effect, ...]
    findings: tuple[Finding, ...] = ()


def foresee_publishing(
    place: Place, show: Show, episode: Episode, *, at: datetime, links: Links, now: datetime
) -> Foreseen:
    """Say what it would be to let an episode out at a moment; both are aware UTC. Raises StoreError."""
    public = replace(episode, draft=False, published_at=at)
    plan = EpisodePlan(change=Change.CHANGED, episode=public, before=episode)
    return Foreseen(effects=effects_of(plan, now=now), findings=_findings(place, show, public, links=links))


def foresee_leaving(episode: Episode, *, now: datetime) -> Foreseen:
    """Say what it would be to make an episode a draft."""
    plan = EpisodePlan(change=Change.DRAFTED, episode=replace(episode, draft=True), before=episode)
    return Foreseen(effects=effects_of(plan, now=now))


def _findings(place: Place, show: Show, episode: Episode, *, links: Links) -> tuple[Finding, ...]:
    """What the rules find in this one episode, as it would stand in the feed; nothing of the show itself."""
    assert episode.published_at is not None
    sounds = read_sounds((episode,), place.index)
    facts = feed_facts(show, (episode,), links, episode.published_at, sounds=sounds)
    try:
        body = render_feed(show, (episode,), links, now=episode.published_at)
    except NotPublishable:  # the index says so, when it is told to publish it
        return ()
    behind = LibraryFacts(
        show=show,
        today=episode.published_at.astimezone(ZoneInfo(show.timezone)).date(),
        episodes=(LibraryEpisode(episode=episode, sounds=sounds),),
        base_url=links.base_url,
    )
    found = (*check_feed(body, url=links.feed(show), facts=facts), *check_library(behind))
    return tuple(one for one in found if one.guid == episode.guid)
