"""Words broken into lines that fit a space, at the largest of the sizes at which they do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalogue.formats.pictures.lettering import Font, font_of, width_of

LINE = 1.2
LONGEST = 400


@dataclass(frozen=True, kw_only=True)
class Space:
    """Room for lettering in pixels, and the sizes to try, the largest first."""

    width: int
    height: int
    sizes: tuple[int, ...]


def fitted(letters: str, space: Space) -> tuple[int, list[str]]:
    """The largest size at which the letters stand in the space with no word broken; else the smallest, cut."""
    letters = letters[:LONGEST]
    for size in space.sizes:
        lines = _wrapped(letters.split(), font_of(size), space.width)
        room = int(space.height / (size * LINE))
        if lines is not None and len(lines) <= room:
            return size, lines
    font = font_of(size)
    lines = _wrapped(_pieces(letters.split(), font, space.width), font, space.width) or []
    return size, lines if len(lines) <= room else [*lines[: room - 1], _cut(lines[room - 1], font, space.width)]


def _cut(line: str, font: Font, width: int) -> str:
    """The beginning of a line that fits with an ellipsis behind it."""
    while width_of(line + "…", font) > width:
        line = line[:-1]
    return line.rstrip("- ") + "…"


def _wrapped(words: Iterable[str], font: Font, width: int) -> list[str] | None:
    """The words in lines as full as they can be, or None where one is wider than a line."""
    lines: list[str] = []
    for word in words:
        if width_of(word, font) > width:
            return None
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(words: list[str], font: Font, width: int) -> Iterator[str]:
    """The words, those wider than a line in pieces as wide as one, each but the last with a hyphen."""
    for word in words:
        start = 0
        for end in range(1, len(word)):
            if width_of(word[start : end + 1] + "-", font) > width and not unicodedata.combining(word[end]):
                yield word[start:end] + "-"
                start = end
        yield word[start:]
