"""Producers, their roles, sessions, links and log."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create what the studio knows of people; names are bounded by who makes them, all else in an index is a digest."""
    _create_people()
    _create_proofs()
    _create_memory()


def _create_people() -> None:
    op.create_table(
        "producers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("shown_name", sa.Text, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("second_step", sa.BigInteger),
        sa.Column("proposed_step", sa.BigInteger),
        sa.Column("last_step", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("disabled_at", sa.BigInteger),
    )
    op.create_index("ix_producers_name", "producers", ["name"], unique=True)
    op.create_table(
        "grants",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("producer_id", sa.Integer, nullable=False),
        sa.Column("show_guid", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
    )
    op.create_index("ix_grants_producer_id", "grants", ["producer_id"])


def _create_proofs() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("producer_id", sa.Integer, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_sessions_token_hash", "sessions", ["token_hash"], unique=True)
    op.create_index("ix_sessions_producer_id", "sessions", ["producer_id"])
    op.create_table(
        "one_time_links",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("producer_id", sa.Integer),
        sa.Column("show_guid", sa.Text),
        sa.Column("role", sa.Text),
        sa.Column("made_by", sa.Integer),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_one_time_links_token_hash", "one_time_links", ["token_hash"], unique=True)
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("producer_id", sa.Integer, nullable=False),
        sa.Column("code_hash", sa.Text, nullable=False),
    )
    op.create_index("ix_recovery_codes_producer_id", "recovery_codes", ["producer_id"])


def _create_memory() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_attempts_key", "attempts", ["key", "at"])
    op.create_index("ix_attempts_at", "attempts", ["at"])
    op.create_table(
        "log_entries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("show_guid", sa.Text, nullable=False),
        sa.Column("which", sa.Text, nullable=False),
    )
    op.create_index("ix_log_entries_at", "log_entries", ["at"])
    op.create_table(
        "authors",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("producer_id", sa.Integer, nullable=False),
    )
