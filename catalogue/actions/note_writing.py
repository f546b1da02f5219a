"""Write notes into the library, index them in one go, and put back what the index would not take.

A note is one file, written whole or not at all. So a run that is killed leaves each note as it was or as it is to
be, and the same run once more ends what it began.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace

from catalogue.actions.history.keeping import KeptChange, keep_changes
from catalogue.actions.index import Report, Wishes, index_leased
from catalogue.actions.leases import Lease
from catalogue.actions.open import Place
from catalogue.domain.plan import Problem
from catalogue.domain.show import Show
from catalogue.errors import CatalogueError, ContentError, NotPublishable, StaleEdit, StoreFull

# A disk that makes eight files durable together does so in a tenth of the time.
HANDS = 8


@dataclass(frozen=True, kw_only=True)
class NoteChange:
    """A note as it will be, in the place of what it was.

    `unit` is the episode's folder or stem; both paths are relative to the library. `version` is that of the file
    whose place it takes (`""`: there is none). `guid` is the episode's whose note or side file it is; None: it has no
    history, for it is no text or of an episode that the index does not know yet.
    """

    show: Show
    unit: str
    path: str
    before: bytes
    after: bytes
    version: str
    guid: str | None = None

    @property
    def is_news(self) -> bool:
        """Whether anything is to be written."""
        return not self.version or self.before != self.after

    def undone(self) -> NoteChange:
        """The change that puts the note back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, kw_only=True)
class Written:
    """What became of changes, by path: `versions` of the files that stand now, `failed` and `refused` with the reason.

    What failed could not be written; what was refused could, and was put back because the feed would not follow.
    """

    report: Report
    versions: Mapping[str, str]
    refused: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    failed: Mapping[str, CatalogueError] = field(default_factory=dict)


def write_notes(
    place: Place,
    changes: Sequence[NoteChange],
    *,
    wishes: Wishes,
    lease: Lease,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Written:
    """Write notes and index once; what the index names an error of afterwards is put back, and indexed again.

    The lease must hold their shows. Raises NotPublishable where a show as a whole cannot follow, StoreError (StoreFull:
    everything is as it was). Where the
    only change could not be written, that is raised, and nothing indexed: StaleEdit where somebody else wrote
    meanwhile, ContentError.
    """
    known = {(one.path, one.code) for one in place.index.problems()}
    versions, failed = _write_all(place, [change for change in changes if change.is_news], progress)
    for error in failed.values() if len(changes) == 1 else ():
        raise error
    try:
        keep_changes(place, _kept(change for change in changes if change.path in versions), wishes)
        report = index_leased(place, replace(wishes, written={**wishes.written, **versions}), lease)
    except StoreFull:  # whoever is told that it was not done can do the same again
        for change in [one for one in changes if one.path in versions]:
            with suppress(ContentError):  # no room for what it said before either
                _put_back(place, change, versions)
        raise
    fresh = [one for one in report.refused if (one.path, one.code) not in known]
    refused = _by_change(changes, fresh) if fresh else {}
    back = [change for change in changes if change.path in refused and change.path in versions]
    if back:
        lease.insist(sorted({change.show.path for change in back}))
        for change in back:
            _put_back(place, change, versions)
        keep_changes(place, _kept(change.undone() for change in back if change.path in versions), wishes)
        report = index_leased(place, replace(wishes, written={**wishes.written, **versions}), lease)
    _check_followed(changes, report)
    return Written(report=report, versions=versions, refused=refused, failed=failed)


def not_taken(change: NoteChange, problems: Sequence[Problem]) -> NotPublishable:
    """What to say of a note that reads well and still cannot be published."""
    return NotPublishable(
        "not-taken",
        "{path} was not changed, because the feed could not follow: {why}",
        path=change.path,
        why=" ".join(problem.message for problem in problems),
        problems=tuple(problems),
    )


def _write_all(
    place: Place, changes: Sequence[NoteChange], progress: Callable[[int, int], None]
) -> tuple[dict[str, str], dict[str, CatalogueError]]:
    versions: dict[str, str] = {}
    failed: dict[str, CatalogueError] = {}

    def write(change: NoteChange) -> str | CatalogueError:
        try:
            return place.storage.replace(change.path, change.after, expected=change.version).version
        except (ContentError, StaleEdit) as error:
            return error

    with ThreadPoolExecutor(min(HANDS, len(changes)) or 1) as hands:
        for done, (change, answer) in enumerate(zip(changes, hands.map(write, changes), strict=True), start=1):
            if isinstance(answer, CatalogueError):
                failed[change.path] = answer
            else:
                versions[change.path] = answer
            progress(done, len(changes))
    return versions, failed


def _kept(changes: Iterable[NoteChange]) -> Iterator[KeptChange]:
    """What of these changes belongs into the history of notes."""
    for one in changes:
        if one.guid is not None:
            yield KeptChange(show_guid=one.show.guid, guid=one.guid, path=one.path, before=one.before, after=one.after)


def _put_back(place: Place, change: NoteChange, versions: dict[str, str]) -> None:
    """Restore a note to what it was, unless somebody wrote it since: then it is theirs."""
    try:
        if change.version:
            file = place.storage.replace(change.path, change.before, expected=versions[change.path])
            versions[change.path] = file.version
        elif (now := place.storage.stat(change.path)) is not None and now.version == versions[change.path]:
            place.storage.remove(change.path)
            del versions[change.path]
    except StaleEdit:
        del versions[change.path]


def _by_change(changes: Sequence[NoteChange], problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    """Which change each problem belongs to: one of the note itself, of its episode, or of a file of that."""
    places = {place: change.path for change in changes for place in (change.path, change.unit)}
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        path = places.get(problem.path) or _around(problem.path, changes)
        if path is not None:
            found.setdefault(path, []).append(problem)
    return {path: tuple(own) for path, own in found.items()}


def _around(path: str, changes: Sequence[NoteChange]) -> str | None:
    inside = (change for change in changes if path.startswith((f"{change.unit}/", f"{change.unit}.")))
    return next((change.path for change in inside), None)


def _check_followed(changes: Sequence[NoteChange], report: Report) -> None:
    """A show that is refused as a whole keeps its old state, though its notes are right."""
    followed = {show.show.guid for show in report.shows}
    left = next((change for change in changes if change.show.guid not in followed), None)
    if left is None:
        return
    raise NotPublishable(
        "not-indexed",
        "It is written in {path}, but subscribers see what they saw before: {why}",
        path=left.path,
        why=report.reason(),
    )
