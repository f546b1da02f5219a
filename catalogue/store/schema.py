"""The tables of the index: columns for what is queried, a JSON document for the rest."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# One row: `number` grows by one with every change that readers should see.
REVISION = Table(
    "revision",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("number", BigInteger, nullable=False),
)

# `document` is the Show, `ledger` its ledger's first line; `changed_at` (ISO 8601 UTC): when what is served changed.
SHOWS = Table(
    "shows",
    METADATA,
    Column("guid", String(255), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("slug", String(255), nullable=False, unique=True),
    Column("path", Text, nullable=False),
    Column("changed_at", String(32), nullable=False),
    Column("version", String(64), nullable=False),
    Column("document", Text, nullable=False),
    Column("ledger", Text, nullable=False),
)

# `version` is a digest of everything the episode was read from; `document` (the Episode) is empty where only the
# ledger still knows of it.
EPISODES = Table(
    "episodes",
    METADATA,
    Column("show_guid", String(255), primary_key=True),
    Column("guid", String(1024), primary_key=True),
    Column("slug", String(255), nullable=False),
    Column("path", Text, nullable=False),
    Column("published_at", String(32)),
    Column("version", String(64), nullable=False),
    Column("document", Text),
    Column("ledger", Text, nullable=False),
    Index("ix_episodes_slug", "show_guid", "slug", unique=True),
)

# What each file of the library was found to hold; `error` instead of `document` where it was refused.
FILES = Table(
    "files",
    METADATA,
    Column("path", String(4096), primary_key=True),
    Column("version", String(96), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("document", Text),
    Column("error", Text),
)

# What the last run found worth saying, in its order.
PROBLEMS = Table(
    "problems",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("document", Text, nullable=False),
)
