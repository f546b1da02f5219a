"""Give somebody an address for members, and take it back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from catalogue.actions.named import find_show_row
from catalogue.actions.open import Place
from catalogue.domain.members import LONGEST_NAME, Member, hash_token
from catalogue.domain.show import Show
from catalogue.errors import ContentError, NotFound

TOKEN_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Invited:
    """A new member, and the token of their address: it is known here once, and nowhere kept."""

    show: Show
    member: Member
    token: str


def add_member(place: Place, name: str, *, show: str | None = None, now: datetime | None = None) -> Invited:
    """Let somebody have the episodes for members of a show; raises NotFound, Conflict, ContentError, StoreError."""
    row, called = find_show_row(place, show), " ".join(name.split())
    if not called or len(called) > LONGEST_NAME:
        raise ContentError(
            "member-name",
            "A member needs a name that you know them by, of at most {limit} letters. It need not be their own.",
            path="name",
            limit=LONGEST_NAME,
        )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    member = place.index.add_member(row.show.guid, called, token_hash=hash_token(token), now=now or datetime.now(UTC))
    return Invited(show=row.show, member=member, token=token)


def list_members(place: Place, *, show: str | None = None) -> tuple[Show, tuple[Member, ...]]:
    """The members of a show in the order in which they were added; raises NotFound, Conflict, StoreError."""
    row = find_show_row(place, show)
    return row.show, place.index.members(row.show.guid)


def revoke_member(place: Place, number: str, *, show: str | None = None, now: datetime | None = None) -> Member:
    """Let the address of the member with a number lead nowhere from now on; raises NotFound, Conflict, StoreError."""
    found, members = list_members(place, show=show)
    member = next((one for one in members if str(one.id) == number.strip()), None)
    if member is None:
        raise NotFound(
            "no-member",
            "{show} has no member with the number “{number}”. See castalogue members list.",
            show=found.title,
            number=number,
        )
    place.index.revoke_member(member, now=now or datetime.now(UTC))
    return member
