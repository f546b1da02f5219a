"""Which feeds a show has beside its own, at a moment: those with something public in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.shelf import ShowShelf
from catalogue.domain.episode import Episode
from catalogue.domain.selection import FILTERS, LATEST, Selection, SelectionKind
from catalogue.feed.assembly import is_item
from catalogue.feed.selected import label_of


@dataclass(frozen=True, kw_only=True)
class OtherFeed:
    """A feed that somebody may want instead of the show's own; `label` is the name of the season, tag or language."""

    selection: Selection
    label: str
    count: int


class OfferedFeeds:
    """The feeds that pages offer, looked for once for each state of a show. Threads may share one."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[ShowShelf, datetime | None, tuple[OtherFeed, ...]]] = {}

    def of(self, shelf: ShowShelf, now: datetime) -> tuple[OtherFeed, ...]:
        """As `other_feeds`, which looks at every episode."""
        known = self._held.get(shelf.show.guid)
        if known is None or known[0] is not shelf or (known[1] is not None and known[1] <= now):
            moments = (one.published_at for one in shelf.episodes if one.published_at is not None)
            due_at = min((moment for moment in moments if moment > now), default=None)
            known = self._held[shelf.show.guid] = (shelf, due_at, other_feeds(shelf, now))
        return known[2]


def is_offered(shelf: ShowShelf, selection: Selection, now: datetime) -> bool:
    """Whether a feed has anything in it at `now`; stops at the first episode that is."""
    is_archived = selection.kind is SelectionKind.ARCHIVE
    among = shelf.by_page.get(int(selection.value), ()) if is_archived else shelf.episodes
    return any(selection.holds(one) and _is_public_item(one, now) for one in among)


def other_feeds(shelf: ShowShelf, now: datetime) -> tuple[OtherFeed, ...]:
    """List the feeds that pages offer: the light one of a long show, seasons, languages, tags.

    What would be the show's own feed again is left out: its only season, its only language.
    """
    public = [one for one in shelf.episodes if _is_public_item(one, now)]
    found = tuple(_filtered(public, shelf.show.language))
    is_long = any(shelf.pages[one.guid] for one in public)
    if is_long and not shelf.show.feed_episodes and shelf.show.moved_to is None:
        return (OtherFeed(selection=LATEST, label="", count=0), *found)
    return found


def _filtered(public: list[Episode], language: str) -> Iterator[OtherFeed]:
    for kind, values_of in FILTERS.items():
        held: dict[str, list[Episode]] = {}
        for episode in public:
            for value in values_of(episode):
                held.setdefault(value, []).append(episode)
        for value in sorted(held, key=_natural):
            selection = Selection(kind=kind, value=value)
            if len(held[value]) < len(public):
                label = label_of(selection, language, held[value])
                yield OtherFeed(selection=selection, label=label, count=len(held[value]))


def _natural(value: str) -> tuple[int, str]:
    """Seasons by number, all else by letter."""
    return (int(value), "") if value.isdigit() else (-1, value)


def _is_public_item(episode: Episode, now: datetime) -> bool:
    return is_item(episode) and episode.is_public(now)
