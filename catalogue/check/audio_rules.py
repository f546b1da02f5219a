"""Rules A01 to A06: the library's own audio files, as they were found to be when they were indexed."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.check.facts import LibraryEpisode
from catalogue.check.library_rule import episode_rule
from catalogue.check.rule import Flaw, Level
from catalogue.domain.facts import AudioFacts, Remark
from catalogue.domain.loudness import Hearing

# What the readers of audio remark on that a rule says, too.
SHORT, ENDING = "audio-short", "audio-ending"
LARGEST_COVER_BYTES = 1_000_000
# Apple, "Audio requirements": 44.1 or 48 kHz.
SAMPLE_RATES = frozenset({44_100, 48_000})
# The same page, kbit/s of a recommended file by its channels, for the formats that Apple takes.
BIT_RATES = {1: (64, 128, "in mono"), 2: (128, 256, "in stereo")}
_ANY = (64, 256, "")
_APPLE_FORMATS = frozenset({"mp3", "m4a", "mp4", "aac"})


@episode_rule("A01", Level.WARNING, source="Practice of players")
def audio_is_whole(episode: LibraryEpisode) -> Iterator[Flaw]:
    """An audio file goes on to its end, as far as the file itself can tell.

    Mend: compare it with the original; copy it again, or export it again.

    Passes:
        # audio: bitrate_kbps = 96
    Fails:
        # audio: remark = "audio-short"
    """
    yield from _remarked(episode, SHORT)


@episode_rule("A02", Level.WARNING, source="RFC 3003; practice of players")
def ending_says_the_format(episode: LibraryEpisode) -> Iterator[Flaw]:
    """The ending of an audio file's name says what its bytes are.

    Mend: rename the file; the episode stays what it is.

    Passes:
        # audio: format = "mp3"
    Fails:
        # audio: remark = "audio-ending"
    """
    yield from _remarked(episode, ENDING)


def _remarked(episode: LibraryEpisode, code: str) -> Iterator[Flaw]:
    for path, sound in episode.sounds.items():
        remark: Remark | None = next((one for one in sound.remarks if one.code == code), None)
        if remark is not None:
            yield Flaw(message=remark.message, value=path, path=path)


@episode_rule("A03", Level.WARNING, source="Practice of hosts")
def cover_in_the_audio_is_small(episode: LibraryEpisode) -> Iterator[Flaw]:
    """The picture in an audio file's tags is under 1 MB: everybody loads it with every episode.

    Mend: `castalogue tag` puts a picture of 640 pixels in its place; or save it smaller.

    Passes:
        # audio: cover_bytes = 200000
    Fails:
        # audio: cover_bytes = 4000000
    """
    for path, sound in episode.sounds.items():
        size = sound.artwork.size_bytes if sound.artwork else None
        if size is not None and size > LARGEST_COVER_BYTES:
            message = f"The picture in its tags has {size / 1_000_000:.1f} MB, which everybody downloads with it."
            yield Flaw(message=message, value=path, path=path)


@episode_rule("A04", Level.ADVICE, source="Apple: audio requirements")
def sample_rate_is_usual(episode: LibraryEpisode) -> Iterator[Flaw]:
    """Audio has 44,100 or 48,000 samples a second.

    Mend: export it again at 44.1 kHz; making a lower rate higher mends nothing, so begin at the recording.

    Passes:
        # audio: sample_rate_hz = 44100
    Fails:
        # audio: sample_rate_hz = 22050
    """
    for path, sound in _apples(episode):
        if sound.sample_rate_hz is not None and sound.sample_rate_hz not in SAMPLE_RATES:
            message = f"It has {sound.sample_rate_hz} samples a second; 44100 or 48000 are recommended."
            yield Flaw(message=message, value=path, path=path)


@episode_rule("A05", Level.ADVICE, source="Apple: audio requirements")
def bit_rate_is_usual(episode: LibraryEpisode) -> Iterator[Flaw]:
    """Audio has 64 to 128 kbit/s in mono, 128 to 256 in stereo.

    Mend: export it again; for speech 96 in mono sounds like 192 in stereo, at half the size.

    Passes:
        # audio: bitrate_kbps = 96, channels = 1
    Fails:
        # audio: bitrate_kbps = 320, channels = 2
    """
    for path, sound in _apples(episode):
        lowest, highest, where = BIT_RATES.get(sound.channels or 0, _ANY)
        if sound.bitrate_kbps is not None and not lowest <= sound.bitrate_kbps <= highest:
            advised = f"{lowest} to {highest} are recommended {where}".rstrip()
            yield Flaw(message=f"It has {sound.bitrate_kbps} kbit/s; {advised}.", value=path, path=path)


@episode_rule("A06", Level.ADVICE, source="Apple: audio requirements; EBU R 128")
def loudness_is_usual(episode: LibraryEpisode) -> Iterator[Flaw]:
    """A recording is as loud as others, where that was measured: -16 LUFS, within 1; in mono -19.

    Mend: bring it to that loudness in the program you edit with (“loudness normalisation”), then revise the episode.

    Passes:
        # loudness: -16.4
    Fails:
        # loudness: -20.5
    """
    loudness = episode.loudness
    if loudness is None or loudness.hearing in (Hearing.RIGHT, Hearing.SILENT):
        return
    how = "quieter" if loudness.difference < 0 else "louder"
    far = f"{abs(loudness.difference):.1f} {how} than the {loudness.wanted_lufs:.0f} that apps expect"
    path = episode.episode.renditions[0].path
    yield Flaw(message=f"It measures {loudness.integrated_lufs:.1f} LUFS, {far}.", value=path, path=path)


def _apples(episode: LibraryEpisode) -> Iterator[tuple[str, AudioFacts]]:
    """The files in formats that Apple says something about."""
    return ((path, sound) for path, sound in episode.sounds.items() if sound.format in _APPLE_FORMATS)
