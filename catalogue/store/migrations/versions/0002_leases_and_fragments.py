"""Leases, what waits for them, rendered items, and the change that each row came with."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create leases, wanted and fragments; add `revision` to shows and episodes, `device` to shows."""
    op.add_column("shows", sa.Column("revision", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("shows", sa.Column("device", sa.String(64)))
    op.add_column("episodes", sa.Column("revision", sa.BigInteger, nullable=False, server_default="0"))
    op.create_table(
        "leases",
        sa.Column("name", sa.String(255), primary_key=True),
        sa.Column("owner", sa.String(255), nullable=False),
        sa.Column("taken_at", sa.String(32), nullable=False),
        sa.Column("heartbeat_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "wanted",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("asked_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "fragments",
        sa.Column("show_guid", sa.String(255), primary_key=True),
        sa.Column("guid", sa.String(1024), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
