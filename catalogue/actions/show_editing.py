"""A show held for a deed: leased, its `show.toml` at hand, and what was written indexed in one go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from catalogue.actions.facts import read_whole
from catalogue.actions.index import Report, Wishes, index_leased
from catalogue.actions.leases import Lease, open_lease
from catalogue.actions.named import find_show_row
from catalogue.actions.open import Place
from catalogue.actions.planning import SHOW_FILE_LIMIT_BYTES
from catalogue.domain.show import Show
from catalogue.errors import NotPublishable, ShowFileError
from catalogue.library.folder import SHOW_NAME
from catalogue.library.show_edits import Changes, edit_show_file
from catalogue.store.index import ShowRow


@dataclass(frozen=True, kw_only=True)
class HeldShow:
    """A show that nobody else writes meanwhile."""

    place: Place
    wishes: Wishes
    lease: Lease
    row: ShowRow

    @property
    def show_file(self) -> str:
        """The path of its `show.toml`."""
        return f"{self.row.show.path}/{SHOW_NAME}".lstrip("/")

    def edit(self, changes: Changes) -> None:
        """Change keys of `show.toml`, and nothing else in it; raises ContentErrors, ContentError, StaleEdit."""
        storage, path = self.place.storage, self.show_file
        file = storage.stat(path)
        if file is None:
            raise ShowFileError("no-show-file", "There is no show.toml here. Put it back.", path=path)
        content = read_whole(storage, path, limit_bytes=SHOW_FILE_LIMIT_BYTES)
        edited = edit_show_file(content, changes, path)
        if edited != content:
            storage.replace(path, edited, expected=file.version)

    def index(self) -> tuple[Report, Show]:
        """Index what was written; gives the show as the index has it now, by its folder."""
        report = index_leased(self.place, self.wishes, self.lease)
        return report, find_show_row(self.place, self.row.show.path or ".").show

    def not_indexed(self, report: Report) -> NotPublishable:
        """What to say where the library has it now, and the index could not follow."""
        return NotPublishable(
            "not-indexed",
            "It is written in {path}, but subscribers see what they saw before: {why}",
            path=self.show_file,
            why=report.reason(),
        )


@contextmanager
def hold_show(place: Place, name: str | None, wishes: Wishes | None = None) -> Iterator[HeldShow]:
    """Hold a show, named by slug, folder or GUID (None: the only one), for the length of a `with` block.

    Whoever is indexing it is waited for. Raises NotFound, and Conflict where that takes too long.
    """
    wishes = wishes or Wishes()
    path = find_show_row(place, name).show.path
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        lease.insist((path,))
        row = find_show_row(place, path or ".")
        yield HeldShow(place=replace(place, index=lease.fenced_index()), wishes=wishes, lease=lease, row=row)
