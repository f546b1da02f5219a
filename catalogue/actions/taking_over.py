"""Write other identities into a show's ledger, where notes state them into these too, and into the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from catalogue.actions.facts import read_whole
from catalogue.actions.index import list_files
from catalogue.actions.reading import NOTE_LIMIT_BYTES
from catalogue.actions.remembered import LEDGER_LIMIT_BYTES
from catalogue.actions.show_editing import HeldShow
from catalogue.domain.identity import Ledger, LedgerEpisode
from catalogue.errors import NotFound
from catalogue.library.folder import EpisodeFiles, find_shows
from catalogue.library.ledger import LEDGER_NAME, read_ledger, render_ledger
from catalogue.library.notes.edits import edit_note
from catalogue.library.notes.front_matter import read_note
from catalogue.store.index import EpisodeRow

_KEY = "guid"
# GUID so far → GUID from now on, and the moment of publication where that changes.
Identities = Mapping[str, tuple[str, datetime | None]]
Change = Callable[[LedgerEpisode], LedgerEpisode]


def write_identities(held: HeldShow, guid: str, changes: Identities) -> None:
    """Give the show and some of its episodes other GUIDs: in the ledger, then in notes, then in the index.

    Raises NotFound where there is no ledger, ContentError, ContentErrors, StaleEdit, StoreError.
    """
    change = partial(_changed, changes=changes, is_redated=_is_redated(changes))
    ledger = _write_ledger(held, guid, change)
    _write_notes(held, changes, ledger)
    _write_index(held, guid, change)


def _write_ledger(held: HeldShow, guid: str, change: Change) -> Ledger:
    storage, path = held.place.storage, f"{held.row.show.path}/{LEDGER_NAME}".lstrip("/")
    with storage.locked(held.row.show.path):
        file = storage.stat(path)
        if file is None:
            raise NotFound("no-ledger", "{path} is not there. Run castalogue index first.", path=path)
        ledger = read_ledger(read_whole(storage, path, limit_bytes=LEDGER_LIMIT_BYTES), path)
        lines = tuple(map(change, ledger.episodes))
        taken_over = Ledger(show=replace(ledger.show, guid=guid), episodes=lines)
        held.lease.check()
        storage.replace(path, render_ledger(taken_over), expected=file.version)
    return taken_over


def _changed(line: LedgerEpisode, *, changes: Identities, is_redated: bool) -> LedgerEpisode:
    guid, moment = changes.get(line.guid, (line.guid, None))
    is_kept = moment is None or line.published_at is None
    page = None if is_redated else line.page
    return replace(line, guid=guid, published_at=line.published_at if is_kept else moment, page=page)


def _is_redated(changes: Identities) -> bool:
    """Whether episodes come into another order: their archive, which nobody who moves in has read, begins anew."""
    return any(moment is not None for _, moment in changes.values())


def _write_notes(held: HeldShow, changes: Identities, ledger: Ledger) -> None:
    """Where a note states a GUID, it must be the new one: it decides before the ledger does."""
    new = {guid: old for old, (guid, _) in changes.items() if guid != old}
    paths = {line.path: line.guid for line in ledger.episodes if line.guid in new}
    shows = (one for one in find_shows(list_files(held.place.storage)) if one.path == held.row.show.path)
    for files in (unit for show in shows for unit in show.episodes if unit.path in paths):
        _write_note(held, files, paths[files.path])


def _write_note(held: HeldShow, files: EpisodeFiles, guid: str) -> None:
    if files.note is None:
        return
    path = files.note.path
    content = read_whole(held.place.storage, path, limit_bytes=NOTE_LIMIT_BYTES)
    if _KEY in read_note(content, path).fields:
        held.place.storage.replace(path, edit_note(content, {_KEY: guid}, path), expected=files.note.version)


def _write_index(held: HeldShow, guid: str, change: Change) -> None:
    """Let the index know them under the new identities in one go: a site in service never shows an empty feed."""
    index, row = held.place.index, held.row
    rows = [_changed_row(one, change) for one in index.episodes(row.show.guid)]
    changed = replace(row, show=replace(row.show, guid=guid), line=replace(row.line, guid=guid), version="")
    index.replace_show(row.show.guid, changed, {one.line.guid: one for one in rows})


def _changed_row(row: EpisodeRow, change: Change) -> EpisodeRow:
    line = change(row.line)
    if row.episode is None or line == row.line:
        return replace(row, line=line, version="")
    moment = row.episode.published_at if line.published_at is None else line.published_at
    return EpisodeRow(episode=replace(row.episode, guid=line.guid, published_at=moment), line=line, version="")
