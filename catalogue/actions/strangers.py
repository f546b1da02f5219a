"""Shows that nothing says the identity of, while a known one is away: each may be that one, renamed.

To index it would give a second feed, with new GUIDs, to what has subscribers already. So it waits for somebody's word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalogue.actions.facts import FactsBook, read_whole
from catalogue.actions.open import Place
from catalogue.actions.planning import SHOW_FILE_LIMIT_BYTES
from catalogue.domain.plan import Problem, Severity
from catalogue.domain.sightings import line_marks
from catalogue.errors import CatalogueError
from catalogue.library.folder import ShowFiles
from catalogue.library.show_file import read_show_file
from catalogue.store.index import ShowRow

HELD_SHOW = "held-show"
_HELD = (
    "This show is new and has no ledger.jsonl, while that in {away} is not there: it may be that one, renamed. Until "
    'you say, it is in no feed. Put its ledger.jsonl back, or say which it is: castalogue claim "{path}" "{first}", '
    'or castalogue claim "{path}" --as-new.'
)


def show_homes(
    place: Place, found: Iterable[ShowFiles], rows: Sequence[ShowRow], claims: Mapping[str, str | None]
) -> dict[str, str | None]:
    """The folders of all shows with their GUIDs: their ledger's, else a claimed one.

    Else what `show.toml` states, where a known show has that; None where none of them says whose folder it is.
    """
    known = {row.show.guid for row in rows}
    return {
        show.path: _ledger_guid(place, show) or claims.get(show.path) or _stated_guid(place, show, known)
        for show in found
    }


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """What strangers are judged by. `is_doubtful`: a show is away, and nobody has said that it is gone."""

    place: Place
    book: FactsBook
    homes: Mapping[str, str | None]
    rows: Sequence[ShowRow]
    claims: Mapping[str, str | None]
    is_doubtful: bool


def held_strangers(shows: Iterable[ShowFiles], doubts: Doubts, problems: list[Problem]) -> frozenset[str]:
    """Folders of shows that wait until somebody says who they are, each named in `problems`; a claim as new is a word.

    While a show is in doubt, each stranger waits; beside one that was said to be gone, whoever has its sound.
    """
    homes, away = doubts.homes, [row for row in doubts.rows if is_nowhere(row, doubts.homes)]
    settled = {row.show.path for row in doubts.rows if is_at_home(row, homes)} | doubts.claims.keys()
    new = (show for show in shows if show.ledger is None and homes[show.path] is None and show.path not in settled)
    held: set[str] = set()
    for show in new if away else ():
        likely = [row for row in away if _has_sound_of(show, row, doubts)]
        if doubts.is_doubtful or likely:
            held.add(show.path)
            problems.append(_problem(show.path or ".", [row.show.path or "." for row in likely or away]))
    return frozenset(held)


def is_at_home(row: ShowRow, homes: Mapping[str, str | None]) -> bool:
    """Whether a show is what lies in its old folder without a ledger: it was found nowhere else."""
    return homes.get(row.show.path, "") is None and row.show.guid not in homes.values()


def is_nowhere(row: ShowRow, homes: Mapping[str, str | None]) -> bool:
    """Whether a show lies neither in its folder (where a ledger may say that this is another) nor in another."""
    return homes.get(row.show.path, "") is not None and row.show.guid not in homes.values()


def _has_sound_of(show: ShowFiles, row: ShowRow, doubts: Doubts) -> bool:
    """Whether any file of a show has the sound of a known one."""
    known = {mark for one in doubts.place.index.episodes(row.show.guid) for mark in line_marks(one.line)}
    facts = (doubts.book.audio(file.path) for files in show.episodes for file in files.audio)
    return any(one is not None and not known.isdisjoint((one.sha256, one.essence)) for one in facts)


def _ledger_guid(place: Place, files: ShowFiles) -> str | None:
    """The show's GUID as its ledger has it; None where there is none, or none that can be read (told later)."""
    if files.ledger is None:
        return None
    try:
        return place.remembered.read_ledger(place.storage, files.ledger).show.guid
    except CatalogueError:
        return None


def _stated_guid(place: Place, files: ShowFiles, known: Iterable[str]) -> str | None:
    """The GUID that the `show.toml` of a show without a ledger states, if it is a known one."""
    if files.ledger is not None or files.show_file is None:
        return None
    path = files.show_file.path
    try:
        values = read_show_file(read_whole(place.storage, path, limit_bytes=SHOW_FILE_LIMIT_BYTES), path)
    except CatalogueError:  # told when the show is planned
        return None
    guid = str(values.get("guid"))
    return guid if guid in known else None


def _problem(path: str, away: Sequence[str]) -> Problem:
    message = _HELD.format(path=path, away=", ".join(away), first=away[0])
    return Problem(severity=Severity.ERROR, code=HELD_SHOW, path=path, message=message)
