"""The command `completion`: what a shell needs to complete commands, options and slugs."""

from __future__ import annotations

from typing import Any

import click
from click.shell_completion import get_completion_class

from catalogue.cli.options import common_options

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
@common_options
def completion(shell: str, **_options: Any) -> None:
    """Print what SHELL (bash, zsh or fish) needs to complete commands, options and slugs of episodes."""
    kind = get_completion_class(shell)
    assert kind is not None  # all of SHELLS are click's own
    root = click.get_current_context().find_root()
    click.echo(kind(root.command, {}, root.info_name or "castalogue", "_CASTALOGUE_COMPLETE").source())
