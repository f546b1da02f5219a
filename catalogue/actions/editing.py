"""An episode held for a deed: its show is leased, its files are at hand, and what was written is indexed in one go.

Everything goes into the library first; the index follows as it does after any other edit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from catalogue.actions.facts import read_whole
from catalogue.actions.history.keeping import KeptChange, keep_changes
from catalogue.actions.index import Report, Wishes, index_leased, index_library, list_files
from catalogue.actions.leases import Lease, open_lease
from catalogue.actions.named import exact_name, find_row
from catalogue.actions.open import Place
from catalogue.actions.reading import NOTE_LIMIT_BYTES
from catalogue.domain.show import Show
from catalogue.errors import Conflict, ContentError, NotFound, NotPublishable, StaleEdit, StoreFull
from catalogue.library.folder import EpisodeFiles, find_shows
from catalogue.library.moves import JOURNAL_NAME
from catalogue.library.notes.edits import edit_note
from catalogue.library.notes.front_matter import Note, read_note
from catalogue.ports import LibraryFile
from catalogue.store.index import EpisodeRow


@dataclass(frozen=True, kw_only=True)
class NoteEdit:
    """A note as it will be, and the version of the file that it takes the place of (`""`: there is none)."""

    path: str
    content: bytes
    version: str
    before: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Held:
    """An episode whose show nobody else writes meanwhile; `files` is None where the library has none of it."""

    place: Place
    wishes: Wishes
    lease: Lease
    show: Show
    row: EpisodeRow
    files: EpisodeFiles | None

    @property
    def path(self) -> str:
        """The episode's folder or stem, relative to the library."""
        return f"{self.show.path}/{self.row.line.path}".lstrip("/")

    def note(self) -> Note | None:
        """The note as it stands; None where there is none. Raises ContentErrors, ContentError."""
        file = self.files.note if self.files else None
        return None if file is None else read_note(self._content(file), file.path)

    def edit(self, changes: Mapping[str, object | None]) -> NoteEdit:
        """Give the note with some keys changed, a new one where there is none; writes nothing yet.

        Raises NotFound where the episode's files are gone, ContentErrors where only a person can edit the note.
        """
        if self.files is None:
            raise NotFound(
                "no-files",
                "The files of “{slug}” are not in the library. Put them back first, or withdraw the episode.",
                slug=self.row.line.slug,
            )
        file = self.files.note
        if file is None:
            path = new_note_path(self.files)
            return NoteEdit(path=path, content=edit_note(b"", changes, path), version="")
        before = self._content(file)
        content = edit_note(before, changes, file.path)
        return NoteEdit(path=file.path, content=content, version=file.version, before=before)

    def write(self, edit: NoteEdit) -> None:
        """Write a note; raises StaleEdit where somebody else wrote it meanwhile, ContentError, StoreError.

        Where the database has no room (StoreFull) the note says what it said before.
        """
        file = self.place.storage.replace(edit.path, edit.content, expected=edit.version)
        names = {"show_guid": self.show.guid, "guid": self.row.line.guid, "path": edit.path}
        try:
            keep_changes(self.place, [KeptChange(**names, before=edit.before, after=edit.content)], self.wishes)
        except StoreFull:
            with suppress(ContentError, StaleEdit):
                self._put_back(edit, file)
            raise

    def _put_back(self, edit: NoteEdit, file: LibraryFile) -> None:
        if edit.version:
            self.place.storage.replace(edit.path, edit.before, expected=file.version)
        else:
            self.place.storage.remove(edit.path)

    def index(self, claims: Mapping[str, str] | None = None) -> tuple[Report, EpisodeRow]:
        """Index what was written, with nobody's word but `claims`; gives the episode as the index has it now."""
        wishes = Wishes(
            clock=self.wishes.clock,
            wait=self.wishes.wait,
            chance=self.wishes.chance,
            progress=self.wishes.progress,
            terms=self.wishes.terms,
            claims=dict(claims or {}),
        )
        report = index_leased(self.place, wishes, self.lease)
        return report, find_row(self.place, exact_name(self.show, self.row.line.guid))[1]

    def not_indexed(self, report: Report) -> NotPublishable:
        """What to say where the library has it now, and the index could not follow."""
        own = [problem for problem in report.refused if problem.path.startswith((f"{self.path}/", f"{self.path}."))]
        return NotPublishable(
            "not-indexed",
            "It is written in {path}, but subscribers see what they saw before: {why}",
            path=self.path,
            why=report.reason(own),
        )

    def _content(self, file: LibraryFile) -> bytes:
        return read_whole(self.place.storage, file.path, limit_bytes=NOTE_LIMIT_BYTES)


@contextmanager
def hold_episode(place: Place, name: str, wishes: Wishes | None = None) -> Iterator[Held]:
    """Hold an episode, named by slug, folder or GUID, for the length of a `with` block.

    Whoever is indexing its show is waited for. Raises NotFound, and Conflict where that takes too long, where two
    shows have the name, or where the episode was withdrawn.
    """
    wishes = wishes or Wishes()
    found, _ = find_row(place, name)
    end_renaming(place, found.show.path, wishes)
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        lease.insist((found.show.path,))
        show, row = find_row(place, name)
        check_not_withdrawn(row)
        files = find_files(place, show.show, row.line.path) if row.line.discarded_at is None else None
        yield Held(place=place, wishes=wishes, lease=lease, show=show.show, row=row, files=files)


def end_renaming(place: Place, show_path: str, wishes: Wishes) -> None:
    """End what somebody who was killed began to rename in a show: its files would not be found where they were."""
    if place.storage.stat(f"{show_path}/{JOURNAL_NAME}".lstrip("/")) is not None:
        index_library(place, wishes.without_word())


def check_not_withdrawn(row: EpisodeRow) -> None:
    """Raise Conflict where an episode was withdrawn: nothing of it is edited any more."""
    if row.line.withdrawn_at is not None:
        raise Conflict(
            "is-withdrawn",
            "“{slug}” was withdrawn on {day} and stays so: its addresses answer 410 for ever.",
            slug=row.line.slug,
            day=f"{row.line.withdrawn_at:%Y-%m-%d}",
        )


def check_not_discarded(row: EpisodeRow) -> None:
    """Raise Conflict where a draft was thrown away: it has to be brought back first."""
    if row.line.discarded_at is not None:
        raise Conflict(
            "is-discarded",
            "“{name}” was thrown away. Bring it back first: castalogue discard --back.",
            name=row.line.path,
        )


def find_files(place: Place, show: Show, path: str) -> EpisodeFiles | None:
    """Find the files that lie at `path` of a show; None where there are none."""
    shows = (one for one in find_shows(list_files(place.storage)) if one.path == show.path)
    return next((files for one in shows for files in one.episodes if files.path == path), None)


def new_note_path(files: EpisodeFiles) -> str:
    """Where an episode without a note gets one, spelt as the disk spells its audio; raises Conflict: nowhere."""
    audio = files.audio[0]
    if files.is_folder:
        return f"{audio.folder}/episode.md"
    stem = audio.path.rpartition(".")[0]
    if stem.rpartition("/")[2].casefold() == "episode":
        raise Conflict(
            "no-room",
            "A note for {path} would make one episode of its whole folder. Put that file into a folder of its own.",
            path=audio.path,
        )
    return f"{stem}.md"
