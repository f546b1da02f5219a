"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create revision, shows, episodes, files, problems."""
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "shows",
        sa.Column("guid", sa.String(255), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("slug", sa.String(255), nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("ledger", sa.Text, nullable=False),
        sa.UniqueConstraint("slug", name="uq_shows_slug"),
    )
    op.create_table(
        "episodes",
        sa.Column("show_guid", sa.String(255), primary_key=True),
        sa.Column("guid", sa.String(1024), primary_key=True),
        sa.Column("slug", sa.String(255), nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("published_at", sa.String(32)),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("document", sa.Text),
        sa.Column("ledger", sa.Text, nullable=False),
    )
    op.create_index("ix_episodes_slug", "episodes", ["show_guid", "slug"], unique=True)
    op.create_table(
        "files",
        sa.Column("path", sa.String(4096), primary_key=True),
        sa.Column("version", sa.String(96), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("document", sa.Text),
        sa.Column("error", sa.Text),
    )
    op.create_table(
        "problems",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
    )
