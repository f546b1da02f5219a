"""What a show, an episode and a stream may each say of themselves: who made it, where, on what terms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who made or is heard in a show or an episode (Podcasting 2.0, `person`)."""

    name: str
    role: str = "host"
    group: str = "cast"
    image_url: str | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Funding:
    """A page where listeners can give (Podcasting 2.0, `funding`)."""

    url: str
    label: str


@dataclass(frozen=True, kw_only=True)
class License:
    """An identifier of the Podcasting 2.0 list, or a name of one's own with its page."""

    identifier: str
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where a show or an episode is about or from (Podcasting 2.0, `location`)."""

    name: str
    rel: str | None = None
    geo: str | None = None
    osm: str | None = None
    country: str | None = None


@dataclass(frozen=True, kw_only=True)
class Txt:
    """A free statement with a purpose (Podcasting 2.0, `txt`)."""

    value: str
    purpose: str | None = None
