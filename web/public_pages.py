"""Every page that search engines may list, with its last change, in each language it is spoken in.

One function a part of the site, in SOURCES; what asks not to be listed (`block`) is left out by its function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.seasons import listed_seasons
from catalogue.domain.show import Show
from catalogue.domain.written_page import PageKind
from web.published import Publication
from web.sitemap import Page
from web.transcript_page import transcript_addresses


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A page to be listed: how links give its address; `show` None: it is of the whole catalogue.

    `is_spoken` False: the page has this one address, whatever the words around it. `by_language`, in place of
    `address`, gives the addresses of what is there in several languages of its own.
    """

    address: Callable[[Links], str] = Links.home
    by_language: Callable[[Links], dict[str, str]] | None = None
    show: Show | None = None
    changed_at: datetime | None = None
    is_spoken: bool = True


Source = Callable[[Publication, datetime], Iterator[Listed]]


def listed(publication: Publication, public: Links, now: datetime) -> Iterator[Page]:
    """Give every page that may be listed at `now`; `public` are the absolute links with the site's languages.

    None where all shows ask not to be listed. A translation has an address of its own only where no page speaks its
    language: else it was listed before.
    """
    shows = publication.shows()
    if shows and all(show.block for show in shows):
        return
    spoken = _spoken(public)
    known: set[str] = set()
    for source in SOURCES:
        for one in source(publication, now):
            for page in _in_each_language(one, public, spoken):
                if page.address not in known:
                    known.add(page.address)
                    yield page


def facts_of(publication: Publication, now: datetime) -> tuple[object, ...]:
    """All that the list is made of: where it is what it was, so is the list."""
    shows = tuple((show, publication.episodes(show, now)) for show in publication.shows())
    people = tuple((one.slug, one.is_indexed) for one in publication.people(now))
    return publication.catalogue(), shows, publication.pages(), people, bool(publication.events(now))


def _spoken(public: Links) -> dict[str, tuple[tuple[str, Links], ...]]:
    """By what a page speaks by itself: the links of every language it can be read in, its own first."""
    tongue = public.tongue
    if tongue is None:
        return {}
    return {
        own: tuple((tag, public.speaking(tag)) for tag in (own, *(one for one in tongue.offered if one != own)))
        for own in tongue.written
    }


def _in_each_language(page: Listed, public: Links, spoken: dict[str, tuple[tuple[str, Links], ...]]) -> Iterator[Page]:
    tongue = public.tongue
    if page.by_language is not None:
        addresses = tuple(page.by_language(public).items())
    elif tongue is None or not page.is_spoken:
        addresses = (("", page.address(public)),)
    else:
        own = tongue.own(page.show.language) if page.show else tongue.home
        addresses = tuple((language, page.address(links)) for language, links in spoken[own])
    languages = addresses if len(addresses) > 1 else ()
    for _, address in addresses:
        yield Page(address=address, changed_at=page.changed_at, languages=languages)


def _site_pages(publication: Publication, _now: datetime) -> Iterator[Listed]:
    if len(publication.shows()) > 1:
        yield Listed(address=Links.home)
    yield Listed(address=Links.about)
    yield Listed(address=Links.privacy)


def _show_pages(publication: Publication, now: datetime) -> Iterator[Listed]:
    for show in publication.shows():
        if not show.block:
            yield from _pages_of(show, publication.episodes(show, now))


def _pages_of(show: Show, episodes: tuple[Episode, ...]) -> Iterator[Listed]:
    changed_at = max((episode.changed_at for episode in episodes if episode.changed_at), default=None)
    yield Listed(address=partial(Links.show, show=show), show=show, changed_at=changed_at)
    yield Listed(address=partial(Links.subscribe, show=show), show=show)
    if any(episode.corrections for episode in episodes):
        yield Listed(address=partial(Links.corrections, show=show), show=show, changed_at=changed_at)
    for season in listed_seasons(episodes):
        yield Listed(address=partial(Links.season, show=show, season=season.number), show=show)
    for episode in episodes:
        if not episode.block:
            yield from _pages_about(show, episode)


def _pages_about(show: Show, episode: Episode) -> Iterator[Listed]:
    dated = partial(Listed, show=show, changed_at=episode.changed_at)
    yield dated(address=partial(Links.episode, show=show, episode=episode))
    for text in episode.translations:
        yield dated(
            address=partial(Links.translation, show=show, episode=episode, language=text.language), is_spoken=False
        )
    if episode.transcripts:
        yield dated(by_language=partial(transcript_addresses, show=show, episode=episode))


def _topic_pages(publication: Publication, now: datetime) -> Iterator[Listed]:
    written = publication.pages()
    topics, tags = written.of(PageKind.TOPIC), publication.tags(now)
    if topics or tags:
        yield Listed(address=Links.topics)
    slugs = dict.fromkeys((*(page.slug for page in topics), *(one.tag.slug for one in tags)))
    for slug in slugs:
        yield Listed(address=partial(Links.topic, slug=slug))
    for page in written.of(PageKind.PLAIN):
        yield Listed(address=partial(Links.plain_page, slug=page.slug))


def _people_pages(publication: Publication, now: datetime) -> Iterator[Listed]:
    everybody = publication.people(now)
    if everybody and all(one.is_indexed for one in everybody):
        yield Listed(address=Links.people)
    for one in everybody:
        if one.is_indexed:
            yield Listed(address=partial(Links.person, slug=one.slug))


def _event_pages(publication: Publication, now: datetime) -> Iterator[Listed]:
    if publication.events(now):
        yield Listed(address=Links.events)


SOURCES: tuple[Source, ...] = (_site_pages, _show_pages, _topic_pages, _people_pages, _event_pages)
