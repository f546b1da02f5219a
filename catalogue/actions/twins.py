"""Two folders with one identity: a show that somebody copied, its ledger with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from catalogue.actions.facts import read_whole
from catalogue.actions.open import Place
from catalogue.actions.planning import LEDGER_LIMIT_BYTES
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import ContentError
from catalogue.library.folder import ShowFiles
from catalogue.library.ledger import read_ledger
from catalogue.store.index import ShowRow


def copied_shows(
    place: Place, shows: Sequence[ShowFiles], rows: Mapping[str, ShowRow], problems: list[Problem]
) -> frozenset[str]:
    """Folders whose ledger is another show's too: the one the index knows goes on, each other is named and waits."""
    folders: dict[str, list[str]] = {}
    for files in shows:
        if (guid := ledger_guid(place, files)) is not None:
            folders.setdefault(guid, []).append(files.path)
    copies: set[str] = set()
    for guid, paths in folders.items():
        owner = next((path for path in paths if path in rows and rows[path].show.guid == guid), None)
        copies.update(path for path in paths if len(paths) > 1 and path != owner)
        problems += [_copy_problem(path, paths, owner) for path in paths if path in copies]
    return frozenset(copies)


def _copy_problem(path: str, paths: Sequence[str], owner: str | None) -> Problem:
    twin = owner if owner is not None else next(one for one in paths if one != path)
    mend = "For a show of its own, delete the ledger.jsonl in this folder"
    mend += "." if owner is not None else ", if this is the copy; the other one keeps its own."
    message = f"It has the identity of the show in {twin or 'the library itself'}, so it waits. {mend}"
    return Problem(severity=Severity.ERROR, code="show-guid-taken", path=path, message=message)


def ledger_guid(place: Place, files: ShowFiles) -> str | None:
    """The show's GUID as its ledger has it; None where there is none, or none that can be read (told later)."""
    if files.ledger is None:
        return None
    try:
        content = read_whole(place.storage, files.ledger.path, limit_bytes=LEDGER_LIMIT_BYTES)
        return read_ledger(content, files.ledger.path).show.guid
    except ContentError:
        return None
