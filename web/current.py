"""What belongs to the request being answered: the site it asks, its one `now`, its show and language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from flask import Response, abort, current_app, g, request, url_for

from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.preview_links import PreviewLinks
from catalogue.domain.show import Show
from catalogue.domain.tongues import FALLBACK, Tongue
from catalogue.errors import Moved, StoreError
from web.assets import Assets
from web.media_answer import Asker
from web.published import Publication
from web.tongue import ASKED_LANGUAGE, read_tongue
from web.words import Words, words_for

EXTENSION = "castalogue"
# After a revert a redirect must not loop in anybody's cache.
MOVED_CACHE = "public, max-age=300"


@dataclass(frozen=True, kw_only=True)
class Site:
    """What every view needs.

    `public` makes absolute URLs, with pages in no language but their own, `pages` those a page links to: paths
    alone, to pages that speak as this one does.
    """

    publication: Publication
    public: Links
    assets: Assets
    clock: Callable[[], datetime]
    media: Asker

    @property
    def base_path(self) -> str:
        """The path part of the base URL: empty, or like `/podcasts`."""
        return urlsplit(self.public.base_url).path.rstrip("/")

    @property
    def pages(self) -> Links:
        return _links(self.base_path)

    @property
    def canonical(self) -> Links:
        """Absolute URLs of pages that speak as this one does."""
        return _links(self.public.base_url)


def utc_now() -> datetime:
    """The clock of a site in service."""
    return datetime.now(UTC)


def site() -> Site:
    """Give the site this request asks."""
    found: Site = current_app.extensions[EXTENSION]
    return found


def now() -> datetime:
    """The moment of this request; the same for all it looks up."""
    if "now" not in g:
        g.now = site().clock()
    moment: datetime = g.now
    return moment


def tongue() -> Tongue | None:
    """Say what this page speaks; None until it was asked what it is about."""
    found: Tongue | None = g.get("tongue")
    return found


def words() -> Words:
    """Give the words this page speaks; English until something of a language was found."""
    spoken = tongue()
    return words_for(spoken.speaking if spoken else FALLBACK)


def speak() -> None:
    """Let this page speak what its address asks for, else as the first show does.

    An address that asks for what the page would speak anyway, or for a language that pages are not offered in, ends in
    a redirect to the one without. Raises StoreError.
    """
    asked = request.environ.get(ASKED_LANGUAGE)
    g.tongue = read_tongue(site().publication.catalogue(), site().publication.shows(), asked=asked)
    if "show" not in (request.view_args or {}):
        _speak_as(g.tongue.home)


def speak_if_possible() -> None:
    """Let an error that is about no show speak as the first show does, if the catalogue can be asked at all."""
    try:
        shows = site().publication.shows()
        g.tongue = read_tongue(site().publication.catalogue(), shows, asked=None)
    except StoreError:  # then the error itself matters more than its language
        return


def find_show(slug: str) -> Show:
    """Find the show; one that moved ends the request with a redirect to the same page of its new address."""
    try:
        show = site().publication.show(slug)
    except Moved as moved:
        abort(_same_page(show=moved.to))
    tell_of(show)
    return show


def tell_of(show: Show) -> None:
    """Let this page be about a show, and speak as that does."""
    g.show, g.is_one_of_many = show, len(site().publication.shows()) > 1
    spoken = tongue()
    if spoken is not None:  # a page; feeds have no language
        _speak_as(spoken.own(show.language))


def link_for_guest(token: str) -> None:
    """Let the links of this page to its episode be those of one guest."""
    g.preview_token = token


def find_episode(show: Show, slug: str) -> Episode:
    """Find a public episode, as `find_show` does."""
    try:
        episode = site().publication.episode(show, slug, now())
    except Moved as moved:
        abort(_same_page(episode=moved.to))
    return episode


def moved_response(to: str, *, status: int) -> Response:
    """Redirect to a path or URL, for five minutes; the query is kept."""
    query = request.query_string.decode("latin-1")
    response = Response(status=status, headers={"Location": f"{to}?{query}" if query else to})
    response.headers["Cache-Control"] = MOVED_CACHE
    return response


def _links(base_url: str) -> Links:
    token: str | None = g.get("preview_token")
    return Links(base_url, tongue()) if token is None else PreviewLinks(base_url, tongue(), token)


def _speak_as(own: str) -> None:
    """Settle what the page speaks: what its address asks for, else `own`."""
    asked = request.environ.get(ASKED_LANGUAGE)
    # A language that is offered no longer had pages once: they lead to those without it.
    if asked is not None and (asked == own or asked not in g.tongue.offered):
        # Quoted: a path may hold anything, a line break or a backslash too.
        abort(moved_response(site().base_path + quote(request.path), status=301))
    g.tongue = replace(g.tongue, speaking=asked or own)


def _same_page(**changed: str) -> Response:
    assert request.endpoint is not None
    return moved_response(url_for(request.endpoint, **(request.view_args or {}) | changed), status=301)
