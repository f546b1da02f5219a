"""ID3 frames for mutagen to fill: the few kinds that are used, without the checks that writing them would need.

mutagen finds the frames and undoes what was done to their bytes; its own classes then check every value as if
a program had set it, decode UTF-16 letter by letter and merge equal pictures pair by pair, which is most of what
reading a tag costs. They go on reading ID3v2.2, which nobody writes any more.
"""

from __future__ import annotations

import struct
from typing import Any

from mutagen.id3 import CHAP, CTOC, Frame, ID3JunkFrameError

# ID3v2.4 structure, section 4: encodings by their number.
_CODECS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
_WIDE = (1, 2)


class LeanFrame(Frame):
    """A frame that takes what it is given; no two of them are the same to mutagen."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> None:
        self.__dict__[name] = value

    @property
    def HashKey(self) -> str:  # noqa: N802  (mutagen's name)
        return f"{self.FrameID}:{id(self)}"

    def _readData(self, header: Any, data: bytes) -> None:  # noqa: N802, ARG002  (mutagen's)
        try:
            self.read(data)
        except (UnicodeError, struct.error, IndexError) as error:
            raise ID3JunkFrameError(str(error)) from error

    def read(self, data: bytes) -> None:
        """Set what the frame says; may raise UnicodeError, struct.error, IndexError for one that says nothing."""
        raise NotImplementedError


class LeanText(LeanFrame):
    """Text frames: `text` is a list of values; those of a second frame of the same name join them."""

    text: list[str]

    @property
    def HashKey(self) -> str:  # noqa: N802
        return str(self.FrameID)

    def read(self, data: bytes) -> None:
        self.text = _texts(data[1:], data[0])

    def _merge_frame(self, other: Any) -> LeanText:
        self.text = [*self.text, *(value for value in other.text if value not in self.text)]
        return self


class LeanUserText(LeanFrame):
    """TXXX: `desc` is its name."""

    def read(self, data: bytes) -> None:
        self.desc, self.text = _described(data[1:], data[0])


class LeanComment(LeanFrame):
    """COMM and USLT, with three letters of language."""

    def read(self, data: bytes) -> None:
        self.desc, texts = _described(data[4:], data[0])
        self.text = texts[0] if texts else ""


class LeanAddress(LeanFrame):
    """WXXX: the address is always Latin-1."""

    def read(self, data: bytes) -> None:
        name, url = _split(data[1:], data[0], most=1)
        self.desc, self.url = _decoded(name, data[0]), url.partition(b"\x00")[0].decode("latin-1")


class LeanFeedAddress(LeanFrame):
    """WFED, which iTunes writes as a text and others as an address."""

    def read(self, data: bytes) -> None:
        is_text = data[0] < len(_CODECS)
        self.url = (_texts(data[1:], data[0]) or [""])[0] if is_text else data.partition(b"\x00")[0].decode("latin-1")


class LeanPicture(LeanFrame):
    """APIC: its media type, what it shows (3: the front cover), its bytes."""

    def read(self, data: bytes) -> None:
        mime, _, rest = data[1:].partition(b"\x00")
        self.mime, self.type = mime.decode("latin-1"), rest[0]
        _, self.data = _split(rest[1:], data[0], most=1)


class LeanChapter(LeanFrame, CHAP):
    """CHAP, read by mutagen, with lean frames inside."""

    _readData = CHAP._readData  # noqa: N815


class LeanContents(LeanFrame, CTOC):
    """CTOC, read by mutagen."""

    _readData = CTOC._readData  # noqa: N815


_KINDS: dict[str, type[LeanFrame]] = {
    "TXXX": LeanUserText,
    "COMM": LeanComment,
    "USLT": LeanComment,
    "WXXX": LeanAddress,
    "WFED": LeanFeedAddress,
    "APIC": LeanPicture,
    "CHAP": LeanChapter,
    "CTOC": LeanContents,
}


def lean_frames(names: set[str]) -> dict[str, type[LeanFrame]]:
    """Frames for mutagen to know, by name; a name without a kind of its own is a text frame."""
    return {name: type(name, (_KINDS.get(name, LeanText),), {}) for name in names}


def _described(data: bytes, encoding: int) -> tuple[str, list[str]]:
    name, rest = _split(data, encoding, most=1)
    return _decoded(name, encoding), _texts(rest, encoding)


def _texts(data: bytes, encoding: int) -> list[str]:
    """The values; an empty one is what padding looks like."""
    return [text for part in _split(data, encoding) if (text := _decoded(part, encoding))]


def _decoded(part: bytes, encoding: int) -> str:
    """Text in one of the four encodings; the half letter at the end of an odd number of bytes was a whole one."""
    if encoding in _WIDE and len(part) % 2:
        part += b"\x00"
    return part.decode(_CODECS[encoding])


def _split(data: bytes, encoding: int, *, most: int = -1) -> list[bytes]:
    """The bytes between terminators, which are two bytes at an even place where letters have two."""
    if encoding not in _WIDE:
        parts = data.split(b"\x00", most)
    else:
        parts, begin, at = [], 0, 0
        while len(parts) != most and (at := data.find(b"\x00\x00", at)) >= 0:
            if at % 2:
                at += 1
                continue
            parts.append(data[begin:at])
            begin = at = at + 2
        parts.append(data[begin:])
    return parts if most < 0 else [*parts, b""][: most + 1]
