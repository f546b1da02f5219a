"""The search of the site, for programs; what is asked is kept and logged no more than there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from catalogue.domain.api_patterns import API_SEARCH
from catalogue.domain.rights import Right
from catalogue.domain.search import Asked, Hit, Kind, Place
from catalogue.domain.tokens import Scope
from web.api.operations import Reply, operation
from web.api.reading import STRICT
from web.api.shown import CLOSED
from web.current import now, site

LONGEST_WORDS = 1000


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """What to look for, as docs/search.md says; `show` and all else narrow it."""

    __pydantic_config__ = STRICT

    q: Annotated[str, Field(min_length=1, max_length=LONGEST_WORDS)]
    show: str | None = None
    person: str | None = None
    topic: str | None = None
    year: Annotated[int, Field(ge=1970, le=2999)] | None = None
    language: str | None = None
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence in which something stands that was asked for; `marks` are where, in characters."""

    __pydantic_config__ = CLOSED

    text: str
    marks: tuple[tuple[int, int], ...]
    place: Place
    start_seconds: float | None
    speaker: str | None


@dataclass(frozen=True, kw_only=True)
class FoundOne:
    """Something found: an episode with its show, or a topic or an event, whose `guid` is its slug."""

    __pydantic_config__ = CLOSED

    kind: Kind
    guid: str
    title: str
    language: str
    show: str | None
    slug: str | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class FoundPage:
    """A page of what is public and was found, best first; `suggestion` are the words as they may have been meant."""

    __pydantic_config__ = CLOSED

    hits: tuple[FoundOne, ...]
    count: int
    page: int
    pages: int
    suggestion: str | None


@operation("GET", API_SEARCH, name="search", scope=Scope.READ, right=Right.ENTER, asks=SearchQuery, gives=FoundPage)
def search(asked: SearchQuery) -> Reply:
    """Search what is public: titles, people, chapters, notes, transcripts, topics, events."""
    question = Asked(
        words=asked.q,
        show=asked.show,
        person=asked.person,
        topic=asked.topic,
        year=asked.year,
        language=asked.language,
        page=asked.page,
    )
    answer = site().publication.search(question, now())
    value = FoundPage(
        hits=tuple(map(_found, answer.hits)),
        count=answer.count,
        page=answer.page,
        pages=answer.last_page,
        suggestion=answer.suggestion,
    )
    return Reply(value=value)


def _found(hit: Hit) -> FoundOne:
    sentences = (
        Sentence(
            text=one.text,
            marks=one.marks,
            place=one.place,
            start_seconds=one.start.total_seconds() if one.start is not None else None,
            speaker=one.speaker,
        )
        for one in hit.found
    )
    return FoundOne(
        kind=hit.kind,
        guid=hit.guid,
        title=hit.title,
        language=hit.language,
        show=hit.show.slug if hit.show else None,
        slug=hit.episode.slug if hit.episode else None,
        sentences=tuple(sentences),
    )
