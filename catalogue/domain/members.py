"""Members of a show: who gets its episodes for members, each by an address of their own."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.domain.episode import Audience, Episode
from catalogue.domain.show import Show

# What a member is called in the list of a show.
LONGEST_NAME = 100


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody with an address of their own; `name` is what producers call them. Moments are aware UTC.

    Nothing is kept of what they hear, when, or from where.
    """

    id: int
    show_guid: str
    name: str
    added_at: datetime
    revoked_at: datetime | None = None


def hash_token(token: str) -> str:
    """What is kept of a token: nobody can make the token of it (SHA-256; a token is 256 bits of chance)."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def members_guid(show: Show) -> str:
    """The `podcast:guid` of a show's feeds for members: another feed than the show's, and the same for all of them."""
    return str(uuid.uuid5(uuid.UUID(show.guid), "members"))


def shown_to_members(show: Show) -> Show:
    """The show as its feeds for members say it: in no directory, and never led to another host."""
    return replace(show, guid=members_guid(show), block=True, moved_to=None, moved_from=(), new_feed_url=None)


def told_to_members(episode: Episode, *, page: str) -> Episode:
    """An episode for members as their feed has it; `page` is where its link leads, if it states none."""
    if episode.audience is Audience.PUBLIC:
        return episode
    return replace(episode, audience=Audience.PUBLIC, link=episode.link or page)
