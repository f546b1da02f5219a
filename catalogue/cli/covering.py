"""The command `artwork`: a cover that every directory takes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from catalogue.cli.options import common_options, complete_episode, opened, settings_of
from catalogue.cli.paths import NamedFile
from catalogue.cli.printing import tell, tell_report


@click.command()
@click.argument("owner", metavar="EPISODE|SHOW", shell_complete=complete_episode)
@click.argument("file", type=NamedFile())
@click.option(
    "--preview",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Draw the card of a shared link into this folder.",
)
@common_options
def artwork(owner: str, file: Path, preview: Path | None, **options: Any) -> None:
    """Make FILE the cover of an episode or a show, in a size that directories take, and index."""
    from catalogue.actions.covering import draw_previews, put_cover

    with opened(settings_of(**options)) as place:
        done = put_cover(place, owner, file)
        drawn = draw_previews(place, owner, preview) if preview is not None else ()
    for change in done.changes:
        tell(str(change))
    tell(f"Written: {done.path}, {done.width} × {done.width} pixels{'' if done.changes else ', as it was'}.")
    for path in drawn:
        tell(f"Drawn: {path}")
    tell_report(done.report)
    sys.exit(1 if done.report.refused else 0)
