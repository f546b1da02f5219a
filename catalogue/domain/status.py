"""What the public sees of an episode at a moment, in a word."""

from __future__ import annotations

from datetime import datetime

from catalogue.domain.episode import Audience, Episode


def status_of(episode: Episode, now: datetime) -> str:
    """Give one of public, scheduled, draft, members, missing, no audio, withdrawn."""
    if episode.withdrawn_at is not None:
        return "withdrawn"
    if episode.draft:
        return "draft"
    if episode.missing_since is not None:
        return "missing"
    if not episode.has_audio:
        return "no audio"
    if episode.audience is not Audience.PUBLIC:
        return episode.audience.value
    return "public" if episode.is_public(now) else "scheduled"
