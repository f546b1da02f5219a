"""What stands around every page: the languages it can be read in, the places to go to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import g, request

from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.domain.written_page import PageKind
from web.current import now, site, tongue


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A page in one language: a path for people (with what they asked), the absolute URL for machines."""

    language: str
    path: str
    url: str
    is_this: bool


def tongues_of_page() -> tuple[Spoken, ...]:
    """List this page in every language it can be read in, its own first; empty for one that is not there."""
    spoken = tongue()
    if spoken is None or request.blueprint != "pages":
        return ()
    own = spoken.own(g.show.language) if "show" in g else spoken.home
    query = request.query_string.decode("latin-1")
    asked = f"?{query}" if query else ""
    found = []
    for language in (own, *(other for other in spoken.offered if other != own)):
        path = ("" if language == own else f"/{language}") + request.path
        found.append(
            Spoken(
                language=language,
                path=site().base_path + path + asked,
                url=site().public.base_url + path,
                is_this=language == spoken.speaking,
            )
        )
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page that every page leads to, once there is something on it; `word` names it."""

    word: str
    address: Callable[[Links], str]
    is_there: Callable[[], bool]


def places_of_site() -> tuple[tuple[str, str], ...]:
    """List the word and path of every place of the site that has something to show; none while it cannot be asked."""
    if tongue() is None or g.get("is_failing", False):
        return ()
    return tuple((place.word, place.address(site().pages)) for place in PLACES if place.is_there())


@dataclass(frozen=True, kw_only=True)
class WrittenPlace:
    """A plain page, that every page leads to by its title in this language."""

    title: str
    language: str
    path: str


def written_places() -> tuple[WrittenPlace, ...]:
    """List the plain pages that somebody wrote for the site; none while it cannot be asked."""
    spoken = tongue()
    if spoken is None or g.get("is_failing", False):
        return ()
    shows = site().publication.shows()
    first = shows[0].language if shows else spoken.home
    said = (page.said_in(spoken.speaking) for page in site().publication.pages().of(PageKind.PLAIN))
    return tuple(
        WrittenPlace(title=page.title, language=page.language or first, path=site().pages.plain_page(page.slug))
        for page in said
    )


def _has_topics() -> bool:
    return bool(site().publication.pages().of(PageKind.TOPIC) or site().publication.tags(now()))


def _has_events() -> bool:
    return bool(site().publication.events(now()))


def _has_people() -> bool:
    return bool(site().publication.people(now()))


def _is_anything_here() -> bool:
    return bool(site().publication.shows())


def help_place(show: Show | None) -> str | None:
    """Say where help is listed: on the show's page, else on that of the first that has any; None where none has."""
    if tongue() is None or g.get("is_failing", False):
        return None
    shows = site().publication.shows()
    found = next((one for one in ((show, *shows) if show else shows) if one.help), None)
    return f"{site().pages.show(found)}#help" if found else None


PLACES = (
    Place(word="topics", address=Links.topics, is_there=_has_topics),
    Place(word="events", address=Links.events, is_there=_has_events),
    Place(word="people", address=Links.people, is_there=_has_people),
    Place(word="about_site", address=Links.about, is_there=_is_anything_here),
    Place(word="privacy", address=Links.privacy, is_there=_is_anything_here),
)
