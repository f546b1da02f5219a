"""Show notes as the rules look at them: links, pictures, moments and HTML, each with its line.

Reading Markdown takes two milliseconds a note, looking for a sign of what is asked next to nothing: so each finder
looks for that first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii
from markdown_it.token import Token

from catalogue.domain.identity import slug_of
from catalogue.show_notes.moments import find_stamps
from catalogue.show_notes.page import contents_of
from catalogue.show_notes.reading import PREFIX, read_notes, text_of

# The address of a link in the running text, or of one that is defined on a line of its own.
_ADDRESS = re.compile(r"(?:\]\(|^ {0,3}\[[^\]\n]+\]:)[ \t]*<?([^\s<>)]+)", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+([^\n]+)$", re.MULTILINE)
_BARE_PICTURE = re.compile(r"!\[\s*\]")
_HTML = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>\n]*)?/?>")
# A link of these schemes is not made, and stands as it was typed.
_REFUSED = re.compile(r"\]\(\s*+<?\s*+((?:javascript|vbscript|data|file):[^)\s]*)", re.IGNORECASE)


class Part(NamedTuple):
    """Something in the notes: what it is (an address, words), and the line it stands on, from 1."""

    text: str
    line: int


def find_links(notes: str, is_suspect: Callable[[str], bool]) -> Iterator[Part]:
    """The addresses that links lead to, those to places on the page (`#…`) too, as far as they are suspect."""
    if any(is_suspect(address) for address in _ADDRESS.findall(notes)):
        for line, child in _children(notes):
            address = str(child.attrGet("href") or "") if child.type == "link_open" else ""
            if address and is_suspect(address):
                yield Part(address, line)


def find_pictures_without_words(notes: str) -> Iterator[Part]:
    """The addresses of pictures that nobody described."""
    if _BARE_PICTURE.search(notes):
        for line, child in _children(notes):
            if child.type == "image" and not text_of(child.children).strip():
                yield Part(str(child.attrGet("src") or ""), line)


def find_html(notes: str) -> Iterator[Part]:
    """HTML in running text, which is shown as it was typed, and links that are refused."""
    if _HTML.search(notes) or _REFUSED.search(notes):
        for token in _tokens(notes):
            if token.children and token.map:
                words = "".join(child.content for child in token.children if child.type != "code_inline")
                found = [text for pattern in (_HTML, _REFUSED) for text in pattern.findall(words)]
                yield from (Part(text, token.map[0] + 1) for text in found if _is_typed(text, token.content))


def _is_typed(text: str, source: str) -> bool:
    """Whether it stands in what was typed without a backslash before it, by which one says that it is meant so."""
    return re.search(rf"(?<!\\){re.escape(text)}", source) is not None or f"\\{text}" not in source


def find_moments(notes: str) -> list[tuple[timedelta, Part]]:
    """The moments of the audio that a line begins with, or that stand in brackets, in their order."""
    return [(moment, Part(text, line)) for moment, text, line in find_stamps(notes)]


def has_heading(notes: str, name: str) -> bool:
    """Whether a link to `#name` finds a heading on the page."""
    wanted = slug_of(name, anyascii)
    if any(slug_of(heading.rstrip(" \t#"), anyascii) == wanted for heading in _HEADING.findall(notes)):
        return True
    return f"{PREFIX}-{wanted}" in {heading.id for heading in contents_of(notes)}


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
