"""Tokens: what a program holds to work in a producer's name, and how little it may do of what they may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from catalogue.domain.producers import Producer
from catalogue.domain.rights import Right

# By it people, and programs that look for secrets in files, know a token of ours.
PREFIX = "cst_"
LONGEST_NAME = 100
LASTS = timedelta(days=90)
LONGEST = timedelta(days=365)


class Scope(StrEnum):
    """A kind of work that a token is for; none of them brings another with it."""

    READ = "read"
    WRITE = "write"
    UPLOAD = "upload"
    PUBLISH = "publish"
    SETTINGS = "settings"
    INDEX = "index"


SCOPES: dict[Scope, frozenset[Right]] = {
    Scope.READ: frozenset({Right.ENTER, Right.SEE, Right.SEE_DRAFTS}),
    Scope.WRITE: frozenset({Right.WRITE, Right.UPLOAD}),
    Scope.UPLOAD: frozenset({Right.UPLOAD}),
    Scope.PUBLISH: frozenset({Right.PUBLISH, Right.WITHDRAW}),
    Scope.SETTINGS: frozenset({Right.SETTINGS}),
    Scope.INDEX: frozenset({Right.PUBLISH}),
}
"""What each scope can be asked for with; what its producer may not do, a token never may."""


@dataclass(frozen=True, kw_only=True)
class Token:
    """A token of a producer; `token_hash` is all that is known of it. Moments are aware UTC, `used_on` is a day.

    `show_guids` are the shows that it is for; empty: all that its producer has a part in.
    """

    id: int = 0
    token_hash: str
    producer_id: int
    name: str
    scopes: tuple[Scope, ...]
    show_guids: tuple[str, ...] = ()
    created_at: datetime
    expires_at: datetime
    used_on: date | None = None
    revoked_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is good at a moment: neither revoked nor too old."""
        return self.revoked_at is None and now < self.expires_at

    def reaches(self, show_guid: str | None) -> bool:
        """Whether it is for a show; None: for what belongs to no show, which one for some shows never is."""
        return not self.show_guids or show_guid in self.show_guids

    def may(
        self, scope: Scope, right: Right, producer: Producer, show_guid: str | None, *, is_own: bool = False
    ) -> bool:
        """Whether its holder may do it: the token is for that, and its producer may, as they may today."""
        is_there = right is Right.ENTER or self.reaches(show_guid)
        is_for_it = is_there and scope in self.scopes and right in SCOPES[scope]
        return is_for_it and producer.may(right, show_guid, is_own=is_own)


@dataclass(frozen=True, kw_only=True)
class KeptAnswer:
    """The answer to something that was asked under a key of the asker's; `status` None: it is still being done.

    `asked` is a digest of what was asked. `headers` are those that the answer had of its own.
    """

    asked: str
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
