"""Lead a show's subscribers to its feed at another host, and take that back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.foreign_feeds import ForeignFeed, read_foreign_feed
from catalogue.actions.index import Report, Wishes
from catalogue.actions.named import find_show_row
from catalogue.actions.open import Place, base_url_of
from catalogue.actions.show_editing import hold_show
from catalogue.domain.links import Links
from catalogue.domain.selection import LATEST, WHOLE
from catalogue.domain.show import Show
from catalogue.errors import Conflict, PlanRefused
from catalogue.feed.assembly import is_item
from catalogue.library.notes.text_shapes import read_text

KEY = "moved_to"
# Named in a refusal; the others are counted.
_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A feed here and the one elsewhere: how many episodes are in both, and which only here, by GUID and title."""

    both: int
    lacking: tuple[tuple[str, str], ...]
    is_same_podcast: bool
    """Whether its `podcast:guid` is the show's."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A show that leads elsewhere now, or again does not; `comparison` None: nobody compared."""

    show: Show
    report: Report
    comparison: Comparison | None = None


def compare_with(place: Place, feed: ForeignFeed, *, show: str | None, now: datetime) -> Comparison:
    """Compare what is public of a show with a feed elsewhere, by GUID: apps know an episode by nothing else."""
    row = find_show_row(place, show)
    episodes = (one.episode for one in place.index.episodes(row.show.guid))
    ours = {one.guid: one.title for one in episodes if one is not None and is_item(one) and one.is_public(now)}
    theirs = {item.guid for item in feed.outline.items}
    return Comparison(
        both=len(ours.keys() & theirs),
        lacking=tuple((guid, title) for guid, title in ours.items() if guid not in theirs),
        is_same_podcast=feed.outline.guid == row.show.guid,
    )


def move_out(
    place: Place, url: str, *, show: str | None = None, is_checked: bool = True, wishes: Wishes | None = None
) -> Moved:
    """Let the feed answer with a permanent redirect to `url`; GUIDs, pages and audio stay as they are.

    The feed there is fetched first: one that lacks an episode, or has it under another GUID, is refused (PlanRefused)
    unless nobody is to check. Raises also OutsideError, FeedError, NotFound, Conflict, ContentErrors, NotPublishable.
    """
    wishes, comparison = wishes or Wishes(), None
    url = check_new_address(place, url, show)
    if is_checked:
        feed = read_foreign_feed(place, url)
        for address in feed.asked:  # what redirects to this feed is a circle
            check_new_address(place, address, show)
        comparison = compare_with(place, feed, show=show, now=wishes.clock())
        _check(comparison, url)
    with hold_show(place, show, wishes) as held:
        held.edit({KEY: url})
        report, now = held.index()
        if now.moved_to != url:
            raise held.not_indexed(report)
    return Moved(show=now, report=report, comparison=comparison)


def move_back(place: Place, *, show: str | None = None, wishes: Wishes | None = None) -> Moved:
    """Serve the feed here again; raises Conflict where it was here all the time, and as `move_out`."""
    with hold_show(place, show, wishes) as held:
        if held.row.show.moved_to is None:
            raise Conflict(
                "not-moved", "The feed of “{slug}” is here: nothing leads elsewhere.", slug=held.row.show.slug
            )
        held.edit({KEY: None})
        report, now = held.index()
        if now.moved_to is not None:
            raise held.not_indexed(report)
    return Moved(show=now, report=report)


def check_new_address(place: Place, url: str, show: str | None) -> str:
    """Give the address of a feed elsewhere as it will be written; raises ContentError, Conflict for the show's own."""
    url = read_text(KEY, url, kind=Show.__name__)
    links, known = Links(base_url_of(place) or ""), find_show_row(place, show).show
    own = {links.selected_feed(known, one).partition("://")[2] for one in (WHOLE, LATEST)}
    if url.partition("://")[2] in own:
        raise Conflict("moved-to-itself", "{url} is this very feed: it cannot lead to itself.", url=url)
    return url


def _check(comparison: Comparison, url: str) -> None:
    if not comparison.lacking:
        return
    named = ", ".join(f"“{title}” ({guid})" for guid, title in comparison.lacking[:_NAMED])
    raise PlanRefused(
        "new-feed-lacks",
        "The feed at {url} lacks {count} of the episodes here, or has them under other GUIDs, so that apps would show "
        "them twice or not at all: {named}. Let the new host import this feed with its GUIDs first.",
        url=url,
        count=len(comparison.lacking),
        named=named,
    )
