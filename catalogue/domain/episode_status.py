"""How an episode stands, in the one word that its producers need."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from catalogue.domain.episode import Audience, Episode


class Status(StrEnum):
    """The words in the order in which they ask for something to be done."""

    HELD = "held"
    """Something about it is unclear; what is published stays as it was."""
    MISSING = "missing"
    """It is public, and its audio is not there."""
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLIC = "public"
    MEMBERS = "members"
    WITHDRAWN = "withdrawn"


def status_of(episode: Episode | None, *, withdrawn_at: datetime | None, is_held: bool, now: datetime) -> Status:
    """Say how an episode stands at `now` (aware UTC); None is one that nothing but the ledger knows."""
    if withdrawn_at is not None:
        return Status.WITHDRAWN
    if is_held or episode is None:
        return Status.HELD
    if episode.draft or episode.published_at is None:
        return Status.DRAFT
    if episode.published_at > now:
        return Status.SCHEDULED
    if episode.missing_since is not None:
        return Status.MISSING
    return Status.MEMBERS if episode.audience is Audience.MEMBERS else Status.PUBLIC
