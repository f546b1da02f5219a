"""A show's episodes as its producers list them: how each stands, what is wrong with it, narrowed by words and status.

Ten thousand of them are looked through for each list: nothing here opens a file, reads a document or renders.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from catalogue.actions.shelf import ShowShelf
from catalogue.domain.episode import Episode
from catalogue.domain.episode_status import Status, status_of
from catalogue.domain.identity import LedgerEpisode
from catalogue.domain.plan import Problem, Severity
from catalogue.store.index import EpisodeRow

PAGE_SIZE = 50
_GONE = Status.DISCARDED


class Listed(NamedTuple):
    """An episode of the list, and how many errors and warnings the last index had about its files."""

    row: EpisodeRow
    status: Status
    faults: int

    @property
    def episode(self) -> Episode | None:
        """None where nothing but the ledger knows it."""
        return self.row.episode

    @property
    def title(self) -> str:
        """Its title; where only the ledger knows it, the name it has in addresses, or that of its files."""
        return self.row.episode.title if self.row.episode else name_of_line(self.row.line)


@dataclass(frozen=True, kw_only=True)
class EpisodeList:
    """A page of a list: `count` episodes in all of its `pages`, and how many there are of each status."""

    episodes: tuple[Listed, ...]
    count: int
    number: int
    pages: int
    by_status: Mapping[Status, int]
    total: int


def list_episodes(
    shelf: ShowShelf,
    problems: Sequence[Problem],
    now: datetime,
    *,
    status: Status | None = None,
    words: str = "",
    number: int = 1,
) -> EpisodeList:
    """List a show's episodes at `now`: those without a date first, then the newest.

    `words` are all to be in title, number or slug, whatever their case. A page that is not there is the last one.
    What was thrown away is in the list of that status alone.
    """
    standing = standing_of(shelf, problems, now)
    wanted = _folded(words).split()
    shown = [one for one in standing if one.status is status or (status is None and one.status is not _GONE)]
    found = [one for one in shown if not wanted or _has_words(one, wanted)]
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    return EpisodeList(
        episodes=tuple(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]),
        count=len(found),
        number=number,
        pages=pages,
        by_status=Counter(one.status for one in standing),
        total=sum(one.status is not _GONE for one in standing),
    )


def standing_of(shelf: ShowShelf, problems: Iterable[Problem], now: datetime) -> list[Listed]:
    """Say how each episode of a show stands at `now` (aware UTC), in the order of the list."""
    faults, held = _by_place(problems)
    return [
        Listed(row, status_of(row.episode, now, line=row.line, is_held=place in held), n)
        for row, place in _rows(shelf)
        for n in (faults.get(place, 0),)
    ]


def name_of_line(line: LedgerEpisode) -> str:
    """What to call an episode that only the ledger knows: as its address, or as its files where it has none."""
    return line.slug if line.discarded_at is None else line.path.rpartition("/")[2]


def problems_of_episode(problems: Iterable[Problem], shelf: ShowShelf, row: EpisodeRow) -> tuple[Problem, ...]:
    """What the last index found worth saying about the files of one episode."""
    place = _place(shelf, row)
    return tuple(one for one in problems if place in _places(one.path))


def status_of_row(shelf: ShowShelf, row: EpisodeRow, problems: Iterable[Problem], now: datetime) -> Status:
    """Say how one episode stands at `now`."""
    is_held = any(one.code.startswith("held-") for one in problems_of_episode(problems, shelf, row))
    return status_of(row.episode, now, line=row.line, is_held=is_held)


def _rows(shelf: ShowShelf) -> Iterator[tuple[EpisodeRow, str]]:
    """All episodes with their places in the library, those that only the ledger knows last."""
    by_guid, base = shelf.by_guid, f"{shelf.show.path}/" if shelf.show.path else ""
    for episode in shelf.episodes:
        row = by_guid[episode.guid]
        yield row, base + row.line.path
    if len(by_guid) != len(shelf.episodes):
        for row in by_guid.values():
            if row.episode is None:
                yield row, base + row.line.path


def _place(shelf: ShowShelf, row: EpisodeRow) -> str:
    return f"{shelf.show.path}/{row.line.path}".lstrip("/")


def _by_place(problems: Iterable[Problem]) -> tuple[Counter[str], set[str]]:
    """How many faults there are in each folder or stem, and which of these are held."""
    faults: Counter[str] = Counter()
    held: set[str] = set()
    for problem in problems:
        places = _places(problem.path)
        if problem.severity is not Severity.NOTICE:
            faults.update(places)
        if problem.code.startswith("held-"):
            held.update(places)
    return faults, held


def _places(path: str) -> tuple[str, ...]:
    """The folders and stems that a file may belong to, spelt as the ledger spells them.

    >>> _places("show/03 One.es.md")
    ('show/03 One.es.md', 'show/03 One.es', 'show/03 One', 'show')
    """
    path = unicodedata.normalize("NFC", path)
    found = [path]
    folder, _, name = path.rpartition("/")
    while "." in name[1:]:
        name = name.rpartition(".")[0]
        found.append(f"{folder}/{name}".lstrip("/"))
    while folder:
        found.append(folder)
        folder = folder.rpartition("/")[0]
    return tuple(found)


def _has_words(one: Listed, wanted: Sequence[str]) -> bool:
    episode = one.row.episode
    number = "" if episode is None or episode.number is None else f" {episode.number}"
    text = _folded(f"{one.title}{number} {one.row.line.slug}")
    return all(word in text for word in wanted)


@lru_cache(maxsize=32_768)
def _folded(text: str) -> str:
    """Letters without their accents, in one case."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
