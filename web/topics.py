"""Pages that somebody wrote for the site, and those of tags: `/topics/…`, `/pages/…`."""

from __future__ import annotations

from flask import Response, render_template

from catalogue.domain import patterns
from catalogue.domain.tongues import FALLBACK
from catalogue.domain.written_page import PageKind, WrittenPage
from catalogue.errors import NotFound
from web.current import moved_response, now, site
from web.events import only_show
from web.site import pages
from web.topic_page import read_topic_page, speaking, tag_feeds, tagged


@pages.get(patterns.TOPICS)
def topics() -> str:
    """The topic pages, then every tag."""
    written = site().publication.pages().of(PageKind.TOPIC)
    own = {page.slug for page in written}
    return _render(
        "topics.html",
        pages=tuple(page.said_in(speaking()) for page in written),
        first_language=_first_language(),
        tags=tuple(one for one in site().publication.tags(now()) if one.tag.slug not in own),
    )


@pages.get(patterns.TOPIC)
def topic(topic: str) -> str | Response:
    """A topic page; for a tag without one, its episodes."""
    only_show()  # whom an error leads to
    page = site().publication.pages().find(PageKind.TOPIC, topic)
    if page is None:
        return _tag_page(topic)
    if page.slug != topic:
        return moved_response(site().pages.topic(page.slug), status=301)
    return _written_page("topic.html", page, address=site().canonical.topic(page.slug))


@pages.get(patterns.PLAIN_PAGE)
def plain_page(page: str) -> str | Response:
    """A plain page."""
    only_show()
    found = site().publication.pages().find(PageKind.PLAIN, page)
    if found is None:
        raise NotFound("no-written-page", "There is no page at this address.")
    if found.slug != page:
        return moved_response(site().pages.plain_page(found.slug), status=301)
    return _written_page("page.html", found, address=site().canonical.plain_page(found.slug))


def _tag_page(slug: str) -> str:
    found, count = tagged(slug)
    if not found:
        raise NotFound("no-topic", "There is no topic at this address.")
    name = next(tag.name for tag in found[0].episode.tags if tag.slug == slug)
    return _render(
        "tag.html",
        name=name,
        language=found[0].episode.language,
        slug=slug,
        gathered=found,
        count=count,
        feeds=tag_feeds(slug),
    )


def _written_page(template: str, page: WrittenPage, *, address: str) -> str:
    shows = site().publication.shows()
    first = shows[0] if shows else None
    return _render(template, topic=read_topic_page(page, first), address=address, first=first)


def _first_language() -> str:
    shows = site().publication.shows()
    return shows[0].language if shows else FALLBACK


def _render(template: str, **values: object) -> str:
    """Render a page of the whole catalogue; where that is one show, under its name."""
    only, shows = only_show(), site().publication.shows()
    is_hidden = only is None and bool(shows) and all(show.block for show in shows)
    return render_template(template, show=only, is_hidden=is_hidden, **values)
