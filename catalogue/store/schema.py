"""The tables of the index: columns for what is queried, a JSON document for the rest.

No column bounds its text: PostgreSQL would hold to that and SQLite would not.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

from catalogue.store.any_text import AnyText

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
    Column("guid", AnyText, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("slug", AnyText, nullable=False, unique=True),
    Column("path", AnyText, nullable=False),
    Column("changed_at", AnyText, nullable=False),
    Column("version", AnyText, nullable=False),
    Column("document", Text, nullable=False),
    Column("ledger", Text, nullable=False),
    Column("revision", BigInteger, nullable=False, server_default="0"),
    Column("device", AnyText),
)

# `version` is a digest of everything the episode was read from; `document` (the Episode) is empty where only the
# ledger still knows of it.
EPISODES = Table(
    "episodes",
    METADATA,
    Column("show_guid", AnyText, primary_key=True),
    Column("guid", AnyText, primary_key=True),
    Column("slug", AnyText, nullable=False),
    Column("path", AnyText, nullable=False),
    Column("published_at", AnyText),
    Column("version", AnyText, nullable=False),
    Column("document", Text),
    Column("ledger", Text, nullable=False),
    Column("revision", BigInteger, nullable=False, server_default="0"),
    Index("ix_episodes_slug", "show_guid", "slug", unique=True),
)

# What each file of the library was found to hold; `error` instead of `document` where it was refused.
FILES = Table(
    "files",
    METADATA,
    Column("path", AnyText, primary_key=True),
    Column("version", AnyText, nullable=False),
    Column("kind", AnyText, nullable=False),
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
    Column("name", AnyText, primary_key=True),
    Column("owner", AnyText, nullable=False),
    Column("taken_at", AnyText, nullable=False),
    Column("heartbeat_at", AnyText, nullable=False),
)

# Shows somebody wanted indexed while another did it; the holder of the lease does it once more.
WANTED = Table(
    "wanted",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", AnyText, nullable=False),
    Column("asked_at", AnyText, nullable=False),
)

# An episode's rendered item, with a placeholder for the base URL; `key` is a digest of all it was rendered from.
FRAGMENTS = Table(
    "fragments",
    METADATA,
    Column("show_guid", AnyText, primary_key=True),
    Column("guid", AnyText, primary_key=True),
    Column("key", AnyText, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# At most one row: what the last run saw that looked at everything (`digest`), and the index's revision after it; it
# holds from `ended_at` until `holds_until` (ISO 8601 UTC, empty: for good).
LAST_RUN = Table(
    "last_run",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("ended_at", Text, nullable=False),
    Column("holds_until", Text),
)

# What is to be told to another machine, for a show, a GUID (empty: its feed) and a kind once. Moments are microseconds
# since 1970 in UTC; `number` counts how often it was asked for, `tried_at` is the first try, `owner` who tries it now.
JOBS = Table(
    "jobs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("show_guid", AnyText, nullable=False),
    Column("guid", AnyText, nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("state", AnyText, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("tried_at", BigInteger),
    Column("owner", AnyText),
    Column("leased_until", BigInteger),
    Column("reason", AnyText, nullable=False),
    Index("ix_jobs_due", "state", "due_at"),
    Index("ix_jobs_key", "show_guid", "guid", "kind", unique=True),
)

# Who gets the episodes for members of a show. Of the token in their address the hash alone is here. Moments are seconds
# since 1970 in UTC.
MEMBERS = Table(
    "members",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("show_guid", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("added_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
)

# Long work that somebody asked for (`domain/errands.py`). Moments are microseconds since 1970 in UTC.
ERRANDS = Table(
    "errands",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", AnyText, nullable=False),
    Column("show_guid", AnyText, nullable=False),
    Column("guid", AnyText, nullable=False),
    Column("asked_by", AnyText, nullable=False),
    Column("parameters", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("said", AnyText, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("owner", AnyText),
    Column("leased_until", BigInteger),
    Column("tries", Integer, nullable=False),
    Index("ix_errands_state", "state", "kind"),
)

# How loud audio files are (`domain/loudness.py`), by their bytes and how that was measured.
LOUDNESS = Table(
    "loudness",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("recipe", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("measured_at", BigInteger, nullable=False),
)

# Who may hear one episode before it is out. Of the token in the address the hash alone is here. Moments are seconds
# since 1970 in UTC.
PREVIEWS = Table(
    "previews",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("show_guid", AnyText, nullable=False),
    Column("guid", AnyText, nullable=False),
    Column("made_by", AnyText, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("token_hash", Text, nullable=False, unique=True),
)

# What was said of drafts that somebody handed over (`domain/handovers.py`), a row a step; `is_over` (0, 1): it is no
# draft any more. `at` is microseconds since 1970 in UTC.
HANDOVERS = Table(
    "handovers",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("show_guid", AnyText, nullable=False),
    Column("guid", AnyText, nullable=False),
    Column("step", Text, nullable=False),
    Column("who", AnyText, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("note", AnyText, nullable=False),
    Column("is_over", Integer, nullable=False),
)

# What notes said, newest last: `content` is packed by zlib, `digest` that of the text, `saved_at` microseconds since
# 1970 in UTC.
NOTE_VERSIONS = Table(
    "note_versions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("show_guid", AnyText, nullable=False),
    Column("guid", AnyText, nullable=False),
    Column("path", AnyText, nullable=False),
    Column("digest", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    Column("hand", Text, nullable=False),
    Column("who", AnyText, nullable=False),
    Index("ix_note_versions_guid", "show_guid", "guid"),
)
