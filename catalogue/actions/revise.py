"""Revise a published episode: other audio, a dated correction, or both, under the same GUID and addresses.

The audio is replaced first and the note last, so that a correction never tells of what is not there yet. What was
served before leads on to what is served now, as after any other change of a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from catalogue.actions.add import check_outside
from catalogue.actions.editing import Held, NoteEdit, hold_episode
from catalogue.actions.index import Report, Wishes
from catalogue.actions.open import Place
from catalogue.domain.episode import Correction, Episode
from catalogue.domain.facts import AudioFacts
from catalogue.domain.media import FORMATS, Audio
from catalogue.errors import Conflict
from catalogue.formats.audio.reading import read_audio
from catalogue.library.notes.edits import plain

KEY = "corrections"
# What listeners would notice between the words of a transcript and what they hear.
SHIFT = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Revised:
    """An episode as it is now; `outdated` are files of it that still have the sound from before.

    `is_shifted`: the audio is longer or shorter, and there are chapters or transcripts whose times may be wrong now.
    """

    episode: Episode
    written: tuple[str, ...]
    correction: Correction | None
    outdated: tuple[str, ...]
    is_shifted: bool
    report: Report


@dataclass(frozen=True, kw_only=True)
class _NewSound:
    """Audio that is to take the place of a rendition."""

    source: Path
    facts: AudioFacts
    old: Audio


def revise_episode(
    place: Place,
    name: str,
    *,
    audio: Path | None = None,
    note: str = "",
    on: date | None = None,
    wishes: Wishes | None = None,
) -> Revised:
    """Replace an episode's audio, and with a `note` write down what was corrected and when (`on`: today).

    Without a note nobody is told: a plain edit. Raises NotFound, AudioError, Conflict where the audio is of another
    format, the same or another episode's, ContentErrors where only a person can edit the note, NotPublishable
    where the index cannot follow. Nothing is written unless all can be.
    """
    text = " ".join(note.split())
    if audio is None and not text:
        raise Conflict("nothing-to-revise", "There is nothing to revise: name the new audio, or say what is corrected.")
    with hold_episode(place, name, wishes) as held:
        sound = _new_sound(held, audio) if audio is not None else None
        correction = Correction(on=_day(held, on), text=text) if text else None
        edit = _corrected(held, correction) if correction is not None else None
        written = tuple(_write(held, sound, edit))
        # The word counts for the audio that was given, not for what may have become of the one that is there.
        report, row = held.index({held.path: held.row.line.guid} if sound is not None else None)
    if row.episode is None or not _is_taken_up(row.episode, sound, correction):
        raise held.not_indexed(report)
    return _revised(row.episode, sound, correction, written=written, report=report)


def check_nobody_else_s(held: Held, facts: AudioFacts, audio: Path) -> None:
    """Raise Conflict for the sound of another episode of the show: the two could not be told apart any more."""
    for row in held.place.index.episodes(held.show.guid):
        line = row.line
        known = {one.sha256 for one in line.media.values()} | {one.essence for one in line.media.values()}
        if line.guid != held.row.line.guid and {facts.sha256, facts.essence} & (known | line.was_media.keys()):
            raise Conflict(
                "another-s-audio",
                "{path} has the sound of “{slug}”. Name that episode, or another file.",
                path=audio,
                slug=line.slug,
            )


def _revised(
    episode: Episode,
    sound: _NewSound | None,
    correction: Correction | None,
    *,
    written: tuple[str, ...],
    report: Report,
) -> Revised:
    others = [one.path for one in episode.renditions if sound is not None and one.path != sound.old.path]
    return Revised(
        episode=episode,
        written=written,
        correction=correction,
        outdated=tuple(others),
        is_shifted=_is_shifted(sound, episode),
        report=report,
    )


def _new_sound(held: Held, audio: Path) -> _NewSound:
    """Read the new audio and find what it takes the place of."""
    place, episode = held.place, held.row.episode
    check_outside(place, audio)
    facts: AudioFacts = place.box.call(read_audio, str(audio.resolve()), audio.name)
    renditions = episode.renditions if episode is not None else ()
    extension = FORMATS[facts.format].extension
    old = next((one for one in renditions if one.extension == extension), None)
    if old is None:
        has = ", ".join(one.extension for one in renditions) or "no audio here"
        raise Conflict(
            "other-format",
            "“{slug}” has {has}, and {path} is {extension}. Convert it first: apps that know the old address "
            "expect the old format.",
            slug=held.row.line.slug,
            has=has,
            path=audio,
            extension=extension,
        )
    if facts.sha256 == old.sha256 and held.files is not None and held.files.audio:
        raise Conflict("same-audio", "{path} is the audio that “{slug}” has.", path=audio, slug=held.row.line.slug)
    check_nobody_else_s(held, facts, audio)
    return _NewSound(source=audio, facts=facts, old=old)


def _day(held: Held, on: date | None) -> date:
    """The day of a correction: today in the show's zone, or in UTC where that is a day behind."""
    now = held.wishes.clock()
    here, utc = now.astimezone(ZoneInfo(held.show.timezone)).date(), now.astimezone(UTC).date()
    if on is not None and on > max(here, utc):
        raise Conflict("day-to-come", "{day} is still to come: a correction is dated when it is made.", day=on)
    return on or min(here, utc)


def _corrected(held: Held, correction: Correction) -> NoteEdit:
    """The note with one correction more, after those that it has."""
    note = held.note()
    field = note.fields.get(KEY) if note is not None else None
    stated = plain(field) if field is not None and not field.is_empty else []
    known = stated if isinstance(stated, list) else [stated]
    return held.edit({KEY: [*map(_with_day, known), {"on": correction.on, "text": correction.text}]})


def _with_day(stated: object) -> object:
    """A correction as the note states it, its day a day, so that it is written without quotation marks."""
    if not isinstance(stated, dict):
        return stated
    try:
        return {**stated, "on": date.fromisoformat(str(stated.get("on")))}
    except ValueError:  # written in another way, and kept so
        return stated


def _write(held: Held, sound: _NewSound | None, edit: NoteEdit | None) -> Iterator[str]:
    storage = held.place.storage
    if sound is not None:
        there = storage.stat(sound.old.path)
        with sound.source.open("rb") as file:
            storage.replace(sound.old.path, file, expected=there.version if there else "")
        yield sound.old.path
    if edit is not None:
        held.write(edit)
        yield edit.path


def _is_shifted(sound: _NewSound | None, episode: Episode) -> bool:
    if sound is None or sound.old.duration is None or sound.facts.duration is None:
        return False
    has_times = bool(episode.chapters or episode.transcripts)
    return has_times and abs(sound.facts.duration - sound.old.duration) >= SHIFT


def _is_taken_up(episode: Episode, sound: _NewSound | None, correction: Correction | None) -> bool:
    hashes = {one.sha256 for one in episode.renditions}
    has_sound = sound is None or (sound.facts.sha256 in hashes and episode.missing_since is None)
    return has_sound and (correction is None or correction in episode.corrections)
