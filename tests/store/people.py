"""Producers, links and sessions that go into the index; a test states only what matters to it."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from builders import NOON

from catalogue.domain.producers import LinkKind, OneTimeLink, Producer, Session, Stage
from catalogue.domain.rights import ALL_SHOWS, Grant, Role
from catalogue.domain.tokens import Scope, Token

DAY = timedelta(days=1)
_numbers = itertools.count(1)


def make_link(
    kind: LinkKind = LinkKind.INVITE, *, role: Role = Role.OWNER, show: str = ALL_SHOWS, **stated: Any
) -> OneTimeLink:
    values = {
        "token_hash": f"link-{next(_numbers)}",
        "kind": kind,
        "grant": None if kind is LinkKind.RESET else Grant(show_guid=show, role=role),
        "created_at": NOON,
        "expires_at": NOON + DAY,
    }
    return OneTimeLink(**values | stated)


def make_producer(name: str = "ana", **stated: Any) -> Producer:
    values = {"name": name, "shown_name": name.title(), "password": "hash", "created_at": NOON}
    return Producer(**values | stated)


def add(index: Any, name: str = "ana", *, role: Role = Role.OWNER, show: str = ALL_SHOWS) -> Producer:
    """Somebody who took up an invitation."""
    link = make_link(role=role, show=show)
    index.save_link(link)
    return index.add_producer(make_producer(name), link_hash=link.token_hash, now=NOON)


def make_session(producer: Producer, **stated: Any) -> Session:
    values = {
        "token_hash": f"session-{next(_numbers)}",
        "producer_id": producer.id,
        "stage": Stage.WHOLE,
        "device": "Firefox, Linux",
        "created_at": NOON,
        "expires_at": NOON + DAY,
        "seen_at": NOON,
    }
    return Session(**values | stated)


def make_token(producer: Producer, **stated: Any) -> Token:
    values = {
        "token_hash": "one",
        "producer_id": producer.id,
        "name": "laptop \x00 ñ",
        "scopes": (Scope.READ, Scope.WRITE),
        "created_at": NOON,
        "expires_at": NOON + DAY,
    }
    return Token(**values | stated)
