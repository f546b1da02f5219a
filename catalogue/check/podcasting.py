"""The closed lists of Podcasting 2.0: roles, licenses, elements with their places, attributes and limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Podcasting 2.0, person: the podcast taxonomy (taxonomy-en.json); compared without regard to case.
ROLES = frozenset(
    role.strip()
    for role in (
        "director, assistant director, executive producer, senior producer, producer, associate producer, "
        "development producer, creative director, host, co-host, guest host, guest, voice actor, narrator, announcer, "
        "reporter, author, editorial director, co-writer, writer, songwriter, guest writer, story editor, "
        "managing editor, script editor, script coordinator, researcher, editor, fact checker, translator, "
        "transcriber, logger, studio coordinator, technical director, technical manager, audio engineer, "
        "remote recording engineer, post production engineer, audio editor, sound designer, foley artist, composer, "
        "theme music, music production, music contributor, production coordinator, booking coordinator, "
        "production assistant, content manager, marketing manager, sales representative, sales manager, "
        "graphic designer, cover art designer, social media manager, consultant, intern, camera operator, "
        "lighting designer, camera grip, assistant camera, assistant editor"
    ).split(",")
)
GROUPS = frozenset(
    "creative direction|cast|writing|audio production|audio post-production|administration|visuals|community|misc.|"
    "video production|video post-production".split("|")
)

# Podcasting 2.0, license: its list is SPDX's with two of its own; these are what shows use.
_CREATIVE_COMMONS = re.compile(r"cc-by(-nc)?(-sa|-nd)?-[1-4]\.[05]", re.IGNORECASE)
_OTHER_LICENSES = frozenset({"arr", "pod-v4v-1.0", "cc0-1.0", "cc-pddc", "pddl-1.0", "fal-1.3", "mit", "gpl-3.0"})

# RFC 5545, section 3.3.10.
_RRULE_PARTS = frozenset(
    "FREQ UNTIL COUNT INTERVAL BYSECOND BYMINUTE BYHOUR BYDAY BYMONTHDAY BYYEARDAY BYWEEKNO BYMONTH BYSETPOS "
    "WKST".split()
)
_FREQUENCIES = frozenset("SECONDLY MINUTELY HOURLY DAILY WEEKLY MONTHLY YEARLY".split())


@dataclass(frozen=True, kw_only=True)
class Tag:
    """An element: where it may stand, what it must and may carry, how long its text and attributes may be.

    `children` are the elements of which it must hold at least one; with `has_text` its text must not be empty.
    """

    parents: frozenset[str]
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    text_length: int | None = None
    lengths: dict[str, int] = field(default_factory=dict)
    children: tuple[str, ...] = ()
    has_text: bool = False


_CHANNEL = frozenset({"channel"})
_ITEM = frozenset({"item", "podcast:liveItem"})
_BOTH = _CHANNEL | _ITEM

# Podcasting 2.0, the pages of the elements; attributes are required unless marked there.
TAGS = {
    "podcast:guid": Tag(parents=_CHANNEL, text_length=36),
    "podcast:locked": Tag(parents=_CHANNEL, optional=("owner",)),
    "podcast:funding": Tag(parents=_BOTH, required=("url",), text_length=128),
    "podcast:transcript": Tag(parents=_ITEM, required=("url", "type"), optional=("language", "rel")),
    "podcast:chapters": Tag(parents=_ITEM, required=("url", "type")),
    "podcast:person": Tag(parents=_BOTH, optional=("role", "group", "img", "href"), text_length=128, has_text=True),
    "podcast:season": Tag(parents=_ITEM, optional=("name",), lengths={"name": 128}, has_text=True),
    "podcast:episode": Tag(parents=_ITEM, optional=("display",), lengths={"display": 32}, has_text=True),
    "podcast:medium": Tag(parents=_CHANNEL, has_text=True),
    "podcast:image": Tag(
        parents=_BOTH,
        required=("href",),
        optional=("alt", "aspect-ratio", "width", "height", "type", "purpose"),
        lengths={"purpose": 128},
    ),
    "podcast:trailer": Tag(
        parents=_CHANNEL, required=("url", "pubdate"), optional=("length", "type", "season"), text_length=128
    ),
    "podcast:license": Tag(parents=_BOTH, optional=("url",), text_length=128, has_text=True),
    "podcast:alternateEnclosure": Tag(
        parents=_ITEM,
        required=("type",),
        optional=("length", "bitrate", "height", "lang", "title", "rel", "codecs", "default"),
        lengths={"title": 32, "rel": 32},
    ),
    "podcast:source": Tag(
        parents=frozenset({"podcast:alternateEnclosure"}), required=("uri",), optional=("contentType",)
    ),
    "podcast:integrity": Tag(parents=frozenset({"podcast:alternateEnclosure"}), required=("type", "value")),
    "podcast:soundbite": Tag(parents=_ITEM, required=("startTime", "duration"), text_length=128),
    "podcast:location": Tag(parents=_BOTH, optional=("rel", "geo", "osm", "country"), text_length=128, has_text=True),
    "podcast:txt": Tag(parents=_BOTH, optional=("purpose",), text_length=4000, lengths={"purpose": 128}, has_text=True),
    "podcast:updateFrequency": Tag(parents=_CHANNEL, optional=("rrule", "dtstart", "complete"), text_length=128),
    "podcast:podping": Tag(parents=_CHANNEL, optional=("usesPodping",)),
    "podcast:block": Tag(parents=_CHANNEL, optional=("id",)),
    "podcast:podroll": Tag(parents=_CHANNEL),
    "podcast:publisher": Tag(parents=_CHANNEL),
    "podcast:remoteItem": Tag(
        parents=_CHANNEL | {"podcast:podroll", "podcast:publisher", "podcast:valueTimeSplit"},
        required=("feedGuid",),
        optional=("feedUrl", "itemGuid", "medium", "title"),
    ),
    "podcast:socialInteract": Tag(
        parents=_BOTH, required=("protocol",), optional=("uri", "accountId", "accountUrl", "priority")
    ),
    "podcast:chat": Tag(parents=_BOTH, required=("server", "protocol"), optional=("accountId", "space")),
    "podcast:contentLink": Tag(parents=_ITEM, required=("href",), has_text=True),
    "podcast:images": Tag(parents=_BOTH, required=("srcset",)),
    "podcast:liveItem": Tag(
        parents=_CHANNEL, required=("status", "start"), optional=("end",), children=("podcast:contentLink",)
    ),
    "podcast:value": Tag(
        parents=_BOTH, required=("type", "method"), optional=("suggested",), children=("podcast:valueRecipient",)
    ),
    "podcast:valueRecipient": Tag(
        parents=frozenset({"podcast:value", "podcast:valueTimeSplit"}),
        required=("type", "address", "split"),
        optional=("name", "customKey", "customValue", "fee"),
    ),
    "podcast:valueTimeSplit": Tag(
        parents=frozenset({"podcast:value"}),
        required=("startTime", "duration"),
        optional=("remoteStartTime", "remotePercentage"),
        children=("podcast:remoteItem", "podcast:valueRecipient"),
    ),
}


def is_known_license(identifier: str) -> bool:
    """Whether apps can say what the license means; without regard to case."""
    return identifier.lower() in _OTHER_LICENSES or _CREATIVE_COMMONS.fullmatch(identifier) is not None


def is_rrule(text: str) -> bool:
    """Whether it has the form of an RFC 5545 recurrence rule.

    >>> is_rrule("FREQ=WEEKLY;BYDAY=TU"), is_rrule("every Tuesday")
    (True, False)
    """
    parts = [part.partition("=") for part in text.upper().split(";")]
    values = {name: value for name, _, value in parts}
    return values.get("FREQ") in _FREQUENCIES and all(name in _RRULE_PARTS and value for name, _, value in parts)
