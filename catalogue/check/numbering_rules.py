"""Rules I16 to I18 and I21: seasons, numbers and kinds of episodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.check.rule import Flaw, Level, item_rule, rule
from catalogue.feed_reading import FeedDocument, Item

EPISODE_TYPES = frozenset({"full", "trailer", "bonus"})
_POSITIVE = re.compile(r"0*[1-9][0-9]{0,8}")


def kind_of(item: Item) -> str:
    """The episode's type; `full` where nothing says otherwise."""
    return item.text("itunes:episodeType").lower() or "full"


@rule("I16", Level.ERROR, source="Apple: A Podcaster's Guide to RSS; PSP-1")
def serial_episodes_are_numbered(feed: FeedDocument) -> Iterator[Flaw]:
    """In a serial show every full episode has an `itunes:episode` number.

    Mend: state `number` in the note.

    Passes: <itunes:type>serial</itunes:type> <item><itunes:episode>1</itunes:episode></item>
    Fails: <itunes:type>serial</itunes:type> <item><title>Compost</title></item>
    """
    if feed.channel.text("itunes:type").lower() != "serial":
        return
    for item in feed.items:
        if kind_of(item) == "full" and not item.text("itunes:episode"):
            yield Flaw(message="The show is serial, and this episode has no number.", item=item)


@rule("I17", Level.WARNING, source="Apple: A Podcaster's Guide to RSS")
def numbers_are_positive_and_unique(feed: FeedDocument) -> Iterator[Flaw]:
    """`itunes:episode` and `itunes:season` are whole numbers above 0, and no two episodes of a kind share both.

    Mend: correct `number` or `season` in the note.

    Passes: <item><itunes:season>1</itunes:season> <itunes:episode>2</itunes:episode></item>
    Fails: <item><itunes:season>0</itunes:season> <itunes:episode>2</itunes:episode></item>
    """
    first: dict[tuple[int, int, str], Item] = {}
    for item in feed.items:
        numbers = []
        for name in ("itunes:season", "itunes:episode"):
            element = item.first(name)
            if element is not None and not _POSITIVE.fullmatch(element.text()):
                message = f"`{name}` must be a whole number above 0."
                yield Flaw(message=message, at=element, item=item, level=Level.ERROR)
            numbers.append(int(element.text()) if element and _POSITIVE.fullmatch(element.text()) else 0)
        season, number = numbers
        other = first.setdefault((season, number, kind_of(item)), item) if number else item
        if other is not item:
            message = f"“{other.title}” has the same number."
            yield Flaw(message=message, at=item.first("itunes:episode"), item=item)


@rule("I18", Level.ERROR, source="Apple: A Podcaster's Guide to RSS")
def episode_type_is_known(feed: FeedDocument) -> Iterator[Flaw]:
    """`itunes:episodeType`, where it stands, is `full`, `trailer` or `bonus`; a trailer has a GUID of its own.

    Mend: correct `type` in the note.

    Passes: <item><itunes:episodeType>bonus</itunes:episodeType></item>
    Fails: <item><itunes:episodeType>pilot</itunes:episodeType></item>
    """
    announced = {item.guid for item in feed.items if kind_of(item) != "trailer"}
    for item in feed.items:
        kind = item.first("itunes:episodeType")
        if kind is not None and kind.text().lower() not in EPISODE_TYPES:
            yield Flaw(message="The type must be full, trailer or bonus.", at=kind, item=item)
        elif kind_of(item) == "trailer" and item.guid and item.guid in announced:
            message = "The trailer shares the GUID of its episode; apps would show only one of them."
            yield Flaw(message=message, at=item.first("guid"), item=item, level=Level.WARNING)


@item_rule("I21", Level.WARNING, source="Podcasting 2.0: season, episode")
def both_numberings_agree(item: Item) -> Iterator[Flaw]:
    """`podcast:season` and `podcast:episode` say what `itunes:season` and `itunes:episode` say; decimals aside.

    Mend: state season and number once, in the note.

    Passes: <item><itunes:episode>2</itunes:episode> <podcast:episode>2.5</podcast:episode></item>
    Fails: <item><itunes:episode>2</itunes:episode> <podcast:episode>3</podcast:episode></item>
    """
    for name in ("season", "episode"):
        ours, apples = item.first(f"podcast:{name}"), item.text(f"itunes:{name}")
        if ours is None or not apples or not re.fullmatch(r"\d{1,9}(\.\d+)?", ours.text()):
            continue
        if _POSITIVE.fullmatch(apples) and int(float(ours.text())) != int(apples):
            yield Flaw(message=f"`itunes:{name}` says {apples}.", at=ours)
