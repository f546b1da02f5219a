"""`castalogue export`: the whole site as files for any web server."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import common_options, json_option, links_of, opened, settings_of
from catalogue.cli.printing import how_many, print_json, tell
from catalogue.errors import ConfigError

if TYPE_CHECKING:
    from catalogue.actions.open import Place
    from catalogue.domain.links import Links
    from web.export.report import Report

# How many links that lead nowhere stand on the screen.
SHOWN = 30


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--archive", is_flag=True, help="Write the shows themselves, to be imported elsewhere; DIR may be a .zip."
)
@click.option("--show", "name", metavar="SHOW", help="With --archive: this show alone.")
@click.option("--into-existing", is_flag=True, help="DIR holds other files, too: leave them there.")
@json_option
@common_options
def export(folder: Path, archive: bool, name: str | None, into_existing: bool, as_json: bool, **options: Any) -> None:
    """Write the whole site into DIR: pages, feeds, media and search, for a host that only sends files.

    Only what differs is written. Exit code 1 if a link leads nowhere.
    """
    if archive:
        _archive(folder, name, as_json=as_json, **options)
        return
    if folder.is_file() or name is not None:
        raise click.UsageError("The site goes into a folder, with all shows. Did you mean --archive?")
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


def _archive(target: Path, name: str | None, *, as_json: bool, **options: Any) -> None:
    """Write the shows as they lie in the library, with all that a feed is made of."""
    from catalogue.actions.archive_writing import write_archive
    from catalogue.actions.index import index_library

    with opened(settings_of(**options)) as place:
        index_library(place)
        done = write_archive(place, target, show=name, links=links_of(place), now=datetime.now(UTC))
    if as_json:
        shows, left_out = [show.slug for show in done.shows], [list(one) for one in done.left_out]
        print_json({"shows": shows, "files": done.files, "size_bytes": done.size_bytes, "left_out": left_out})
    else:
        tell(f"{target}: {how_many(len(done.shows), 'show')}, {how_many(done.files, 'file')}.")
        for path, reason in done.left_out:
            tell(f"! {path} is not in it. {reason}")
    sys.exit(1 if done.left_out else 0)


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
