"""Rules C13 to C19: whose show it is, and who may find it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from catalogue.check.facts import FeedFacts
from catalogue.check.rule import Flaw, Level, rule
from catalogue.feed_reading import FeedDocument

SHOW_TYPES = frozenset({"episodic", "serial"})
# Who writes these wants nothing to happen, and nothing does.
_MEANT_OFF = frozenset({"", "no", "false", "0"})


@rule("C13", Level.WARNING, source="PSP-1; Podcasting 2.0: guid")
def show_has_guid(feed: FeedDocument, facts: FeedFacts) -> Iterator[Flaw]:
    """The show has a `podcast:guid`, a UUID (best of version 5), and it never changes.

    Mend: let the ledger give it; put back the one that was published.

    Passes: <podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>
    Fails: <podcast:guid>garden-talk</podcast:guid>
    """
    element = feed.channel.first("podcast:guid")
    guid = element.text() if element is not None else ""
    if facts.show_guid and guid and guid.lower() != facts.show_guid.lower():
        message = f"The show's GUID changed; it was {facts.show_guid}. Put it back."
        yield Flaw(message=message, at=element, level=Level.ERROR)
    elif not guid:
        yield Flaw(message="The show has no `podcast:guid`.", at=element)
    elif not is_uuid(guid):
        yield Flaw(message="The show's GUID is no UUID.", at=element)
    elif uuid.UUID(guid).version != 5:
        yield Flaw(message="The show's GUID is no UUID of version 5.", at=element, level=Level.ADVICE)


def is_uuid(text: str) -> bool:
    """Whether it is a UUID in its usual form, with hyphens."""
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


@rule("C14", Level.WARNING, source="PSP-1; Podcasting 2.0: locked")
def show_says_whether_it_is_locked(feed: FeedDocument) -> Iterator[Flaw]:
    """The show says `yes` or `no` in `podcast:locked`: whether another host may import it.

    Mend: state `locked` in show.toml.

    Passes: <podcast:locked>yes</podcast:locked>
    Fails: <podcast:locked>true</podcast:locked>
    """
    locked = feed.channel.first("podcast:locked")
    if locked is None:
        yield Flaw(message="The show does not say whether it is locked against being imported elsewhere.")
    elif locked.text() not in {"yes", "no"}:
        weighs = Level.WARNING if locked.text().lower() in {"yes", "no"} else Level.ERROR
        yield Flaw(message="`podcast:locked` must be yes or no, in small letters.", at=locked, level=weighs)


@rule("C15", Level.WARNING, source="PSP-1; Apple: A Podcaster's Guide to RSS")
def show_names_its_author(feed: FeedDocument) -> Iterator[Flaw]:
    """The show names who makes it in `itunes:author`.

    Mend: state `author` in show.toml.

    Passes: <itunes:author>Garden Talk</itunes:author>
    Fails: <itunes:author/>
    """
    if not feed.channel.text("itunes:author"):
        yield Flaw(message="The show names no author.", at=feed.channel.first("itunes:author"))


@rule("C16", Level.ERROR, source="Apple: A Podcaster's Guide to RSS")
def show_type_is_known(feed: FeedDocument) -> Iterator[Flaw]:
    """`itunes:type`, where it stands, is `episodic` or `serial`.

    Mend: state `type` in show.toml.

    Passes: <itunes:type>serial</itunes:type> <item><itunes:episode>1</itunes:episode></item>
    Fails: <itunes:type>weekly</itunes:type>
    """
    kind = feed.channel.first("itunes:type")
    if kind is not None and kind.text().lower() not in SHOW_TYPES:
        yield Flaw(message="`itunes:type` must be episodic or serial.", at=kind)


@rule("C17", Level.WARNING, source="Apple: A Podcaster's Guide to RSS")
def block_and_complete_say_yes(feed: FeedDocument) -> Iterator[Flaw]:
    """`itunes:block` and `itunes:complete` act only with Yes; a blocked show is hidden from Apple's directory.

    Mend: leave the element out where it should not act.

    Passes: <itunes:complete>Yes</itunes:complete>
    Fails: <itunes:complete>true</itunes:complete>
    """
    for name in ("itunes:block", "itunes:complete"):
        element = feed.channel.first(name)
        if element is not None and element.text().lower() != "yes":
            weighs = Level.ADVICE if element.text().lower() in _MEANT_OFF else Level.WARNING
            yield Flaw(message=f"`{name}` has no effect with this value.", at=element, level=weighs)
        elif element is not None and name == "itunes:block":
            message = "The show is hidden from Apple Podcasts. Remove `block` from show.toml to be found there."
            yield Flaw(message=message, at=element, level=Level.ADVICE)


@rule("C18", Level.ADVICE, source="Spotify: e-mail in the feed; Apple: technical updates 2022")
def owner_can_be_verified(feed: FeedDocument) -> Iterator[Flaw]:
    """An e-mail address in the feed lets Spotify, YouTube and Amazon verify the owner; everybody can read it there.

    Mend: state `owner` with `email` and `show_owner_email = true` in show.toml while a directory verifies; for privacy,
    remove the switch afterwards.

    Passes: <itunes:owner><itunes:email>talk@example.org</itunes:email></itunes:owner>
    Fails: <itunes:owner><itunes:name>Garden Talk</itunes:name></itunes:owner>
    """
    owner, locked = feed.channel.first("itunes:owner"), feed.channel.first("podcast:locked")
    emails = (owner.text("itunes:email") if owner else "", locked.get("owner") if locked else "")
    if not any(emails):
        message = "Spotify, YouTube and Amazon cannot verify the owner: no e-mail address is in the feed."
        yield Flaw(message=message, at=owner)


@rule("C19", Level.ADVICE, source="PSP-1")
def copyright_is_a_name(feed: FeedDocument) -> Iterator[Flaw]:
    """`copyright` names the holder, without the word, the sign or a year before it.

    Mend: write the holder's name alone.

    Passes: <copyright>Garden Talk</copyright>
    Fails: <copyright>© 2021 Garden Talk</copyright>
    """
    element = feed.channel.first("copyright")
    if element is None:
        return
    value = element.text().lower()
    if value.startswith(("copyright", "©", "(c)")) or value[:4].isdecimal():
        yield Flaw(message="`copyright` should be the holder's name alone.", at=element)
