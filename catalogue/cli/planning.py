"""The command that says beforehand what subscribers will see: plan."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import click

from catalogue.cli.options import common_options, json_option, links_of, opened, settings_of
from catalogue.cli.plan_report import plan_document, tell_plan
from catalogue.cli.printing import print_json, progress_bar, tell_problems


@click.command()
@click.option("--diff", "with_diff", is_flag=True, help="Print what changes in the feeds, as a unified diff.")
@json_option
@common_options
def plan(with_diff: bool, as_json: bool, **options: Any) -> None:
    """Say what subscribers would see after an index, like a pull request; change nothing.

    Exit code 1 if anything would be held or left out, 0 if all of it would go out.
    """
    from catalogue.actions.feed_changes import plan_feeds
    from catalogue.actions.index import Wishes, plan_library

    now = datetime.now(UTC)
    with opened(settings_of(**options)) as place, progress_bar("Reading files", quiet=as_json) as progress:
        wishes, links = Wishes(clock=lambda: now, progress=progress), links_of(place)
        if with_diff:
            planned = plan_feeds(place, wishes, links)
            report, diffs = planned.report, planned.diffs
        else:
            report, diffs = plan_library(place, wishes), None
    if as_json:
        print_json(plan_document(report, now=now, links=links, diffs=diffs))
    elif diffs is None:
        tell_plan(report, now=now, say=click.echo)
    else:
        click.echo("".join(diffs.values()), nl=False)
        tell_problems(report.problems)
    sys.exit(1 if report.refused else 0)
