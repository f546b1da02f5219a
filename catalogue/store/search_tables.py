"""The tables of the search: made again from the other tables at any time, so `migrate-store` does not copy them.

The words themselves lie in `search_words` (SQLite, FTS5) or `search_chunks` (PostgreSQL), which only
`search_sqlite.py` and `search_postgres.py` touch.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

from catalogue.store.any_text import AnyText

SEARCH_METADATA = MetaData()
# A document's number is that of its item times so many, plus that of its language within the item.
LANGUAGES = 64

# With what the texts were read (one row).
SEARCH_READERS = Table("search_reader", SEARCH_METADATA, Column("reader", Text, primary_key=True))

# Up to which change a show's episodes are in the search.
SEARCH_SHOWS = Table(
    "search_shows",
    SEARCH_METADATA,
    Column("show_guid", AnyText, primary_key=True),
    Column("revision", BigInteger, nullable=False),
)

# An episode, a topic, an event: `name` is a digest of its kind, show and GUID, which may be of any length; `key` a
# digest of all that can be found in it. One that may never be found has a row and no documents.
SEARCH_ITEMS = Table(
    "search_items",
    SEARCH_METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("show_guid", AnyText, nullable=False),
    Column("guid", AnyText, nullable=False),
    Column("key", Text, nullable=False),
)

# An item's texts in one language. `tongue` is the language without its country, `public_at` microseconds since 1970
# UTC. What is asked of ten thousand rows stands here, the texts beside.
SEARCH_DOCUMENTS = Table(
    "search_documents",
    SEARCH_METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("item", Integer, nullable=False, index=True),
    Column("public_at", BigInteger, nullable=False),
    Column("year", Integer, nullable=False),
    Column("tongue", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("show_guid", AnyText, nullable=False),
    Column("guid", AnyText, nullable=False),
    Column("language", Text, nullable=False),
    Column("title", AnyText, nullable=False),
)

SEARCH_TEXTS = Table(
    "search_texts",
    SEARCH_METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("text", LargeBinary, nullable=False),
    Column("marks", LargeBinary, nullable=False),
)

# Who is heard in a document and what it is about; `facet` is `person` or `topic`.
SEARCH_NAMES = Table(
    "search_names",
    SEARCH_METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("facet", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("label", AnyText, nullable=False),
    Index("ix_search_names_value", "facet", "value"),
)

# In how many documents a word is, folded; `shown` is how it was written there.
SEARCH_VOCABULARY = Table(
    "search_vocabulary",
    SEARCH_METADATA,
    Column("word", Text, primary_key=True),
    Column("initial", Text, nullable=False),
    Column("length", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("shown", Text, nullable=False),
    Index("ix_search_vocabulary_initial", "initial", "length"),
)
