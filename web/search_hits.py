"""What was found, set for reading: the sentence with its marks, who says it and when, and what it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import g
from markupsafe import Markup, escape

from catalogue.domain.episode import Episode, Translation
from catalogue.domain.events import Upcoming
from catalogue.domain.links import Links
from catalogue.domain.search import Found, Hit, Kind, Place
from catalogue.domain.show import Show
from catalogue.domain.tongues import primary, text_for
from catalogue.domain.written_page import PageKind
from web.current import site, tongue, words
from web.episode_page import page_address
from web.events import coming_events, day_and_hour
from web.phrases import begun, moment_address, summary_of

# Texts that a translation has of its own; what is said and who says it is the same on each page of an episode.
TRANSLATED = frozenset({Place.TITLE, Place.SUMMARY, Place.NOTES})
# The word that names the place, where nobody speaks.
PLACES = {
    Place.PERSON: "found_person",
    Place.CHAPTER: "found_chapter",
    Place.SUMMARY: "found_summary",
    Place.NOTES: "found_notes",
    Place.TRANSCRIPT: "transcript",
}


@dataclass(frozen=True, kw_only=True)
class Quotation:
    """A sentence found; `place` is the key of the words that name where.

    `path` leads to the moment at which it is heard, else to where it is read, if it can; `link` is the key of the words
    that say which.
    """

    text: Markup
    language: str
    place: str
    speaker: str | None
    start: timedelta | None
    path: str | None = None
    link: str | None = None


@dataclass(frozen=True, kw_only=True)
class ShownHit:
    """What was found, in one of its languages: title, page, quotations, best first; `warning` comes with its language.

    Without a quotation the `summary` stands there. `kind` is the key of the words that name what is no
    episode, `when` the next day of an event; `show` and `episode` are None there.
    """

    title: Markup
    language: str
    path: str
    kind: str | None
    when: str = ""
    show: Show | None = None
    episode: Episode | None = None
    warning: tuple[str, str] | None = None
    quotations: tuple[Quotation, ...]
    summary: str = ""


def set_hit(hit: Hit) -> ShownHit:
    """Set what was found, with the page it leads to."""
    if hit.show is not None and hit.episode is not None:
        return _set_episode(hit, hit.show, hit.episode)
    return OTHERS[hit.kind](hit)


def marked(text: str, marks: Sequence[tuple[int, int]]) -> Markup:
    """Mark ranges of characters, and let nothing in the text be more than text.

    >>> marked("<i>bone pain", [(3, 7)])
    Markup('&lt;i&gt;<mark>bone</mark> pain')
    """
    pieces, end = [], 0
    for start, stop in marks:
        pieces += [escape(text[end:start]), Markup("<mark>{}</mark>").format(text[start:stop])]
        end = stop
    return Markup("").join([*pieces, escape(text[end:])])


def _set_episode(hit: Hit, show: Show, episode: Episode) -> ShownHit:
    text = _text(hit, episode)
    path = page_address(site().pages, show, episode, text)
    warned = text if text.content_warning else episode
    return ShownHit(
        title=_title(hit, text.title),
        language=text.language,
        path=path,
        kind=None,
        show=show,
        episode=episode,
        warning=(warned.content_warning, warned.language) if warned.content_warning else None,
        quotations=_quotations(hit, _Stage(show=show, episode=episode, path=path)),
        summary=summary_of(text),
    )


def _set_topic(hit: Hit) -> ShownHit:
    """A topic page, as it says things in the language in which they were found."""
    page = site().publication.pages().find(PageKind.TOPIC, hit.guid)
    text = page.said_in(hit.language) if page else None
    warning = text.content_warning if text else None
    return ShownHit(
        title=_title(hit, hit.title),
        language=hit.language,
        path=_links_in(hit.language).topic(hit.guid),
        kind="found_topic",
        warning=(warning, hit.language) if warning else None,
        quotations=_quotations(hit, None),
        summary=(text.summary if text else None) or "",
    )


def _set_event(hit: Hit) -> ShownHit:
    """An event, with its next day in the list of those to come; one that is over leads to the list alone."""
    coming = _coming().get(hit.guid)
    list_of_all = _links_in(hit.language).events()
    return ShownHit(
        title=_title(hit, hit.title),
        language=hit.language,
        path=f"{list_of_all}#event-{hit.guid}" if coming else list_of_all,
        kind="found_event" if coming else "found_event_over",
        when=begun(day_and_hour(coming.days[0])) if coming and coming.days else "",
        quotations=_quotations(hit, None),
    )


def _coming() -> dict[str, Upcoming]:
    """The events to come by their names, reckoned once for all that was found."""
    if "found_events" not in g:
        g.found_events = {one.event.id: one for one in coming_events()}
    found: dict[str, Upcoming] = g.found_events
    return found


def _links_in(language: str) -> Links:
    """Links to pages in a language, where they are offered in it; else in that of this page."""
    links, spoken = site().pages, tongue()
    can = (spoken.home, *spoken.offered) if spoken else ()
    return links.speaking(primary(language)) if primary(language) in can else links


def _text(hit: Hit, episode: Episode) -> Episode | Translation:
    """The texts in which it was found, where they differ by language; else those the page speaks."""
    if any(found.place in TRANSLATED for found in hit.found):
        found_in = next((text for text in episode.texts if text.language.lower() == hit.language.lower()), None)
        if found_in is not None:
            return found_in
    spoken = tongue()
    return text_for(episode, spoken.speaking) if spoken else episode


def _title(hit: Hit, title: str) -> Markup:
    marks = next((found.marks for found in hit.found if found.place is Place.TITLE and found.text == title), ())
    return marked(title, marks)


@dataclass(frozen=True, kw_only=True)
class _Stage:
    """An episode in which sentences were found, and the page that its hit leads to."""

    show: Show
    episode: Episode
    path: str

    def way_to(self, found: Found) -> tuple[str | None, str | None]:
        """Where a sentence is heard or read, and the key of the words for it.

        A transcript in a language that is neither heard nor the page's leads to itself, at the moment.
        """
        episode, is_spoken = self.episode, found.place is Place.TRANSCRIPT
        is_heard = not is_spoken or primary(found.language) in (primary(episode.language), words().language)
        page = self.path if is_heard else site().pages.transcript_page(self.show, episode, found.language)
        if found.start is not None and episode.has_audio and not episode.missing_since:
            return f"{moment_address(page)(found.start)}#player", "play_from"
        if is_spoken:
            return site().pages.transcript_page(self.show, episode, found.language), "found_read"
        return (f"{self.path}#notes", "found_notes") if found.place is Place.NOTES else (None, None)


def _quotations(hit: Hit, stage: _Stage | None) -> tuple[Quotation, ...]:
    """All sentences but the title, which stands there anyway; `stage` knows where they are heard and read."""
    return tuple(_quotation(found, stage) for found in hit.found if found.place is not Place.TITLE)


def _quotation(found: Found, stage: _Stage | None) -> Quotation:
    path, link = stage.way_to(found) if stage else (None, None)
    return Quotation(
        text=marked(found.text, found.marks),
        language=found.language,
        place=PLACES[found.place],
        speaker=found.speaker,
        start=found.start,
        path=path,
        link=link,
    )


# How what is no episode is set.
OTHERS = {Kind.TOPIC: _set_topic, Kind.EVENT: _set_event}
