"""Rule P04: the chapters file of an episode."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from catalogue.check.facts import FeedFacts
from catalogue.check.rule import Flaw, Level, item_rule
from catalogue.domain.media import CHAPTERS_TYPE
from catalogue.feed_reading import Item

# The second is what the namespace's own example says, and apps take.
TYPES = frozenset({CHAPTERS_TYPE, "application/json"})
FEWEST_CHAPTERS = 3
MOST_CHAPTERS_AN_HOUR = 6
# Below this, chapters an hour say nothing: five in ten minutes are no more than anybody needs.
COUNTED_FROM_SECONDS = 30 * 60
LATEST_SECONDS = 10**7


@item_rule("P04", Level.ERROR, source="Podcasting 2.0: JSON chapters 1.2; Apple: chapters")
def chapters_are_in_order(item: Item, facts: FeedFacts) -> Iterator[Flaw]:
    """The chapters file is JSON chapters with a version, its times are numbers that rise from 0 within the audio.

    Mend: correct the chapters file or the tags; best are three chapters or more, and not more than six an hour.

    Passes:
        # chapters: {"version": "1.2.0", "chapters": [{"startTime": 0}, {"startTime": 60}, {"startTime": 300.5}]}
        <item><podcast:chapters url="https://example.org/1.json" type="application/json+chapters"/></item>
    Fails:
        # chapters: {"version": "1.2.0", "chapters": [{"startTime": 0}, {"startTime": 300.5}, {"startTime": 60}]}
        <item><podcast:chapters url="https://example.org/1.json" type="application/json+chapters"/></item>
    """
    element = item.first("podcast:chapters")
    if element is None:
        return
    url = element.get("url")
    kind = element.get("type").partition(";")[0].strip().lower()
    if kind and kind not in TYPES:
        yield Flaw(message=f"The type of chapters must be {CHAPTERS_TYPE}.", at=element, value=kind)
    content = facts.chapters.get(url)
    if content is not None:
        duration = facts.durations.get(item.enclosure_url)
        for message, level in flaws_of_chapters(content, duration=duration):
            yield Flaw(message=message, at=element, value=url, level=level)


def flaws_of_chapters(content: bytes, *, duration: timedelta | None) -> Iterator[tuple[str, Level]]:
    """Say what is wrong with a chapters file, and how much it weighs; without a duration its end is not judged."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        yield "The chapters file is no JSON.", Level.ERROR
        return
    chapters = document.get("chapters") if isinstance(document, dict) else None
    if not isinstance(chapters, list) or not chapters:
        yield "The chapters file has no list `chapters`.", Level.ERROR
        return
    if not isinstance(document.get("version"), str):
        yield 'The chapters file has no `version`; write "1.2.0".', Level.ERROR
    starts = [_start(chapter) for chapter in chapters]
    times = [start for start in starts if start is not None]
    if len(times) < len(starts):
        yield f"Chapter {starts.index(None) + 1} has no number of seconds as its `startTime`.", Level.ERROR
        return
    yield from _flaws_of_times(times, duration.total_seconds() if duration else None)
    listed = sum(1 for chapter in chapters if chapter.get("toc") is not False)
    yield from _flaws_of_count(listed, duration.total_seconds() if duration else None)


def _start(chapter: object) -> float | None:
    start = chapter.get("startTime") if isinstance(chapter, dict) else None
    if isinstance(start, bool) or not isinstance(start, int | float):
        return None
    return start if 0 <= start <= LATEST_SECONDS else None  # NaN is neither


def _flaws_of_times(times: list[float], seconds: float | None) -> Iterator[tuple[str, Level]]:
    unordered = next((n for n, (one, other) in enumerate(pairwise(times), start=2) if other < one), None)
    if unordered is not None:
        yield f"Chapter {unordered} starts before the one before it.", Level.ERROR
    late = next((n for n, start in enumerate(times, start=1) if seconds is not None and start >= seconds), None)
    if late is not None:
        yield f"Chapter {late} starts after the audio has ended.", Level.ERROR
    if times[0] != 0:
        yield "The first chapter does not start at 0.", Level.ADVICE


def _flaws_of_count(count: int, seconds: float | None) -> Iterator[tuple[str, Level]]:
    if count < FEWEST_CHAPTERS:
        yield f"Apple shows chapters from {FEWEST_CHAPTERS} on.", Level.ADVICE
    elif seconds and seconds >= COUNTED_FROM_SECONDS and count > MOST_CHAPTERS_AN_HOUR * max(1.0, seconds / 3600):
        yield f"There are more than {MOST_CHAPTERS_AN_HOUR} chapters an hour.", Level.ADVICE
