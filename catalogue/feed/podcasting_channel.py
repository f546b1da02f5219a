"""Podcasting 2.0's rarer elements that a channel alone has: other shows, services, streams."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from catalogue.domain.links import Links
from catalogue.domain.media import RemoteAudio
from catalogue.domain.podcasting import RemoteItem
from catalogue.domain.show_extras import LiveItem, ShowExtras
from catalogue.feed.description import DESCRIPTION_LIMIT_BYTES, cut_text
from catalogue.feed.element import RSS, Child, Node, Table, address_node, text_node
from catalogue.feed.podcasting import funding_nodes, license_nodes, location_nodes, person_nodes, txt_nodes
from catalogue.feed.podcasting_extras import (
    alternate_nodes,
    chat_nodes,
    content_link_nodes,
    plain_nodes,
    value_nodes,
)

# Podcasting 2.0, publisher: its one remoteItem has this medium.
_PUBLISHER_MEDIUM = "publisher"


def _remote(items: Sequence[RemoteItem]) -> Iterable[Node]:
    """Nothing without items: an empty `podroll` means nothing."""
    children = tuple(("remoteItem", node) for node in plain_nodes(items))
    return (Node(children=children),) if children else ()


def _publisher(publisher: RemoteItem | None) -> Iterable[Node]:
    return _remote((replace(publisher, medium=_PUBLISHER_MEDIUM),) if publisher else ())


def _blocks(extras: ShowExtras) -> Iterable[Node]:
    """What a service may do counts before what it may not, and that before what stands for all (`block`)."""
    for services, answer in ((extras.allow_services, "no"), (extras.block_services, "yes")):
        yield from (Node(text=answer, attributes={"id": service}) for service in services)


def _enclosure(enclosure: RemoteAudio | None) -> Iterable[Node]:
    if enclosure is not None:
        size = str(enclosure.size_bytes)
        yield Node(attributes={"url": enclosure.url, "length": size, "type": enclosure.media_type})


def _description(text: str | None) -> Iterable[Node]:
    return (Node(cut_text(text, limit_bytes=DESCRIPTION_LIMIT_BYTES)),) if text else ()


LIVE_ITEM: Table[LiveItem] = {
    f"{RSS}title": lambda item, _: text_node(item.title),
    f"{RSS}description": lambda item, _: _description(item.description),
    f"{RSS}link": lambda item, _: address_node(item.link),
    f"{RSS}guid": lambda item, _: (Node(text=item.guid, attributes={"isPermaLink": "false"}),),
    f"{RSS}enclosure": lambda item, _: _enclosure(item.enclosure),
    "alternateEnclosure": lambda item, _: alternate_nodes(item.alternate_enclosures),
    "contentLink": lambda item, _: content_link_nodes(item.content_links),
    "image": lambda item, _: plain_nodes(item.images),
    "person": lambda item, _: person_nodes(item.people),
    "funding": lambda item, _: funding_nodes(item.funding),
    "license": lambda item, _: license_nodes(item.license),
    "location": lambda item, _: location_nodes(item.location),
    "txt": lambda item, _: txt_nodes(item.txt),
    "socialInteract": lambda item, _: plain_nodes(item.social_interact),
    "chat": lambda item, _: chat_nodes(item.chat),
    "value": lambda item, _: value_nodes(item.value),
}


def _live_items(items: Iterable[LiveItem], links: Links) -> Iterable[Node]:
    for item in items:
        children: tuple[Child, ...] = tuple(
            (name, node) for name, nodes in LIVE_ITEM.items() for node in nodes(item, links)
        )
        times = {"start": _iso(item.start), "end": _iso(item.end) if item.end else None}
        yield Node(attributes={"status": item.status.value, **times}, children=children)


def _iso(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


SHOW_EXTRAS: Table[ShowExtras] = {
    "image": lambda extras, _: plain_nodes(extras.images),
    "podroll": lambda extras, _: _remote(extras.podroll),
    "publisher": lambda extras, _: _publisher(extras.publisher),
    "remoteItem": lambda extras, _: plain_nodes(extras.remote_items),
    "block": lambda extras, _: _blocks(extras),
    "podping": lambda extras, _: (Node(attributes={"usesPodping": "true"}),) if extras.podping else (),
    "socialInteract": lambda extras, _: plain_nodes(extras.social_interact),
    "chat": lambda extras, _: chat_nodes(extras.chat),
    "value": lambda extras, _: value_nodes(extras.value),
    "liveItem": lambda extras, links: _live_items(extras.live_items, links),
}
