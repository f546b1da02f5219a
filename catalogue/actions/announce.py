"""What is to be told of a change to a show: made by the index, in the transaction in which the change is seen.

Nothing old is announced. A show that this database never held before is no news, nor is an episode whose moment lies
more than a day before the show last changed: so a database that was deleted and made again tells nobody anything but
what is still to come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalogue.actions.planning import KnownShow
from catalogue.config import Settings
from catalogue.domain.episode import Episode
from catalogue.domain.show import Show
from catalogue.domain.telling import OF_FEEDS, WHOLE_FEED, Announcement, Kind
from catalogue.feed.assembly import public_from
from catalogue.store.index import EpisodeRow

# As `publish.LOOK_EVERY_SECONDS`: then every process that serves has seen a change.
VISIBLE_AFTER = timedelta(seconds=1)
PING_AFTER = VISIBLE_AFTER + timedelta(seconds=5)
# A day alone means its morning: what is added in the afternoon is news all the same.
STILL_NEWS = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ShowChange:
    """A show as it was, and what changes of it; `rows` are its new and changed episodes.

    `is_everything_new`: what every item says may be other than it was.
    """

    show: Show
    known: KnownShow
    rows: Mapping[str, EpisodeRow]
    is_everything_new: bool


def channels_of(settings: Settings) -> tuple[Kind, ...]:
    """Who is told anything; nobody, until it is set."""
    stated = {
        Kind.WEBSUB: settings.websub_hub,
        Kind.PODPING: settings.podping_token or settings.podping_token_file,
        Kind.WEBHOOK: settings.webhook_url,
    }
    return tuple(kind for kind, value in stated.items() if value)


def announcements(change: ShowChange, kinds: Collection[Kind], *, now: datetime) -> tuple[Announcement, ...]:
    """What is to be told of a change that is written at `now`, to each of these kinds.

    Who is told of feeds hears of it 5 s after it can be seen, and of a scheduled episode 5 s after its moment; of many
    changes at once they hear once. A webhook hears of each episode that is published. A show that asks to be left out
    of lists (`block`) is not told to the world by Podping.
    """
    kinds = [kind for kind in kinds if kind is not Kind.PODPING or not change.show.block]
    return tuple(
        Announcement(show_guid=change.show.guid, guid=guid, kind=kind, asked_at=now, due_at=moment + PING_AFTER)
        for guid, moment, hearers in _news(change, kinds, now)
        for kind in hearers
    )


def _news(
    change: ShowChange, kinds: Collection[Kind], now: datetime
) -> Iterator[tuple[str, datetime, Collection[Kind]]]:
    """What is new, from when on it can be seen, and who is to hear of it."""
    of_feeds = [kind for kind in kinds if kind in OF_FEEDS]
    if of_feeds and change.known.row is not None and _changes_feed(change, now):
        yield WHOLE_FEED, now, of_feeds
    for guid, row in change.rows.items():
        moment = public_from(row.episode)
        if moment is not None and moment > now:
            yield guid, moment, kinds
        elif moment is not None and _is_news(change, guid, moment=moment, now=now):
            yield guid, now, [kind for kind in kinds if kind not in OF_FEEDS]


def _changes_feed(change: ShowChange, now: datetime) -> bool:
    if change.is_everything_new:
        return True
    before = change.known.episodes
    return any(
        _is_served(row.episode, now) or (guid in before and _is_served(before[guid].episode, now))
        for guid, row in change.rows.items()
    )


def _is_news(change: ShowChange, guid: str, *, moment: datetime, now: datetime) -> bool:
    """Whether an episode that is public now was not before, and not long ago might have been."""
    row, before = change.known.row, change.known.episodes.get(guid)
    if row is None or (before is not None and _is_served(before.episode, now)):
        return False
    return moment > row.changed_at - STILL_NEWS


def _is_served(episode: Episode | None, now: datetime) -> bool:
    moment = public_from(episode)
    return moment is not None and moment <= now
