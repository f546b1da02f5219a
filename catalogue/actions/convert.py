"""Read chapters and transcripts for whoever wants them in another form: of an episode, or of any file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from catalogue.actions.named import find_episode
from catalogue.actions.open import Place
from catalogue.domain.facts import AudioFacts, ChaptersFacts, TranscriptFacts
from catalogue.domain.media import TRANSCRIPT_TYPES, Chapter, Cue, Transcript
from catalogue.errors import ChaptersError, NotFound
from catalogue.formats.audio.reading import read_audio
from catalogue.formats.chapters import find_time_list
from catalogue.formats.chapters.bounds import LIMIT_BYTES
from catalogue.formats.chapters.reading import READERS, read_chapters_file
from catalogue.formats.transcripts.reading import read_transcript
from catalogue.library.notes.episode_note import read_episode_note
from catalogue.library.notes.front_matter import read_note
from catalogue.sandbox import Box

# Which of an episode's transcripts says most, best first.
_RICHEST = ("vtt", "json", "srt", "html", "txt")


@dataclass(frozen=True, kw_only=True)
class FoundChapters:
    """Chapters, what messages call them, and how long the audio is (None: unknown)."""

    name: str
    chapters: Sequence[Chapter]
    length: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class FoundTranscript:
    """Cues and their language (None: unknown), what messages call them, and how long the audio is (None: unknown)."""

    name: str
    cues: Sequence[Cue]
    language: str | None
    length: timedelta | None = None


def chapters_of_episode(place: Place, name: str) -> FoundChapters:
    """Give the chapters that an episode has, wherever they come from; raises NotFound, Conflict as `find_episode`."""
    _, episode = find_episode(place, name)
    return FoundChapters(name=episode.slug, chapters=episode.chapters, length=episode.duration)


def chapters_of_file(file: Path, box: Box) -> FoundChapters:
    """Read the chapters of a chapter file, a note or an audio file, told by its ending; raises ContentError."""
    ending, path = file.suffix.lower().removeprefix("."), str(file.resolve())
    if ending in READERS:
        read: ChaptersFacts = box.call(read_chapters_file, path, file.name)
        return FoundChapters(name=file.name, chapters=read.chapters)
    if ending == "md":
        return FoundChapters(name=file.name, chapters=_chapters_of_note(file))
    facts: AudioFacts = box.call(read_audio, path, file.name)
    return FoundChapters(name=file.name, chapters=facts.chapters, length=facts.duration)


def transcript_of_episode(place: Place, name: str, *, language: str | None = None) -> FoundTranscript:
    """Read an episode's transcript in `language`, or in its own: of several kinds the one that says most.

    Raises NotFound where it has none, TranscriptError where that cannot be read.
    """
    _, episode = find_episode(place, name)
    wanted = language or episode.language
    found = sorted(episode.transcripts, key=lambda one: (one.language != wanted, _RICHEST.index(one.format)))
    if not found or (language is not None and found[0].language != language):
        raise _no_transcript(name, language, episode.transcripts)
    path = found[0].path
    facts: TranscriptFacts = place.box.call(read_transcript, str(place.storage.local_path(path)), path)
    return FoundTranscript(name=path, cues=facts.cues, language=found[0].language, length=episode.duration)


def transcript_of_file(file: Path, box: Box, *, language: str | None = None) -> FoundTranscript:
    """Read a transcript file; `language` is what it is in, where the file does not say it. Raises TranscriptError."""
    facts: TranscriptFacts = box.call(read_transcript, str(file.resolve()), file.name)
    return FoundTranscript(name=file.name, cues=facts.cues, language=language or facts.language)


def _chapters_of_note(file: Path) -> tuple[Chapter, ...]:
    try:
        with file.open("rb") as opened:
            content = opened.read(LIMIT_BYTES + 1)
    except OSError as error:
        sentence = "It cannot be opened: {why}."
        raise ChaptersError("chapters-closed", sentence, path=file.name, why=error.strerror) from error
    if len(content) > LIMIT_BYTES:
        raise ChaptersError("chapters-too-large", "The note is larger than 1 MiB. Shorten it.", path=file.name)
    note = read_note(content, file.name)
    stated = read_episode_note(note, timezone="UTC").get("chapters")
    return stated if isinstance(stated, tuple) else find_time_list(note.body)


def _no_transcript(name: str, language: str | None, others: Sequence[Transcript]) -> NotFound:
    there = ", ".join(sorted({one.language for one in others}))
    if language is not None and there:
        sentence = "“{name}” has no transcript in {language}. There is: {there}."
        return NotFound("no-transcript", sentence, name=name, language=language, there=there)
    kinds = ", ".join(TRANSCRIPT_TYPES)
    sentence = "“{name}” has no transcript. Put a file beside its audio, such as transcript.vtt (or {kinds})."
    return NotFound("no-transcript", sentence, name=name, kinds=kinds)
