"""Rules I01, I02, I13 and I19: what RSS and Apple ask of an episode's words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.check.channel_rules import LEGACY_TRUTH, MOST_DESCRIPTION_BYTES, TRUTH, has_markup
from catalogue.check.medium import is_for_directories
from catalogue.check.rule import Flaw, Level, item_rule, rule
from catalogue.feed_reading import FeedDocument, Item

_NUMBERED = re.compile(r"(s\d+\s*[:,.-]?\s*e\d+|#\s*\d+|(ep|eps|episode|folge|episodio)\.?\s*#?\d+)\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*+[:|#–—-]")


@rule("I01", Level.ERROR, source="Apple: RSS feed requirements")
def feed_has_episodes(feed: FeedDocument) -> Iterator[Flaw]:
    """The feed has at least one published episode; directories reject an empty one.

    Mend: publish an episode, or wait until the first scheduled one is out.

    Passes: <item><title>Compost</title></item>
    Fails:
        # episodes: 0
        <title>Garden Talk</title>
    """
    if not feed.items and is_for_directories(feed):
        yield Flaw(message="The feed has no episode yet.")


@item_rule("I02", Level.ERROR, source="Apple: A Podcaster's Guide to RSS; PSP-1")
def episode_has_title(item: Item, feed: FeedDocument) -> Iterator[Flaw]:
    """The episode has a title, which does not start with its number or the show's name: apps show those themselves.

    Mend: state `title` in the note; `number` and `season` have keys of their own.

    Passes: <item><title>Compost</title></item>
    Fails: <item><title>S1E2 Compost</title></item>
    """
    title, show = item.text("title"), feed.channel.text("title")
    if not title:
        yield Flaw(message="The episode has no title.", at=item.first("title"))
    elif _NUMBERED.match(title):
        message = "The title starts with the episode's number; apps show that themselves."
        yield Flaw(message=message, at=item.first("title"), level=Level.WARNING)
    elif show and title.lower().startswith(show.lower()) and _SEPARATOR.match(title, len(show)):
        yield Flaw(message="The title starts with the show's name.", at=item.first("title"), level=Level.WARNING)


@item_rule("I13", Level.WARNING, source="PSP-1; Apple: A Podcaster's Guide to RSS")
def episode_has_description(item: Item) -> Iterator[Flaw]:
    """The episode has a description of at most 4000 bytes (bytes, not characters); longer ones are cut or rejected.

    Mend: write notes below the front matter, or a `summary` in it.

    Passes: <item><description>All about compost.</description></item>
    Fails: <item><description/></item>
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

    Passes: <item><itunes:explicit>false</itunes:explicit></item>
    Fails: <item><itunes:explicit>no</itunes:explicit></item>
    """
    explicit = item.first("itunes:explicit")
    if explicit is None:
        return
    if explicit.text() not in TRUTH:
        legacy = " (a legacy spelling)" if explicit.text().lower() in LEGACY_TRUTH else ""
        yield Flaw(message=f"`itunes:explicit` must be true or false{legacy}.", at=explicit)
    elif explicit.text() == "true" and feed.channel.text("itunes:explicit") == "false":
        yield Flaw(message="The episode is explicit while the show says it is not.", at=explicit, level=Level.ADVICE)
