"""All that the page of a topic shows, worked out before the template is reached: its words, and its episodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from markupsafe import Markup

from catalogue.domain.episode import Episode, Translation, newest_first
from catalogue.domain.selection import Selection, SelectionKind
from catalogue.domain.show import Help, Show
from catalogue.domain.tongues import FALLBACK
from catalogue.domain.written_page import PageKind, WrittenPage, names_of
from catalogue.show_notes import Heading
from web.current import now, site, tongue, words
from web.embedded import join_parts, sections_of
from web.phrases import text_of
from web.spoken_show import said

# So many episodes of a tag stand on a page; its feed has all.
MOST_OF_A_TAG = 100
# Fewer sections than this are seen at a glance.
FEWEST_CONTENTS = {PageKind.TOPIC: 2, PageKind.PLAIN: 4}


@dataclass(frozen=True, kw_only=True)
class PageSection:
    """A part of a page's text; without a heading before the first one, and for footnotes."""

    heading: Heading | None
    html: Markup


@dataclass(frozen=True, kw_only=True)
class GatheredEpisode:
    """An episode that belongs to a topic, and why, in the language `why_language`."""

    show: Show
    episode: Episode
    text: Episode | Translation
    why: str | None = None
    why_language: str = ""


@dataclass(frozen=True, kw_only=True)
class TopicPage:
    """A written page in the page's language; `help` and `disclaimer` with the languages they are in."""

    page: WrittenPage
    language: str
    sections: tuple[PageSection, ...]
    contents: tuple[Heading, ...]
    is_numbered: bool
    gathered: tuple[GatheredEpisode, ...]
    count: int
    """How many episodes belong to it, should that be more."""
    help: tuple[Help, ...]
    help_language: str
    disclaimer: str | None
    disclaimer_language: str
    feedback: str | None


def read_topic_page(written: WrittenPage, home: Show | None) -> TopicPage:
    """Gather what a written page shows at the request's moment.

    What a topic page does not state of help, disclaimer and feedback is as `home`, the first show, has it.
    """
    first = home.language if home else FALLBACK
    page = written.said_in(speaking())
    language = page.language or first
    default = home if page.kind is PageKind.TOPIC else None
    lent = default if not page.help else None
    places, help_language = said(lent, "help") if lent else (page.help, language)
    lent = default if not page.disclaimer else None
    disclaimer, its_language = said(lent, "disclaimer") if lent else (page.disclaimer, language)
    sections = tuple(
        PageSection(heading=part.heading, html=join_parts(part.parts, None)) for part in sections_of(page.notes)
    )
    headings = tuple(part.heading for part in sections if part.heading)
    gathered, count = _gathered(page, language)
    return TopicPage(
        page=page,
        language=language,
        sections=sections,
        contents=headings if len(headings) >= FEWEST_CONTENTS[page.kind] else (),
        is_numbered=page.kind is PageKind.TOPIC and not any(one.text[:1].isdigit() for one in headings),
        gathered=gathered,
        count=count,
        help=places,
        help_language=help_language,
        disclaimer=disclaimer,
        disclaimer_language=its_language,
        feedback=page.feedback or (default.support if default else None),
    )


def tagged(slug: str) -> tuple[tuple[GatheredEpisode, ...], int]:
    """The newest public episodes of all shows that carry a tag, and how many carry it."""
    found = tuple(_with_one_of(_newest(), {slug}))
    return tuple(_gathered_as(show, one) for show, one in found[:MOST_OF_A_TAG]), len(found)


def tag_feeds(slug: str) -> tuple[tuple[Show, Selection], ...]:
    """The feeds that hold the episodes of a tag, with their shows; of a show where all have it, the show's own does."""
    selection = Selection(kind=SelectionKind.TAG, value=slug)
    shows = site().publication.shows()
    return tuple(
        (show, selection)
        for show in shows
        if any(one.selection == selection for one in site().publication.other_feeds(show, now()))
    )


def speaking() -> str:
    """The primary language of the page's words."""
    spoken = tongue()
    return spoken.speaking if spoken else FALLBACK


def _gathered(page: WrittenPage, language: str) -> tuple[tuple[GatheredEpisode, ...], int]:
    """The episodes that a page names, in its order; then the newest with one of its tags, or called as it is.

    Gives how many there are, too.
    """
    listed = _newest() if page.kind is PageKind.TOPIC else ()
    named = _by_name(listed, {wanted.episode for wanted in page.gathered})
    found: dict[str, GatheredEpisode] = {}
    for wanted in page.gathered:
        show, episode = named.get(wanted.episode, (None, None))
        if show is not None and episode is not None and episode.guid not in found:
            found[episode.guid] = _gathered_as(show, episode, wanted.why, language)
    tags = {tag.slug for tag in page.tags} | {page.slug}
    others = [pair for pair in _with_one_of(listed, tags) if pair[1].guid not in found]
    for show, episode in others[:MOST_OF_A_TAG]:
        shared = ", ".join(tag.name for tag in episode.tags if tag.slug in tags)
        found[episode.guid] = _gathered_as(show, episode, words()("topic_why", tags=shared), words().language)
    return tuple(found.values()), len(found) + max(0, len(others) - MOST_OF_A_TAG)


def _by_name(listed: Iterable[tuple[Show, Episode]], names: Set[str]) -> dict[str, tuple[Show, Episode]]:
    """The newest episode that each of the names means, found in one look through all."""
    found: dict[str, tuple[Show, Episode]] = {}
    for show, episode in listed if names else ():
        for name in names & names_of(episode.slug, episode.path, show.slug):
            found.setdefault(name, (show, episode))
    return found


def _gathered_as(show: Show, episode: Episode, why: str | None = None, language: str = "") -> GatheredEpisode:
    return GatheredEpisode(show=show, episode=episode, text=text_of(episode), why=why, why_language=language)


def _with_one_of(listed: Iterable[tuple[Show, Episode]], tags: Set[str]) -> Iterator[tuple[Show, Episode]]:
    return ((show, one) for show, one in listed if any(tag.slug in tags for tag in one.tags))


def _newest() -> list[tuple[Show, Episode]]:
    """All public episodes of all shows, the newest first."""
    shows = site().publication.shows()
    found = [(show, one) for show in shows for one in site().publication.episodes(show, now())]
    return found if len(shows) == 1 else sorted(found, key=lambda pair: newest_first(pair[1]))
