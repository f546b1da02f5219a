"""Read items back inside the real head and tail: what subscribers will get says what the episodes say.

What cleans texts and writes XML has been tested, but a feed that breaks costs every subscriber; so each new item
is read as an app would read it before anybody gets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.errors import FeedError
from catalogue.feed.element import ascii_address, one_line
from catalogue.feed.enclosure import enclosure_of
from catalogue.feed.fragment import Fragment, ItemRenderer
from catalogue.feed.rss import TAIL
from catalogue.feed_reading import FeedDocument, Item, read_feed

# Read together, and one by one only where something is wrong: the head need not be read for each.
_BATCH = 50


@dataclass(frozen=True, kw_only=True)
class Proof:
    """An episode and the XML of its item, base URL filled in."""

    episode: Episode
    xml: bytes


def render_items(renderer: ItemRenderer, episodes: Iterable[Episode]) -> tuple[dict[str, Fragment], dict[str, str]]:
    """Render items by GUID; with those that cannot be rendered at all, and why."""
    fragments: dict[str, Fragment] = {}
    faults: dict[str, str] = {}
    for episode, rendered in renderer.render_each(episodes):
        if isinstance(rendered, Exception):
            faults[episode.guid] = f"It cannot be written ({rendered})."
        else:
            fragments[episode.guid] = rendered
    return fragments, faults


def head_fault(head: bytes) -> str | None:
    """Say what is wrong with a feed's head; None where a feed without items is one with a title."""
    try:
        document = read_feed(head + TAIL, url=None)
    except FeedError as error:
        return error.sentence
    if document.items or document.channel_count != 1:
        return "It holds more than a head."
    return None if document.channel.text("title") else "It has no title."


def item_faults(head: bytes, proofs: Sequence[Proof], links: Links) -> dict[str, str]:
    """Say by GUID which items do not say what their episodes say, and what is wrong with each."""
    faults: dict[str, str] = {}
    for start in range(0, len(proofs), _BATCH):
        batch = proofs[start : start + _BATCH]
        if _faults(head, batch, links):
            for proof in batch:
                faults |= _faults(head, [proof], links)
    return faults


def _faults(head: bytes, proofs: Sequence[Proof], links: Links) -> dict[str, str]:
    """What is wrong with each; where the whole cannot be read, with all of them."""
    try:
        document = read_feed(b"".join((head, *(proof.xml for proof in proofs), TAIL)), url=None)
    except FeedError as error:
        return dict.fromkeys((proof.episode.guid for proof in proofs), error.sentence)
    if not _is_so_many_items(document, proofs, head):
        return dict.fromkeys((proof.episode.guid for proof in proofs), "It is not exactly one item.")
    pairs = zip(document.items, (proof.episode for proof in proofs), strict=True)
    found = ((episode.guid, _fault(item, episode, links)) for item, episode in pairs)
    return {guid: fault for guid, fault in found if fault is not None}


def _is_so_many_items(document: FeedDocument, proofs: Sequence[Proof], head: bytes) -> bool:
    """Whether each piece is one item, and adds nothing to the channel besides."""
    alone = read_feed(head + TAIL, url=None)
    return (len(document.items), document.channel_count, len(document.channel.children), document.channel.raw) == (
        len(proofs),
        1,
        len(alone.channel.children),
        alone.channel.raw,
    )


def _fault(item: Item, episode: Episode, links: Links) -> str | None:
    guid, enclosures, wanted = item.all("guid"), item.all("enclosure"), enclosure_of(episode, links)
    if [one.raw for one in guid] != [episode.guid]:
        return "Its GUID cannot be written as it is; a feed would show another."
    if not item.text("title"):
        return "It has no title."
    if wanted is None or len(enclosures) != 1:
        return "It does not have exactly one enclosure."
    said = [enclosures[0].attributes.get(name) for name in ("url", "length", "type")]
    if said != [ascii_address(wanted.url), str(wanted.size_bytes), one_line(wanted.media_type)]:
        return "Its enclosure is not the episode's audio."
    if _moment(item.text("pubDate")) != (episode.published_at and episode.published_at.replace(microsecond=0)):
        return "Its publication date is not the episode's."
    return None


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
