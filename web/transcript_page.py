"""The page of a transcript: all that is said, for reading, with the player above it."""

from __future__ import annotations

from flask import Response, render_template

from catalogue.domain import patterns
from catalogue.domain.episode import Episode, Translation
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.domain.tongues import primary, text_for
from catalogue.errors import NotFound
from web import reading
from web.current import find_episode, find_show, moved_response, site
from web.episode_page import chapters_of
from web.phrases import text_of, warning_of
from web.places_of_help import places_for
from web.player import read_player
from web.site import pages


@pages.get(patterns.TRANSCRIPT, defaults={"language": None})
@pages.get(patterns.TRANSCRIPT_LANGUAGE)
def transcript(show: str, episode: str, language: str | None) -> str | Response:
    """All that is said; without a language, in the episode's own."""
    found = find_show(show)
    return show_transcript(found, find_episode(found, episode), language)


def show_transcript(
    found: Show, about: Episode, language: str | None, *, template: str = "transcript.html", **more: object
) -> str | Response:
    """Show what is said in an episode, in a language or its own; raises NotFound where nobody wrote it down."""
    if language is not None and language.lower() == about.language.lower():
        return moved_response(site().pages.transcript_page(found, about, about.language), status=301)
    files = reading.readable(about.transcripts, language or about.language)
    if not files:
        raise NotFound("transcript", "This episode has no transcript in that language.")
    path, text = site().pages.transcript_page(found, about, files[0].language), text_of(about)
    places, help_language = places_for(found, about, text)
    chapters, chapters_language = chapters_of(about, _text_in(about, files[0].language))
    return render_template(
        template,
        show=found,
        episode=about,
        text=text,
        files=files,
        warning=warning_of(about, text),
        help=places,
        help_language=help_language,
        chapters_language=chapters_language,
        player=read_player(about, title=text.title, path=path, url=site().canonical.episode(found, about)),
        sections=reading.sections(site().publication.cues(files[0]), chapters),
        language=files[0].language,
        others=tuple(tag for tag in reading.languages(about.transcripts) if tag != files[0].language),
        alternates=transcript_addresses(site().canonical, found, about),
        **more,
    )


def _text_in(episode: Episode, language: str) -> Episode | Translation:
    """An episode's texts in the language that is spoken, whatever the page speaks."""
    return text_for(episode, primary(language)) if language != episode.language else episode


def transcript_addresses(public: Links, show: Show, episode: Episode) -> dict[str, str]:
    """Give a transcript's pages by language, each in the words of its reader where there are any."""
    offered = public.tongue.offered if public.tongue else ()
    spoken = {tag: primary(tag) for tag in reading.languages(episode.transcripts)}
    return {
        tag: (public.speaking(own) if own in offered else public).transcript_page(show, episode, tag)
        for tag, own in spoken.items()
    }
