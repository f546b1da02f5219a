"""Commands about what a note said before: history, undo."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from catalogue.cli.options import common_options, episode_argument, opened, settings_of
from catalogue.cli.printing import tell, tell_report
from catalogue.cli.setting import date_change_option

if TYPE_CHECKING:
    from catalogue.actions.history.differences import Difference
    from catalogue.actions.history.reading import PastText
    from catalogue.domain.note_history import NoteText

# What is told of a place, in characters; the studio shows all of it.
LONGEST = 90


@click.command()
@episode_argument
@common_options
def history(episode: str, **options: Any) -> None:
    """Tell what was changed in the note of EPISODE (its slug, folder, GUID or file), when and by whom."""
    from catalogue.actions.history.reading import read_history

    with opened(settings_of(**options)) as place:
        found = read_history(place, episode)
    if not found.all_texts:
        tell(f"Nothing is known of what {found.note.path} said before. It is kept from its next change on.")
    for text in found.all_texts:
        _tell_text(text, found.note.show.timezone)


@click.command()
@episode_argument
@click.option("--to", "number", type=int, metavar="NUMBER", help="The text to bring back, as castalogue history says.")
@click.option("--yes", is_flag=True, help="Let it be out, or not, and dated as the earlier text says; do not ask.")
@date_change_option
@common_options
def undo(episode: str, number: int | None, yes: bool, allow_date_change: bool, **options: Any) -> None:
    """Give the note of EPISODE (its slug, folder, GUID or file) the text it had before its last change.

    With --to also an earlier text of a transcript or of chapters. Whether the episode is out, and since when, stays as
    it is, unless you say otherwise.
    """
    from catalogue.actions.history.reading import bring_back, other_standing, read_history, text_before
    from catalogue.actions.index import Wishes

    with opened(settings_of(**options)) as place:
        found = read_history(place, episode)
        number = text_before(found).version.number if number is None else number
        wishes = Wishes(allow_date_change=allow_date_change)
        is_kept = not yes and _keeps_standing(other_standing(found, number), number)
        over = found.find(number).over
        saved = bring_back(place, episode, number, expected=over, is_standing_kept=is_kept, wishes=wishes)
    tell(f"{saved.path} says again what it said in text {number}." if saved.is_changed else "Nothing was changed.")
    tell_report(saved.report)
    sys.exit(1 if saved.report.refused else 0)


def _keeps_standing(keys: Sequence[str], number: int) -> bool:
    """Whether what lets an episode out stays as it is, where an earlier text says otherwise: somebody is asked."""
    if not keys:
        return False
    tell(f"Text {number} says otherwise whether, when or as what this episode is out: {', '.join(keys)}.")
    if sys.stdin.isatty():
        return not click.confirm("Bring that back, too? Else only the words come back.", err=True)
    tell("That stays as it is; only the words come back. To bring all of it back: --yes")
    return True


def _tell_text(text: PastText, timezone: str) -> None:
    version = text.version
    today = " (as it is now)" if text.is_today else ""
    today += f"  {version.text.side}" if version.text.side else ""
    click.echo(f"{version.number}  {_when(version.text.saved_at, timezone)}  {_whose(version.text)}{today}")
    if text.changes is None:
        click.echo("    What it said before is not known.")
    for change in text.changes or ():
        _tell_change(change)


def _tell_change(change: Difference) -> None:
    for sign, said in (("-", change.before), ("+", change.after)):
        if said:
            line = " ".join(said.split())
            click.echo(f"    {sign} {line[:LONGEST]}{'…' if len(line) > LONGEST else ''}")


def _when(moment: datetime, timezone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M}"


def _whose(text: NoteText) -> str:
    return {"studio": text.who, "terminal": "at the terminal", "files": "found in the file"}[text.hand.value]
