"""Embedded moments: a stretch of an episode, heard where the notes speak of it.

A paragraph that is nothing but `![What is said here](episode:110-meet-the-husbands#t=4:12,5:30)`: what looks like a
picture is one in sound. The stretch is written as in W3C Media Fragments 1.0, section 4.2.1 (normal play time).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import unquote

from markdown_it.token import Token

from catalogue.show_notes.reading import shared_notes, text_of

SCHEME = "episode:"
# What every note with an embedded moment holds: without it, none need be looked for.
_SIGN = f"]({SCHEME}"
_ADDRESS = re.compile(r"episode:(?:(?P<show>[^/#?]+)/)?(?P<episode>[^/#?]+)(?:#t=(?P<stretch>.*))?", re.DOTALL)
_CLOCK = r"(?:(?:(\d{1,2}):)?([0-5]?\d):)?(\d{1,5})(?:\.\d+)?"
_STRETCH = re.compile(rf"(?:npt:)?(?P<start>{_CLOCK})?(?:,(?P<end>{_CLOCK}))?", re.ASCII)


class EmbeddedMoment(NamedTuple):
    """A stretch of an episode: the slugs of the show (None: the only one, or the notes' own) and of the episode.

    `end` None: to the end of the episode. `caption` is plain text.
    """

    show: str | None
    episode: str
    start: timedelta
    end: timedelta | None
    caption: str

    @property
    def name(self) -> str:
        """The episode as the notes name it."""
        return f"{self.show}/{self.episode}" if self.show else self.episode


class NamedMoment(NamedTuple):
    """What notes write after `episode:`, and what it means; None where it can mean nothing."""

    address: str
    moment: EmbeddedMoment | None


def has_embedded(markdown: str) -> bool:
    """Whether notes may embed a moment; a quick look, no reading."""
    return _SIGN in markdown


def find_embedded(markdown: str) -> tuple[NamedMoment, ...]:
    """Find the embedded moments of notes in their order, those that mean nothing too.

    >>> find_embedded("![Hope](episode:110#t=4:12)")[0].moment.start.seconds
    252
    """
    if not has_embedded(markdown):
        return ()
    tokens = shared_notes(markdown).tokens
    return tuple(named for _, named in embedded_paragraphs(tokens))


def find_misplaced(markdown: str) -> tuple[str, ...]:
    """Find what was to embed a moment and does not stand alone, so that only its caption is shown; as addresses.

    >>> find_misplaced("Hear ![Hope](episode:110#t=4:12) here.")
    ('episode:110#t=4:12',)
    """
    if not has_embedded(markdown):
        return ()
    tokens = shared_notes(markdown).tokens
    alone = {index + 1 for index, _ in embedded_paragraphs(tokens)}
    lines = (token.children or () for index, token in enumerate(tokens) if index not in alone)
    sources = (str(child.attrGet("src") or "") for children in lines for child in children if child.type == "image")
    return tuple(source for source in sources if source.startswith(SCHEME))


def embedded_paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[int, NamedMoment]]:
    """Find the paragraphs that embed a moment, by the index of their opening token; two more tokens belong to each."""
    for index, token in enumerate(tokens):
        if token.type != "inline" or token.level != 1 or tokens[index - 1].type != "paragraph_open":
            continue
        children = token.children or []
        if len(children) == 1 and children[0].type == "image":
            source = str(children[0].attrGet("src") or "")
            if source.startswith(SCHEME):
                yield index - 1, NamedMoment(source, read_embedded(source, text_of(children[0].children)))


def read_embedded(address: str, caption: str) -> EmbeddedMoment | None:
    """Read the address of a moment; None where it is none.

    >>> read_embedded("episode:talks/110#t=1:02:03,", "x") is None, read_embedded("episode:talks/110", "x").name
    (True, 'talks/110')
    """
    match = _ADDRESS.fullmatch(unquote(address))
    stretch = _STRETCH.fullmatch(match["stretch"] or "0") if match else None
    if match is None or stretch is None or not stretch.group():
        return None
    start = _moment(*stretch.group(2, 3, 4)) if stretch["start"] else timedelta()
    end = _moment(*stretch.group(6, 7, 8)) if stretch["end"] else None
    if start is None or (stretch["end"] and (end is None or end <= start)):
        return None
    return EmbeddedMoment(match["show"], match["episode"], start, end, " ".join(caption.split()))


def _moment(hours: str | None, minutes: str | None, seconds: str) -> timedelta | None:
    if minutes is not None and (len(seconds) != 2 or int(seconds) > 59):
        return None
    return timedelta(hours=int(hours or 0), minutes=int(minutes or 0), seconds=int(seconds))
