"""What of topic pages and events can be found, in each of their languages."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.actions.agenda import EVENTS
from catalogue.actions.coming import settled_agenda
from catalogue.actions.search_filling import fill_documents
from catalogue.actions.written_pages import PAGES
from catalogue.domain.events import Event
from catalogue.domain.search import Kind, Name, Passage, Place, SearchDocument
from catalogue.domain.written_page import PageKind, WrittenPage
from catalogue.show_notes.rough import rough_paragraphs
from catalogue.store.index import Index


def fill_written(index: Index) -> None:
    """Let the search have topic pages and events as the index has them; raises StoreError, LeaseLost."""
    shows = [row.show for row in index.shows()]
    first = shows[0].language if shows else "en"
    pages = PAGES.held(index).of(PageKind.TOPIC)
    fill_documents(index, Kind.TOPIC, {page.slug: topic_documents(page, first) for page in pages})
    events = settled_agenda(EVENTS.held(index), shows).events
    fill_documents(index, Kind.EVENT, {event.id: event_documents(event) for event in events})


def topic_documents(page: WrittenPage, language: str) -> tuple[SearchDocument, ...]:
    """The documents of a topic page; `language` is that of one that states none."""
    languages = dict.fromkeys((page.language or language, *(one.language for one in page.translations)))
    return tuple(
        SearchDocument(
            kind=Kind.TOPIC,
            guid=page.slug,
            language=one,
            title=said.title,
            passages=tuple(_passages(said)),
            topics=(Name(value=page.slug, label=said.title),),
        )
        for one in languages
        for said in (page.said_in(one),)
    )


def event_documents(event: Event) -> tuple[SearchDocument, ...]:
    """The documents of an event that states its language; who finds it must see whether it is over.

    Its organiser is not among them: one of many events would put all of them before what was said about its name.
    """
    own = event.language or "en"
    languages = dict.fromkeys((own, *(text.language for text in event.texts)))
    return tuple(
        SearchDocument(
            kind=Kind.EVENT,
            guid=event.id,
            language=one,
            title=event.said("title", one).text,
            passages=tuple(_said(event, one)),
        )
        for one in languages
    )


def _passages(page: WrittenPage) -> Iterator[Passage]:
    yield Passage(place=Place.TITLE, text=page.title)
    yield Passage(place=Place.SUMMARY, text=page.summary or "")
    for paragraph in rough_paragraphs(page.notes):
        yield Passage(place=Place.NOTES, text=paragraph)


def _said(event: Event, language: str) -> Iterator[Passage]:
    yield Passage(place=Place.TITLE, text=event.said("title", language).text)
    for name in ("what", "audience", "where"):
        yield Passage(place=Place.SUMMARY, text=event.said(name, language).text)
