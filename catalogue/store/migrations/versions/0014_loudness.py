"""How loud recordings were measured to be."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Create loudness."""
    op.create_table(
        "loudness",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("recipe", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("measured_at", sa.BigInteger, nullable=False),
    )
