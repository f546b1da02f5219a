"""The command `set`: keys in the notes of many episodes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import common_options, json_option, opened, settings_of
from catalogue.cli.printing import (
    how_many,
    print_json,
    problem_document,
    progress_bar,
    tell,
    tell_problems,
    tell_report,
)

if TYPE_CHECKING:
    from catalogue.actions.note_writing import NoteChange
    from catalogue.actions.setting import Setting

# So many episodes are told one by one.
FEW = 20
# What is refused as a whole.
REFUSED = "leaving"
date_change_option = click.option(
    "--allow-date-change", is_flag=True, help="Let published episodes take a new publication date."
)


@click.command("set")
@click.argument("pairs", nargs=-1, required=True, metavar="KEY=VALUE...")
@click.option("--where", "condition", metavar="CONDITION", help='In which notes, such as "season=2 and explicit=no".')
@click.option("--all", "is_for_all", is_flag=True, help="In the notes of all episodes.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@date_change_option
@click.option("--allow-removals", is_flag=True, help="Let many published episodes leave the feed by what is set.")
@json_option
@common_options
def set_keys(
    pairs: tuple[str, ...],
    *,
    condition: str | None,
    is_for_all: bool,
    dry_run: bool,
    allow_date_change: bool,
    allow_removals: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Set keys in the notes of many episodes, and index once. KEY= without a value takes the key away."""
    from catalogue.actions.index import Wishes
    from catalogue.actions.setting import Demand, plan_setting, set_where
    from catalogue.domain.condition import EVERYTHING, read_condition

    if (condition is None) is not is_for_all:
        raise click.UsageError('Say in which notes: --where "season=2", or --all.')
    keys = dict(_pair(pair) for pair in pairs)
    where = EVERYTHING if condition is None else read_condition(condition)
    with opened(settings_of(**options)) as place, progress_bar("Notes", quiet=as_json) as progress:
        wishes = Wishes(allow_date_change=allow_date_change)
        demand = Demand(keys=keys, where=where, wishes=wishes, progress=progress, allow_removals=allow_removals)
        done = (plan_setting if dry_run else set_where)(place, demand)
    _tell_setting(done, keys=tuple(keys), is_dry=dry_run, as_json=as_json)
    sys.exit(1 if done.problems else 0)


def _pair(text: str) -> tuple[str, str | None]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise click.UsageError(f"“{text}” is no KEY=VALUE. Write season=2, or season= to take the key away.")
    return key.strip(), value if value.strip() else None


def _tell_setting(done: Setting, *, keys: tuple[str, ...], is_dry: bool, as_json: bool) -> None:
    if as_json:
        changes = [{"path": one.path, "new": not one.version} for one in done.changes]
        problems = [problem_document(one) for one in done.problems]
        document = {"changes": changes, "same": done.same, "problems": problems, "dry_run": is_dry}
        print_json({**document, "behind": done.is_behind} if is_dry else document)
        return
    if is_dry:
        for change in done.changes:
            click.echo(_line(change, keys))
    tell_problems(done.problems)
    if done.is_behind:
        tell("This goes by the last index, and files may have changed since then; castalogue index takes them up.")
    would = "would change" if is_dry else "changed"
    if any(one.code == REFUSED for one in done.problems):
        would = "would change with --allow-removals"
    said = f"{how_many(done.same, 'note')} said so already" if done.same else "none said so already"
    as_before = {one.path for one in done.problems if one.code != REFUSED}
    left = f", {how_many(len(as_before), 'note')} left as before" if as_before else ""
    tell(f"{how_many(len(done.changes), 'note')} {would}, {said}{left}.")
    if not is_dry and done.report is not None and len(done.changes) <= FEW:
        tell_report(done.report)


def _line(change: NoteChange, keys: tuple[str, ...]) -> str:
    """A note's path, and each key that changes in it: what it said, and what it would say."""
    from catalogue.library.notes.text_edits import note_values

    before, after = (note_values(content, change.path) for content in (change.before, change.after))
    said = (f"{key}: {_shown(before.get(key))} → {_shown(after.get(key))}" for key in keys)
    return f"{change.path}: {', '.join(said)}"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    return "nothing" if value is None else str(value)
