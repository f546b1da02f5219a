"""Move the index into another database: from SQLite to PostgreSQL when one machine is too small, and back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from catalogue.actions.search_filling import fill_search_anew
from catalogue.actions.search_written import fill_written
from catalogue.config import Settings
from catalogue.store.copying import copy_store
from catalogue.store.index import open_index
from catalogue.store.opening import told_address


@dataclass(frozen=True, kw_only=True)
class Migration:
    """What was moved: rows by table, from where to where (addresses without user and password)."""

    counts: Mapping[str, int]
    source: str
    target: str
    is_default: bool
    """Whether the target is where this library's index is looked for when no setting names a database."""


def migrate_store(settings: Settings, url: str) -> Migration:
    """Copy the configured database into the empty one at an SQLAlchemy URL, and compare.

    The configured one is left as it was. Raises StoreError, and then the other holds no row.
    """
    with closing(open_index(settings.store_url)) as source, closing(open_index(url)) as target:
        counts = copy_store(source, target)
        fill_search_anew(target)
        fill_written(target)
    default = settings.model_copy(update={"database_url": None}).store_url
    return Migration(
        counts=counts,
        source=told_address(settings.store_url),
        target=told_address(url),
        is_default=told_address(default) == told_address(url),
    )
