"""What is to be told to other machines."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# One text of three, so that no other three make the same; why not a plain index: 0003.
_KEY = "(length(show_guid)::text || ':' || show_guid || length(guid)::text || ':' || guid || kind)"


def upgrade() -> None:
    """Create jobs, of which there is one for a show, a GUID and a kind."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("show_guid", sa.Text, nullable=False),
        sa.Column("guid", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("tried_at", sa.BigInteger),
        sa.Column("owner", sa.Text),
        sa.Column("leased_until", sa.BigInteger),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_jobs_due", "jobs", ["state", "due_at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE jobs ADD CONSTRAINT ex_jobs EXCLUDE USING hash ({_KEY} WITH =)")
        op.create_index("ix_jobs_guid", "jobs", ["guid"], postgresql_using="hash")
    else:
        op.create_index("ix_jobs_key", "jobs", ["show_guid", "guid", "kind"], unique=True)
