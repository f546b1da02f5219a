"""Rules I15 and I22: how long an episode plays, and whether a player finds its way in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from catalogue.check.facts import FeedFacts
from catalogue.check.rule import Flaw, Level, item_rule
from catalogue.feed_reading import Item

DURATION_TOLERANCE = timedelta(seconds=2)
DURATION_TOLERANCE_SHARE = 0.01
# Apple: seconds, or hours, minutes and seconds with colons.
_DURATION = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,9})", re.ASCII)


def find_seconds(text: str) -> int | None:
    """Find the whole number of seconds that a duration states, plain or as a clock; None for anything else.

    >>> find_seconds("1200"), find_seconds("1:20:00"), find_seconds("20 min")
    (1200, 4800, None)
    """
    parts = _DURATION.fullmatch(text)
    if parts is None:
        return None
    return (int(parts[1] or 0) * 60 + int(parts[2] or 0)) * 60 + int(parts[3])


@item_rule("I15", Level.WARNING, source="Apple: A Podcaster's Guide to RSS; PSP-1")
def duration_is_right(item: Item, facts: FeedFacts) -> Iterator[Flaw]:
    """`itunes:duration` is a whole number of seconds above 0, within 2 seconds (or 1 %) of what was measured.

    Mend: index again; for remote audio state `duration` under `enclosure` in the note.

    Passes:
        # seconds: 1201
        <item><itunes:duration>1200</itunes:duration></item>
    Fails:
        # seconds: 1300
        <item><itunes:duration>1200</itunes:duration></item>
    """
    element = item.first("itunes:duration")
    if element is None or not element.text():
        yield Flaw(message="The episode states no duration.", at=element)
        return
    seconds = find_seconds(element.text())
    measured = facts.durations.get(item.enclosure_url)
    if not seconds:
        yield Flaw(message="The duration must be a whole number of seconds above 0.", at=element)
        return
    if ":" in element.text():
        message = f"Apps read this, too; recommended are seconds: {seconds}."
        yield Flaw(message=message, at=element, level=Level.ADVICE)
    if measured is not None:
        tolerance = max(DURATION_TOLERANCE, measured * DURATION_TOLERANCE_SHARE)
        if abs(timedelta(seconds=seconds) - measured) > tolerance:
            yield Flaw(message=f"The audio plays {measured.total_seconds():.0f} seconds.", at=element)


@item_rule("I22", Level.WARNING, source="LAME: Mp3 Info Tag; practice of players")
def audio_can_be_sought(item: Item, facts: FeedFacts) -> Iterator[Flaw]:
    """An MP3 of variable bit rate has a Xing or VBRI header; without it players jump to the wrong moment.

    Mend: export it again, at a constant bit rate or with an encoder that writes the header, such as LAME.

    Passes: <item><enclosure url="https://example.org/1.mp3" length="2000" type="audio/mpeg"/></item>
    Fails:
        # found: variable bit rate, no header
        <item><enclosure url="https://example.org/1.mp3" length="2000" type="audio/mpeg"/></item>
    """
    if item.enclosure_url in facts.without_seek_header:
        message = "Its bit rate varies and no header says where which moment is: chapters and times will be missed."
        yield Flaw(message=message, at=item.first("enclosure"))
