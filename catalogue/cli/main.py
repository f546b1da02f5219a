"""The command group, its error border and exit codes: 0 done, 1 findings or failure, 2 wrong usage."""

from __future__ import annotations

import difflib
import gc
import sys
from typing import Any

import click

from catalogue import __version__
from catalogue.cli.adding import add
from catalogue.cli.backups import backup, restore
from catalogue.cli.checking import check
from catalogue.cli.completing import completion
from catalogue.cli.covering import artwork
from catalogue.cli.deeds import discard, publish, revise, unpublish, verify, withdraw
from catalogue.cli.editing import edit, new, publish_now, rename, schedule
from catalogue.cli.errands import errands
from catalogue.cli.exporting import export
from catalogue.cli.headings import HEADINGS, ROWS
from catalogue.cli.history import history, undo
from catalogue.cli.importing import import_show
from catalogue.cli.library import claim, index, init
from catalogue.cli.loudness import loudness
from catalogue.cli.members import members
from catalogue.cli.moving import directories, move_in, move_out
from catalogue.cli.planning import plan
from catalogue.cli.previewing import preview
from catalogue.cli.producers import producer
from catalogue.cli.reports import doctor, due, feed, list_episodes, show
from catalogue.cli.serving import serve, watch
from catalogue.cli.setting import set_keys
from catalogue.cli.store import migrate_store
from catalogue.cli.telling import jobs, worker
from catalogue.cli.tokens import token
from catalogue.cli.words import chapters, tag, transcript
from catalogue.errors import CatalogueError

# Python looks for circular garbage at every 700 new objects. We make hardly any, and thousands of episodes that stay:
# looking less often spares a tenth of an index's time and costs a few megabytes.
GARBAGE = (50_000, 20, 50)


class _Group(click.Group):
    """Commands under headings, the most needed first, and errors of ours as one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        width = max(map(len, self.commands))
        for heading in HEADINGS:
            with formatter.section(heading.title):
                formatter.write_dl([(row.name.ljust(width), row.line) for row in heading.rows])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; an option of the commands that stands before them is told its place."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            known = {name for one in self.commands.values() for param in one.params for name in param.opts}
            near = difflib.get_close_matches(error.option_name, sorted(known), 1, 0.7)
            if not near:
                raise
            where = f"{near[0]} stands after the command: castalogue COMMAND {near[0]} …"
            raise click.UsageError(f"{error.option_name} is no option here. {where}", ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CatalogueError as error:
            click.echo(f"castalogue: {error}", err=True)
            sys.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="castalogue")
def main() -> None:
    """Turn a folder of audio and notes into a podcast feed and a readable site.

    Start with: castalogue serve --library FOLDER
    """
    gc.set_threshold(*GARBAGE)


ALL = (
    *(init, add, new, edit, history, undo, set_keys, rename, schedule, publish_now, plan, index, serve, watch, export),
    *(feed, list_episodes, show, chapters, transcript, artwork, tag, loudness, check, due, claim, doctor),
    *(backup, restore, migrate_store, revise, unpublish, publish, withdraw, discard, verify, directories),
    *(import_show, move_in, move_out, worker, jobs, errands, members, preview, producer, token, completion),
)
NAMED = {command.name: command for command in ALL}
for row in ROWS:
    command = NAMED[row.name]
    example = f"\b\nExample:\n  castalogue {row.example}"
    command.short_help, command.epilog = row.line, "\n\n".join(filter(None, (command.epilog, example)))
    main.add_command(command)
