"""A producer's word on who is who."""

from __future__ import annotations

from dataclasses import replace

from catalogue.actions.index import Report, Wishes, index_library, list_files, plan_library
from catalogue.actions.named import named_rows, spelled
from catalogue.actions.open import Place
from catalogue.actions.strangers import HELD_SHOW
from catalogue.errors import Conflict, NotFound
from catalogue.library.folder import find_shows


def claim_episode(place: Place, new: str, *, old: str | None, wishes: Wishes | None = None) -> Report:
    """Say that the files at `new` (a folder, stem or file) are the episode `old`, or (None) a new one; index.

    `old` is a slug, folder or GUID; its files may be gone. Where `new` is a show's folder, `old` is a show. Raises
    NotFound, and Conflict where `new` is an episode or a show already that nobody doubts.
    """
    wishes, show = wishes or Wishes(), _claiming_show(place, new)
    if show is not None:
        guid = None if old is None else _claimed_show(place, old)
        _check_held(place, show, wishes)
        return index_library(place, replace(wishes, claims={show: guid}))
    guid = None if old is None else _claimed_guid(place, old)
    path = _claiming_path(place, new)
    _check_in_doubt(place, path, wishes)
    return index_library(place, replace(wishes, claims={path: guid}))


def _check_in_doubt(place: Place, path: str, wishes: Wishes) -> None:
    """Only what is held, or was never indexed, can be claimed: else an episode would lose its files to another."""
    inside = (f"{path}/", f"{path}.")
    problems = plan_library(place, wishes).problems
    held = [spelled(problem.path) for problem in problems if problem.code.startswith("held-")]
    if any(one == path or one.startswith(inside) for one in held):
        return
    for row in place.index.shows():
        for one in place.index.episodes(row.show.guid):
            if f"{row.show.path}/{one.line.path}".lstrip("/") == path and one.line.missing_since is None:
                raise Conflict(
                    "is-clear",
                    "“{path}” is the episode “{slug}” already; nothing is in doubt.",
                    path=path,
                    slug=one.line.slug,
                )


def _check_held(place: Place, show: str, wishes: Wishes) -> None:
    held = [problem.path for problem in plan_library(place, wishes).problems if problem.code == HELD_SHOW]
    if (show or ".") not in held:
        raise Conflict("is-clear", "Nothing is in doubt about the show in “{path}”.", path=show or ".")


def _claiming_show(place: Place, new: str) -> str | None:
    """The folder of the show that is named, as the disk spells it; None where that is none."""
    wanted = spelled(new.rstrip("/").removeprefix("./")) or "."
    shows = (show.path for show in find_shows(list_files(place.storage)) if show.show_file is not None)
    return next((path for path in shows if spelled(path or ".") == wanted), None)


def _claimed_show(place: Place, name: str) -> str:
    wanted = spelled(name.rstrip("/")) or "."
    for row in place.index.shows():
        if wanted in (row.show.path or ".", row.show.slug, row.show.guid):
            return row.show.guid
    raise NotFound("no-show", "No show is called “{name}”: it takes a show's folder, slug or GUID.", name=name)


def _claimed_guid(place: Place, name: str) -> str:
    wanted, named = name.rstrip("/"), [one.line for _, one in named_rows(place, name)]
    # What has this very GUID or slug counts before what lies, or lay, in a folder of that name.
    sharper = [line for line in named if wanted in (line.guid, line.slug)]
    guids = {line.guid for line in (sharper if len(named) > 1 and sharper else named)}
    if len(guids) != 1:
        raise NotFound("no-episode", "No single episode is called “{name}”. See castalogue list.", name=name)
    return guids.pop()


def _claiming_path(place: Place, new: str) -> str:
    wanted = spelled(new.rstrip("/").removeprefix("./"))
    for show in find_shows(list_files(place.storage)):
        for files in show.episodes:
            path = f"{show.path}/{files.path}".lstrip("/")
            named = [file.path for file in (*files.audio, files.note) if file is not None]
            if wanted in map(spelled, (path, *named)):
                return path
    raise NotFound("no-files", "The library holds no episode's files at “{path}”. See castalogue plan.", path=new)
