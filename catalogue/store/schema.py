"""The tables of the index: columns for what is queried, a JSON document for the rest."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

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

# `document` is the Show, `ledger` its ledger's first line; `changed_at` (ISO 8601 UTC): when what is served changed;
# `revision`: the change its row came with; `device`: the disk its folder lay on.
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
    Column("revision", BigInteger, nullable=False, server_default="0"),
    Column("device", String(64)),
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
    Column("revision", BigInteger, nullable=False, server_default="0"),
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

# Who is indexing a show (`name`: its folder), and since when it was last seen alive (ISO 8601 UTC).
LEASES = Table(
    "leases",
    METADATA,
    Column("name", String(255), primary_key=True),
    Column("owner", String(255), nullable=False),
    Column("taken_at", String(32), nullable=False),
    Column("heartbeat_at", String(32), nullable=False),
)

# Shows somebody wanted indexed while another did it; the holder of the lease does it once more.
WANTED = Table(
    "wanted",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("asked_at", String(32), nullable=False),
)

# An episode's rendered item, with a placeholder for the base URL; `key` is a digest of all it was rendered from.
FRAGMENTS = Table(
    "fragments",
    METADATA,
    Column("show_guid", String(255), primary_key=True),
    Column("guid", String(1024), primary_key=True),
    Column("key", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
)
