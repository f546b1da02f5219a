"""Throw a draft away that was never out, and have it back: its files move aside, nothing is deleted.

They lie in a hidden folder of the show from then on. The ledger says so, and frees the slug: nobody ever had its
address. What may have been out once is not thrown away: its addresses answer for ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.actions.editing import Held, hold_episode
from catalogue.actions.index import Report, Wishes, list_files
from catalogue.actions.ledger_word import write_word
from catalogue.actions.named import exact_name, find_row
from catalogue.actions.open import Place
from catalogue.actions.previews import end_all_previews
from catalogue.actions.renaming import names_in, own_paths
from catalogue.domain.episode import Episode
from catalogue.domain.identity import LedgerEpisode, discarded_slug
from catalogue.domain.show import Show
from catalogue.errors import Conflict, ContentError, NotFound
from catalogue.library.folder import find_shows
from catalogue.library.moves import Moves, begin_moves, finish_moves
from catalogue.library.new_names import find_twin
from catalogue.ports import LibraryFile
from catalogue.store.index import EpisodeRow

BIN = ".castalogue-discarded"


@dataclass(frozen=True, kw_only=True)
class Discarded:
    """A draft that was thrown away: what deeds call it now, where its files lay and lie, what indexing gave."""

    slug: str
    name: str
    paths: Mapping[str, str]
    report: Report


@dataclass(frozen=True, kw_only=True)
class BroughtBack:
    """A draft that is there again, with its files' paths before and now."""

    episode: Episode
    paths: Mapping[str, str]
    report: Report


def check_never_out(place: Place, show: Show, row: EpisodeRow) -> None:
    """Raise Conflict for an episode that is no draft, or may have been out, as far as anybody knows here."""
    if row.episode is None or not row.episode.draft:
        raise Conflict(
            "no-draft-to-discard",
            "“{slug}” is no draft. Take it back to draft with unpublish, or withdraw it for good.",
            slug=row.line.slug,
        )
    if not row.line.draft and place.index.author(show.guid, row.line.guid) is None:
        raise Conflict(
            "maybe-out",
            "Nobody knows here whether “{slug}” was ever out, so its address stays its own. It can be withdrawn; and a "
            "draft whose files you take out of the library is in nobody's way.",
            slug=row.line.slug,
        )


def can_discard(place: Place, show: Show, row: EpisodeRow) -> bool:
    """Whether an episode is a draft that was never out."""
    try:
        check_never_out(place, show, row)
    except Conflict:
        return False
    return True


def planned_moves(place: Place, name: str) -> tuple[str, ...]:
    """What would be moved, by its paths today; raises NotFound, Conflict as `discard_episode`."""
    with hold_episode(place, name) as held:
        check_never_out(place, held.show, held.row)
        return tuple(_paths(held, ""))


def discard_episode(place: Place, name: str, *, wishes: Wishes | None = None) -> Discarded:
    """Move a draft's files aside and forget its address; guests' links to it end.

    Raises NotFound, Conflict where it is no draft or may have been out, LedgerError where no ledger knows it,
    ContentError where the disk refuses (everything is as it was then), NotPublishable where the index cannot follow.
    """
    with hold_episode(place, name, wishes) as held:
        check_never_out(place, held.show, held.row)
        line, now = held.row.line, held.wishes.clock().replace(microsecond=0)
        paths = _paths(held, _folder(held.show, line, now))
        write_word(held, lambda one: _thrown(one, now))
        # Killed before this is written, the files say with the next index that nothing was thrown away.
        try:
            begin_moves(place.storage, held.show.path, Moves(paths=paths))
            finish_moves(place.storage, held.show.path)
        except ContentError:
            held.index()
            raise
        report, row = held.index()
        if row.line.discarded_at is None:
            raise held.not_indexed(report)
    end_all_previews(place, held.show.guid, line.guid, now=now)
    return Discarded(slug=row.line.slug, name=line.path, paths=paths, report=report)


def bring_back_discarded(place: Place, name: str, *, wishes: Wishes | None = None) -> BroughtBack:
    """Move the files of a draft that was thrown away to where they lay, as the episode that it was.

    Raises NotFound where it was not thrown away or its files are gone, Conflict where something lies there now,
    ContentError where the disk refuses, NotPublishable where the index cannot follow.
    """
    with hold_episode(place, name, wishes) as held:
        line = held.row.line
        if line.discarded_at is None:
            raise NotFound("not-discarded", "“{slug}” was not thrown away.", slug=line.slug)
        folder = _folder(held.show, line, line.discarded_at)
        paths = _back(held, folder)
        begin_moves(place.storage, held.show.path, Moves(paths=paths, claims={held.path: line.guid}))
        finish_moves(place.storage, held.show.path)
        report, row = held.index()
        if row.episode is None:
            raise held.not_indexed(report)
        for emptied in (folder, _bin(held.show)):  # takes a folder away that is empty, and no file
            place.storage.remove(f"{emptied}/{BIN}")
    return BroughtBack(episode=row.episode, paths=paths, report=report)


def files_aside(place: Place, show: Show) -> tuple[str, ...]:
    """Paths of all files of a show's drafts that were thrown away."""
    root = place.storage.local_path(_bin(show))
    found = sorted(path for path in root.rglob("*") if path.is_file())
    return tuple(f"{_bin(show)}/{path.relative_to(root).as_posix()}" for path in found)


def discarded_row(place: Place, name: str) -> tuple[Show, EpisodeRow]:
    """A draft that was thrown away, by GUID, slug of today, or where its files lay; raises NotFound, Conflict."""
    found = [
        (row.show, one)
        for row in place.index.shows()
        for one in place.index.episodes(row.show.guid)
        if one.line.discarded_at is not None and name in _names(row.show, one.line)
    ]
    if len(found) == 1:
        return found[0]
    show, row = find_row(place, name if not found else exact_name(found[-1][0], found[-1][1].line.guid))
    return show.show, row


def _names(show: Show, line: LedgerEpisode) -> tuple[str, ...]:
    path = f"{show.path}/{line.path}".lstrip("/")
    return (line.guid, line.slug, line.path, path, line.path.rpartition("/")[2])


def _thrown(line: LedgerEpisode, now: datetime) -> LedgerEpisode:
    return replace(line, slug=discarded_slug(line.guid), discarded_at=now, draft=True)


def _paths(held: Held, folder: str) -> dict[str, str]:
    """Old and new path of what is moved aside; nothing where the files are gone already."""
    if held.files is None:
        return {}
    listed = list_files(held.place.storage)
    _check_alone(held, listed)
    own = own_paths(held.files, listed, held.path)
    return {path: f"{folder}/{path.rpartition('/')[2]}" for path in own}


def _check_alone(held: Held, listed: tuple[LibraryFile, ...]) -> None:
    """Raise Conflict where the folder of a draft holds other episodes, or a show: they would go with it."""
    if held.files is None or not held.files.is_folder:
        return
    shows = find_shows(listed)
    paths = [show.path for show in shows]
    paths += [f"{show.path}/{one.path}".lstrip("/") for show in shows for one in show.episodes]
    inside = next((path for path in paths if path.startswith(f"{held.path}/")), None)
    if inside is not None:
        raise Conflict(
            "holds-another",
            "{path} lies in the folder of this draft and is no part of it. Move it out of there first.",
            path=inside,
        )


def _back(held: Held, folder: str) -> dict[str, str]:
    """Path today and path before of what lies aside; raises NotFound, Conflict."""
    home, _, own = held.path.rpartition("/")
    aside = held.place.storage.local_path(folder)
    names = sorted(one.name for one in aside.iterdir()) if aside.is_dir() else []
    if not names:
        raise NotFound(
            "discarded-gone", "Its files are not in {folder} any more: nothing can be brought back.", folder=folder
        )
    paths = {f"{folder}/{name}": f"{home}/{name}".lstrip("/") for name in names}
    taken = next((to for to in paths.values() if held.place.storage.local_path(to).exists()), None)
    if taken is None and find_twin(own, names_in(list_files(held.place.storage), home)) is not None:
        taken = held.path
    if taken is not None:
        raise Conflict(
            "place-taken", "{path} is there again: give it another name first, then bring this one back.", path=taken
        )
    return paths


def _folder(show: Show, line: LedgerEpisode, now: datetime) -> str:
    """Where a draft's files lie aside: a folder of its own, that says when."""
    mark = hashlib.sha256(line.guid.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{_bin(show)}/{now:%Y-%m-%d %H.%M.%S} {mark}"


def _bin(show: Show) -> str:
    return f"{show.path}/{BIN}".lstrip("/")
