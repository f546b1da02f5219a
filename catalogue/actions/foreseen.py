"""What subscribers would see if an episode were published, taken back or withdrawn: said before anybody does it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from catalogue.actions.check_facts import feed_facts, read_sounds
from catalogue.actions.check_keys import MISSING_KEYS, NOTE_KEYS, NOTES
from catalogue.actions.effects import Effect, effects_of
from catalogue.actions.open import Place
from catalogue.check.facts import LibraryEpisode, LibraryFacts
from catalogue.check.library_rule import Place as PlaceOfFlaw
from catalogue.check.library_run import check_library
from catalogue.check.rule import Finding, Flaw
from catalogue.check.run import check_feed
from catalogue.domain.episode import Correction, Episode
from catalogue.domain.links import Links
from catalogue.domain.plan import Change, EpisodePlan
from catalogue.domain.show import Show
from catalogue.errors import NotPublishable
from catalogue.feed.assembly import render_feed
from catalogue.library.notes.episode_note import NOTE_KEYS as NOTE_FIELDS

# The hash of a recording that nobody has read yet: it is another.
_OTHER_SOUND = "0" * 64


@dataclass(frozen=True, kw_only=True)
class KeyedFinding:
    """A finding and the key of the note that it is about; `""` is the notes below, None any other file or all of it."""

    finding: Finding
    key: str | None


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """What a deed would be to those who subscribe, and what directories and listeners would mind."""

    effects: tuple[Effect, ...]
    findings: tuple[KeyedFinding, ...] = ()


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


def foresee_revising(episode: Episode, *, has_audio: bool, note: str, now: datetime) -> Foreseen:
    """Say what it would be to replace an episode's recording, or to write a correction down (`note`)."""
    found = (Correction(on=now.date(), text=note),) if note else ()
    after = replace(episode, corrections=(*episode.corrections, *found))
    if has_audio and episode.renditions:
        first, *others = episode.renditions
        after = replace(after, renditions=(replace(first, sha256=_OTHER_SOUND), *others))
    return Foreseen(effects=effects_of(EpisodePlan(change=Change.CHANGED, episode=after, before=episode), now=now))


def find_faults(place: Place, show: Show, episode: Episode, *, links: Links, now: datetime) -> tuple[KeyedFinding, ...]:
    """Say what directories and listeners mind about an episode, or would if a draft were out; raises StoreError."""
    public = replace(episode, draft=False, published_at=episode.published_at or now)
    return _findings(place, show, public, links=links)


def _findings(place: Place, show: Show, episode: Episode, *, links: Links) -> tuple[KeyedFinding, ...]:
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
    found = [KeyedFinding(finding=one, key=_key_in_feed(one)) for one in check_feed(body, url=None, facts=facts)]
    found += (KeyedFinding(finding=one, key=_key_in_note(one)) for one in check_library(behind, find_place=_place))
    return tuple(one for one in found if one.finding.guid == episode.guid)


def _key_in_feed(finding: Finding) -> str | None:
    """The key that the element at fault is made of."""
    key = NOTE_KEYS.get(finding.element, MISSING_KEYS.get(finding.rule))
    return None if key is None or key.startswith("<") else key


def _place(_: LibraryFacts, flaw: Flaw) -> PlaceOfFlaw:
    """The key in place of a file: nobody is sent to look for one."""
    return PlaceOfFlaw(flaw.path or flaw.key, flaw.notes_line)


def _key_in_note(finding: Finding) -> str | None:
    """The key that is missing, else the one that `_place` put there; a line without one is one of the notes."""
    if finding.rule in MISSING_KEYS:
        return MISSING_KEYS[finding.rule]
    if finding.file:
        return finding.file if finding.file in NOTE_FIELDS else None
    return NOTES if finding.file_line is not None else None
