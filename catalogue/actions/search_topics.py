"""What of the topic pages can be found, in each of their languages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from catalogue.actions.search_filling import fill_documents
from catalogue.actions.written_pages import held_pages
from catalogue.domain.search import Kind, Name, Passage, Place, SearchDocument
from catalogue.domain.written_page import PageKind, WrittenPage
from catalogue.show_notes.rough import rough_paragraphs
from catalogue.store.index import Index


def fill_topics(index: Index) -> None:
    """Let the search have the topic pages as the index has them; raises StoreError, LeaseLost."""
    shows = index.shows()
    first = shows[0].show.language if shows else "en"
    pages = held_pages(index).of(PageKind.TOPIC)
    fill_documents(index, Kind.TOPIC, {page.slug: (_key(page, first), topic_documents(page, first)) for page in pages})


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


def _passages(page: WrittenPage) -> Iterator[Passage]:
    yield Passage(place=Place.TITLE, text=page.title)
    yield Passage(place=Place.SUMMARY, text=page.summary or "")
    for paragraph in rough_paragraphs(page.notes):
        yield Passage(place=Place.NOTES, text=paragraph)


def _key(page: WrittenPage, language: str) -> str:
    said = (page.title, page.summary, page.notes, page.language or language, page.slug)
    texts = [(one.language, one.title, one.summary, one.notes) for one in page.translations]
    return hashlib.sha256(repr((said, texts)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
