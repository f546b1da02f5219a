"""`castalogue export`: the whole site as files for any web server."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import common_options, json_option, opened, settings_of
from catalogue.cli.printing import how_many, print_json, tell
from catalogue.errors import ConfigError

if TYPE_CHECKING:
    from catalogue.actions.open import Place
    from catalogue.domain.links import Links
    from web.export.report import Report

# How many links that lead nowhere stand on the screen.
SHOWN = 30


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--into-existing", is_flag=True, help="DIR holds other files, too: leave them there.")
@json_option
@common_options
def export(folder: Path, into_existing: bool, as_json: bool, **options: Any) -> None:
    """Write the whole site into DIR: pages, feeds, media and search, for a host that only sends files.

    Only what differs is written. Exit code 1 if a link leads nowhere.
    """
    from web.export.run import export_site

    with opened(settings_of(**options)) as place:
        if place.index.revision() == 0:
            from catalogue.actions.index import index_library  # who has nothing to index need not wait for it

            index_library(place)
        report = export_site(place, folder, _links(place), datetime.now(UTC), into_existing=into_existing)
    if as_json:
        print_json(_document(report))
    else:
        _tell(report, folder)
    sys.exit(1 if report.broken else 0)


def _links(place: Place) -> Links:
    from catalogue.actions.open import base_url_of
    from catalogue.domain.links import Links

    base_url = base_url_of(place)
    if base_url is None:
        raise ConfigError(
            "no-base-url",
            "Nobody has said under which address the site will be. Add --base-url https://your.domain.",
        )
    return Links(base_url)


def _tell(report: Report, folder: Path) -> None:
    tell(
        f"{folder}: {how_many(report.written, 'file')} written, {report.unchanged} unchanged, {report.removed} removed."
    )
    if report.due_at is not None:
        local = report.due_at.astimezone()
        tell(f"{local:%Y-%m-%d %H:%M}: export again. Something falls due then, and files cannot wake up.")
    if report.broken:
        tell(f"{how_many(len(report.broken), 'link')} to nowhere:")
        tell("\n".join(f"  {one}" for one in report.broken[:SHOWN]))
    if len(report.broken) > SHOWN:
        tell(f"  and {len(report.broken) - SHOWN} more (--json names all).")


def _document(report: Report) -> dict[str, Any]:
    return {
        "written": report.written,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "broken": list(report.broken),
        "due_at": report.due_at.isoformat() if report.due_at else None,
    }
