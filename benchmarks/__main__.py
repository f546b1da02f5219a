"""`python -m benchmarks [NAME …] [--scale 0.1]`: run benchmarks, print each row, write docs/performance.md."""

from __future__ import annotations

import importlib
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import click

from benchmarks.bench import ROOT, Bench
from benchmarks.table import Row, missing_row, write_table

# Each is a module here with `rows(bench: Bench) -> Iterable[Row]`; in the order of the table.
NAMES = (
    "first_index",
    "second_index",
    "duration",
    "feed",
    "check",
    "serve_feed",
    "ranges",
    "pages",
    "search",
    "export",
    "import_feed",
    "setting",
    "studio_list",
    "api_list",
)
PAGE = ROOT / "docs" / "performance.md"


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
@click.option("--scale", default=1.0, help="Less than 1: smaller, for a trial; nothing is written.")
@click.option("--pairs", default=5, help="How often each side runs.")
def main(names: tuple[str, ...], scale: float, pairs: int) -> None:
    """Compare Castalogue with its peers; all benchmarks at full size write docs/performance.md."""
    rows = [row for name in names or NAMES for row in _run(name, scale=scale, pairs=pairs)]
    if not names and scale == 1.0:
        write_table(PAGE, rows=rows, about=_about())
    sys.exit(0 if all(row.is_met for row in rows) else 1)


def _run(name: str, *, scale: float, pairs: int) -> list[Row]:
    click.echo(f"── {name}", err=True)
    rows = []
    with tempfile.TemporaryDirectory(prefix="castalogue-bench-") as folder:
        bench = Bench(folder=Path(folder), scale=scale, pairs=pairs)
        try:
            for row in importlib.import_module(f"benchmarks.{name}").rows(bench):
                click.echo(" | ".join(row.cells))
                rows.append(row)
        except RuntimeError as error:  # what was to be compared gave a wrong answer or none; the others go on
            click.echo(str(error), err=True)
            rows.append(missing_row(name, "it failed: " + str(error).splitlines()[0].replace("|", "/")))
    return rows


def _about() -> str:
    """When, where and with what."""
    names = ("castalogue", "mutagen", "feedgen", "lxml", "Flask", "waitress", "SQLAlchemy")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"Measured on {datetime.now(UTC).date().isoformat()}: {os.cpu_count()} × {_processor()}, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}"
        f"{', ffprobe' if shutil.which('ffprobe') else ''}."
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "processor")


if __name__ == "__main__":
    main()
