"""The commands `backup` and `restore`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from catalogue.cli.options import common_options, json_option, opened, settings_of
from catalogue.cli.paths import NamedFile
from catalogue.cli.printing import how_many, print_json, tell


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--with-library", is_flag=True, help="Put the library into it, too.")
@json_option
@common_options
def backup(file: Path, with_library: bool, as_json: bool, **options: Any) -> None:
    """Put the database (index, accounts, tokens, jobs) into FILE, proved by restoring it, while `serve` may run."""
    from catalogue.actions.backing_up import back_up

    with opened(settings_of(**options)) as place:
        done = back_up(place, file, with_library=with_library)
    if as_json:
        print_json(
            {
                "path": str(done.path),
                "size_bytes": done.size_bytes,
                "tables": dict(done.tables),
                "files": done.files,
                "has_key": done.has_key,
                "left_out": list(done.left_out),
            }
        )
        return
    tell(f"Written, restored elsewhere and compared: {done.path} ({done.size_bytes / 1024**2:.1f} MiB).")
    _tell_parts(done.tables, done.files, has_key=done.has_key)
    for path in done.left_out:
        tell(f"! {path} cannot be read, and is not in it.")
    if not done.files:
        tell("  The library is not in it: it is files, and yours to copy, or say --with-library.")
    tell("Keep it where nobody else can read it: who has it can act for those who sign in.")


@click.command()
@click.argument("file", type=NamedFile())
@common_options
def restore(file: Path, **options: Any) -> None:
    """Bring back what `backup` put into FILE, into an empty database and, where it has one, an empty library folder."""
    from catalogue.actions.restoring import restore_backup

    settings = settings_of(**options)
    done = restore_backup(settings, file)
    tell(f"Brought back what was put aside on {done.made_at}.")
    _tell_parts(done.tables, done.files, has_key=done.has_key)
    tell(f"Next: castalogue index --library {shlex.quote(str(settings.library))}, which takes up what changed since.")


def _tell_parts(tables: Mapping[str, int], files: int, *, has_key: bool) -> None:
    rows = ", ".join(f"{name}: {count}" for name, count in tables.items() if count)
    tell(f"  Rows: {rows or 'none'}.")
    parts = [f"the library ({how_many(files, 'file')})"] if files else []
    parts += ["the server's key"] if has_key else []
    if parts:
        tell(f"  And {' and '.join(parts)}.")
