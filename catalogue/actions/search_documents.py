"""What of an episode can be found, in each of its languages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

from catalogue.actions.people import person_slug
from catalogue.domain.episode import Audience, Episode, Translation
from catalogue.domain.media import READING_ORDER, Cue, Transcript
from catalogue.domain.people import credited
from catalogue.domain.search import Kind, Name, Passage, Place, SearchDocument
from catalogue.domain.show import Show
from catalogue.show_notes.rough import rough_paragraphs

CuesOf = Callable[[Transcript], Sequence[Cue]]


def may_be_found(episode: Episode | None) -> bool:
    """Whether an episode is public at some moment, by what is known of it now."""
    return (
        episode is not None
        and not episode.draft
        and episode.withdrawn_at is None
        and episode.audience is Audience.PUBLIC
        and episode.published_at is not None
    )


def search_key(episode: Episode | None, show: Show) -> str:
    """A digest of all that `search_documents` makes documents of, without reading any transcript."""
    if episode is None or not may_be_found(episode):
        return ""
    parts = (
        episode.title,
        episode.summary,
        episode.notes,
        episode.language,
        episode.published_at,
        [person.name for person in credited(show, episode)],
        [(chapter.start, chapter.title) for chapter in episode.chapters if chapter.is_listed],
        [(tag.slug, tag.name) for tag in episode.tags],
        [(one.sha256, one.language, one.format) for one in episode.transcripts],
        [(one.language, one.title, one.summary, one.notes) for one in episode.translations],
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def search_documents(episode: Episode | None, show: Show, cues_of: CuesOf) -> tuple[SearchDocument, ...]:
    """The documents of an episode, its own language first; none of one that is not to be found."""
    if episode is None or not may_be_found(episode):
        return ()
    translations = {one.language.lower(): one for one in episode.translations}
    spoken = _best_transcripts(episode)
    languages = {one.lower(): one for one in (*(t.language for t in spoken.values()), episode.language)}
    languages |= {key: one.language for key, one in translations.items()}
    order = sorted(languages, key=lambda key: (key != episode.language.lower(), key))
    return tuple(
        _document(
            episode,
            show,
            language=languages[key],
            passages=(
                *_written(episode, show, key, translations.get(key)),
                *(_spoken(cues_of(spoken[key])) if key in spoken else ()),
            ),
        )
        for key in order
    )


def _document(episode: Episode, show: Show, *, language: str, passages: tuple[Passage, ...]) -> SearchDocument:
    assert episode.published_at is not None
    people = (Name(value=person_slug(one.name), label=one.name) for one in credited(show, episode))
    title = next((one.text for one in passages if one.place is Place.TITLE), episode.title)
    return SearchDocument(
        kind=Kind.EPISODE,
        show_guid=show.guid,
        guid=episode.guid,
        language=language,
        title=title,
        public_at=episode.published_at,
        passages=passages,
        people=tuple(people),
        topics=tuple(Name(value=tag.slug, label=tag.name) for tag in episode.tags),
    )


def _best_transcripts(episode: Episode) -> dict[str, Transcript]:
    """One transcript a language: that which its page is read from."""
    ordered = sorted(episode.transcripts, key=lambda one: READING_ORDER.index(one.format), reverse=True)
    return {one.language.lower(): one for one in ordered}


def _written(episode: Episode, show: Show, language: str, translation: Translation | None) -> Iterator[Passage]:
    """What is written in a language; names and chapters are in the episode's own."""
    is_own = language == episode.language.lower()
    source = episode if is_own else translation
    if source is not None:
        yield Passage(place=Place.TITLE, text=source.title)
        yield Passage(place=Place.SUMMARY, text=source.summary or "")
        for paragraph in rough_paragraphs(source.notes):
            yield Passage(place=Place.NOTES, text=paragraph)
    if is_own:
        for person in credited(show, episode):
            yield Passage(place=Place.PERSON, text=person.name)
        for chapter in episode.chapters:
            if chapter.is_listed:
                yield Passage(place=Place.CHAPTER, text=chapter.title, start=chapter.start)


def _spoken(cues: Sequence[Cue]) -> Iterator[Passage]:
    for cue in cues:
        yield Passage(place=Place.TRANSCRIPT, text=cue.text, start=cue.start, speaker=cue.speaker)
