"""Rules I09 to I12: by what an episode is known, and when it was published."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from catalogue.check.address import read_address
from catalogue.check.dates import CLOCK_TOLERANCE, WEEKDAYS, find_moment, has_whole_year
from catalogue.check.facts import FeedFacts
from catalogue.check.rule import Flaw, Level, item_rule, rule
from catalogue.feed_reading import FeedDocument, Item

FIRST_YEAR = 1995


@rule("I09", Level.ERROR, source="Apple: technical updates 2022; RSS 2.0")
def guids_are_unique(feed: FeedDocument) -> Iterator[Flaw]:
    """Every episode has a GUID of its own, letter for letter; one that is no URL says `isPermaLink="false"`.

    Mend: let the ledger give it; never reuse the GUID of another episode.

    Passes: <item><guid isPermaLink="false">talk-1</guid></item>
    Fails: <item><guid>talk-1</guid></item>
    """
    first: dict[str, Item] = {}
    for item in feed.items:
        guid = item.first("guid")
        if guid is None or not guid.text():
            yield Flaw(message="The episode has no GUID.", at=guid, item=item)
            continue
        other = first.setdefault(guid.text(), item)
        if other is not item:
            yield Flaw(message=f"The GUID is already that of “{other.title}”.", at=guid, item=item)
        if guid.get("isPermaLink").lower() != "false" and read_address(guid.text()) is None:
            yield Flaw(message='The GUID is no URL, so it needs isPermaLink="false".', at=guid, item=item)


@item_rule("I10", Level.ERROR, source="Apple: A Podcaster's Guide to RSS; Podcasting 2.0")
def guid_stays_with_its_audio(item: Item, facts: FeedFacts) -> Iterator[Flaw]:
    """An episode keeps the GUID it was published with, and no other episode ever gets it.

    Mend: put the old GUID back; another episode needs another GUID.

    Passes:
        # published as: talk-1
        <item><guid isPermaLink="false">talk-1</guid></item>
    Fails:
        # published as: talk-1
        <item><guid isPermaLink="false">talk-2</guid></item>
    """
    before = facts.guid_by_audio.get(item.enclosure_url)
    if before is None or before == item.guid:
        return
    if item.guid in facts.published_guids:
        message = f"This GUID was published for other audio; this audio's is {before}."
    else:
        message = f"The GUID of a published episode changed; it was {before}. Apps would download it again."
    yield Flaw(message=message, at=item.first("guid"))


@item_rule("I11", Level.ERROR, source="Apple: RSS feed requirements; RFC 5322, section 3.3")
def publication_date_is_readable(item: Item, facts: FeedFacts) -> Iterator[Flaw]:
    """`pubDate` is a date as in e-mails, with the right weekday and a zone; neither in the future nor before 1995.

    Mend: state `published` in the note.

    Passes: <item><pubDate>Tue, 05 Oct 2021 08:00:00 +0000</pubDate></item>
    Fails: <item><pubDate>Mon, 05 Oct 2021 08:00:00 +0000</pubDate></item>
    """
    element = item.first("pubDate")
    if element is None or not element.text():
        yield Flaw(message="The episode has no publication date.", at=element, level=Level.WARNING)
        return
    text = element.text()
    moment = find_moment(text)
    if moment is None:
        yield Flaw(message="The date must be like `Tue, 05 Oct 2021 08:00:00 +0000`.", at=element)
    elif "," not in text:
        message = f"The weekday is missing; begin with `{WEEKDAYS[moment.weekday()]},`."
        yield Flaw(message=message, at=element, level=Level.WARNING)
    elif not has_whole_year(text):
        yield Flaw(message="The year has two digits; write four.", at=element, level=Level.WARNING)
    elif not text.startswith(WEEKDAYS[moment.weekday()]):
        yield Flaw(message=f"The weekday is wrong; that day was a {WEEKDAYS[moment.weekday()]}.", at=element)
    elif moment.year < FIRST_YEAR:
        yield Flaw(message="The date is older than podcasts.", at=element, level=Level.WARNING)
    elif facts.now is not None and moment > facts.now + CLOCK_TOLERANCE:
        yield Flaw(message="The date is in the future.", at=element, level=Level.WARNING)


@rule("I12", Level.ADVICE, source="Practice of readers")
def newest_episode_stands_first(feed: FeedDocument) -> Iterator[Flaw]:
    """The episodes of an episodic show stand newest first; simple readers do not sort.

    Mend: sort the items by `pubDate`, the latest first.

    Passes:
        <item><pubDate>Tue, 12 Oct 2021 08:00:00 +0000</pubDate></item>
        <item><pubDate>Tue, 05 Oct 2021 08:00:00 +0000</pubDate></item>
    Fails:
        <item><pubDate>Tue, 05 Oct 2021 08:00:00 +0000</pubDate></item>
        <item><pubDate>Tue, 12 Oct 2021 08:00:00 +0000</pubDate></item>
    """
    if feed.channel.text("itunes:type").lower() == "serial":
        return
    moments = [(item, find_moment(item.text("pubDate"))) for item in feed.items]
    dated = [(item, moment) for item, moment in moments if moment is not None]
    for (_, earlier), (item, later) in pairwise(dated):
        if later > earlier:
            yield Flaw(message="The episode is newer than the one before it in the feed.", item=item)
            return
