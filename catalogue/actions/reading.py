"""Read one show's folder: what its files state, before anybody asks who is who."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from catalogue.actions.facts import FactsBook, is_json, problems_of, read_whole
from catalogue.actions.lost import lost_note_problem
from catalogue.domain.facts import AudioFacts, ImageFacts, TranscriptFacts
from catalogue.domain.identity import is_sound, remote_hash
from catalogue.domain.matching import Sighting
from catalogue.domain.media import Artwork, Chapter, RemoteAudio
from catalogue.domain.plan import Problem, Severity
from catalogue.domain.show import Show
from catalogue.errors import ContentError, ContentErrors, NotesError
from catalogue.formats.chapters import read_chapters
from catalogue.library.folder import EpisodeFiles, ShowFiles
from catalogue.library.notes.fields import clean_text, plain_lines, read_utf8
from catalogue.library.notes.front_matter import Note, read_note
from catalogue.library.values import state_episode
from catalogue.ports import LibraryFile, LibraryStorage
from catalogue.store.index import EpisodeRow

NOTE_LIMIT_BYTES = 1024 * 1024
SIDE_FILE_LIMIT_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadEpisode:
    """An episode's files as read: `values` as they state them (None: refused, or unchanged and in `row`)."""

    files: EpisodeFiles
    sighting: Sighting
    version: str
    values: Mapping[str, object] | None = None
    row: EpisodeRow | None = None
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    """Key of the note's front matter → its line."""

    @property
    def file_path(self) -> str:
        """The file to name where something is to be said of the whole episode: its note, else its audio."""
        file = self.files.note or (self.files.audio[0] if self.files.audio else None)
        return file.path if file else self.files.path


def read_unchanged(files: EpisodeFiles, row: EpisodeRow | None, version: str) -> ReadEpisode | None:
    """Take an episode from the index where none of what it was read from changed."""
    if row is None or row.episode is None or row.version != version or row.line.missing_since is not None:
        return None
    audio = [line for role, line in row.line.media.items() if is_sound(role)]
    return ReadEpisode(
        files=files,
        version=version,
        row=row,
        sighting=Sighting(
            path=files.path,
            known_guid=row.line.guid,
            hashes=frozenset(line.sha256 for line in audio),
            essences=frozenset(line.essence for line in audio if line.essence),
        ),
    )


def read_episode(
    files: EpisodeFiles,
    *,
    show: Show,
    version: str,
    storage: LibraryStorage,
    book: FactsBook,
    lost: Collection[str] = (),
) -> ReadEpisode:
    """Read an episode's note and side files and join them with the facts of its audio.

    What cannot be used is said in `problems`; where nothing usable is left, or the note cannot be
    understood or is among the `lost` paths, the episode is refused.
    """
    audio, problems = _usable_audio(files, book)
    sighting = _sighting(files, audio)
    refused = partial(ReadEpisode, files=files, sighting=sighting, version=version)
    if (waits := lost_note_problem(files, show.path, lost)) is not None:
        return refused(problems=(*problems, waits))
    try:
        note = _read_note(files.note, storage)
        stated = state_episode(
            files,
            show=show,
            note=note,
            translations=_read_translations(files, storage, problems),
            audio=audio,
            transcripts=_usable_transcripts(files, book, problems),
            chapters=_read_chapters(files.chapters, storage, book, problems),
            artwork=_artwork(files, audio, book, problems),
            html_notes=_read_html_notes(files.html_notes, storage, problems),
        )
    except (ContentError, ContentErrors) as error:
        where = files.note.path if files.note else files.path
        return refused(problems=(*problems, *problems_of(error, where)))
    values = stated.values
    problems.extend(stated.problems)
    if not (audio or values.get("remote") or files.note):
        return refused(problems=tuple(problems))
    return ReadEpisode(
        files=files,
        sighting=_with_stated(sighting, values),
        version=version,
        values=values,
        problems=tuple(problems),
        lines={key: each.line for key, each in note.fields.items()} if note else {},
    )


def read_show_artwork(
    files: ShowFiles, *, title: str, accent: str | None, book: FactsBook
) -> tuple[Artwork, tuple[Problem, ...]]:
    """Give the show's cover: its own where that can be one, else a plain one that we draw."""
    from catalogue.formats.pictures.covers import drawn_cover_hash  # Pillow is slow to import

    problems: list[Problem] = []
    if files.artwork is not None:
        artwork = _fit_artwork(files.artwork, book, problems, instead="A plain cover is used instead")
        if artwork is not None:
            return artwork, ()
    else:
        problems.append(
            Problem(
                severity=Severity.WARNING,
                code="no-artwork",
                path=_inside(files.path, "artwork.jpg"),
                message="The show has no cover, so a plain one is drawn. Put a square picture there, 3000 pixels wide.",
            )
        )
    drawn = Artwork(path=None, sha256=drawn_cover_hash(title, accent), width=3000, height=3000)
    return drawn, tuple(problems)


def digest(*parts: object) -> str:
    """A short name for all that something was read from."""
    return hashlib.sha256("\0".join(str(part) for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _inside(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _read_note(file: LibraryFile | None, storage: LibraryStorage) -> Note | None:
    if file is None:
        return None
    return read_note(read_whole(storage, file.path, limit_bytes=NOTE_LIMIT_BYTES), file.path)


def _read_html_notes(
    file: LibraryFile | None, storage: LibraryStorage, problems: list[Problem]
) -> tuple[str, str] | None:
    if file is None:
        return None
    try:
        content = read_whole(storage, file.path, limit_bytes=NOTE_LIMIT_BYTES)
        return file.path, clean_text(plain_lines(read_utf8(content, path=file.path, error=NotesError)))
    except (ContentError, ContentErrors) as error:
        problems.extend(problems_of(error, file.path))
        return None


def _read_translations(files: EpisodeFiles, storage: LibraryStorage, problems: list[Problem]) -> dict[str, Note]:
    notes = {}
    for language, file in files.translations:
        try:
            notes[language] = read_note(read_whole(storage, file.path, limit_bytes=NOTE_LIMIT_BYTES), file.path)
        except (ContentError, ContentErrors) as error:
            problems.extend(problems_of(error, file.path))
    return notes


def _usable_audio(files: EpisodeFiles, book: FactsBook) -> tuple[list[tuple[str, AudioFacts]], list[Problem]]:
    usable, problems = [], list(files.problems)
    for file in files.audio:
        facts = book.audio(file.path)
        if facts is not None:
            usable.append((file.path, facts))
            problems += [
                Problem(severity=Severity.NOTICE, code=remark.code, path=file.path, message=remark.message)
                for remark in facts.remarks
            ]
        elif (problem := book.problem(file.path)) is not None:
            problems.append(problem)
    return usable, problems


def _sighting(files: EpisodeFiles, audio: list[tuple[str, AudioFacts]]) -> Sighting:
    return Sighting(
        path=files.path,
        hashes=frozenset(facts.sha256 for _, facts in audio),
        essences=frozenset(facts.essence for _, facts in audio),
    )


def _with_stated(sighting: Sighting, values: Mapping[str, object]) -> Sighting:
    """Add what a note says to what was heard: a GUID, and the address of remote audio."""
    guid, remote = values.get("guid"), values.get("remote")
    addresses = {remote_hash(remote.url)} if isinstance(remote, RemoteAudio) else frozenset[str]()
    return replace(sighting, guid=str(guid) if guid else None, hashes=sighting.hashes | addresses)


def _usable_transcripts(
    files: EpisodeFiles, book: FactsBook, problems: list[Problem]
) -> list[tuple[str, str, str | None, TranscriptFacts]]:
    usable = []
    for transcript in files.transcripts:
        path = transcript.file.path
        facts = book.transcript(path)
        if facts is not None:
            usable.append((path, facts.format, transcript.language, facts))
            problems += [
                Problem(severity=Severity.NOTICE, code=remark.code, path=path, message=remark.message)
                for remark in facts.remarks
            ]
        elif (problem := book.problem(path)) is not None:
            problems.append(problem)
    return usable


def _read_chapters(
    file: LibraryFile | None, storage: LibraryStorage, book: FactsBook, problems: list[Problem]
) -> tuple[Chapter, ...] | None:
    if file is None:
        return None
    if not is_json(file):
        facts = book.chapters(file.path)
        if facts is None and (problem := book.problem(file.path)) is not None:
            problems.append(problem)
        return facts.chapters if facts is not None else None
    try:
        return read_chapters(read_whole(storage, file.path, limit_bytes=SIDE_FILE_LIMIT_BYTES), file.path)
    except (ContentError, ContentErrors) as error:
        problems.extend(problems_of(error, file.path))
        return None


def _artwork(
    files: EpisodeFiles, audio: list[tuple[str, AudioFacts]], book: FactsBook, problems: list[Problem]
) -> Artwork | None:
    if files.artwork is not None:
        artwork = _fit_artwork(files.artwork, book, problems, instead="The show's cover is used instead")
        if artwork is not None:
            return artwork
    for path, facts in audio:
        if facts.artwork is not None and facts.artwork.unfit is None:
            return _artwork_of(path, facts.artwork)
    return None


def _fit_artwork(file: LibraryFile, book: FactsBook, problems: list[Problem], *, instead: str) -> Artwork | None:
    facts = book.image(file.path)
    if facts is None:
        if (problem := book.problem(file.path)) is not None:
            problems.append(problem)
        return None
    if facts.unfit is not None:
        message = f"{facts.unfit.rstrip('.')}. {instead}."
        problems.append(Problem(severity=Severity.WARNING, code="artwork-unfit", path=file.path, message=message))
        return None
    return _artwork_of(file.path, facts)


def _artwork_of(path: str, facts: ImageFacts) -> Artwork:
    return Artwork(path=path, sha256=facts.sha256, width=facts.width, height=facts.height)
