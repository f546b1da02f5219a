"""All that an episode's page shows, worked out before the template is reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache

from markupsafe import Markup

from catalogue.domain.corrections import newest_corrections
from catalogue.domain.episode import Correction, Episode, Translation
from catalogue.domain.episode import Source as Reading
from catalogue.domain.links import Links
from catalogue.domain.media import Chapter
from catalogue.domain.nearby import Nearby
from catalogue.domain.people import credited
from catalogue.domain.show import Help, Person, Show
from catalogue.domain.tongues import text_for
from catalogue.show_notes import Heading, contents_of
from web import reading
from web.current import now, site, words
from web.embedded import imported_notes, notes_html
from web.phrases import warning_of
from web.places_of_help import places_for
from web.player import Player, Source, read_player

FIRST_PASSAGES = 2
# Fewer headings than this are seen at a glance.
LONG_NOTES_HEADINGS = 3


@dataclass(frozen=True, kw_only=True)
class EpisodePage:
    """An episode with its texts in one language; `translation` None: its own.

    `path` is where this page is: times lead to it, in the language it is read in; `url` says the same to
    machines. `help_language` is that of who wrote the places of help. What takes a while (notes, the first words of
    the transcript, what is nearby) is worked out when it is first asked for: the small player shows none of it.
    """

    show: Show
    episode: Episode
    translation: Translation | None
    path: str
    url: str
    player: Player
    chapters: tuple[Chapter, ...]
    chapters_language: str
    transcript_languages: tuple[str, ...]
    people: tuple[Person, ...]
    help: tuple[Help, ...]
    help_language: str

    @property
    def text(self) -> Episode | Translation:
        """The texts of this page."""
        return self.translation or self.episode

    @property
    def language(self) -> str:
        return self.text.language

    @property
    def title(self) -> str:
        return self.text.title

    @property
    def summary(self) -> str | None:
        return self.text.summary

    @cached_property
    def notes(self) -> Markup:
        """The notes as HTML; time stamps lead to moments of this page where there is something to play."""
        if self.translation is None and self.episode.notes_html:
            return imported_notes(self.episode.notes_html)
        address = self.path if self.is_playable else None
        return notes_html(self.text.notes, address=address, duration=self.episode.duration, home=self.show)

    @property
    def contents(self) -> tuple[Heading, ...]:
        """The headings of long notes."""
        return _contents(self.text.notes)

    @cached_property
    def _opening(self) -> tuple[str, tuple[reading.Passage, ...]]:
        return _opening(self.episode, self.language)

    @property
    def opening(self) -> tuple[reading.Passage, ...]:
        """The first words of the transcript."""
        return self._opening[1]

    @property
    def opening_language(self) -> str:
        return self._opening[0]

    @cached_property
    def nearby(self) -> Nearby:
        return site().publication.nearby(self.show, self.episode, now())

    @property
    def warning(self) -> tuple[str, str] | None:
        """The content warning and its language: the translation's own where it has one."""
        return warning_of(self.episode, self.text)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What was put right, the newest first."""
        return newest_corrections(self.episode.corrections)

    @property
    def sources(self) -> tuple[Source, ...]:
        return self.player.sources

    @property
    def reading(self) -> tuple[tuple[Reading, ...], str]:
        """What the notes rest on, and the language that is said in."""
        text = self.translation if self.translation and self.translation.sources else self.episode
        return text.sources, text.language

    @property
    def moment(self) -> timedelta | None:
        return self.player.moment

    @property
    def remote_host(self) -> str | None:
        return self.player.remote_host

    @property
    def is_playable(self) -> bool:
        return self.player.is_playable


def read_episode_page(show: Show, episode: Episode, text: Episode | Translation) -> EpisodePage:
    """Gather what the page of an episode shows at the request's moment, with its own texts or a translation's."""
    path, url = (page_address(links, show, episode, text) for links in (site().pages, site().canonical))
    player = read_player(episode, title=text.title, path=path, url=url)
    chapters, chapters_language = chapters_of(episode, text)
    places, help_language = places_for(show, episode, text)
    return EpisodePage(
        show=show,
        episode=episode,
        translation=text if isinstance(text, Translation) else None,
        path=path,
        url=url,
        player=player,
        chapters=chapters,
        chapters_language=chapters_language,
        transcript_languages=reading.languages(episode.transcripts),
        people=credited(show, episode),
        help=places,
        help_language=help_language,
    )


def chapters_of(episode: Episode, text: Episode | Translation) -> tuple[tuple[Chapter, ...], str]:
    """Give the chapters that are listed, and their language: of these texts where they name any, else its own."""
    found = text if text.chapters else episode
    return tuple(chapter for chapter in found.chapters if chapter.is_listed), found.language


def page_address(links: Links, show: Show, episode: Episode, text: Episode | Translation) -> str:
    """Give the address of an episode's page with these texts."""
    is_spoken = links.tongue is None or text is text_for(episode, links.tongue.speaking)
    return links.episode(show, episode) if is_spoken else links.translation(show, episode, text.language)


@lru_cache(maxsize=256)
def _contents(markdown: str) -> tuple[Heading, ...]:
    headings = tuple(contents_of(markdown))
    return headings if len(headings) >= LONG_NOTES_HEADINGS else ()


def _opening(episode: Episode, language: str) -> tuple[str, tuple[reading.Passage, ...]]:
    """The first words of the transcript in the page's language, else the texts', the episode's, any; and which."""
    wanted = (words().language, language, episode.language, *reading.languages(episode.transcripts))
    files = next((found for tag in wanted if (found := reading.readable(episode.transcripts, tag))), ())
    if not files:
        return language, ()
    return files[0].language, reading.opening(site().publication.cues(files[0]), FIRST_PASSAGES)
