"""The tables of a new SQLite database, made at once and not migration by migration.

Alembic takes 0.3 s to import, more than anything else that the first index of a small library does. So
`new_tables.sql` holds what the migrations make; `scripts/new_tables.py` writes it anew after each of them.
"""

from __future__ import annotations

from importlib import resources

from sqlalchemy import Connection

_NAME = "new_tables.sql"
# A table of FTS5 makes its own tables by itself, and SQLite the indexes that follow from a table.
_MADE = (
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
    "AND name NOT LIKE 'search_words_%' ORDER BY rowid"
)
_END = ";\n"


def create_tables(connection: Connection) -> None:
    """Make all tables, and name the migration that they stand for."""
    script = (resources.files("catalogue.store") / _NAME).read_text("utf-8")
    for statement in script.removesuffix(_END).split(_END):
        connection.exec_driver_sql(statement)


def tables_script(connection: Connection) -> str:
    """The script that makes the tables as they are in this database."""
    made = [str(row.sql) for row in connection.exec_driver_sql(_MADE)]
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    made.append(f"INSERT INTO alembic_version VALUES ('{revision}')")  # noqa: S608  (a migration's own)
    return "".join(f"{statement}{_END}" for statement in made)
