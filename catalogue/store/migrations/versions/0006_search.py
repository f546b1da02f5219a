"""What can be found: texts, their words, and in how many each word is."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

# Words come as stems with spaces between them: this tokenizer cuts there, and nowhere in a letter that is not ASCII.
_FTS5 = "CREATE VIRTUAL TABLE search_words USING fts5(title, named, notes, spoken, content='', tokenize='ascii')"


def upgrade() -> None:
    """Create the search's tables, and let rows of a later change be found without reading all."""
    op.create_index("ix_episodes_revision", "episodes", ["revision"])
    op.create_table("search_reader", sa.Column("reader", sa.Text, primary_key=True))
    op.create_table(
        "search_shows",
        sa.Column("show_guid", sa.Text, primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
    )
    _create_items()
    op.create_table(
        "search_names",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("facet", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("label", sa.Text, nullable=False),
    )
    op.create_index("ix_search_names_value", "search_names", ["facet", "value"])
    op.create_table(
        "search_vocabulary",
        sa.Column("word", sa.Text, primary_key=True),
        sa.Column("initial", sa.Text, nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("shown", sa.Text, nullable=False),
    )
    op.create_index("ix_search_vocabulary_initial", "search_vocabulary", ["initial", "length"])
    if op.get_bind().dialect.name == "postgresql":
        _create_chunks()
    else:
        op.execute(_FTS5)


def _create_items() -> None:
    op.create_table(
        "search_items",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("show_guid", sa.Text, nullable=False),
        sa.Column("guid", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
    )
    op.create_table(
        "search_documents",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("item", sa.Integer, nullable=False),
        sa.Column("public_at", sa.BigInteger, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("tongue", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("show_guid", sa.Text, nullable=False),
        sa.Column("guid", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
    )
    for column in ("item", "tongue"):
        op.create_index(f"ix_search_documents_{column}", "search_documents", [column])
    op.create_table(
        "search_texts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("marks", sa.LargeBinary, nullable=False),
    )


def _create_chunks() -> None:
    op.execute(
        "CREATE TABLE search_chunks (document integer NOT NULL, number integer NOT NULL, words tsvector NOT NULL, "
        "PRIMARY KEY (document, number))"
    )
    op.execute("CREATE INDEX ix_search_chunks_words ON search_chunks USING gin (words)")
    # The texts are compressed already.
    for column in ("text", "marks"):
        op.execute(f"ALTER TABLE search_texts ALTER COLUMN {column} SET STORAGE EXTERNAL")
