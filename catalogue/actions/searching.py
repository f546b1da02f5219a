"""Answer a search: read what was typed, find what is public, and show the sentences.

Nothing of what was asked is kept or logged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.actions.coming import coming_events
from catalogue.actions.public_pieces import public_episode
from catalogue.actions.search_sentences import Sought, best_sentences
from catalogue.actions.search_suggestion import suggest
from catalogue.actions.shelf import Shelves
from catalogue.domain.search import HITS_A_PAGE, Answer, Asked, Choice, Choices, Hit, Kind, Understood
from catalogue.domain.search_query import Query, read_query
from catalogue.domain.tongues import primary
from catalogue.errors import MediaError, NotFound, Withdrawn
from catalogue.stems import patterns_of
from catalogue.store.index import Filters, FoundDocument, FoundPage, Index, Tally, Wanted

# Where so few are found, somebody may have meant another word.
FEW = 2
# Filters offer so many people and topics at most: nobody reads a longer list.
MOST_NAMES = 200
_LAST_PAGE = 100_000
_SLUG = re.compile(r"[a-z0-9-]{1,200}")
_TONGUE = re.compile(r"[a-z]{2,8}")


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What the filters offered at a revision, in a minute."""

    revision: int
    minute: datetime
    choices: Choices


class Searching:
    """What is found in an index. Threads may share one."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: _Known | None = None

    def answer(self, shelves: Shelves, asked: Asked, now: datetime) -> Answer:
        """Find what is public at `now`; raises StoreError."""
        query = read_query(asked.words)
        if query.understood is not Understood.ASKED:
            return Answer(understood=query.understood, is_shortened=query.is_shortened)
        filters = _filters(asked, shelves)
        if filters is None:
            return Answer(is_shortened=query.is_shortened)
        languages = (filters.language,) if filters.language else self._index.search_languages()

        def find(query: Query, page: int, limit: int = HITS_A_PAGE) -> FoundPage:
            wanted, offset = wanted_of(query, languages), (page - 1) * limit
            return self._index.find(wanted, filters=filters, now=now, limit=limit, offset=offset, spoken=asked.spoken)

        page, found = _page(lambda page: find(query, page), asked.page)
        sought = Sought(tuple((term, patterns_of(term, languages)) for term in query.telling))
        hits = [hit for one in found.documents if (hit := _hit(one, sought, shelves, now)) is not None]
        count = found.count - len(found.documents) + len(hits)  # what was taken back is not indexed again yet
        few = None
        if count <= FEW:
            few = suggest(self._index, asked.words, query, lambda other: find(other, 1, 1).count > count)
        return Answer(
            hits=tuple(hits),
            count=count,
            page=page,
            last_page=_pages(found.count),
            suggestion=few,
            is_shortened=query.is_shortened,
        )

    def choices(self, shelves: Shelves, now: datetime) -> Choices:
        """What the filters offer; counted once a minute, as of its beginning: what is not public is never in it."""
        minute, known = now.replace(second=0, microsecond=0), self._known
        if known is None or (known.revision, known.minute) != (shelves.revision, minute):
            choices = _choices(self._index.tally(minute), shelves)
            self._known = known = _Known(revision=shelves.revision, minute=minute, choices=choices)
        return known.choices


def wanted_of(query: Query, languages: Collection[str]) -> Wanted:
    """What must and must not stand in a text, in any of these languages."""
    return Wanted(
        terms=tuple(patterns_of(term, languages) for term in query.wanted),
        excluded=tuple(patterns_of(term, languages) for term in query.excluded),
    )


def _filters(asked: Asked, shelves: Shelves) -> Filters | None:
    """The filters as the index has them; None where nothing could be found under one of them."""
    shelf = shelves.by_slug.get(asked.show) if asked.show is not None else None
    tongue = primary(asked.language) if asked.language is not None else None
    names = (name for name in (asked.person, asked.topic) if name is not None)
    is_sound = all(_SLUG.fullmatch(name) for name in names) and (tongue is None or _TONGUE.fullmatch(tongue))
    if (asked.show is not None and shelf is None) or not is_sound or not 0 < (asked.year or 1) < 10_000:
        return None
    return Filters(
        show_guid=shelf.show.guid if shelf else None,
        person=asked.person,
        topic=asked.topic,
        year=asked.year,
        language=tongue,
    )


def _page(find: Callable[[int], FoundPage], page: int) -> tuple[int, FoundPage]:
    """The page asked for, or the last there is."""
    page = min(max(page, 1), _LAST_PAGE)
    found = find(page)
    if found.count or page == 1:
        return page, found
    last = _pages(find(1).count)
    return last, find(last)


def _pages(count: int) -> int:
    return max(1, -(-count // HITS_A_PAGE))


def _hit(found: FoundDocument, sought: Sought, shelves: Shelves, now: datetime) -> Hit | None:
    """What was found, as it is today; None where it is not public any more."""
    hit = Hit(
        kind=found.kind,
        show_guid=found.show_guid,
        guid=found.guid,
        language=found.language,
        title=found.title,
        found=(),
    )
    if found.kind is Kind.EVENT and not _is_coming(found.guid, shelves, now):
        return None
    if found.kind is Kind.EPISODE:
        shelf = next((one for one in shelves.shows if one.show.guid == found.show_guid), None)
        row = shelf.by_guid.get(found.guid) if shelf else None
        if shelf is None or row is None:
            return None
        try:
            hit = replace(hit, show=shelf.show, episode=public_episode(row, now))
        except (NotFound, Withdrawn, MediaError):
            return None
    return replace(hit, found=best_sentences(found.text, sought, found.language))


def _is_coming(event_id: str, shelves: Shelves, now: datetime) -> bool:
    mine = tuple(
        replace(calendar, events=tuple(event for event in calendar.events if event.id == event_id))
        for calendar in shelves.agenda.calendars
    )
    return bool(coming_events(replace(shelves.agenda, calendars=mine), now, count=1))


def _choices(tally: Tally, shelves: Shelves) -> Choices:
    def names(counted: dict[str, tuple[str, int]]) -> tuple[Choice, ...]:
        found = [Choice(value=value, label=label, count=count) for value, (label, count) in counted.items()]
        return tuple(sorted(found, key=lambda one: (-one.count, one.label))[:MOST_NAMES])

    unnamed = {slug for slug, note in shelves.notes_by_slug.items() if not note.page}
    years = sorted(tally.years, reverse=True)
    languages = sorted(tally.languages.items(), key=lambda pair: (-pair[1], pair[0]))
    return Choices(
        shows=tuple(
            Choice(value=shelf.show.slug, label=shelf.show.title, count=tally.shows[shelf.show.guid])
            for shelf in shelves.shows
            if shelf.show.guid in tally.shows
        ),
        people=names({slug: named for slug, named in tally.people.items() if slug not in unnamed}),
        topics=names(tally.topics),
        years=tuple(Choice(value=str(one), label=str(one), count=tally.years[one]) for one in years),
        languages=tuple(Choice(value=tongue, label=tongue, count=count) for tongue, count in languages),
    )
