"""What every file of the library holds: read once in the box, kept by the index, read again only when it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeVar

from catalogue.documents import read_document, render_document
from catalogue.domain.catalogue import Catalogue
from catalogue.domain.facts import AudioFacts, ChaptersFacts, ImageFacts, TranscriptFacts
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import CatalogueError, ContentError, ContentErrors
from catalogue.library.catalogue_file import CATALOGUE_NAME
from catalogue.library.folder import EpisodeFiles, ShowFiles
from catalogue.ports import LibraryFile, LibraryStorage
from catalogue.sandbox import INTERRUPTED, Answer, Box
from catalogue.store.index import FileRow, Index

T = TypeVar("T")
CATALOGUE_KIND = "catalogue-1"
FILE_LIMIT_BYTES = 1024 * 1024
# How many files are read between two writes to the index.
BATCH = 128
# What so many files hold is a dozen megabytes; reading it back from the index would cost more.
MOST_HELD = 16_000
# After so many files, what workers hold is worth more than the half of a second that it takes to start one.
MANY = 500


@dataclass(frozen=True)
class Kind:
    """A kind of file that is parsed in the box: by which function, into what."""

    name: str
    reader: str
    """The function's module and name: with Pillow and mutagen it is slow to import, and most runs read nothing."""
    facts: type[Any]

    @property
    def read(self) -> Callable[..., Any]:
        module, _, name = self.reader.partition(":")
        function: Callable[..., Any] = getattr(import_module(module), name)
        return function


# The number grows when a reader finds more than before, so that every file is read again once.
AUDIO = Kind("audio-3", "catalogue.formats.audio.reading:read_audio", AudioFacts)
TRANSCRIPT = Kind("transcript-1", "catalogue.formats.transcripts.reading:read_transcript", TranscriptFacts)
IMAGE = Kind("image-1", "catalogue.formats.pictures.picture_facts:read_image", ImageFacts)
CHAPTERS = Kind("chapters-1", "catalogue.formats.chapters.reading:read_chapters_file", ChaptersFacts)


def reader_names() -> tuple[str, ...]:
    """The names of all readers: whatever was made of what they found is made again when one finds more."""
    return tuple(kind.name for kind in (AUDIO, TRANSCRIPT, IMAGE, CHAPTERS))


class FactsBook:
    """The facts of all files, by path; what a file holds is fetched when asked for, as most runs need little of it."""

    def __init__(self, index: Index, paths: Sequence[str] | None = None) -> None:
        """The book of all files, or of those at `paths` alone."""
        self._index = index
        self._fetched = {} if paths is None else index.files_at(paths)
        few = {path: (row.version, row.kind) for path, row in self._fetched.items()}
        self._kinds = index.file_kinds() if paths is None else few
        self._rows: dict[str, FileRow] = {}
        self.fresh: list[FileRow] = []
        """What was read in this run, for the index to keep."""
        self.unread: set[str] = set()
        """Files that changed or went while they were read, or whose reader was ended: they are read again."""

    def fetch(self, files: Iterable[LibraryFile]) -> None:
        """Fetch what these files hold together, as one by one takes ten times as long; lets go of those before."""
        known = {file.path for file in files if file.path in self._kinds and file.path not in self._rows}
        self._fetched = self._index.files_at(sorted(known))

    def audio(self, path: str) -> AudioFacts | None:
        return self._facts(path, AudioFacts)

    def transcript(self, path: str) -> TranscriptFacts | None:
        return self._facts(path, TranscriptFacts)

    def image(self, path: str) -> ImageFacts | None:
        return self._facts(path, ImageFacts)

    def chapters(self, path: str) -> ChaptersFacts | None:
        return self._facts(path, ChaptersFacts)

    def catalogue(self) -> Catalogue | None:
        return self._facts(CATALOGUE_NAME, Catalogue)

    def problem(self, path: str) -> Problem | None:
        """Why a file was refused; None where it was not."""
        row = self._row(path)
        return read_document(Problem, row.error) if row is not None and row.error else None

    def gone(self, files: Iterable[LibraryFile]) -> list[str]:
        """Paths that are no longer in the library."""
        there = {file.path for file in files}
        return [path for path in self._kinds if path not in there]

    def is_current(self, file: LibraryFile, kind: Kind) -> bool:
        return self._kinds.get(file.path) == (file.version, kind.name)

    def kept(self) -> None:
        """Let go of what the index holds now, once it is much: it is fetched from there when asked for."""
        if len(self._rows) > MOST_HELD:
            self._rows.clear()
        self.fresh.clear()

    def keep(self, row: FileRow) -> None:
        self._rows[row.path] = row
        self._kinds[row.path] = (row.version, row.kind)
        self.fresh.append(row)

    def _facts(self, path: str, kind: type[T]) -> T | None:
        row = self._row(path)
        return read_document(kind, row.document) if row is not None and row.document else None

    def _row(self, path: str) -> FileRow | None:
        if path not in self._kinds:
            return None
        return self._rows.get(path) or self._fetched.get(path) or self._index.file(path)


def read_changed_files(
    shows: Iterable[ShowFiles],
    book: FactsBook,
    *,
    storage: LibraryStorage,
    box: Box,
    index: Index | None,
    progress: Callable[[int, int], None],
) -> None:
    """Read what is new or changed into `book`; with `index`, keep it there batch by batch.

    A file that cannot be read is a row with an error, so that it is not opened again until it changes.
    """
    wanted = {file.path: (file, kind) for file, kind in _files_of(shows) if not book.is_current(file, kind)}
    done = 0
    for kind in (AUDIO, TRANSCRIPT, IMAGE, CHAPTERS):
        of_kind = {path: file for path, (file, its_kind) in wanted.items() if its_kind is kind}
        calls = ((str(file), path) for path, file in zip(of_kind, storage.local_paths(of_kind), strict=True))
        for answer in box.run(kind.read, calls) if of_kind else ():
            _take(book, of_kind[answer.args[1]], kind, answer, storage)
            done += 1
            progress(done, len(wanted))
            if index is not None and len(book.fresh) >= BATCH:
                index.save_files(book.fresh)
                book.kept()
    if index is not None and book.fresh:
        index.save_files(book.fresh)
        book.kept()
    if done > MANY:
        box.rest(but=1)


def read_whole(storage: LibraryStorage, path: str, *, limit_bytes: int) -> bytes:
    """Read a file of the library; raises ContentError, also where it went away since it was listed."""
    try:
        return storage.read_bytes(path, limit_bytes=limit_bytes)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ContentError("unreadable", "It cannot be read: {why}.", path=path, why=why) from error


def problems_of(error: CatalogueError, path: str, severity: Severity = Severity.ERROR) -> tuple[Problem, ...]:
    """Say an error of a file as problems, one for each fault."""
    if isinstance(error, ContentErrors):
        return tuple(problem for part in error.errors for problem in problems_of(part, path, severity))
    return (
        Problem(
            severity=severity,
            code=error.code,
            path=getattr(error, "path", "") or path,
            line=getattr(error, "line", None),
            message=error.sentence,
            said=error.said,
        ),
    )


def _take(book: FactsBook, file: LibraryFile, kind: Kind, answer: Answer, storage: LibraryStorage) -> None:
    is_doubtful = answer.error is not None and (answer.error.code == INTERRUPTED or not _is_there(file, storage))
    if is_doubtful:
        book.unread.add(file.path)
    else:
        book.keep(_row(file, kind, answer.value, answer.error))


def _is_there(file: LibraryFile, storage: LibraryStorage) -> bool:
    """Whether a file is still what was listed: a fault found in another, or in none, is not its own."""
    try:
        return storage.stat(file.path) == file
    except OSError:
        return False


def is_json(file: LibraryFile) -> bool:
    """Whether the standard library reads these chapters: the other kinds are read in the box."""
    return file.name.lower().endswith(".json")


def _files_of(shows: Iterable[ShowFiles]) -> Iterator[tuple[LibraryFile, Kind]]:
    for show in shows:
        if show.artwork is not None:
            yield show.artwork, IMAGE
        for episode in show.episodes:
            yield from _files_of_episode(episode)


def _files_of_episode(episode: EpisodeFiles) -> Iterator[tuple[LibraryFile, Kind]]:
    for audio in episode.audio:
        yield audio, AUDIO
    for transcript in episode.transcripts:
        yield transcript.file, TRANSCRIPT
    if episode.artwork is not None:
        yield episode.artwork, IMAGE
    if episode.chapters is not None and not is_json(episode.chapters):
        yield episode.chapters, CHAPTERS


def _row(file: LibraryFile, kind: Kind, value: object, error: CatalogueError | None) -> FileRow:
    if error is None:
        document = render_document(kind.facts, value).decode()
        return FileRow(path=file.path, version=file.version, kind=kind.name, document=document)
    # A file has one row; its further faults will show when the first is mended.
    problem = problems_of(error, file.path)[0]
    rendered = render_document(Problem, problem).decode()
    return FileRow(path=file.path, version=file.version, kind=kind.name, error=rendered)
