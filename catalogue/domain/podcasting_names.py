"""Podcasting 2.0's attributes and the fields that they are, for who writes a feed and for who reads one."""

from __future__ import annotations

from collections.abc import Mapping

from catalogue.domain.credits import Funding, License, Location, Person, Txt
from catalogue.domain.episode import Soundbite
from catalogue.domain.podcasting import (
    AlternateEnclosure,
    Chat,
    ContentLink,
    Image,
    Integrity,
    Place,
    RemoteItem,
    SocialInteract,
    Value,
    ValueRecipient,
    ValueTimeSplit,
)
from catalogue.domain.show import UpdateFrequency

ATTRIBUTES: Mapping[type, Mapping[str, str]] = {
    Image: {
        "href": "url",
        "alt": "alt",
        "aspect-ratio": "aspect_ratio",
        "width": "width",
        "height": "height",
        "type": "media_type",
        "purpose": "purpose",
    },
    RemoteItem: {
        "feedGuid": "feed_guid",
        "feedUrl": "feed_url",
        "itemGuid": "item_guid",
        "medium": "medium",
        "title": "title",
    },
    SocialInteract: {
        "protocol": "protocol",
        "uri": "uri",
        "accountId": "account_id",
        "accountUrl": "account_url",
        "priority": "priority",
    },
    Chat: {"server": "server", "protocol": "protocol", "accountId": "account_id", "space": "space"},
    ContentLink: {"href": "url"},
    Place: {"uri": "uri", "contentType": "media_type"},
    Integrity: {"type": "type", "value": "value"},
    AlternateEnclosure: {
        "type": "media_type",
        "length": "size_bytes",
        "bitrate": "bitrate",
        "height": "height",
        "lang": "language",
        "title": "title",
        "rel": "rel",
        "codecs": "codecs",
        "default": "is_default",
    },
    ValueRecipient: {
        "name": "name",
        "customKey": "custom_key",
        "customValue": "custom_value",
        "type": "type",
        "address": "address",
        "split": "split",
        "fee": "is_fee",
    },
    ValueTimeSplit: {
        "startTime": "start",
        "duration": "duration",
        "remoteStartTime": "remote_start",
        "remotePercentage": "remote_percentage",
    },
    Value: {"type": "type", "method": "method", "suggested": "suggested"},
    Person: {"role": "role", "group": "group", "img": "image_url", "href": "url"},
    Funding: {"url": "url"},
    License: {"url": "url"},
    Location: {"rel": "rel", "geo": "geo", "osm": "osm", "country": "country"},
    Txt: {"purpose": "purpose"},
    UpdateFrequency: {"rrule": "rrule", "dtstart": "dtstart", "complete": "complete"},
    Soundbite: {"startTime": "start", "duration": "duration"},
}

# The field that is an element's own text.
TEXTS: Mapping[type, str] = {
    ContentLink: "label",
    Person: "name",
    Funding: "label",
    License: "identifier",
    Location: "name",
    Txt: "value",
    UpdateFrequency: "label",
    Soundbite: "title",
}
