"""Show notes as the rules look at them: links, pictures, moments and HTML, each with its line.

Reading Markdown is slow next to looking for a sign of what is asked, so each finder looks for that first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from markdown_it.token import Token

from catalogue.show_notes.moments import find_stamps
from catalogue.show_notes.page import contents_of
from catalogue.show_notes.reading import read_notes, text_of

_LINK = re.compile(r"\]\(|^\s{0,3}\[[^\]]+\]:", re.MULTILINE)
_PICTURE = re.compile(r"!\[")
_HTML = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>\n]*)?/?>")
# A link of these schemes is not made, and stands as it was typed.
_REFUSED = re.compile(r"\]\(\s*<?\s*((?:javascript|vbscript|data|file):[^)\s]*)", re.IGNORECASE)


class Part(NamedTuple):
    """Something in the notes: what it is (an address, words), and the line it stands on, from 1."""

    text: str
    line: int


def find_links(notes: str) -> Iterator[Part]:
    """The addresses that links lead to, as typed; those to places on the page (`#…`) too."""
    if _LINK.search(notes):
        for line, child in _children(notes):
            if child.type == "link_open":
                yield Part(str(child.attrGet("href") or ""), line)


def find_pictures_without_words(notes: str) -> Iterator[Part]:
    """The addresses of pictures that nobody described."""
    if _PICTURE.search(notes):
        for line, child in _children(notes):
            if child.type == "image" and not text_of(child.children).strip():
                yield Part(str(child.attrGet("src") or ""), line)


def find_html(notes: str) -> Iterator[Part]:
    """HTML in running text, which is shown as it was typed, and links that are refused."""
    if _HTML.search(notes) or _REFUSED.search(notes):
        for line, child in _children(notes):
            if child.type == "text":
                for pattern in (_HTML, _REFUSED):
                    yield from (Part(found[0], line) for found in pattern.finditer(child.content))


def find_moments(notes: str) -> list[tuple[timedelta, Part]]:
    """The moments of the audio that a line begins with, or that stand in brackets, in their order."""
    return [(moment, Part(text, line)) for moment, text, line in find_stamps(notes)]


def headings_of(notes: str) -> frozenset[str]:
    """The identifiers of the notes' headings."""
    return frozenset(heading.id for heading in contents_of(notes))


def _children(notes: str) -> Iterator[tuple[int, Token]]:
    """What stands in the notes' paragraphs, headings and cells, with the line, as near as it is known."""
    lines = notes.split("\n")
    for token in _tokens(notes):
        if token.children and token.map:
            start, end = token.map
            for child in token.children:
                yield _line_of(child, lines, start, end), child


def _line_of(child: Token, lines: list[str], start: int, end: int) -> int:
    """The line of a paragraph on which something stands: the first that holds its address or its words."""
    sought = str(child.attrGet("href") or child.attrGet("src") or child.content)
    found = (number for number in range(start, min(end, len(lines))) if sought and sought in lines[number])
    return next(found, start) + 1


@lru_cache(maxsize=2)
def _tokens(notes: str) -> tuple[Token, ...]:
    # several rules look at the same notes, one after another
    return tuple(read_notes(notes, prefix="notes").tokens)
