"""Whose sound is whose, over a whole show: so that one episode's new sound is known for another's without a search."""

from __future__ import annotations

from collections.abc import Iterable

from catalogue.domain.identity import LedgerEpisode
from catalogue.domain.sightings import all_marks, line_marks


class Marks:
    """Everything that a show's episodes are or were known by; grows with their ledger, and forgets nothing."""

    def __init__(self, lines: Iterable[LedgerEpisode]) -> None:
        self._owners: dict[str, frozenset[str]] = {}
        for line in lines:
            self.add(line)

    def add(self, line: LedgerEpisode) -> None:
        """Take in what an episode is known by."""
        for mark in all_marks(line):
            owners = self._owners.get(mark)
            self._owners[mark] = frozenset((line.guid,)) if owners is None else owners | {line.guid}

    def are_others(self, lines: Iterable[LedgerEpisode]) -> bool:
        """Whether any of these episodes has a sound that another has, or had."""
        return any(self._owners.get(mark, frozenset()) - {line.guid} for line in lines for mark in line_marks(line))
