"""The topic pages that an episode belongs to: the way from a voice to what is written about its subject."""

from __future__ import annotations

from catalogue.domain.episode import Episode
from catalogue.domain.show import Show
from catalogue.domain.written_page import PageKind, WrittenPage, names_of
from web.current import site
from web.frame import WrittenPlace
from web.topic_page import speaking


def topic_pages_of(show: Show, episode: Episode) -> tuple[WrittenPlace, ...]:
    """List the topic pages that gather an episode, by its name or its tags, in the order of their files."""
    shows = site().publication.shows()
    pages = site().publication.pages().of(PageKind.TOPIC)
    said = (page.said_in(speaking()) for page in pages if _gathers(page, show, episode))
    return tuple(
        WrittenPlace(title=page.title, language=page.language or shows[0].language, path=site().pages.topic(page.slug))
        for page in said
    )


def _gathers(page: WrittenPage, show: Show, episode: Episode) -> bool:
    tags = {tag.slug for tag in page.tags} | {page.slug}
    is_tagged = any(tag.slug in tags for tag in episode.tags)
    names = names_of(episode.slug, episode.path, show.slug)
    return is_tagged or any(one.episode in names for one in page.gathered)
