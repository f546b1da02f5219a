"""Where ffmpeg is, and how it is called.

It decodes the first sound of a file once. Half of that goes to `ebur128` (EBU R 128, ITU-R BS.1770), which says at its
end how loud it was; the other half becomes 8,000 numbers of 8 bits a second for the waveform. The reader for the
container that we found in the bytes is stated, and no way to other machines is open: a play list that calls itself MP3
opens nothing.
"""

from __future__ import annotations

import importlib
import importlib.util
import shutil
from pathlib import Path

SAMPLES_PER_SECOND = 8000
# Our names of containers as ffmpeg's readers are called.
READERS = {
    "mp3": "mp3",
    "m4a": "mov",
    "mp4": "mov",
    "ogg": "ogg",
    "opus": "ogg",
    "flac": "flac",
    "wav": "wav",
    "aac": "aac",
    "aiff": "aiff",
}
# What the extra `audio` brings where there is no ffmpeg of the system.
EXTRA = "imageio_ffmpeg"
# `framelog=quiet` would be shorter, but ffmpeg 5.1 refuses it.
_GRAPH = f"[0:a:0]asplit=2[whole][few];[whole]ebur128=framelog=verbose[heard];[few]aresample={SAMPLES_PER_SECOND}[seen]"
_BEFORE = (
    "-nostdin -hide_banner -nostats -loglevel info -threads 1 -filter_threads 1 -filter_complex_threads 1 "
    "-protocol_whitelist file,pipe"
).split()


def has_ffmpeg() -> bool:
    """Whether there is an ffmpeg; asked often, and starts nothing."""
    return shutil.which("ffmpeg") is not None or importlib.util.find_spec(EXTRA) is not None


def find_ffmpeg() -> str | None:
    """The full path of ffmpeg: the system's, else the one that the extra brings; None where there is none."""
    found = shutil.which("ffmpeg")
    if found is not None:
        return str(Path(found).absolute())
    try:
        return str(importlib.import_module(EXTRA).get_ffmpeg_exe())
    except (ImportError, RuntimeError):  # not there, or without a program for this machine
        return None


def ffmpeg_words(ffmpeg: str, path: Path, audio_format: str) -> list[str]:
    """How ffmpeg is called on a file whose container is this."""
    given = ["-f", READERS[audio_format], "-i", f"file:{path.absolute()}"]
    heard = ["-map", "[heard]", "-f", "null", "-"]
    seen = ["-map", "[seen]", "-ac", "1", "-f", "u8", "pipe:1"]
    return [ffmpeg, *_BEFORE, *given, "-filter_complex", _GRAPH, *heard, *seen]
