"""Whether all that changed since the last whole run are a few episodes' own files, and which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress, count
from operator import ne

from catalogue.actions.open import Place
from catalogue.actions.seen import Seen, Settled
from catalogue.actions.settled import Standing, surroundings
from catalogue.library.episode_files import EpisodeFiles, with_files
from catalogue.library.folder import ShowFiles
from catalogue.ports import LibraryFile
from catalogue.store.index import LastRun, ShowRow

# With more than these, looking at each costs as much as looking at all.
MOST_FILES = 50


@dataclass(frozen=True, kw_only=True)
class Change:
    """All that changed since the `last` whole run: `files`, those of the episodes `units` of one show."""

    last: LastRun
    seen: Seen
    """The library as it is now."""
    files: tuple[LibraryFile, ...]
    row: ShowRow
    show: ShowFiles
    units: tuple[EpisodeFiles, ...]

    @property
    def few(self) -> ShowFiles:
        """The show as if it had those episodes alone; what is said of its other files was said before."""
        return replace(self.show, episodes=self.units, problems=())


def find_change(place: Place, listed: tuple[LibraryFile, ...], standing: Standing) -> Change | None:
    """What was written again since the last whole run; None where anything else may have changed."""
    settled, last, rows = place.remembered.settled, standing.last, standing.rows
    if settled is None or last is None or settled.digest != last.digest or len(settled.seen.files) != len(listed):
        return None
    lines = place.remembered.file_lines(listed)
    numbers = list(compress(count(), map(ne, settled.seen.lines, lines)))
    if len(numbers) > MOST_FILES or any(settled.seen.files[one].path != listed[one].path for one in numbers):
        return None
    if settled.around != surroundings(place, rows):
        return None
    now = replace(settled.seen, files=listed, lines=lines)
    return _change_of(settled, last, now, files=tuple(listed[one] for one in numbers), rows=rows)


def _change_of(
    settled: Settled,
    last: LastRun,
    seen: Seen,
    *,
    files: tuple[LibraryFile, ...],
    rows: Sequence[ShowRow],
) -> Change | None:
    places = {settled.seen.place_of(file.path) for file in files}
    numbers = sorted(place for place in places if place is not None)
    if None in places or len({show for show, _ in numbers}) != 1:
        return None
    number = numbers[0][0]
    before = settled.seen.shows[number]
    row = next((row for row in rows if row.show.path == before.path), None)
    if row is None or before.ledger is None:
        return None
    now, episodes = {file.path: file for file in files}, list(before.episodes)
    for _, unit in numbers:
        episodes[unit] = with_files(episodes[unit], now)
    show = replace(before, episodes=tuple(episodes))
    shows = tuple(show if one is before else one for one in settled.seen.shows)
    return Change(
        last=last,
        seen=replace(seen, shows=shows),
        files=files,
        row=row,
        show=show,
        units=tuple(episodes[unit] for _, unit in numbers),
    )
