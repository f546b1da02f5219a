"""Rules I01, I02, I09 to I13 and I19: what RSS and Apple ask of an episode's words and identity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

from catalogue.check.address import read_address
from catalogue.check.channel_rules import LEGACY_TRUTH, MOST_DESCRIPTION_BYTES, TRUTH, has_markup
from catalogue.check.facts import FeedFacts
from catalogue.check.rule import Flaw, Level, item_rule, rule
from catalogue.feed_reading import FeedDocument, Item

_NUMBERED = re.compile(r"(s\d+\s*[:,.-]?\s*e\d+|#\s*\d+|(ep|eps|episode|folge|episodio)\.?\s*#?\d+)\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*+[:|#–—-]")
# RFC 5322, section 3.3, with the weekday RSS readers expect and a zone in digits or by its old name.
_DATE = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} "
    r"\d{2}:\d{2}(:\d{2})? ([+-]\d{4}|GMT|UTC?|Z|[ECMP][SD]T)"
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CLOCK_TOLERANCE = timedelta(minutes=5)
FIRST_YEAR = 1995


@rule("I01", Level.ERROR, source="Apple: RSS feed requirements")
def feed_has_episodes(feed: FeedDocument) -> Iterator[Flaw]:
    """The feed has at least one published episode; directories reject an empty one.

    Mend: publish an episode, or wait until the first scheduled one is out.
    """
    if not feed.items:
        yield Flaw(message="The feed has no episode yet.")


@item_rule("I02", Level.ERROR, source="Apple: A Podcaster's Guide to RSS; PSP-1")
def episode_has_title(item: Item, feed: FeedDocument) -> Iterator[Flaw]:
    """The episode has a title, which does not start with its number or the show's name: apps show those themselves.

    Mend: state `title` in the note; `number` and `season` have keys of their own.
    """
    title, show = item.text("title"), feed.channel.text("title")
    if not title:
        yield Flaw(message="The episode has no title.", at=item.first("title"))
    elif _NUMBERED.match(title):
        message = "The title starts with the episode's number; apps show that themselves."
        yield Flaw(message=message, at=item.first("title"), level=Level.WARNING)
    elif show and title.lower().startswith(show.lower()) and _SEPARATOR.match(title, len(show)):
        yield Flaw(message="The title starts with the show's name.", at=item.first("title"), level=Level.WARNING)


@rule("I09", Level.ERROR, source="Apple: technical updates 2022; RSS 2.0")
def guids_are_unique(feed: FeedDocument) -> Iterator[Flaw]:
    """Every episode has a GUID of its own, letter for letter; one that is no URL says `isPermaLink="false"`.

    Mend: let the ledger give it; never reuse the GUID of another episode.
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
    """
    element = item.first("pubDate")
    if element is None or not element.text():
        yield Flaw(message="The episode has no publication date.", at=element, level=Level.WARNING)
        return
    moment = find_moment(element.text())
    if moment is None:
        yield Flaw(message="The date must be like `Tue, 05 Oct 2021 08:00:00 +0000`.", at=element)
    elif not element.text().startswith(WEEKDAYS[moment.weekday()]):
        yield Flaw(message=f"The weekday is wrong; that day was a {WEEKDAYS[moment.weekday()]}.", at=element)
    elif moment.year < FIRST_YEAR:
        yield Flaw(message="The date is older than podcasts.", at=element, level=Level.WARNING)
    elif facts.now is not None and moment > facts.now + CLOCK_TOLERANCE:
        yield Flaw(message="The date is in the future.", at=element, level=Level.WARNING)


def find_moment(text: str) -> datetime | None:
    """Find the moment an RFC 5322 date with a zone states, the weekday unjudged; None for anything else.

    >>> find_moment("Tue, 05 Oct 2021 08:00:00 +0000").isoformat()
    '2021-10-05T08:00:00+00:00'
    """
    if not _DATE.fullmatch(text):
        return None
    try:
        moment = parsedate_to_datetime(text)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)  # -0000: UTC, place unknown
    except (ValueError, OverflowError):
        return None


@rule("I12", Level.ADVICE, source="Practice of readers")
def newest_episode_stands_first(feed: FeedDocument) -> Iterator[Flaw]:
    """The episodes of an episodic show stand newest first; simple readers do not sort.

    Mend: sort the items by `pubDate`, the latest first.
    """
    if feed.channel.text("itunes:type").lower() == "serial":
        return
    moments = [(item, find_moment(item.text("pubDate"))) for item in feed.items]
    dated = [(item, moment) for item, moment in moments if moment is not None]
    for (_, earlier), (item, later) in pairwise(dated):
        if later > earlier:
            yield Flaw(message="The episode is newer than the one before it in the feed.", item=item)
            return


@item_rule("I13", Level.WARNING, source="PSP-1; Apple: A Podcaster's Guide to RSS")
def episode_has_description(item: Item) -> Iterator[Flaw]:
    """The episode has a description of at most 4000 bytes (bytes, not characters); longer ones are cut or rejected.

    Mend: write notes below the front matter, or a `summary` in it.
    """
    size = len(item.text("description").encode())
    if not size and not has_markup(item, "description"):
        yield Flaw(message="The episode has no description.", at=item.first("description"))
    elif size > MOST_DESCRIPTION_BYTES:
        message = f"The description has {size} bytes; {MOST_DESCRIPTION_BYTES} are allowed."
        yield Flaw(message=message, at=item.first("description"), level=Level.ERROR)


@item_rule("I19", Level.WARNING, source="Apple: A Podcaster's Guide to RSS")
def episode_explicit_is_true_or_false(item: Item, feed: FeedDocument) -> Iterator[Flaw]:
    """An episode's `itunes:explicit`, where it stands, is `true` or `false`, and the show is explicit if episodes are.

    Mend: state `explicit` in the note; where many episodes are explicit, in show.toml too.
    """
    explicit = item.first("itunes:explicit")
    if explicit is None:
        return
    if explicit.text() not in TRUTH:
        legacy = " (a legacy spelling)" if explicit.text().lower() in LEGACY_TRUTH else ""
        yield Flaw(message=f"`itunes:explicit` must be true or false{legacy}.", at=explicit)
    elif explicit.text() == "true" and feed.channel.text("itunes:explicit") == "false":
        yield Flaw(message="The episode is explicit while the show says it is not.", at=explicit, level=Level.ADVICE)
