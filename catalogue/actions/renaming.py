"""Give an episode's folder or files another name: all of them or none, and it stays the same episode.

GUID, slug and every address stay as they are, for ever: only the name in the library is another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalogue.actions.editing import Held, hold_episode
from catalogue.actions.index import Report, Wishes, list_files
from catalogue.actions.open import Place
from catalogue.domain.episode import Episode
from catalogue.errors import Conflict, NotFound
from catalogue.library.folder import RESERVED_FOLDERS, EpisodeFiles, find_shows
from catalogue.library.moves import Moves, begin_moves, finish_moves
from catalogue.library.new_names import check_new_name, find_twin
from catalogue.ports import LibraryFile


@dataclass(frozen=True, kw_only=True)
class Renamed:
    """An episode under its new name; `paths` are its files' old and new ones, or those of its folder."""

    episode: Episode | None
    path: str
    paths: Mapping[str, str]
    report: Report


def rename_episode(place: Place, name: str, new: str, *, wishes: Wishes | None = None) -> Renamed:
    """Rename an episode's folder, or all files that share its stem, and index.

    Raises NotFound, Conflict for a name that can be none or is taken, or a withdrawn episode; ContentError where the
    disk refuses (everything has its old name then), NotPublishable where the index cannot follow.
    """
    wanted = check_new_name(new)
    with hold_episode(place, name, wishes) as held:
        if held.files is None:
            raise NotFound("no-files", "The files of “{slug}” are not in the library.", slug=held.row.line.slug)
        folder, _, old = held.path.rpartition("/")
        to = f"{folder}/{wanted}".lstrip("/")
        if unicodedata.normalize("NFC", old) == wanted:
            raise Conflict("same-name", "“{slug}” has this name.", slug=held.row.line.slug)
        files = list_files(place.storage)
        _check_free(held, files, folder=folder, wanted=wanted)
        paths = dict(_paths(held.files, files, held.path, wanted=wanted))
        begin_moves(place.storage, held.show.path, Moves(paths=paths, claims={to: held.row.line.guid}))
        finish_moves(place.storage, held.show.path)
        report, row = held.index()
    inside = f"{held.show.path}/" if held.show.path else ""
    if row.line.path != to.removeprefix(inside):
        raise held.not_indexed(report)
    return Renamed(episode=row.episode, path=to, paths=paths, report=report)


def own_paths(files: EpisodeFiles, listed: tuple[LibraryFile, ...], path: str) -> Iterator[str]:
    """What is moved with an episode at `path`, as the disk spells it: its folder, or each file of its stem."""
    folder = files.files[0].folder
    if files.is_folder:
        yield folder
        return
    yield from (file.path for file in _of_stem(listed, folder, path.rpartition("/")[2]))


def _paths(
    files: EpisodeFiles, listed: tuple[LibraryFile, ...], path: str, *, wanted: str
) -> Iterator[tuple[str, str]]:
    """Old and new path of what is to be moved."""
    stem = path.rpartition("/")[2]
    for old in own_paths(files, listed, path):
        folder, _, name = old.rpartition("/")
        ending = "" if files.is_folder else unicodedata.normalize("NFC", name)[len(stem) :]
        yield old, f"{folder}/{wanted}{ending}".lstrip("/")


def _of_stem(listed: tuple[LibraryFile, ...], folder: str, stem: str) -> Iterator[LibraryFile]:
    """The files of one stem, those too that are of no use; not those of an episode whose own stem goes on behind it."""
    named = [(file, unicodedata.normalize("NFC", file.name)) for file in listed if file.folder == folder]
    longer = {
        unit.name
        for show in find_shows([file for file, _ in named])
        for unit in show.episodes
        if unit.name.startswith(f"{stem}.")
    }
    for file, name in named:
        if name.startswith(f"{stem}.") and not any(name.startswith(f"{other}.") for other in longer):
            yield file


def _check_free(held: Held, listed: tuple[LibraryFile, ...], *, folder: str, wanted: str) -> None:
    """Raise Conflict where the name is taken, be it in other capitals, or has a meaning of its own."""
    if not folder and find_twin(wanted, RESERVED_FOLDERS) is not None:
        raise Conflict("reserved-name", "“{name}” is a folder with a meaning of its own. Choose another.", name=wanted)
    inside = f"{folder}/" if folder else ""
    below = {file.path.removeprefix(inside).partition("/")[0] for file in listed if file.path.startswith(inside)}
    twin = find_twin(wanted, (names_in(listed, folder) | below) - {held.path.rpartition("/")[2]})
    if twin is not None:
        raise Conflict("name-taken", "There is “{name}” already beside it. Choose another name.", name=twin)


def names_in(listed: tuple[LibraryFile, ...], folder: str) -> set[str]:
    """The names of the episodes that lie in a folder itself."""
    return {unit.name for show in find_shows(listed) for unit in show.episodes if _is_in(unit, show.path, folder)}


def _is_in(unit: EpisodeFiles, show_path: str, folder: str) -> bool:
    return f"{show_path}/{unit.path}".lstrip("/").rpartition("/")[0] == folder
