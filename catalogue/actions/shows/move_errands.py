"""Compare a show with its feed at another host, and lead its subscribers there, behind a page."""

from __future__ import annotations

from collections.abc import Mapping

from catalogue.actions.errands.progress import Progress
from catalogue.actions.foreign_feeds import read_foreign_feed
from catalogue.actions.index import Wishes
from catalogue.actions.moving_out import Comparison, check_new_address, compare_with, move_out
from catalogue.actions.open import Place
from catalogue.domain.errands import Errand

LOOK, MOVE = "move-out-look", "move-out"
# So many of the episodes that lack there are named.
NAMED = 50


def compare_for_move(place: Place, errand: Errand, progress: Progress) -> Mapping[str, object]:
    """Say how the feed elsewhere compares; changes nothing. Raises as `move_out`, but for what lacks there."""
    progress.tell("reading")
    url, show = check_new_address(place, str(errand.parameters["url"]), errand.show_guid), errand.show_guid
    feed = read_foreign_feed(place, url)
    for address in feed.asked:
        check_new_address(place, address, show)
    return _compared(compare_with(place, feed, show=show, now=progress.clock()))


def lead_away(place: Place, errand: Errand, progress: Progress) -> Mapping[str, object]:
    """Lead the subscribers away; the feed there is compared once more. Raises as `move_out`."""
    progress.tell("reading")
    done = move_out(place, str(errand.parameters["url"]), show=errand.show_guid, wishes=Wishes(clock=progress.clock))
    return _compared(done.comparison) if done.comparison is not None else {}


def _compared(found: Comparison) -> dict[str, object]:
    return {
        "both": found.both,
        "lacking": [title for _, title in found.lacking[:NAMED]],
        "lacking_count": len(found.lacking),
        "is_same_podcast": found.is_same_podcast,
    }
