"""What producers see of the catalogue: everything that is indexed, as of now.

Visitors are shown a state that may be a second old. Who has just saved something must see it, so that here the index
is asked each time for its revision; what is read of it is only what changed, and all else is shared with the site.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from catalogue.actions.shelf import Shelves, ShowShelf, read_shelves
from catalogue.domain.plan import Problem
from catalogue.errors import NotFound
from catalogue.store.index import EpisodeRow, Index


class Worktable:
    """The newest state of the index. Threads may share one; every method may raise StoreError."""

    def __init__(self, index: Index, at_hand: Callable[[], object | None]) -> None:
        """`at_hand` gives the state that the site shows, if it has one, to go on from."""
        self._index, self._at_hand = index, at_hand
        self._lock = threading.Lock()
        self._shelves: Shelves | None = None

    def now(self) -> Shelves:
        """The whole catalogue as it is indexed."""
        with self._lock:
            known, shown = self._shelves, self._at_hand()
            if isinstance(shown, Shelves) and (known is None or shown.revision >= known.revision):
                known = shown
            if known is None or self._index.revision() != known.revision:
                known = read_shelves(self._index, known)
            self._shelves = known
            return known

    def shelf(self, slug: str) -> ShowShelf:
        """A show with all its episodes, drafts and withdrawn ones too; raises Moved, NotFound."""
        return self.now().show(slug)

    def episode(self, show: str, slug: str) -> tuple[ShowShelf, EpisodeRow]:
        """An episode of a show, by its slug or an earlier one; raises Moved for the show's, NotFound."""
        shelf = self.shelf(show)
        row = shelf.rows.get(slug)
        if row is None:
            raise NotFound("no-episode-here", "There is no episode at this address.")
        return shelf, row

    def problems(self) -> tuple[Problem, ...]:
        """What the last index found worth saying, about all shows."""
        return self._index.problems()
