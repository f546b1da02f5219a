"""Tokens for programs: made once for a producer, known by their digest, looked up at each request."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalogue.actions.accounts.desk import Desk, write_down
from catalogue.actions.accounts.limits import TOKEN_TRIES, TOKENS_AT_ONCE, TRIES_KEPT, TRIES_WINDOW
from catalogue.actions.accounts.sessions import TOKEN_BYTES, hash_token
from catalogue.actions.accounts.sign_in import network_of, too_many
from catalogue.domain.producers import Deed, Producer
from catalogue.domain.rights import Right
from catalogue.domain.tokens import LASTS, LONGEST, LONGEST_NAME, PREFIX, Scope, Token
from catalogue.errors import Conflict, NotFound, StoreError, TokenRefused

# Nobody is made to wait for the digest of a novel.
_LONGEST_TOKEN = 200


@dataclass(frozen=True, kw_only=True)
class TokenWish:
    """What a token is to be: a name to know it by, what it is for, the shows (GUIDs; none: all), how long it lasts."""

    name: str
    scopes: tuple[Scope, ...]
    show_guids: tuple[str, ...] = ()
    lasts: timedelta = LASTS


@dataclass(frozen=True, kw_only=True)
class MadeToken:
    """A new token and what its program sends: it is known here once, and nowhere kept."""

    token: Token
    secret: str


@dataclass(frozen=True, kw_only=True)
class Caller:
    """A program that asks: its token, and in whose name."""

    producer: Producer
    token: Token

    def may(self, scope: Scope, right: Right, show_guid: str | None, *, is_own: bool = False) -> bool:
        """Whether it may do it, as `Token.may` says."""
        return self.token.may(scope, right, self.producer, show_guid, is_own=is_own)


def find_problems(producer: Producer, wish: TokenWish) -> dict[str, str]:
    """Say what is wrong with a wish: field → the key of its sentence; empty: nothing."""
    name = " ".join(wish.name.split())
    found = {
        "name": "token_name_wrong" if not name or len(name) > LONGEST_NAME else "",
        "scopes": "" if wish.scopes else "token_scopes_none",
        "days": "" if timedelta(days=1) <= wish.lasts <= LONGEST else "token_days_wrong",
        "shows": "" if all(producer.may(Right.SEE, guid) for guid in wish.show_guids) else "token_shows_wrong",
    }
    return {field: key for field, key in found.items() if key}


def make_token(desk: Desk, producer: Producer, wish: TokenWish, *, by: Producer | None, now: datetime) -> MadeToken:
    """Make a token for a producer, for a wish that `find_problems` finds nothing wrong with.

    `by` None: somebody at the terminal. Raises Conflict where they have too many.
    """
    known = [one for one in desk.accounts.tokens_of(producer.id) if one.holds(now)]
    if len(known) >= TOKENS_AT_ONCE:
        template = "There are {most} tokens of this account already. Revoke those that nothing uses any more."
        raise Conflict("too-many-tokens", template, most=TOKENS_AT_ONCE)
    secret = f"{PREFIX}{secrets.token_urlsafe(TOKEN_BYTES)}"
    token = Token(
        token_hash=hash_token(secret),
        producer_id=producer.id,
        name=" ".join(wish.name.split()),
        scopes=tuple(scope for scope in Scope if scope in wish.scopes),
        show_guids=tuple(dict.fromkeys(wish.show_guids)),
        created_at=now,
        expires_at=now + wish.lasts,
    )
    made = MadeToken(token=desk.accounts.add_token(token), secret=secret)
    write_down(desk, by, Deed.TOKEN_MADE, now=now, which=made.token.name)
    return made


def end_token(desk: Desk, token_id: int, *, of: Producer | None, by: Producer | None, now: datetime) -> Token:
    """Revoke a token by its number, where it is one of theirs (None: anybody's); raises NotFound."""
    mine = desk.accounts.tokens() if of is None else desk.accounts.tokens_of(of.id)
    found = next((one for one in mine if one.id == token_id), None)
    if found is None or not desk.accounts.revoke_token(found.id, now):
        raise NotFound("no-token-there", "There is no token with this number that still opens anything.")
    write_down(desk, by, Deed.TOKEN_ENDED, now=now, which=found.name)
    return found


def find_caller(desk: Desk, sent: str, *, address: str, now: datetime) -> Caller:
    """Say which program sent this token, in whose name.

    Raises TokenRefused for one that opens nothing, and TooManyTries where such come from one network again and again.
    """
    is_ours = sent.startswith(PREFIX) and len(sent) <= _LONGEST_TOKEN
    found = desk.accounts.token(hash_token(sent)) if is_ours else None
    if found is None:
        _count_guess(desk, address, now)
        raise TokenRefused("unknown-token", "This token opens nothing here, or its account was closed.")
    token, producer = found
    if token.revoked_at is not None:
        raise TokenRefused("revoked-token", "This token was revoked. Make a new one.")
    if not token.holds(now):
        raise TokenRefused("expired-token", "This token is over. Make a new one.")
    if token.used_on != now.date():
        with suppress(StoreError):  # an index that cannot be written just now: then it counts as used before
            desk.accounts.see_token(token.id, now.date())
    return Caller(producer=producer, token=token)


def _count_guess(desk: Desk, address: str, now: datetime) -> None:
    key = f"t{desk.key.digest('attempt', 'token', network_of(address)).hex()[:32]}"
    limits = {key: (TOKEN_TRIES, TRIES_WINDOW)}
    counted = {name: (most, now - window) for name, (most, window) in limits.items()}
    full = desk.accounts.take_attempt(counted, now, kept_from=now - TRIES_KEPT)
    if full is not None:
        raise too_many(full, now, limits)
