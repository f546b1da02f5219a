"""Events as schema.org describes them: each with its next day, for search engines and calendars that read pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from catalogue.domain.events import Event, Occurrence, Upcoming
from catalogue.domain.links import Links
from web.current import words
from web.structured_parts import Node, organization_node

# Whether it is at a place and online: how it is attended, in schema.org's words; of neither nothing is known.
_MODES = {
    (True, False): "https://schema.org/OfflineEventAttendanceMode",
    (False, True): "https://schema.org/OnlineEventAttendanceMode",
    (True, True): "https://schema.org/MixedEventAttendanceMode",
}


def event_data(coming: Iterable[Upcoming], public: Links) -> tuple[Node, ...]:
    """The events that are to come, each on its next day; of what has no day machines are told nothing."""
    return tuple(_event_node(one.event, one.days[0], public) for one in coming if one.days)


def _event_node(event: Event, day: Occurrence, public: Links) -> Node:
    spoken, place = words().language, f"{public.events()}#event-{event.id}"
    return {
        "@type": "Event",
        "@id": place,
        "name": event.said("title", spoken).text,
        "description": event.said("what", spoken).text,
        "startDate": _placed(day.starts_at, event) if day.starts_at else day.on.isoformat(),
        "endDate": _end(day),
        "eventAttendanceMode": _MODES.get((bool(event.where), event.online)),
        "location": _locations(event, spoken, event.url or place),
        "url": event.url or place,
        "inLanguage": event.language,
        "organizer": organization_node(event.organiser) if event.organiser else None,
        "audience": _audience(event.said("audience", spoken).text),
    }


def _audience(said: str) -> Node | None:
    return {"@type": "Audience", "audienceType": said} if said else None


def _locations(event: Event, spoken: str, url: str) -> list[Node]:
    where = event.said("where", spoken).text
    places: list[Node] = [{"@type": "Place", "name": where, "address": where}] if where else []
    return [*places, {"@type": "VirtualLocation", "url": url}] if event.online else places


def _end(day: Occurrence) -> str | None:
    """The moment it ends, or the last of several days; None where nobody stated it."""
    if day.ends_at is not None:
        return _placed(day.ends_at, day.event)
    days = day.event.length.days if day.event.length and day.event.at is None else 0
    return (day.on + timedelta(days=days - 1)).isoformat() if days else None


def _placed(moment: datetime, event: Event) -> str:
    """A moment with the offset of its place."""
    return moment.astimezone(ZoneInfo(event.timezone or "UTC")).isoformat(timespec="minutes")
