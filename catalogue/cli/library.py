"""Commands that write the library or the index: init, index, claim."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import click

from catalogue.cli.options import common_options, json_option, opened, settings_of
from catalogue.cli.printing import print_json, progress_bar, report_document, tell, tell_report


@click.command()
@click.argument("folder", required=False)
@common_options
def init(folder: str | None, **options: Any) -> None:
    """Make FOLDER a show: write its show.toml from what the audio's tags say."""
    from catalogue.actions.begin import begin_show, local_timezone
    from catalogue.sandbox import Box

    settings = settings_of(**options | ({"library": folder} if folder else {}))
    with Box(settings.workers) as box:
        tell_beginning(settings.library, begin_show(settings.library, box=box, timezone=local_timezone()))
    tell(f"Next: castalogue serve --library {shlex.quote(str(settings.library))}")


def tell_beginning(folder: Path, beginning: Any) -> None:
    """Say what `init` wrote."""
    tell(f"{folder} is a show now. Written: {', '.join(beginning.written)}.")
    tell(
        f"  title “{beginning.title}”, author “{beginning.author}”, language {beginning.language}, "
        f"time zone {beginning.timezone}"
    )
    tell(f"  Lines marked “fill in” in {folder / 'show.toml'} wait for you; nothing stops without them.")


@click.command()
@click.option("--allow-date-change", is_flag=True, help="Let published episodes take a new publication date.")
@click.option("--allow-removals", is_flag=True, help="Files that are not there are gone: keep the episodes as missing.")
@json_option
@common_options
def index(as_json: bool, allow_date_change: bool, allow_removals: bool, **options: Any) -> None:
    """Bring feed and site up to the folder."""
    from catalogue.actions.index import Wishes, index_library

    with opened(settings_of(**options)) as place, progress_bar("Reading files", quiet=as_json) as progress:
        wishes = Wishes(progress=progress, allow_date_change=allow_date_change, allow_removals=allow_removals)
        report = index_library(place, wishes)
    _show(report, as_json)


@click.command()
@click.argument("new")
@click.argument("old", required=False)
@click.option("--as-new", is_flag=True, help="It is a new episode.")
@json_option
@common_options
def claim(new: str, old: str | None, as_new: bool, as_json: bool, **options: Any) -> None:
    """Say that the files at NEW are the episode (or show) OLD (its folder, slug or GUID), or a new one."""
    from catalogue.actions.claim import claim_episode

    if (old is None) is not as_new:
        raise click.UsageError("Name the old episode, or say --as-new.")
    with opened(settings_of(**options)) as place:
        report = claim_episode(place, new, old=old)
    _show(report, as_json)


def _show(report: Any, as_json: bool) -> None:
    if as_json:
        print_json(report_document(report))
    else:
        tell_report(report)
    sys.exit(1 if report.refused else 0)
