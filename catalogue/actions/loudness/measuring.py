"""Measure the recording of an episode, and keep what was measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from catalogue.actions.errands.progress import Progress
from catalogue.actions.open import Place
from catalogue.documents import read_document
from catalogue.domain.errands import Errand
from catalogue.domain.facts import AudioFacts
from catalogue.domain.loudness import Loudness
from catalogue.domain.media import Audio
from catalogue.errors import ConfigError, Conflict, NotFound
from catalogue.formats.loudness.ffmpeg import find_ffmpeg
from catalogue.formats.loudness.measuring import measure_loudness
from catalogue.ports import size_and_time

NO_FFMPEG = (
    "There is no ffmpeg on this machine, which measures how loud recordings are. Install it from your system's "
    "packages, or pip install 'castalogue[audio]'."
)
NO_AUDIO = "This episode has no recording in the library that could be measured."
CHANGED = "The recording is not the one that was indexed. Run castalogue index, then ask again."


def measure_for_errand(place: Place, errand: Errand, progress: Progress) -> Mapping[str, object]:
    """Measure what an errand of the kind `loudness` asks for; nothing where it is measured, or gone, by now."""
    audio = enclosure(place, errand.show_guid, errand.guid)
    if audio is None or audio.sha256 != errand.parameters.get("sha256") or place.index.loudness(audio.sha256):
        return {}
    whole = round(audio.duration.total_seconds()) if audio.duration else 0

    def tell(seconds: float) -> None:
        progress.tell("measuring", done=min(round(seconds), whole), total=whole)

    found = measure(place, audio, now=progress.clock, on_seconds=tell, is_over=lambda: progress.is_over)
    return {"lufs": found.integrated_lufs, "fault": found.fault}


def enclosure(place: Place, show_guid: str, guid: str) -> Audio | None:
    """The recording of an episode that subscribers get, where it is a file of the library. Raises StoreError."""
    row = place.index.episode(show_guid, guid)
    episode = row.episode if row is not None and row.line.withdrawn_at is None else None
    return episode.renditions[0] if episode is not None and episode.renditions else None


def measure(
    place: Place,
    audio: Audio,
    *,
    now: Callable[[], datetime],
    on_seconds: Callable[[float], None] = lambda _: None,
    is_over: Callable[[], bool] = lambda: False,
) -> Loudness:
    """Measure a recording and keep that; `on_seconds` hears how many seconds of it were read, and may raise.

    Raises ConfigError where there is no ffmpeg, Conflict where the file is not what was indexed, ProgramEnded,
    StoreError.
    """
    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        raise ConfigError("no-ffmpeg", NO_FFMPEG)
    channels = _check_as_indexed(place, audio)
    path = place.storage.local_path(audio.path)
    found = measure_loudness(ffmpeg, path, audio, channels=channels, on_seconds=on_seconds, is_over=is_over)
    _check_as_indexed(place, audio)
    moment = place.index.moment(now())
    _sweep(place, moment)
    place.index.save_loudness(found, now=moment)
    return found


def _check_as_indexed(place: Place, audio: Audio) -> int | None:
    """How many channels it has. Raises Conflict where its bytes may be others than those with this hash."""
    row, file = place.index.file(audio.path), place.storage.stat(audio.path)
    if file is None or row is None or not row.document or size_and_time(row.version) != size_and_time(file.version):
        raise Conflict("audio-changed", CHANGED)
    facts = read_document(AudioFacts, row.document)
    if facts.sha256 != audio.sha256:
        raise Conflict("audio-changed", CHANGED)
    return facts.channels


def _sweep(place: Place, now: datetime) -> None:
    """Forget what was measured of recordings that no episode has any more; looked at once a day of measuring."""
    last = place.index.last_measured_at()
    if last is not None and last.date() == now.date():
        return
    place.index.sweep_loudness(
        {
            audio.sha256
            for show in place.index.shows()
            for row in place.index.episodes(show.show.guid)
            if row.episode is not None
            for audio in row.episode.renditions
        }
    )


def no_recording() -> NotFound:
    """What to raise for an episode that has nothing to measure."""
    return NotFound("no-recording", NO_AUDIO)
