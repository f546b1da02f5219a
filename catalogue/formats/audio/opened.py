"""An open audio file, and what its stream and tags were read as: what all readers of formats take and give."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from mutagen import MutagenError

from catalogue.domain.facts import SHORT, BitrateMode, Remark
from catalogue.formats.audio.containers import Container
from catalogue.formats.audio.tags import RawTags

# All that mutagen is known to raise for damaged bytes; what comes beside these is the sandbox's to catch.
BROKEN = (MutagenError, EOFError, LookupError, ValueError, ArithmeticError, struct.error)
BROKEN_TAGS = Remark(code="tags-broken", message="Its tags are damaged and were passed over. Write them anew.")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """An open audio file: what it is, how many bytes it has, and what the library calls it."""

    stream: BinaryIO
    container: Container
    size: int
    path: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Duration as read, plausible or not (None: unknown), bits per second (0: unknown), the tags, and how it seeks.

    `sample_rate` (hertz) and `channels` are 0 where unknown.
    """

    seconds: float | None
    bitrate: int
    tags: RawTags
    bitrate_mode: BitrateMode | None = None
    seek_header: str | None = None
    sample_rate: int = 0
    channels: int = 0


def clock_of(seconds: float) -> str:
    """A duration as messages write it.

    >>> clock_of(3723.4)
    '1:02:03'
    """
    return str(timedelta(seconds=round(seconds)))


def short_remark(told: str) -> Remark:
    """Say that a file may be cut off; `told` is how that is seen."""
    sentence = f"It may be cut off: {told}. Compare it with the original, or export it again."
    return Remark(code=SHORT, message=sentence)
