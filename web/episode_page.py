"""All that an episode's page shows, worked out before the template is reached."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from flask import g, request
from markupsafe import Markup

from catalogue.domain.corrections import newest_corrections
from catalogue.domain.episode import Correction, Episode, Translation, newest_first
from catalogue.domain.links import Links
from catalogue.domain.media import Chapter, RemoteAudio
from catalogue.domain.show import Help, Person, Show
from catalogue.domain.tongues import text_for
from catalogue.show_notes import Heading, contents_of
from web import reading
from web.current import now, site
from web.embedded import notes_html

FIRST_PASSAGES = 3
# Fewer headings than this are seen at a glance.
LONG_NOTES_HEADINGS = 3
# A listener's t is whole seconds; a day is longer than any episode.
_SECONDS = re.compile(r"\d{1,5}")


@dataclass(frozen=True, kw_only=True)
class Source:
    """A place the player may take the audio from."""

    url: str
    media_type: str
    size_bytes: int
    extension: str


@dataclass(frozen=True, kw_only=True)
class EpisodePage:
    """An episode with its texts in one language; `translation` None: its own.

    `path` is where this page is: times lead to it, in the language it is read in; `url` says the same to
    machines. `moment` is where the player starts. `remote_host` names whose server the audio is on, where it is
    not ours. `newer` and `older` are its neighbours in the show.
    """

    episode: Episode
    translation: Translation | None
    path: str
    url: str
    notes: Markup
    sources: tuple[Source, ...]
    moment: timedelta | None
    remote_host: str | None
    chapters: tuple[Chapter, ...]
    contents: tuple[Heading, ...]
    opening: tuple[reading.Passage, ...]
    opening_language: str
    transcript_languages: tuple[str, ...]
    people: tuple[Person, ...]
    help: tuple[Help, ...]
    newer: Episode | None
    older: Episode | None

    @property
    def language(self) -> str:
        return (self.translation or self.episode).language

    @property
    def title(self) -> str:
        return (self.translation or self.episode).title

    @property
    def summary(self) -> str | None:
        return (self.translation or self.episode).summary

    @property
    def warning(self) -> tuple[str, str] | None:
        """The content warning and its language: the translation's own where it has one."""
        text = self.translation if self.translation and self.translation.content_warning else self.episode
        return (text.content_warning, text.language) if text.content_warning else None

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What was put right, the newest first."""
        return newest_corrections(self.episode.corrections)

    @property
    def is_playable(self) -> bool:
        return bool(self.sources) and self.episode.missing_since is None


def read_episode_page(show: Show, episode: Episode, text: Episode | Translation) -> EpisodePage:
    """Gather what the page of an episode shows at the request's moment, with its own texts or a translation's."""
    remote = episode.remote if not episode.renditions else None
    if remote:
        g.remote_audio = remote.url
    newer, older = _neighbours(show, episode)
    path = page_address(site().pages, show, episode, text)
    is_timed = episode.has_audio and not episode.missing_since
    opening_language, opening = _opening(episode, text.language)
    return EpisodePage(
        episode=episode,
        translation=text if isinstance(text, Translation) else None,
        path=path,
        url=page_address(site().canonical, show, episode, text),
        notes=notes_html(text.notes, address=path if is_timed else None, duration=episode.duration, home=show),
        sources=_remote_sources(remote) if remote else _own_sources(episode),
        moment=read_moment(request.args.get("t"), episode.duration),
        remote_host=urlsplit(remote.url).hostname if remote else None,
        chapters=tuple(chapter for chapter in episode.chapters if chapter.is_listed),
        contents=_contents(text.notes),
        opening=opening,
        opening_language=opening_language,
        transcript_languages=reading.languages(episode.transcripts),
        people=episode.people or show.people,
        help=episode.help or show.help,
        newer=newer,
        older=older,
    )


def page_address(links: Links, show: Show, episode: Episode, text: Episode | Translation) -> str:
    """Give the address of an episode's page with these texts."""
    is_spoken = links.tongue is None or text is text_for(episode, links.tongue.speaking)
    return links.episode(show, episode) if is_spoken else links.translation(show, episode, text.language)


def read_moment(text: str | None, duration: timedelta | None) -> timedelta | None:
    """Read `t`, whole seconds; None for anything else, and for a moment after the end.

    >>> read_moment("252", timedelta(minutes=5)), read_moment("9999", timedelta(minutes=5)), read_moment("x", None)
    (datetime.timedelta(seconds=252), None, None)
    """
    if text is None or not _SECONDS.fullmatch(text):
        return None
    moment = timedelta(seconds=int(text))
    return moment if duration is None or moment < duration else None


@lru_cache(maxsize=256)
def _contents(markdown: str) -> tuple[Heading, ...]:
    headings = tuple(contents_of(markdown))
    return headings if len(headings) >= LONG_NOTES_HEADINGS else ()


def _own_sources(episode: Episode) -> tuple[Source, ...]:
    return tuple(
        Source(
            url=site().pages.audio(episode, audio),
            media_type=audio.media_type,
            size_bytes=audio.size_bytes,
            extension=audio.extension,
        )
        for audio in episode.renditions
    )


def _remote_sources(remote: RemoteAudio) -> tuple[Source, ...]:
    extension = urlsplit(remote.url).path.rpartition(".")[2][:4]
    return (Source(url=remote.url, media_type=remote.media_type, size_bytes=remote.size_bytes, extension=extension),)


def _opening(episode: Episode, language: str) -> tuple[str, tuple[reading.Passage, ...]]:
    """The first paragraphs of the transcript in the page's language, else the episode's, else any; and which."""
    languages = (language, episode.language, *reading.languages(episode.transcripts))
    files = next((found for tag in languages if (found := reading.readable(episode.transcripts, tag))), ())
    if not files:
        return language, ()
    return files[0].language, reading.passages(site().publication.cues(files[0]))[:FIRST_PASSAGES]


def _neighbours(show: Show, episode: Episode) -> tuple[Episode | None, Episode | None]:
    listed = site().publication.episodes(show, now())
    # Ten thousand episodes, and each page asks.
    place = bisect_left(listed, newest_first(episode), key=newest_first)
    if place == len(listed) or listed[place].guid != episode.guid:
        return None, None
    newer = listed[place - 1] if place else None
    older = listed[place + 1] if place + 1 < len(listed) else None
    return newer, older
