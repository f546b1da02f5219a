"""`transcript attach` and `chapters attach`: files put beside an episode, in the form in which they are kept."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import common_options, episode_argument, opened, settings_of
from catalogue.cli.paths import NamedFile
from catalogue.cli.printing import tell, tell_report

if TYPE_CHECKING:
    from catalogue.actions.attaching import Attached

_file = click.argument("file", type=NamedFile())


class WithAttach(click.Command):
    """A command that converts, beside one that attaches where its first word is `attach`."""

    attach: click.Command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args and args[0] == "attach":
            return self.attach.make_context(f"{info_name} attach", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command("attach")
@episode_argument
@_file
@click.option("--language", metavar="TAG", help="What it is in, such as es; the episode's language without it.")
@common_options
def attach_transcript(episode: str, file: Path, language: str | None, **options: Any) -> None:
    """Put the transcript FILE beside the audio of EPISODE, as WebVTT (without times: as text), and index."""
    from catalogue.actions import attaching

    with opened(settings_of(**options)) as place:
        done = attaching.attach_transcript(place, episode, file, language=language)
    _end(done)


@click.command("attach")
@episode_argument
@_file
@common_options
def attach_chapters(episode: str, file: Path, **options: Any) -> None:
    """Put the chapters of FILE (chapters, a note, audio) beside the audio of EPISODE, as JSON, and index."""
    from catalogue.actions import attaching

    with opened(settings_of(**options)) as place:
        done = attaching.attach_chapters(place, episode, file)
    _end(done)


def _end(done: Attached) -> None:
    tell(f"{'Written' if done.is_new else 'Replaced'}: {done.path}.")
    for remark in done.remarks:
        tell(remark)
    tell_report(done.report)
    sys.exit(1 if done.report.refused else 0)
