"""All that the page of a topic shows, worked out before the template is reached: its words, and its episodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from catalogue.domain.episode import Episode, Translation, newest_first
from catalogue.domain.selection import Selection, SelectionKind
from catalogue.domain.show import Help, Show
from catalogue.domain.tongues import FALLBACK
from catalogue.domain.written_page import PageKind, WrittenPage, is_named
from catalogue.show_notes import Heading
from web.current import now, site, tongue, words
from web.embedded import join_parts, sections_of
from web.phrases import text_of
from web.places_of_help import said

# So many episodes of a tag stand on its page; its feed has all.
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
    return TopicPage(
        page=page,
        language=language,
        sections=sections,
        contents=headings if len(headings) >= FEWEST_CONTENTS[page.kind] else (),
        is_numbered=page.kind is PageKind.TOPIC and not any(one.text[:1].isdigit() for one in headings),
        gathered=tuple(_gathered(page, language)),
        help=places,
        help_language=help_language,
        disclaimer=disclaimer,
        disclaimer_language=its_language,
        feedback=page.feedback or (default.support if default else None),
    )


def tagged(slug: str) -> tuple[GatheredEpisode, ...]:
    """The public episodes of all shows that carry a tag, the newest first."""
    return tuple(_gathered_as(show, one) for show, one in _with_tags([slug]))


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


def _gathered(page: WrittenPage, language: str) -> Iterator[GatheredEpisode]:
    """The episodes that a page names, in its order; then those with one of its tags, or called as it is."""
    listed = tuple(_newest()) if page.kind is PageKind.TOPIC else ()
    told = set[str]()
    for wanted in page.gathered:
        for show, episode in listed:
            if is_named(episode, show.slug, wanted.episode) and episode.guid not in told:
                told.add(episode.guid)
                yield _gathered_as(show, episode, wanted.why, language)
                break
    tags = {tag.slug for tag in page.tags} | {page.slug}
    for show, episode in listed:
        shared = [tag.name for tag in episode.tags if tag.slug in tags]
        if shared and episode.guid not in told:
            yield _gathered_as(show, episode, words()("topic_why", tags=", ".join(shared)), words().language)


def _gathered_as(show: Show, episode: Episode, why: str | None = None, language: str = "") -> GatheredEpisode:
    return GatheredEpisode(show=show, episode=episode, text=text_of(episode), why=why, why_language=language)


def _with_tags(tags: Iterable[str]) -> Iterator[tuple[Show, Episode]]:
    wanted = frozenset(tags)
    return ((show, one) for show, one in _newest() if any(tag.slug in wanted for tag in one.tags))


def _newest() -> Iterator[tuple[Show, Episode]]:
    """All public episodes of all shows, the newest first."""
    shows = site().publication.shows()
    found = [(show, one) for show in shows for one in site().publication.episodes(show, now())]
    return iter(found if len(shows) == 1 else sorted(found, key=lambda pair: newest_first(pair[1])))
