"""The tables of producers: who may, who is signed in, what was done. No address of a machine is in any of them.

Moments are microseconds since 1970 in UTC. Tokens, codes and networks are kept as digests alone. No index makes all
this again: it lies in backups, and `migrate-store` copies it.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from catalogue.store.any_text import AnyText
from catalogue.store.schema import METADATA

# `second_step` and `proposed_step`: the numbers that one-time codes are made from, with the server's key.
PRODUCERS = Table(
    "producers",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", AnyText, nullable=False),
    Column("shown_name", AnyText, nullable=False),
    Column("password", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("second_step", BigInteger),
    Column("proposed_step", BigInteger),
    Column("last_step", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("disabled_at", BigInteger),
    Index("ix_producers_name", "name", unique=True),
)

GRANTS = Table(
    "grants",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("producer_id", Integer, nullable=False),
    Column("show_guid", AnyText, nullable=False),
    Column("role", Text, nullable=False),
    Index("ix_grants_producer_id", "producer_id"),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("token_hash", Text, nullable=False),
    Column("producer_id", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("device", AnyText, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Index("ix_sessions_token_hash", "token_hash", unique=True),
    Index("ix_sessions_producer_id", "producer_id"),
)

# A link that was used or taken back has no row. `show_guid` and `role`: what it gives.
ONE_TIME_LINKS = Table(
    "one_time_links",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("token_hash", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("producer_id", Integer),
    Column("show_guid", AnyText),
    Column("role", Text),
    Column("made_by", Integer),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index("ix_one_time_links_token_hash", "token_hash", unique=True),
)

# A code that was used has no row.
RECOVERY_CODES = Table(
    "recovery_codes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("producer_id", Integer, nullable=False),
    Column("code_hash", Text, nullable=False),
    Index("ix_recovery_codes_producer_id", "producer_id"),
)

# Tries to sign in, each under several keys: digests of an account, of that and a network, of a browser known before.
ATTEMPTS = Table(
    "attempts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("ix_attempts_key", "key", "at"),
    Index("ix_attempts_at", "at"),
)

LOG = Table(
    "log_entries",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("who", AnyText, nullable=False),
    Column("what", AnyText, nullable=False),
    Column("show_guid", AnyText, nullable=False),
    Column("which", AnyText, nullable=False),
    Index("ix_log_entries_at", "at"),
)

# Who began a draft. `key` is a digest of show and GUID, which may be of any length.
AUTHORS = Table(
    "authors",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("producer_id", Integer, nullable=False),
)
