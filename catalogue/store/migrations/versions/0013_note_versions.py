"""What notes said before, so that a change can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create note_versions."""
    op.create_table(
        "note_versions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("show_guid", sa.Text, nullable=False),
        sa.Column("guid", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("saved_at", sa.BigInteger, nullable=False),
        sa.Column("hand", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
    )
    op.create_index("ix_note_versions_guid", "note_versions", ["show_guid", "guid"])
