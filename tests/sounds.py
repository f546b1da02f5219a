"""Small real audio, made on the spot: silence that mutagen, browsers and podcast clients read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mutagen.id3 import ID3, TALB, TDRC, TIT2, TPE1, TRCK

# MPEG 1 layer III, 32 kbit/s, 44.1 kHz, mono: 104 bytes, 1152 samples; all-zero side information is silence.
FRAME = bytes.fromhex("fffb10c4") + bytes(100)
FRAMES_PER_SECOND = 44100 / 1152


def silent_mp3(seconds: float = 2.0, *, seed: int = 0) -> bytes:
    """Constant-bitrate silence; `seed` makes two files of one length differ in their sound."""
    frames = [bytearray(FRAME) for _ in range(round(seconds * FRAMES_PER_SECOND))]
    frames[-1][-4:] = seed.to_bytes(4, "big")
    return b"".join(bytes(frame) for frame in frames)


def write_mp3(path: Path, *, seconds: float = 2.0, seed: int = 0, **tags: Any) -> Path:
    """Write silence with ID3 tags: title, author, album, number, date."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(silent_mp3(seconds, seed=seed))
    frames = {"title": TIT2, "author": TPE1, "album": TALB, "number": TRCK, "date": TDRC}
    if tags:
        id3 = ID3()
        for name, value in tags.items():
            id3.add(frames[name](encoding=3, text=[str(value)]))
        id3.save(path)
    return path
