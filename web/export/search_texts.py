"""What the search of an export finds: texts of episodes and topics in each language, and what was said, in parts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalogue.domain.episode import Episode, Translation
from catalogue.domain.links import Links
from catalogue.domain.media import Cue, Transcript
from catalogue.domain.people import credited
from catalogue.domain.show import Show
from catalogue.domain.tongues import FALLBACK, said_by
from catalogue.domain.written_page import PageKind
from catalogue.show_notes import plain_text
from web import reading
from web.published import Publication
from web.tongue import read_tongue
from web.words import languages

# What is said in about ten minutes: a query opens several of these, and they may not weigh much.
PART_CHARACTERS = 12_000
PATHS = Links("")


@dataclass(frozen=True, kw_only=True)
class Text:
    """An episode or a topic in one language, as the one index that is loaded whole has it.

    `path` is that of its page, `show` the place of its show among all (a topic's: after them), `day` of publication
    in UTC (a topic's: none).
    """

    path: str
    language: str
    show: int
    title: str
    day: str
    warning: str
    people: str
    chapters: str
    notes: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A stretch of a transcript: of the text at `path`, in a language, and its cues."""

    path: str
    language: str
    cues: tuple[Cue, ...]


def searched_pages(publication: Publication, now: datetime) -> dict[str, tuple[Show, Episode, int]]:
    """Each episode's own page by its path, with the show and its place among all; the oldest episode first.

    What comes later changes no number before it.
    """
    numbers = {show.guid: number for number, show in enumerate(publication.shows())}
    found = [(show, one) for show in publication.shows() for one in publication.episodes(show, now)]
    listed = sorted(found, key=lambda pair: (str(pair[1].published_at), pair[1].guid))
    return {PATHS.episode(show, one): (show, one, numbers[show.guid]) for show, one in listed}


def texts_of(show: Show, episode: Episode, number: int) -> tuple[Text, ...]:
    """Give the texts of a public episode: its own, then its translations'; `number` is that of the show."""
    people = ", ".join(one.name for one in credited(show, episode))
    chapters = " · ".join(one.title for one in episode.chapters if one.is_listed)
    assert episode.published_at is not None
    written: tuple[Episode | Translation, ...] = (episode, *episode.translations)
    return tuple(
        Text(
            path=PATHS.episode(show, episode),
            language=text.language,
            show=number,
            title=text.title,
            day=episode.published_at.date().isoformat(),
            warning=text.content_warning or episode.content_warning or "",
            people=people,
            chapters=chapters if text is episode else "",
            notes=_plain(text.summary, text.notes),
        )
        for text in written
    )


def topic_texts(publication: Publication) -> Iterator[Text]:
    """Give the texts of every public topic page: its own, then its translations'."""
    shows = publication.shows()
    for page in publication.pages().of(PageKind.TOPIC):
        own = page.language or (shows[0].language if shows else FALLBACK)
        for language in (own, *(one.language for one in page.translations)):
            said = page.said_in(language) if language != own else page
            yield Text(
                path=PATHS.topic(page.slug),
                language=language,
                show=len(shows),
                title=said.title,
                day="",
                warning=said.content_warning or "",
                people="",
                chapters="",
                notes=_plain(said.summary, said.notes),
            )


def parts_of(publication: Publication, show: Show, episode: Episode) -> Iterator[Part]:
    """Give the transcripts of an episode in parts, one transcript a language."""
    for language in reading.languages(episode.transcripts):
        files: Sequence[Transcript] = reading.readable(episode.transcripts, language)
        for cues in _in_parts(publication.cues(files[0])):
            yield Part(path=PATHS.episode(show, episode), language=language, cues=cues)


def render_part(part: Part) -> bytes:
    """A part as its file: speakers once, then `[second, speaker, text]` for each cue; a second of -1: nobody knows."""
    speakers = list(dict.fromkeys(cue.speaker or "" for cue in part.cues))
    cues = [
        [int(cue.start.total_seconds()) if cue.start is not None else -1, speakers.index(cue.speaker or ""), cue.text]
        for cue in part.cues
    ]
    return _json({"speakers": speakers, "cues": cues})


def render_texts(
    publication: Publication, texts: Sequence[Text], parts: Sequence[tuple[Part, int]], words: Sequence[int]
) -> bytes:
    """The index: shows, every text, the parts (text, language, bytes), and the bytes of each file of words.

    Of each show it says what stands before the paths of its pages, by the language that they speak.
    """
    place = {text.path: number for number, text in reversed(list(enumerate(texts)))}
    return _json(
        {
            "shows": [*(_show(publication, show) for show in publication.shows()), _show(publication, None)],
            "texts": [vars(text) for text in texts],
            "parts": [[place[part.path], part.language, size] for part, size in parts],
            "words": words,
        }
    )


def _show(publication: Publication, show: Show | None) -> dict[str, object]:
    """A show (None: the whole catalogue): by the language of a page its title, and what stands before its path."""
    tongues = [read_tongue(publication.catalogue(), publication.shows(), asked=asked) for asked in languages()]
    before = {one.speaking: one.prefix(one.own(show.language) if show else one.home) for one in tongues}
    titles = {one.speaking: said_by(show, "title", one.speaking) for one in tongues} if show else {}
    return {"titles": titles, "before": before}


def _plain(summary: str | None, notes: str) -> str:
    return "\n".join(part for part in (summary or "", plain_text(notes)) if part)


def _in_parts(cues: Sequence[Cue]) -> Iterator[tuple[Cue, ...]]:
    part: list[Cue] = []
    length = 0
    for cue in cues:
        part.append(cue)
        length += len(cue.text)
        if length >= PART_CHARACTERS:
            yield tuple(part)
            part, length = [], 0
    if part:
        yield tuple(part)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
