"""Commands about what is there already: revise, unpublish, publish, withdraw, discard, verify."""

from __future__ import annotations

import shlex
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import common_options, complete_episode, episode_argument, json_option, opened, settings_of
from catalogue.cli.paths import Day, NamedFile
from catalogue.cli.printing import how_many, print_json, progress_bar, tell, tell_report

if TYPE_CHECKING:
    from catalogue.actions.index import Report
    from catalogue.actions.verify import Verification
    from catalogue.actions.withdraw import Traces


@click.command()
@episode_argument
@click.argument("audio", required=False, type=NamedFile())
@click.option("--note", default="", help="What was corrected; without it nobody is told.")
@click.option("--date", "on", type=Day(), metavar="DAY", help="The day of the correction, if not today.")
@common_options
def revise(episode: str, audio: Path | None, note: str, on: datetime | None, **options: Any) -> None:
    """Replace the audio of EPISODE (its slug, folder or GUID), or say what was corrected, or both."""
    from catalogue.actions.revise import revise_episode

    if audio is None and not note.strip():
        raise click.UsageError("Name the new audio, or say with --note what was corrected.")
    with opened(settings_of(**options)) as place:
        done = revise_episode(place, episode, audio=audio, note=note, on=on.date() if on else None)
    tell(f"Revised {done.episode.slug}: {', '.join(done.written)}.")
    if done.correction is None:
        tell("No correction was written down: nobody is told of the change.")
    if done.is_shifted:
        tell("! The audio is longer or shorter than before: look through the times of its chapters and transcripts.")
    for path in done.outdated:
        tell(f"! {path} still has the sound from before. Revise it too: castalogue revise {episode} NEW-FILE")
    _end(done.report)


@click.command()
@episode_argument
@common_options
def unpublish(episode: str, **options: Any) -> None:
    """Take EPISODE (its slug, folder or GUID) out of feed and site until `publish` brings it back."""
    from catalogue.actions.unpublish import unpublish_episode

    with opened(settings_of(**options)) as place:
        done = unpublish_episode(place, episode)
    tell(f"{done.note} says draft: true now. Its addresses answer 404; castalogue publish {episode} brings it back.")
    tell("Apps keep what they have downloaded. What must never come back is withdrawn: castalogue withdraw.")
    _end(done.report)


@click.command()
@episode_argument
@common_options
def publish(episode: str, **options: Any) -> None:
    """Show EPISODE (its slug, folder or GUID), a draft, to everybody; the date it has had stays."""
    from catalogue.actions.unpublish import republish_episode

    with opened(settings_of(**options)) as place:
        done = republish_episode(place, episode)
    tell(f"{done.note} calls it a draft no more.")
    _end(done.report)


@click.command()
@episode_argument
@click.option("--yes", is_flag=True, help="Do not ask.")
@common_options
def withdraw(episode: str, yes: bool, **options: Any) -> None:
    """Withdraw EPISODE (its slug, folder or GUID) for good: its addresses answer 410, "gone"."""
    from catalogue.actions.withdraw import find_traces, withdraw_episode

    with opened(settings_of(**options)) as place:
        traces = find_traces(place, episode)
        if not yes:
            tell(f"“{traces.title}” leaves feed and site for good. No command brings it back.")
            click.confirm("Withdraw it?", abort=True, err=True)
        done = withdraw_episode(place, episode)
    tell(f"Withdrawn: {done.traces.title}. The ledger keeps its GUID and this day; every address of it answers 410.")
    _tell_traces(done.traces)
    tell("Only by hand can this be undone: by taking withdrawn_at out of its line in ledger.jsonl.")
    _end(done.report)


@click.command()
@episode_argument
@click.option("--back", is_flag=True, help="Bring it back: EPISODE as it was called, or its GUID.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@common_options
def discard(episode: str, back: bool, yes: bool, **options: Any) -> None:
    """Throw EPISODE (its slug, folder or GUID) away: a draft that was never out. --back brings it back.

    Its files move aside, into a hidden folder of the show; its name and address are free again.
    """
    from catalogue.actions.discarding import bring_back_discarded, discard_episode, discarded_row, planned_moves
    from catalogue.actions.named import exact_name

    with opened(settings_of(**options)) as place:
        if back:
            show, row = discarded_row(place, episode)
            found = bring_back_discarded(place, exact_name(show, row.line.guid))
            tell(f"{found.episode.slug} is a draft again, in {', '.join(found.paths.values())}.")
            _end(found.report)
        if not yes:
            tell(f"This moves aside: {', '.join(planned_moves(place, episode)) or 'nothing, its files are gone'}.")
            click.confirm(f"Throw {episode} away?", abort=True, err=True)
        done = discard_episode(place, episode)
    for path in done.paths.values():
        tell(f"Moved to {path}")
    tell(f"Thrown away. castalogue discard --back {shlex.quote(done.name)} brings it back.")
    _end(done.report)


@click.command()
@click.argument("episodes", nargs=-1, shell_complete=complete_episode)
@json_option
@common_options
def verify(episodes: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Read every medium of EPISODES (slugs, folders or GUIDs; all, if none is named) and compare it with the ledger."""
    from catalogue.actions.verify import verify_media

    with opened(settings_of(**options)) as place, progress_bar("Verifying files", quiet=as_json) as progress:
        found = verify_media(place, episodes, progress=progress)
    if as_json:
        print_json(_document(found))
    else:
        for fault in found.faults:
            click.echo(f"✗ {fault.path}: {fault.message}")
        counted = f"{how_many(found.files, 'file')}, {how_many(found.size_bytes, 'byte')} read"
        tell(f"{counted}: {how_many(len(found.faults), 'fault')}.")
    sys.exit(1 if found.faults else 0)


def _end(report: Report) -> None:
    tell_report(report)
    sys.exit(1 if report.refused else 0)


def _tell_traces(traces: Traces) -> None:
    if traces.files:
        tell("Its files are yours and stay in the library, where nobody is served them. Delete them if you like:")
        for path in traces.files:
            tell(f"  {path}")
    tell("It may still be in:")
    for place in traces.elsewhere:
        tell(f"  {place}")


def _document(found: Verification) -> dict[str, Any]:
    return {
        "files": found.files,
        "size_bytes": found.size_bytes,
        "faults": [
            {"code": one.code, "path": one.path, "show": one.show, "episode": one.episode, "reason": one.message}
            for one in found.faults
        ],
    }
