"""Producers, sessions, links and the log as rows, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from catalogue.domain.producers import LinkKind, LogEntry, OneTimeLink, Producer, Session, Stage
from catalogue.domain.rights import Grant, Role
from catalogue.store.job_rows import moment_of, number_of


def producer_columns(producer: Producer) -> dict[str, object]:
    """A producer as the table has one, without number and grants."""
    return {
        "name": producer.name,
        "shown_name": producer.shown_name,
        "password": producer.password,
        "language": producer.language,
        "second_step": producer.second_step,
        "proposed_step": producer.proposed_step,
        "last_step": producer.last_step,
        "created_at": number_of(producer.created_at),
        "disabled_at": _number(producer.disabled_at),
    }


def read_producer(row: Row[Any], grants: Iterable[Row[Any]]) -> Producer:
    """Undo `producer_columns`, with the rows of their grants."""
    return Producer(
        id=row.id,
        name=row.name,
        shown_name=row.shown_name,
        password=row.password,
        language=row.language,
        second_step=row.second_step,
        proposed_step=row.proposed_step,
        last_step=row.last_step,
        created_at=moment_of(row.created_at),
        disabled_at=_moment(row.disabled_at),
        grants=tuple(Grant(show_guid=one.show_guid, role=Role(one.role)) for one in grants),
    )


def session_columns(session: Session) -> dict[str, object]:
    """A session as the table has one, without its number."""
    return {
        "token_hash": session.token_hash,
        "producer_id": session.producer_id,
        "stage": session.stage.value,
        "device": session.device,
        "created_at": number_of(session.created_at),
        "expires_at": number_of(session.expires_at),
        "seen_at": number_of(session.seen_at),
    }


def read_session(row: Row[Any]) -> Session:
    """Undo `session_columns`."""
    return Session(
        id=row.id,
        token_hash=row.token_hash,
        producer_id=row.producer_id,
        stage=Stage(row.stage),
        device=row.device,
        created_at=moment_of(row.created_at),
        expires_at=moment_of(row.expires_at),
        seen_at=moment_of(row.seen_at),
    )


def link_columns(link: OneTimeLink) -> dict[str, object]:
    """A one-time link as the table has one."""
    return {
        "token_hash": link.token_hash,
        "kind": link.kind.value,
        "producer_id": link.producer_id,
        "show_guid": link.grant.show_guid if link.grant else None,
        "role": link.grant.role.value if link.grant else None,
        "made_by": link.made_by,
        "created_at": number_of(link.created_at),
        "expires_at": number_of(link.expires_at),
    }


def read_link(row: Row[Any]) -> OneTimeLink:
    """Undo `link_columns`."""
    return OneTimeLink(
        token_hash=row.token_hash,
        kind=LinkKind(row.kind),
        producer_id=row.producer_id,
        grant=Grant(show_guid=row.show_guid, role=Role(row.role)) if row.role else None,
        made_by=row.made_by,
        created_at=moment_of(row.created_at),
        expires_at=moment_of(row.expires_at),
    )


def log_columns(entry: LogEntry) -> dict[str, object]:
    """An entry of the log as the table has one."""
    return {
        "at": number_of(entry.at),
        "who": entry.who,
        "what": entry.what,
        "show_guid": entry.show_guid,
        "which": entry.which,
    }


def read_log_entry(row: Row[Any]) -> LogEntry:
    """Undo `log_columns`."""
    return LogEntry(at=moment_of(row.at), who=row.who, what=row.what, show_guid=row.show_guid, which=row.which)


def author_key(show_guid: str, guid: str) -> str:
    """What an episode is called in the table of authors: GUIDs may be of any length, a key may not."""
    named = f"{len(show_guid)}:{show_guid}{guid}"
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()


def _number(moment: datetime | None) -> int | None:
    return None if moment is None else number_of(moment)


def _moment(number: int | None) -> datetime | None:
    return None if number is None else moment_of(number)
