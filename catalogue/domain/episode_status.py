"""How an episode stands, in the one word that its producers need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from catalogue.domain.episode import Audience, Episode
from catalogue.domain.identity import LedgerEpisode


class Status(StrEnum):
    """The words in the order in which they ask for something to be done."""

    HELD = "held"
    """Something about it is unclear; what is published stays as it was."""
    MISSING = "missing"
    """It is public, and its audio is not there."""
    NO_AUDIO = "no audio"
    """It would be public, but nothing can be heard: it is on the site, and in no feed."""
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLIC = "public"
    MEMBERS = "members"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"
    """It was thrown away as a draft, and can be had back."""


# The first that holds of an episode at a moment is how it stands.
_STANDING: tuple[tuple[Status, Callable[[Episode, datetime], bool]], ...] = (
    (Status.WITHDRAWN, lambda episode, _: episode.withdrawn_at is not None),
    (Status.DRAFT, lambda episode, _: episode.draft or episode.published_at is None),
    (Status.MISSING, lambda episode, _: episode.missing_since is not None),
    (Status.NO_AUDIO, lambda episode, _: not episode.has_audio),
    (Status.SCHEDULED, lambda episode, now: episode.published_at is not None and episode.published_at > now),
    (Status.MEMBERS, lambda episode, _: episode.audience is Audience.MEMBERS),
    (Status.PUBLIC, lambda _, __: True),
)


def status_of(
    episode: Episode | None, now: datetime, *, line: LedgerEpisode | None = None, is_held: bool = False
) -> Status:
    """Say how an episode stands at `now` (aware UTC); None is one that nothing but the ledger knows.

    `line` is what the ledger says of it.
    """
    if line is not None and line.withdrawn_at is not None:
        return Status.WITHDRAWN
    if line is not None and line.discarded_at is not None:
        return Status.DISCARDED
    if is_held or episode is None:
        return Status.HELD
    return next(status for status, holds in _STANDING if holds(episode, now))
