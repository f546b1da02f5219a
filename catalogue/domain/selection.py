"""Which of a show's episodes a feed holds: all, the latest, a page of the archive, a season, a tag, a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from catalogue.domain.episode import Episode


class SelectionKind(StrEnum):
    """The kinds of feeds that a show has; the first segment of their names."""

    WHOLE = "whole"
    LATEST = "latest"
    ARCHIVE = "archive"
    SEASON = "season"
    TAG = "tag"
    LANGUAGE = "language"


@dataclass(frozen=True, kw_only=True)
class Selection:
    """A feed of a show; `value` is the season, the tag's slug, the language in small letters, or the page."""

    kind: SelectionKind = SelectionKind.WHOLE
    value: str = ""

    @property
    def name(self) -> str:
        """What its address and the ledger call it, such as `season/2`."""
        return f"{self.kind}/{self.value}" if self.value else str(self.kind)

    @property
    def is_same_podcast(self) -> bool:
        """Whether it is a part of the show's own feed, and not a feed to be followed for itself."""
        return self.kind not in FILTERS

    def holds(self, episode: Episode) -> bool:
        """Whether an episode is of this season, tag or language; all are of the other kinds."""
        return self.value in FILTERS[self.kind](episode) if self.kind in FILTERS else True


WHOLE = Selection()
LATEST = Selection(kind=SelectionKind.LATEST)
# What of an episode decides in which feeds it stands.
FILTERS: dict[SelectionKind, Callable[[Episode], Iterable[str]]] = {
    SelectionKind.SEASON: lambda episode: (str(episode.season.number),) if episode.season else (),
    SelectionKind.TAG: lambda episode: tuple(tag.slug for tag in episode.tags),
    SelectionKind.LANGUAGE: lambda episode: (episode.language.lower(),),
}
# No two ways to write one: `season/02` is not `season/2`.
_NUMBER, _WORDS = "0|[1-9][0-9]{0,5}", "[a-z0-9]+(-[a-z0-9]+)*"
_VALUES = {
    SelectionKind.ARCHIVE: _NUMBER,
    SelectionKind.SEASON: _NUMBER,
    SelectionKind.TAG: _WORDS,
    SelectionKind.LANGUAGE: _WORDS,
}


def read_selection(name: str) -> Selection | None:
    """Read a feed's name; None where no feed could have it.

    >>> read_selection("season/2").value, read_selection("season/02"), read_selection("latest") == LATEST
    ('2', None, True)
    """
    if name == LATEST.name:
        return LATEST
    kind, _, value = name.partition("/")
    shape = next((shape for known, shape in _VALUES.items() if known == kind), None)
    if shape is None or not re.fullmatch(shape, value):
        return None
    return Selection(kind=SelectionKind(kind), value=value)


def archive_page(number: int) -> Selection:
    """The page of the archive with this number; the oldest is 1."""
    return Selection(kind=SelectionKind.ARCHIVE, value=str(number))


def filters_of(episode: Episode) -> Iterator[Selection]:
    """The feeds by season, tag and language in which an episode stands."""
    for kind, values in FILTERS.items():
        yield from (Selection(kind=kind, value=value) for value in values(episode))
