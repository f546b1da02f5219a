"""Rule P05: who made it, by the podcast taxonomy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalogue.check.podcasting import GROUPS, ROLES
from catalogue.check.rule import Flaw, Level, rule
from catalogue.feed_reading import Element, FeedDocument

HOSTS = frozenset({"host", "co-host", "guest host", "narrator"})


@rule("P05", Level.WARNING, source="Podcasting 2.0: person; podcast taxonomy")
def people_have_known_roles(feed: FeedDocument) -> Iterator[Flaw]:
    """Roles and groups of people are in the podcast taxonomy; where an episode names people, a host is among them.

    Mend: choose a role of the taxonomy; name the host again where an episode names anybody.

    Passes: <item><podcast:person role="guest host">A gardener</podcast:person></item>
    Fails: <item><podcast:person role="digger">A gardener</podcast:person></item>
    """
    has_hosts = bool(_roles(feed.channel.all("podcast:person")) & HOSTS)
    for item, parent in feed.places():
        people = parent.all("podcast:person")
        for person in people:
            for name, known in (("role", ROLES), ("group", GROUPS)):
                value = person.get(name)
                if value and value.lower() not in known:
                    yield Flaw(message=f"The taxonomy has no {name} of this name.", at=person, value=value, item=item)
        if item is not None and people and has_hosts and not _roles(people) & HOSTS:
            message = "An episode's people replace the show's, and no host is named."
            yield Flaw(message=message, at=people[0], item=item)


def _roles(people: Iterable[Element]) -> frozenset[str]:
    """Their roles, in small letters; who states none is a host."""
    return frozenset((person.get("role") or "host").lower() for person in people)
