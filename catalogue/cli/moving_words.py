"""How moves and directories are told: what is taken over, what to do now step by step, what each directory lacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.printing import how_many, tell

if TYPE_CHECKING:
    from catalogue.actions.directories import Listing
    from catalogue.actions.moving_in import MoveIn

# Apple, "Change the RSS feed URL": at least four weeks.
_PATIENCE = "four weeks at the very least, better a year: apps that are rarely opened hear of it late"


def tell_move(plan: MoveIn, *, say: Callable[[str], None]) -> None:
    """Say what is taken over from a feed, and what is not clear."""
    say(
        f"{plan.show.slug}: podcast:guid {plan.guid}{'' if plan.guid == plan.show.guid else f' (was {plan.show.guid})'}"
    )
    for one in plan.adopted:
        if one.is_news:
            day = f", published {one.published_at:%Y-%m-%d %H:%M} UTC" if one.published_at else ""
            say(f"  {one.slug}: GUID {one.guid}{day}")
    same = sum(not one.is_news for one in plan.adopted)
    if same:
        say(f"  {how_many(same, 'episode')} {'has' if same == 1 else 'have'} the feed's GUIDs already.")
    for item in plan.unknown_items:
        say(f"! Only in the feed: “{item.title}” ({item.guid or 'without a GUID'}). Bring its audio, or it is lost.")
    for episode in plan.unknown_episodes:
        say(f"· Only here: {episode.slug}. It is no episode of the feed, or it is not clear which.")
    if plan.changed_guids:
        say(
            f"! {how_many(plan.changed_guids, 'episode')} known here under another GUID: apps that follow the feed here"
        )
        say("  already would show them again. Apps that follow the old feed will not, and these are many more.")


def tell_steps_in(done: MoveIn, new_feed: str) -> None:
    """Say what to do where, once a show has moved in."""
    old = done.addresses[0]
    steps = (
        f"Look the feed over: castalogue check. It is at {new_feed}",
        f"At the old host, let {old} lead to {new_feed} with a permanent redirect (301). Hosts call it moving, or "
        "redirecting, the feed. Where it cannot be had, let it at least state itunes:new-feed-url.",
        "The new feed states itunes:new-feed-url itself as long as show.toml has moved_from.",
        "Write the new address where the show is managed: Apple Podcasts Connect, Spotify, YouTube, Amazon Music. "
        "castalogue directories names the pages.",
        f"Leave the old feed and its audio there for {_PATIENCE}.",
        "Then take moved_from out of show.toml, unless the old address is on your own domain: Castalogue answers it.",
    )
    _tell_steps(steps)


def tell_steps_out(own: str, url: str) -> None:
    """Say what to do where, once a show has moved out."""
    steps = (
        f"{own} now answers 301 and leads to {url}; the feed says so, too (itunes:new-feed-url). Look: curl -I {own}",
        "Write the new address where the show is managed: Apple Podcasts Connect, Spotify, YouTube, Amazon Music. "
        "castalogue directories names the pages. Podcast Index follows the redirect by itself.",
        "Publish new episodes there from now on. What you change here no app sees.",
        f"Leave this running for {_PATIENCE}. Pages and audio stay at their addresses as long as it runs.",
        "To undo it: castalogue move-out --undo.",
    )
    _tell_steps(steps)


def _tell_steps(steps: tuple[str, ...]) -> None:
    tell("What to do now:")
    for number, step in enumerate(steps, start=1):
        tell(f"{number}. {step}")


def tell_listing(listing: Listing) -> None:
    """Say of each directory what it needs, what is there, and the mend of what is not."""
    click.echo(f"{listing.show.title}: {listing.feed_url or 'no public address yet'}")
    for one in listing.directories:
        click.echo(f"\n{'✓' if one.is_ready else '✗'} {one.name}: {one.submit_at}")
        for need in one.needs:
            click.echo(
                f"  {'✓' if need.mend is None else '✗'} {need.what}{'' if need.mend is None else f'. {need.mend}'}"
            )
        for hint in one.hints:
            click.echo(f"  · {hint}")


def move_document(plan: MoveIn) -> dict[str, Any]:
    """What is taken over, as JSON has it."""
    return {
        "show": plan.show.slug,
        "guid": plan.guid,
        "old_guid": plan.show.guid,
        "moved_from": list(plan.addresses),
        "adopted": [
            {
                "slug": one.slug,
                "title": one.title,
                "guid": one.guid,
                "old_guid": one.old_guid,
                "published_at": one.published_at.isoformat() if one.published_at else None,
            }
            for one in plan.adopted
        ],
        "only_in_feed": [{"guid": one.guid, "title": one.title, "line": one.line} for one in plan.unknown_items],
        "only_here": [one.slug for one in plan.unknown_episodes],
    }


def listing_document(listing: Listing) -> dict[str, Any]:
    """What each directory needs, as JSON has it."""
    return {
        "show": listing.show.slug,
        "feed_url": listing.feed_url,
        "directories": [
            {
                "service": one.service,
                "name": one.name,
                "submit_at": one.submit_at,
                "ready": one.is_ready,
                "needs": [{"what": need.what, "mend": need.mend} for need in one.needs],
                "hints": list(one.hints),
            }
            for one in listing.directories
        ],
    }
