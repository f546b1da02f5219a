"""Write `catalogue/store/new_tables.sql` anew, after another migration: `.venv/bin/python scripts/new_tables.py`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine

from catalogue.store import new_tables
from catalogue.store.opening import upgrade_tables

engine = create_engine("sqlite://")
upgrade_tables(engine)
with engine.connect() as connection:
    script = new_tables.tables_script(connection)
Path(new_tables.__file__).with_suffix(".sql").write_text(script, "utf-8")
