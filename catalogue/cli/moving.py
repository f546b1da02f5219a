"""Commands on where else a show is, was or will be: move-in, move-out, directories."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import click

from catalogue.cli.moving_words import (
    listing_document,
    move_document,
    tell_listing,
    tell_move,
    tell_steps_in,
    tell_steps_out,
)
from catalogue.cli.options import common_options, json_option, links_of, published, settings_of
from catalogue.cli.printing import how_many, print_json, report_document, tell, tell_report

_show_option = click.option("--show", "name", metavar="SHOW", help="Which show, where the library holds several.")


@click.command("move-in")
@click.argument("url")
@click.option("--dry-run", is_flag=True, help="Say what would be taken over; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_show_option
@json_option
@common_options
def move_in(url: str, name: str | None, dry_run: bool, yes: bool, as_json: bool, **options: Any) -> None:
    """Take over from the feed at URL who the show and its episodes are, for audio that is in the library already."""
    from catalogue.actions import moving_in
    from catalogue.actions.foreign_feeds import read_foreign_feed

    with published(settings_of(**options)) as (place, _):
        feed = read_foreign_feed(place, url)
        plan = moving_in.plan_move_in(place, feed, show=name)
        document = move_document(plan)
        if not as_json:
            tell_move(plan, say=click.echo if dry_run else tell)
        if dry_run:
            if as_json:
                print_json(document)
            return
        if plan.changed_guids and not yes:
            click.confirm("Take them over?", abort=True, err=True)
        done, report = moving_in.move_in(place, feed, show=name)
        new_feed = links_of(place).feed(done.show)
    if as_json:
        print_json(document | report_document(report))
    else:
        tell_report(report)
        tell_steps_in(done, new_feed)
    sys.exit(1 if report.refused else 0)


@click.command("move-out")
@click.argument("url", required=False)
@click.option("--undo", is_flag=True, help="The feed is here again.")
@click.option("--unchecked", is_flag=True, help="Do not ask whether the feed at URL has every episode.")
@_show_option
@common_options
def move_out(url: str | None, name: str | None, undo: bool, unchecked: bool, **options: Any) -> None:
    """Lead all subscribers to the feed at URL, at another host, for good."""
    from catalogue.actions import moving_out

    if (url is None) is not undo:
        raise click.UsageError("Name the feed's new address, or say --undo.")
    with published(settings_of(**options)) as (place, _):
        if url is None:
            done = moving_out.move_back(place, show=name)
            tell(f"The feed of {done.show.slug} is served here again. Apps that were led away may not come back.")
        else:
            done = moving_out.move_out(place, url, show=name, is_checked=not unchecked)
            if done.comparison is not None:
                tell(f"{url} has all {how_many(done.comparison.both, 'episode')} under the same GUIDs.")
            if done.comparison is not None and not done.comparison.is_same_podcast:
                tell(f"! Its podcast:guid is another. Ask the new host to state {done.show.guid}.")
            tell_steps_out(links_of(place).feed(done.show), url)
    tell_report(done.report)
    sys.exit(1 if done.report.refused else 0)


@click.command()
@click.argument("show", required=False)
@json_option
@common_options
def directories(show: str | None, as_json: bool, **options: Any) -> None:
    """Say what Apple, Spotify, YouTube, Amazon and Podcast Index need before they list SHOW, and what it lacks."""
    from catalogue.actions.directories import list_directories
    from catalogue.actions.named import find_show_row

    with published(settings_of(**options)) as (place, publication):
        name = show if show is not None else _first(publication)
        listing = list_directories(place, find_show_row(place, name), datetime.now(UTC))
    if as_json:
        print_json(listing_document(listing))
    else:
        tell_listing(listing)
    sys.exit(0 if all(one.is_ready for one in listing.directories) else 1)


def _first(publication: Any) -> str | None:
    shows = publication.shows()
    return publication.first_feed().slug if shows else None
