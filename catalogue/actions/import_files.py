"""Fetch what an import lacks: several files at a time, each looked into in the box before the library shows it.

A file on its way lies in the data folder, where an import that was cut off finds it again. Threads only fetch; who
called looks into what came and writes the library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from catalogue.actions.facts import read_whole
from catalogue.actions.import_wanted import Wanted
from catalogue.actions.open import Place
from catalogue.actions.reading import NOTE_LIMIT_BYTES, SIDE_FILE_LIMIT_BYTES
from catalogue.domain.facts import SHORT, AudioFacts, ImageFacts
from catalogue.domain.media import FORMATS
from catalogue.errors import AudioError, CatalogueError, Conflict, ContentError, ContentErrors, StaleEdit
from catalogue.formats.audio.reading import read_audio
from catalogue.formats.chapters.reading import read_chapters_file
from catalogue.formats.transcripts.reading import read_transcript
from catalogue.library.notes.edits import edit_note
from catalogue.library.notes.front_matter import read_note
from catalogue.outside.download import LIMITS, Patience, download
from catalogue.outside.guard import Guard, open_guard
from catalogue.outside.part_file import PartFile
from catalogue.outside.politeness import Politeness

# At most so many files at a time, of all hosts together.
AT_ONCE = 4
_PICTURES = {"jpeg": "jpg"}


@dataclass(frozen=True, kw_only=True)
class FileDone:
    """A file that is in the library now, as `path`, or `error`, why it is not."""

    wanted: Wanted
    path: str = ""
    error: CatalogueError | None = None
    size_bytes: int = 0


def parts_folder(place: Place) -> Path:
    """Where files lie that are still on their way."""
    return place.settings.data_folder / "imports"


def sweep_parts(place: Place, *, before: datetime) -> None:
    """Take away what imports that nobody took up again have left on its way."""
    for path in (one for kind in ("*.part", "*.json", "feed-*.xml") for one in parts_folder(place).glob(kind)):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def fetch_files(
    place: Place,
    wanted: Sequence[Wanted],
    patience: Patience,
    progress: Callable[[int, int], None],
    *,
    held: Callable[[], AbstractContextManager[object]],
) -> Iterator[FileDone]:
    """Fetch files and put them into the library, as they come; what several episodes share is fetched once.

    `held` holds the show while a file takes its place, so that no index reads its episode half-way. Never raises for
    what a server sends or does not: that is in the answer. Raises ContentError where the library
    cannot be written; then, and when it is closed, what is on its way stops and is kept.
    """
    groups = [tuple(same) for _, same in groupby(sorted(wanted, key=lambda one: one.url), key=lambda one: one.url)]
    stopped: list[bool] = []
    mine = replace(patience, is_over=lambda: bool(stopped) or patience.is_over())
    fetching = _Fetching(guard=open_guard(place.settings), folder=parts_folder(place), patience=mine)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="import") as threads:
        coming: dict[Future[PartFile], tuple[Wanted, ...]] = {
            threads.submit(fetching.fetch, group[0]): group for group in groups
        }
        try:
            for done, future in enumerate(as_completed(coming), start=1):
                yield from _installed(place, future, coming[future], held=held)
                progress(done, len(groups))
        finally:
            stopped.append(True)
            threads.shutdown(cancel_futures=True)


@dataclass(frozen=True, kw_only=True)
class _Fetching:
    """What all threads share."""

    guard: Guard
    folder: Path
    patience: Patience
    politeness: Politeness = field(default_factory=Politeness)

    def fetch(self, wanted: Wanted) -> PartFile:
        part = PartFile(self.folder / f"{sha256(wanted.url.encode()).hexdigest()}.part", wanted.url)
        limits = LIMITS if wanted.is_audio else replace(LIMITS, size_bytes=SIDE_FILE_LIMIT_BYTES)
        try:
            with self.politeness.turn(wanted.url):
                download(wanted.url, part, guard=self.guard, patience=self.patience, limits=limits)
        except OSError as error:  # of our own disk: those of the net are named where they happen
            why = (error.strerror or str(error)).lower()
            template = "It cannot be kept on its way: {why}. Mend that in the data folder, then import again."
            raise ContentError("not-kept", template, path=wanted.url, why=why) from error
        return part


def _installed(
    place: Place,
    future: Future[PartFile],
    group: Sequence[Wanted],
    *,
    held: Callable[[], AbstractContextManager[object]],
) -> Iterator[FileDone]:
    try:
        part = future.result()
    except CatalogueError as error:
        yield from (FileDone(wanted=one, error=error) for one in group)
        return
    is_over = True
    for wanted in group:
        try:
            path = f"{wanted.path}{_ending(place, part.path, wanted)}"
            with held(), part.path.open("rb") as file:
                place.storage.replace(path, file, expected="")
                forget_enclosure(place, wanted.note)
            yield FileDone(wanted=wanted, path=path, size_bytes=part.size_bytes)
        except CatalogueError as error:
            if isinstance(error, ContentError) and error.code in {"disk-full", "read-only"}:
                raise
            is_over = is_over and not isinstance(error, Conflict)  # another run is at it: what came waits
            yield FileDone(wanted=wanted, error=error)
    if is_over:
        part.forget()


def _ending(place: Place, file: Path, wanted: Wanted) -> str:
    """Look into what came, and give the ending its bytes ask for; raises ContentErrors and SandboxFailure."""
    if wanted.is_audio:
        return _audio_ending(place, file, wanted)
    name = wanted.path.rpartition("/")[2]
    if "." not in name:
        from catalogue.formats.pictures.picture_facts import read_image

        facts: ImageFacts = place.box.call(read_image, str(file), name)
        return f".{_PICTURES.get(facts.format.lower(), facts.format.lower())}"
    reader = read_chapters_file if name.startswith("chapters.") else read_transcript
    place.box.call(reader, str(file), name)
    return ""


def _audio_ending(place: Place, file: Path, wanted: Wanted) -> str:
    facts: AudioFacts = place.box.call(read_audio, str(file), wanted.url)
    is_hinted = any(remark.code == SHORT for remark in facts.remarks)
    if is_hinted and facts.size_bytes < wanted.stated_bytes:
        raise AudioError(
            "audio-truncated",
            "It ends in the middle: {size_bytes} bytes came, and the feed says {stated_bytes}. Import it again later.",
            path=wanted.url,
            size_bytes=facts.size_bytes,
            stated_bytes=wanted.stated_bytes,
        )
    return f".{FORMATS[facts.format].extension}"


def forget_enclosure(place: Place, note: str | None) -> None:
    """Take from a note what it says of audio elsewhere, now that the audio is here; the library decides who writes."""
    file = place.storage.stat(note) if note is not None else None
    if file is None:
        return
    content = read_whole(place.storage, file.path, limit_bytes=NOTE_LIMIT_BYTES)
    try:
        if "enclosure" in read_note(content, file.path).fields:
            edited = edit_note(content, {"enclosure": None}, file.path)
            place.storage.replace(file.path, edited, expected=file.version)
    except (ContentErrors, StaleEdit):  # only a person can edit it, or one does just now: what is here counts anyway
        return
