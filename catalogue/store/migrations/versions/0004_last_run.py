"""What the last whole run saw, so that a run that sees the same can end there."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create last_run."""
    op.create_table(
        "last_run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.Text, nullable=False),
        sa.Column("holds_until", sa.Text),
    )
