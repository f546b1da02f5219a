"""Set keys in the notes of many episodes: each note whole or not at all, one index at the end.

A run that was killed left each note as it was or as it is to be. The same command again finds what is set already,
sets the rest, and indexes: that is all that resuming needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from catalogue.actions.editing import new_note_path
from catalogue.actions.facts import problems_of, read_whole
from catalogue.actions.index import Report, Wishes, index_library, list_files
from catalogue.actions.leases import open_lease
from catalogue.actions.leaving import KEYS as LEAVING_KEYS
from catalogue.actions.leaving import check_leaving
from catalogue.actions.note_editing import OpenNote, change_of, with_keys
from catalogue.actions.note_writing import NoteChange, write_notes
from catalogue.actions.open import Place
from catalogue.actions.reading import NOTE_LIMIT_BYTES
from catalogue.actions.selecting import Chosen, choose_episodes
from catalogue.actions.settled import read_standing, settled_report
from catalogue.domain.condition import Condition
from catalogue.domain.plan import Problem
from catalogue.errors import Conflict, ContentError, ContentErrors, PlanRefused
from catalogue.library.folder import EpisodeFiles, find_shows


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What setting keys did, or would do.

    `changes` are of notes that say something else then; `same` counts those that said so already; `problems` are of
    those that stay as they are. `report` is None where nothing was to be written. `is_behind`: the library may have
    changed since its last index, which a plan goes by.
    """

    changes: tuple[NoteChange, ...]
    same: int = 0
    problems: tuple[Problem, ...] = ()
    report: Report | None = None
    is_behind: bool = False


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Which keys get which texts (None: taken away), in the notes of which episodes."""

    keys: Mapping[str, str | None]
    where: Condition
    wishes: Wishes = field(default_factory=Wishes)
    progress: Callable[[int, int], None] = field(default=lambda _done, _total: None)
    """Hears how far reading, then writing, is; the index at the end comes after."""
    allow_removals: bool = False
    """Many published episodes may leave their feed by what is set. That files are gone is another word."""


def plan_setting(place: Place, demand: Demand) -> Setting:
    """Say what `set_where` would do; writes nothing. What it would refuse as a whole is the last of `problems`.

    The condition is about what the last index found: to index is to write, and `is_behind` says where that matters.

    Raises ConditionError, ContentErrors (a key there is not).
    """
    is_behind = settled_report(place, list_files(place.storage), read_standing(place, demand.wishes)) is None
    planned = replace(_planned(place, _chosen(place, demand), demand), is_behind=is_behind)
    try:
        _check_leaving(place, planned, demand)
    except PlanRefused as refused:
        return replace(planned, problems=(*planned.problems, *problems_of(refused, str(refused.params["path"]))))
    return planned


def set_where(place: Place, demand: Demand) -> Setting:
    """Set keys in the notes of all episodes that a condition holds for, and index once.

    An episode whose note cannot be changed, or whose feed could not follow, stays as it is and is in `problems`; the
    others go on. Raises ConditionError, ContentErrors for a key there is not, Conflict where another run does not end,
    PlanRefused where many episodes would leave their feed and nobody said they may (then nothing is written),
    NotPublishable where a show as a whole cannot follow, StoreError.
    """
    wishes = demand.wishes
    index_library(place, wishes.without_word())  # the condition is about what notes say now
    chosen = _chosen(place, demand)
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        lease.insist(sorted({one.show.show.path for one in chosen}))
        planned = _planned(place, _chosen(place, demand), demand)
        _check_leaving(place, planned, demand)
        written = write_notes(
            place,
            planned.changes,
            wishes=wishes,
            lease=lease,
            progress=lambda done, total: demand.progress(total + done, 2 * total),
        )
    failed = [problem for path, error in written.failed.items() for problem in problems_of(error, path)]
    refused = [problem for problems in written.refused.values() for problem in problems]
    left = written.failed.keys() | written.refused.keys()
    return Setting(
        changes=tuple(change for change in planned.changes if change.path not in left),
        same=planned.same,
        problems=(*planned.problems, *failed, *refused),
        report=written.report,
    )


def _chosen(place: Place, demand: Demand) -> list[Chosen]:
    return list(choose_episodes(place, demand.where, now=demand.wishes.clock()))


def _planned(place: Place, chosen: Sequence[Chosen], demand: Demand) -> Setting:
    _check_keys(chosen, demand)
    units = {
        f"{show.path}/{one.path}".lstrip("/"): one
        for show in find_shows(list_files(place.storage))
        for one in show.episodes
    }
    changes: list[NoteChange] = []
    problems: list[Problem] = []
    for done, one in enumerate(chosen, start=1):
        unit = f"{one.show.show.path}/{one.row.line.path}".lstrip("/")
        try:
            note = _open(place, one, units.get(unit), unit=unit)
            changes.append(change_of(note, with_keys(note, demand.keys)))
        except (ContentError, ContentErrors, Conflict) as error:
            problems += problems_of(error, unit)
        demand.progress(done, 2 * len(chosen))
    news = tuple(change for change in changes if change.before != change.after)
    return Setting(changes=news, same=len(changes) - len(news), problems=tuple(problems))


def _check_leaving(place: Place, planned: Setting, demand: Demand) -> None:
    if LEAVING_KEYS & demand.keys.keys() and not demand.allow_removals:
        check_leaving(place.index, planned.changes, now=demand.wishes.clock())


def _check_keys(chosen: Sequence[Chosen], demand: Demand) -> None:
    """Raise ContentErrors at once for what no note could say, and Conflict for what only one episode can."""
    own = [key for key in ("guid", "slug") if demand.keys.get(key) is not None]
    if own and len(chosen) > 1:
        raise Conflict("one-each", "`{key}` is one episode's alone: choose that episode, or edit its note.", key=own[0])
    if chosen:
        show = chosen[0].show.show
        nothing = OpenNote(show=show, unit="", path="episode.md", guid=None, content=b"", version="")
        change_of(nothing, with_keys(nothing, demand.keys))


def _open(place: Place, one: Chosen, files: EpisodeFiles | None, *, unit: str) -> OpenNote:
    if files is None:
        raise ContentError("no-files", "Its files are not in the library, so nothing can be set.", path=unit)
    show, guid = one.show.show, one.row.line.guid
    if files.note is None:
        return OpenNote(show=show, unit=unit, path=new_note_path(files), guid=guid, content=b"", version="")
    content = read_whole(place.storage, files.note.path, limit_bytes=NOTE_LIMIT_BYTES)
    return OpenNote(show=show, unit=unit, path=files.note.path, guid=guid, content=content, version=files.note.version)
