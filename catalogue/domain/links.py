"""Every public address as an absolute URL; `patterns.py` has them as the routes know them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import quote, urlencode

from catalogue.domain.cards import card_name, card_of
from catalogue.domain.episode import Episode
from catalogue.domain.media import COVER, Artwork, Audio, Transcript
from catalogue.domain.patterns import (
    ABOUT,
    EVENTS,
    EVENTS_CALENDAR,
    OPENSEARCH,
    PEOPLE,
    PRIVACY,
    PUBLISHER_FEED,
    SEARCH,
    SECURITY,
    SHOW_LIST,
    TOPICS,
)
from catalogue.domain.selection import WHOLE, Selection, read_selection
from catalogue.domain.show import Show
from catalogue.domain.tongues import Tongue, primary, text_for

CHAPTERS_ENDING = ".chapters.json"


@dataclass(frozen=True)
class Links:
    """Absolute URLs under one base URL (no trailing slash).

    Pages are those that speak as `tongue` does; None: those without a language in their address. What is
    for apps (feeds, media) never has one.
    """

    base_url: str
    tongue: Tongue | None = None

    def speaking(self, language: str) -> Links:
        """The same with pages that speak another language."""
        return self if self.tongue is None else replace(self, tongue=replace(self.tongue, speaking=language))

    def home(self) -> str:
        return f"{self._root()}/"

    def search(self, words: str = "", *, narrowed: Iterable[tuple[str, str]] = (), page: int = 1) -> str:
        """The search page, or a page of what is found; `narrowed` are names and values of filters.

        >>> Links("").search("bone pain", narrowed=[("year", "2021")], page=2)
        '/search/?q=bone+pain&year=2021&page=2'
        """
        asked = [("q", words), *narrowed, ("page", str(page) if page > 1 else "")]
        query = urlencode([(name, value) for name, value in asked if value])
        return f"{self._root()}{SEARCH}?{query}" if query else f"{self._root()}{SEARCH}"

    def opensearch(self) -> str:
        """What browsers read to offer the search themselves."""
        return f"{self.base_url}{OPENSEARCH}"

    def show(self, show: Show) -> str:
        return f"{self._root(show)}/{show.slug}/"

    def show_page(self, show: Show, number: int) -> str:
        return self.show(show) if number == 1 else f"{self.show(show)}page/{number}/"

    def season(self, show: Show, season: int, number: int = 1) -> str:
        """The episodes of a season, from its first; `number` is the page."""
        page = "" if number == 1 else f"page/{number}/"
        return f"{self.show(show)}season/{season}/{page}"

    def subscribe(self, show: Show, selection: Selection = WHOLE) -> str:
        """The page that says how to subscribe to a feed of the show."""
        return f"{self.show(show)}subscribe/" if selection == WHOLE else f"{self.show(show)}feeds/{selection.name}/"

    def corrections(self, show: Show) -> str:
        return f"{self.show(show)}corrections/"

    def episode(self, show: Show, episode: Episode, *, at: timedelta | None = None) -> str:
        """The episode's page; with `at`, the page opened at that moment (whole seconds)."""
        moment = "" if at is None else f"?t={int(at.total_seconds())}"
        return f"{self.show(show)}{episode.slug}/{moment}"

    def episode_named(self, show: str, episode: str, *, at: timedelta) -> str:
        """The page at a moment of the episode with this slug, be it one of its earlier ones or of today."""
        return f"{self.base_url}/{quote(show)}/{quote(episode)}/?t={int(at.total_seconds())}"

    def translation(self, show: Show, episode: Episode, language: str) -> str:
        """The page with the texts of one language: the one that speaks it, else one of their own."""
        for speaking in self._tongues(show, primary(language)):
            if text_for(episode, speaking).language.lower() == language.lower():
                return self.speaking(speaking).episode(show, episode)
        return f"{self.episode(show, episode)}{language.lower()}/"

    def transcript_page(self, show: Show, episode: Episode, language: str) -> str:
        page = f"{self.episode(show, episode)}transcript/"
        return page if language == episode.language else f"{page}{language.lower()}/"

    def events(self) -> str:
        return f"{self._root()}{EVENTS}"

    def events_calendar(self) -> str:
        return f"{self.base_url}{EVENTS_CALENDAR}"

    def people(self) -> str:
        return f"{self._root()}{PEOPLE}"

    def person(self, slug: str) -> str:
        return f"{self.people()}{slug}/"

    def feed(self, show: Show) -> str:
        return f"{self.base_url}/{show.slug}/feed.xml"

    def selected_feed(self, show: Show, selection: Selection) -> str:
        """The feed of a selection of the show's episodes; of the whole, the show's own."""
        return self.feed(show) if selection == WHOLE else f"{self.base_url}/{show.slug}/feeds/{selection.name}.xml"

    def json_feed(self, show: Show) -> str:
        return f"{self.base_url}/{show.slug}/feed.json"

    def subscription(self, show: Show) -> str:
        """The address to subscribe to: the feed's, or where it has moved to."""
        return show.moved_to or self.feed(show)

    def about(self) -> str:
        return f"{self._root()}{ABOUT}"

    def privacy(self) -> str:
        return f"{self._root()}{PRIVACY}"

    def sitemap(self, number: int | None = None) -> str:
        """The list of all pages for machines; with a number, that part of it."""
        return f"{self.base_url}/sitemap.xml" if number is None else f"{self.base_url}/sitemap-{number}.xml"

    def security(self) -> str:
        return f"{self.base_url}{SECURITY}"

    def embed(self, show: Show, episode: Episode, *, at: timedelta | None = None) -> str:
        """The small player that other sites may show in a frame."""
        moment = "" if at is None else f"?t={int(at.total_seconds())}"
        return f"{self._root(show)}/embed/{show.slug}/{episode.slug}/{moment}"

    def oembed(self, show: Show, episode: Episode) -> str:
        """What tells another site how to show the small player (oEmbed)."""
        return f"{self._root(show)}/embed/{show.slug}/{episode.slug}/oembed.json"

    def publisher(self) -> str:
        return f"{self.base_url}{PUBLISHER_FEED}"

    def private(self, token: str) -> str:
        """What belongs to one member: the page, with what else is theirs below it."""
        return f"{self.base_url}/private/{token}/"

    def private_feed(self, token: str) -> str:
        """The feed of one member."""
        return f"{self.private(token)}feed.xml"

    def preview(self, token: str) -> str:
        """What one guest gets: the page of an episode that is not out, with all that belongs to it below."""
        return f"{self.base_url}/private/preview/{token}/"

    def show_list(self) -> str:
        return f"{self.base_url}{SHOW_LIST}"

    def media(self, sha256: str, name: str) -> str:
        return f"{self.base_url}/media/{sha256}/{name}"

    def audio(self, episode: Episode, audio: Audio) -> str:
        return self.media(audio.sha256, audio_name(episode, audio))

    def transcript(self, episode: Episode, transcript: Transcript) -> str:
        return self.media(transcript.sha256, transcript_name(episode, transcript))

    def chapters(self, episode: Episode, sha256: str) -> str:
        """The chapters file; `sha256` is of its rendered bytes."""
        return self.media(sha256, episode.slug + CHAPTERS_ENDING)

    def artwork(self, owner: Show | Episode, artwork: Artwork, recipe: str = COVER) -> str:
        return self.media(artwork.sha256, artwork_name(owner, recipe))

    def card(self, show: Show, episode: Episode | None = None) -> str:
        """The picture that goes with a link to the show, or to an episode of it."""
        return self.media(card_of(show, episode).sha256, card_name(show, episode))

    def topics(self) -> str:
        return f"{self._root()}{TOPICS}"

    def topic(self, slug: str) -> str:
        """The page of a topic or a tag."""
        return f"{self.topics()}{slug}/"

    def plain_page(self, slug: str) -> str:
        """A page that somebody wrote for the site (`pages/*.md`)."""
        return f"{self._root()}/pages/{slug}/"

    def _root(self, show: Show | None = None) -> str:
        if self.tongue is None:
            return self.base_url
        own = self.tongue.home if show is None else self.tongue.own(show.language)
        return self.base_url + self.tongue.prefix(own)

    def _tongues(self, show: Show, wanted: str) -> tuple[str, ...]:
        """What a page of the show may speak to give a text in the wanted language: that, else what it speaks now."""
        if self.tongue is None:
            return ()
        can = (self.tongue.own(show.language), *self.tongue.offered)
        return tuple(language for language in (wanted, self.tongue.speaking) if language in can)


def audio_name(episode: Episode, audio: Audio) -> str:
    """File name in the address of a rendition: `110-meet-the-husbands.mp3`."""
    return f"{episode.slug}.{audio.extension}"


def transcript_name(episode: Episode, transcript: Transcript) -> str:
    """File name in the address of a transcript: `110-meet-the-husbands.en.vtt`."""
    return f"{episode.slug}.{transcript.language}.{transcript.format}"


def artwork_name(owner: Show | Episode, recipe: str) -> str:
    """File name in the address of a picture: `110-meet-the-husbands.cover1.jpg`."""
    return f"{owner.slug}.{recipe}.jpg"


def read_feed_path(path: str) -> tuple[str, Selection] | None:
    """Read the path of a show's feed as the show's slug and the selection; None where it is none's.

    >>> read_feed_path("/conversations/feeds/season/2.xml")[1].name
    'season/2'
    """
    slug, _, rest = path.removeprefix("/").partition("/")
    if rest == "feed.xml":
        return slug, WHOLE
    name = rest.removeprefix("feeds/").removesuffix(".xml")
    selection = read_selection(name) if rest == f"feeds/{name}.xml" else None
    return (slug, selection) if selection is not None else None
