"""The tables of what programs work with: tokens, and answers that are given again to who asks the same once more.

Moments are microseconds since 1970 in UTC, days are written as `2026-03-01`. Of a token its digest alone is here.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text

from catalogue.store.any_text import AnyText
from catalogue.store.schema import METADATA

# `scopes` and `show_guids` are lists in JSON.
TOKENS = Table(
    "api_tokens",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("token_hash", Text, nullable=False),
    Column("producer_id", Integer, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("show_guids", AnyText, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_on", Text),
    Column("revoked_at", BigInteger),
    Index("ix_api_tokens_token_hash", "token_hash", unique=True),
    Index("ix_api_tokens_producer_id", "producer_id"),
)

# `key` and `asked` are digests: what the asker calls it, what was asked. Without a `status`, `owner` is still at it.
KEPT_ANSWERS = Table(
    "kept_answers",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("token_id", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("status", Integer),
    Column("headers", AnyText, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_kept_answers_key", "token_id", "key", unique=True),
    Index("ix_kept_answers_at", "at"),
)
