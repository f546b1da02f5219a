"""Signing in: a name and a password, with a limit on guesses that keeps nobody out of their own account.

Each try is counted before it is looked at, so that many at once are no more than one after another. Tries are counted
for an account from one network, for a network, and for an account from everywhere; a browser that signed in to the
account before has a count of its own, which nobody else can use up.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalogue.actions.accounts.desk import Desk
from catalogue.actions.accounts.limits import (
    LOG_KEPT,
    NAME_TYPED_MOST,
    TRIES_FROM_KNOWN_BROWSER,
    TRIES_FROM_NETWORK,
    TRIES_KEPT,
    TRIES_OF_NETWORK,
    TRIES_ON_ACCOUNT,
    TRIES_ON_ACCOUNT_WINDOW,
    TRIES_WINDOW,
)
from catalogue.actions.accounts.passwords import is_password
from catalogue.domain.producers import Producer, fold_name
from catalogue.errors import TooManyTries


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Where somebody signs in from: the machine's address, and what a browser keeps that signed in before."""

    address: str
    known: str = ""


def check_password(desk: Desk, name: str, password: str, asker: Asker, *, now: datetime) -> Producer | None:
    """Give who has this name and password; None where nobody has both, which takes as long.

    Raises TooManyTries, with how long to wait, and then the password was not looked at.
    """
    folded = fold_name(name) if len(name) <= NAME_TYPED_MOST else ""
    producer = desk.accounts.producer_named(folded) if folded else None
    limits = _limits(desk, folded, producer, asker)
    counted = {key: (most, now - window) for key, (most, window) in limits.items()}
    full = desk.accounts.take_attempt(counted, now, kept_from=now - TRIES_KEPT)
    if full is not None:
        raise too_many(full, now, limits)
    is_right = is_password(password, producer.password if producer else None)
    if not is_right or producer is None or producer.disabled_at is not None:
        return None
    desk.accounts.forget_attempts([key for key in limits if not key.startswith("n")])
    desk.accounts.sweep_accounts(now=now, tried=now - TRIES_KEPT, logged=now - LOG_KEPT)
    return producer


def known_mark(desk: Desk, producer: Producer) -> str:
    """What a browser keeps that signed in to an account: it opens nothing, and only spares it others' guesses."""
    return f"{producer.id}.{desk.key.digest('known', str(producer.id), producer.password).hex()}"


def is_known(desk: Desk, producer: Producer, mark: str) -> bool:
    """Whether a browser signed in to this account before, with the password it still has."""
    return bool(mark) and mark == known_mark(desk, producer)


def network_of(address: str) -> str:
    """The network of an address: what one household or one attacker's machine has.

    >>> network_of("192.0.2.77"), network_of("2001:db8:1:2::3"), network_of("::ffff:192.0.2.77")
    ('192.0.2.0/24', '2001:db8:1::/48', '192.0.2.0/24')
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:  # a socket's name
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


def too_many(oldest: datetime, now: datetime, limits: Mapping[str, tuple[int, timedelta]]) -> TooManyTries:
    """Say how long to wait: until the oldest of the tries is out of the longest window."""
    wait = max(oldest + max(window for _, window in limits.values()) - now, timedelta(minutes=1))
    minutes = -(-int(wait.total_seconds()) // 60)
    return TooManyTries(
        "too-many-tries",
        "There were too many tries. Wait {minutes} minutes, then try again.",
        minutes=minutes,
    )


def _limits(desk: Desk, folded: str, producer: Producer | None, asker: Asker) -> dict[str, tuple[int, timedelta]]:
    """Under which keys a try counts: how many there may be in which time. Keys begin with a letter for their kind."""
    if producer is not None and is_known(desk, producer, asker.known):
        return {f"k{_digest(desk, 'known', folded)}": (TRIES_FROM_KNOWN_BROWSER, TRIES_WINDOW)}
    network = network_of(asker.address)
    return {
        f"p{_digest(desk, 'pair', folded, network)}": (TRIES_FROM_NETWORK, TRIES_WINDOW),
        f"a{_digest(desk, 'account', folded)}": (TRIES_ON_ACCOUNT, TRIES_ON_ACCOUNT_WINDOW),
        f"n{_digest(desk, 'network', network)}": (TRIES_OF_NETWORK, TRIES_WINDOW),
    }


def _digest(desk: Desk, *parts: str) -> str:
    return desk.key.digest("attempt", *parts).hex()[:32]
