"""The command for whoever outgrows a database: migrate-store."""

from __future__ import annotations

from typing import Any

import click

from catalogue.cli.options import common_options, settings_of
from catalogue.cli.printing import tell


@click.command("migrate-store")
@click.argument("url")
@common_options
def migrate_store(url: str, **options: Any) -> None:
    """Copy the index into the empty database at URL, such as postgresql://user@host/name."""
    from catalogue.actions import migrate_store as action

    migration = action.migrate_store(settings_of(**options), url)
    counts = ", ".join(f"{name}: {count}" for name, count in migration.counts.items())
    tell(f"Copied and compared: {counts}.")
    tell(f"  from {migration.source}, which was left as it was,")
    tell(f"  to {migration.target}.")
    mend = "take DATABASE_URL away" if migration.is_default else "set DATABASE_URL to that address"
    tell(f"Next: {mend} and start castalogue again. What was indexed since is found by castalogue index.")
