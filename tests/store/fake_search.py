"""The search in memory: every text is looked through, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from catalogue.domain.search import Kind, SearchDocument
from catalogue.domain.searched_text import arrange
from catalogue.stems import Pattern
from catalogue.store.search_finding import Filters, FoundDocument, FoundPage, Tally
from catalogue.store.search_vocabulary import KnownWord, vocabulary_words
from catalogue.store.search_words import Wanted, stem_columns, word_columns
from catalogue.store.searches import SearchItem

WEIGHTS, OFTEN = (10, 5, 2), (3, 9)


@dataclass
class FakeSearchTables:
    reader: str | None = None
    shows: dict[str, int] = field(default_factory=dict)
    items: dict[tuple[Kind, str, str], SearchItem] = field(default_factory=dict)


class FakeSearch:
    """The search's part of a FakeIndex, whose `_tables.search` it uses."""

    def search_state(self) -> tuple[str | None, dict[str, int]]:
        return self._tables.search.reader, dict(self._tables.search.shows)

    def later_episodes(self, show_guid: str, since: int) -> list[str]:
        return [row.line.guid for row in self.episodes(show_guid) if row.revision > since]

    def search_keys(self, kind: Kind, show_guid: str, guids: Sequence[str] | None = None) -> dict[str, str]:
        mine = {name[2]: item.key for name, item in self._tables.search.items.items() if name[:2] == (kind, show_guid)}
        return {guid: key for guid, key in mine.items() if guids is None or guid in guids}

    def has_search_gone(self, show_guid: str, *, there: int) -> bool:
        return len(self.search_keys(Kind.EPISODE, show_guid)) != there

    def clear_search(self, reader: str) -> None:
        with self._writing() as tables:
            tables.search = FakeSearchTables(reader=reader)

    def save_search(
        self, kind: Kind, show_guid: str, *, items: Sequence[SearchItem], gone: Collection[str] = ()
    ) -> None:
        with self._writing() as tables:
            for guid in gone:
                tables.search.items.pop((kind, show_guid, guid), None)
            for item in items:
                tables.search.items[kind, show_guid, item.guid] = item

    def settle_search(self, show_guid: str, revision: int | None) -> None:
        with self._writing() as tables:
            tables.search.shows.pop(show_guid, None)
            if revision is not None:
                tables.search.shows[show_guid] = revision

    def find(
        self, wanted: Wanted, *, filters: Filters, now: datetime, limit: int, offset: int = 0, spoken: str = ""
    ) -> FoundPage:
        best: dict[tuple[Kind, str, str], tuple[bool, float, float, SearchDocument]] = {}
        for name, document in self._found(now):
            if _is_under(document, filters) and (rank := _rank(document, wanted)):
                age = -document.public_at.timestamp() if document.public_at else 0
                key = (_tongue(document) != spoken, -rank, age, document)
                best[name] = min(best.get(name, key), key, key=lambda one: one[:3])
        ordered = sorted(best.values(), key=lambda one: one[1:3])[offset : offset + limit]
        return FoundPage(count=len(best) if ordered else 0, documents=tuple(_document(one[3]) for one in ordered))

    def search_languages(self) -> tuple[str, ...]:
        return tuple(sorted({_tongue(document) for document in self._documents()}))

    def known_word(self, word: str) -> KnownWord | None:
        return next((one for one in self._words() if one.word == word), None)

    def words_like(self, word: str, *, distance: int) -> tuple[KnownWord, ...]:
        near = (one for one in self._words() if abs(len(one.word) - len(word)) <= distance and one.word[0] in word[:2])
        return tuple(sorted(near, key=lambda one: -one.number))

    def tally(self, now: datetime) -> Tally:
        public = dict(self._found(now)).items()  # of an item in two languages one counts
        every = list(self._found(now))
        names = {
            facet: {
                one.value: (one.label, len({name for name, each in every if one in getattr(each, facet)}))
                for _, document in every
                for one in getattr(document, facet)
            }
            for facet in ("people", "topics")
        }
        return Tally(
            shows=dict(Counter(document.show_guid for _, document in public)),
            years=dict(Counter(document.public_at.year for _, document in public if document.public_at)),
            languages=dict(Counter(tongue for _, tongue in {(name, _tongue(one)) for name, one in every})),
            people=names["people"],
            topics=names["topics"],
        )

    def _documents(self) -> list[SearchDocument]:
        return [document for item in self._tables.search.items.values() for document in item.documents]

    def _found(self, now: datetime) -> list[tuple[tuple[Kind, str, str], SearchDocument]]:
        return [
            (name, document)
            for name, item in self._tables.search.items.items()
            for document in item.documents
            if document.public_at is None or document.public_at <= now
        ]

    def _words(self) -> list[KnownWord]:
        words = [vocabulary_words(word_columns(arrange(document.passages))) for document in self._documents()]
        numbers = Counter(word for one in words for word in one)
        shown = {word: shown.lower() for one in words[::-1] for word, shown in one.items()}
        return [KnownWord(word, shown[word], number) for word, number in numbers.items()]


def _tongue(document: SearchDocument) -> str:
    return document.language.partition("-")[0].lower()


def _is_under(document: SearchDocument, filters: Filters) -> bool:
    year = document.public_at.year if document.public_at else 0
    return (
        filters.show_guid in (None, document.show_guid)
        and filters.year in (None, year)
        and filters.language in (None, _tongue(document))
        and (filters.person is None or filters.person in {one.value for one in document.people})
        and (filters.topic is None or filters.topic in {one.value for one in document.topics})
    )


def _rank(document: SearchDocument, wanted: Wanted) -> float:
    columns = stem_columns(word_columns(arrange(document.passages)), document.language)
    found = [[sum(_count(column, one) for one in term) for column in columns] for term in wanted.terms]
    if any(_count(column, one) for term in wanted.excluded for one in term for column in columns):
        return 0
    if not all(map(any, found)):
        return 0
    return 1 + sum(map(_gain, found))


def _gain(counts: Sequence[int]) -> float:
    """What a document gains by a term, by how often it stands in each column."""
    named = sum(weight for weight, count in zip(WEIGHTS, counts, strict=False) if count)
    return named + sum(0.5 for least in OFTEN if sum(counts) >= least)


def _count(stems: Sequence[str], pattern: Pattern) -> int:
    *before, last = pattern.stems
    return sum(
        stems[at : at + len(before)] == before
        and (stems[at + len(before)].startswith(last) if pattern.is_beginning else stems[at + len(before)] == last)
        for at in range(len(stems) - len(before))
    )


def _document(document: SearchDocument) -> FoundDocument:
    return FoundDocument(
        kind=document.kind,
        show_guid=document.show_guid,
        guid=document.guid,
        language=document.language,
        title=document.title,
        text=arrange(document.passages),
    )
