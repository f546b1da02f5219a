"""Bring the search up to the index: episodes that changed in what can be found, and those that have gone.

After the feed is safe: nobody's feed waits for a search. A show whose last change is in the search already costs one
look for all shows; of a changed show only the rows that came with a later change are looked at (all, where the show's
people are others), and of those only what has another key is read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from catalogue.actions.leases import Lease
from catalogue.actions.open import Place
from catalogue.actions.search_documents import may_be_found, search_documents, search_key
from catalogue.documents import read_document
from catalogue.domain.episode import Episode
from catalogue.domain.facts import TranscriptFacts
from catalogue.domain.media import Cue, Transcript
from catalogue.domain.search import Kind, SearchDocument
from catalogue.domain.show import Show
from catalogue.stems import search_reader
from catalogue.store.batches import batches
from catalogue.store.index import EpisodeRow, Index, SearchItem, ShowRow

EpisodesOf = Callable[[ShowRow], Mapping[str, EpisodeRow]]
# One transaction takes so many characters, or else so many episodes: memory, and how long other writers wait.
MOST_CHARACTERS, MOST_EPISODES = 8_000_000, 2_000
# Of so many episodes transcripts are asked for together.
TOGETHER = 50


def fill_from(place: Place, lease: Lease) -> None:
    """Let the search have what the index has by now of the shows that are held; raises StoreError, LeaseLost."""
    fill_rows(place, lease, place.index.shows())


def fill_rows(place: Place, lease: Lease, rows: Sequence[ShowRow]) -> None:
    """As `fill_from`, by who has asked already which shows there are."""
    index = place.index
    fill_search(
        index,
        episodes_of=lambda row: place.remembered.episodes(index, row),
        mine=lambda row: lease.holds(row.show.path),
        shows=rows,
    )


def fill_search(
    index: Index, *, episodes_of: EpisodesOf, mine: Callable[[ShowRow], bool], shows: Sequence[ShowRow]
) -> None:
    """Let the search have what the index has of the shows that are `mine` to write; raises StoreError, LeaseLost.

    `episodes_of` gives a show's rows by GUID, `shows` are all there are.
    """
    reader, filled = index.search_state()
    if reader != search_reader():
        index.clear_search(search_reader())
        filled = {}
    for row in shows:
        since = filled.get(row.show.guid, -1)
        if row.revision > since and mine(row):
            _fill_show(index, row, since=since, episodes_of=episodes_of)
    for guid in filled.keys() - {row.show.guid for row in shows}:
        index.save_search(Kind.EPISODE, guid, items=(), gone=tuple(index.search_keys(Kind.EPISODE, guid)))
        index.settle_search(guid, None)


def fill_search_anew(index: Index) -> None:
    """Fill the search of a database to which all else was copied."""
    fill_search(index, episodes_of=lambda row: _by_guid(index, row), mine=lambda _: True, shows=index.shows())


def fill_documents(index: Index, kind: Kind, documents: Mapping[str, Sequence[SearchDocument]]) -> None:
    """Let what belongs to no show be found: all of a kind, by slug, in each of their languages.

    What says the same as before is not read again; what is not among them leaves. Raises StoreError, LeaseLost.
    """
    known = index.search_keys(kind, "")
    items = [SearchItem(guid=slug, key=_key(texts), documents=tuple(texts)) for slug, texts in documents.items()]
    changed = [item for item in items if known.get(item.guid) != item.key]
    gone = tuple(known.keys() - documents.keys())
    if changed or gone:
        index.save_search(kind, "", items=changed, gone=gone)


def _key(documents: Sequence[SearchDocument]) -> str:
    return hashlib.sha256(repr(documents).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _by_guid(index: Index, row: ShowRow) -> dict[str, EpisodeRow]:
    return {one.line.guid: one for one in index.episodes(row.show.guid)}


def _fill_show(index: Index, row: ShowRow, *, since: int, episodes_of: EpisodesOf) -> None:
    guid = row.show.guid
    rows = episodes_of(row)
    later = index.later_episodes(guid, since)
    if _is_credited_anew(index, row.show, rows, later=later):
        later = sorted(rows)
    known = index.search_keys(Kind.EPISODE, guid, later)
    changed = []
    for one in later:
        episode = rows[one].episode if one in rows else None
        key = search_key(episode, row.show)
        if known.get(one) != key:
            changed.append((one, key, episode))
    for batch in batches(changed, MOST_EPISODES):
        for items in _items(index, row.show, batch):
            index.save_search(Kind.EPISODE, guid, items=items)
    if index.has_search_gone(guid, there=len(rows)):
        there = set(index.later_episodes(guid, -1))
        gone = tuple(index.search_keys(Kind.EPISODE, guid).keys() - there)
        index.save_search(Kind.EPISODE, guid, items=(), gone=gone)
    index.settle_search(guid, row.revision)


def _is_credited_anew(index: Index, show: Show, rows: Mapping[str, EpisodeRow], *, later: Sequence[str]) -> bool:
    """Whether the show's people are others by now, whom no episode's own row tells of.

    The last episode that names nobody, and is as it was, is asked: it is saved last, so a run that was killed half-way
    is noticed.
    """
    changed = frozenset(later)
    for guid in sorted(rows, reverse=True):
        episode = rows[guid].episode
        if episode is not None and not episode.people and guid not in changed and may_be_found(episode):
            return index.search_keys(Kind.EPISODE, show.guid, [guid]).get(guid) != search_key(episode, show)
    return False


def _items(
    index: Index, show: Show, changed: Sequence[tuple[str, str, Episode | None]]
) -> Iterator[Sequence[SearchItem]]:
    """The items of changed episodes, as many at a time as a transaction takes."""
    items: list[SearchItem] = []
    characters = 0
    for some in batches(changed, TOGETHER):
        cues_of = _cues(index, [episode for _, _, episode in some if may_be_found(episode)])
        for guid, key, episode in some:
            documents = search_documents(episode, show, cues_of)
            items.append(SearchItem(guid=guid, key=key, documents=documents))
            characters += sum(len(one.text) for document in documents for one in document.passages)
            if characters > MOST_CHARACTERS:
                yield items
                items, characters = [], 0
    if items:
        yield items


def _cues(index: Index, episodes: Sequence[Episode | None]) -> Callable[[Transcript], tuple[Cue, ...]]:
    """What is said in the transcripts of some episodes, as the index read them; nothing of a file that has gone."""
    paths = sorted({one.path for episode in episodes if episode for one in episode.transcripts})
    rows = index.files_at(paths) if paths else {}

    def cues_of(transcript: Transcript) -> tuple[Cue, ...]:
        row = rows.get(transcript.path)
        return read_document(TranscriptFacts, row.document).cues if row is not None and row.document else ()

    return cues_of
