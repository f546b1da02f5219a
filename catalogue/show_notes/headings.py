"""Headings of notes: where they stand below the page's own, and the identifiers that links find them by."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple
from urllib.parse import unquote

from anyascii import anyascii
from markdown_it.token import Token

from catalogue.domain.identity import slug_of
from catalogue.show_notes.reading import PREFIX, text_of

LOWEST_LEVEL = 6


class Heading(NamedTuple):
    """A heading as it stands on the page: its level (2 to 6), its identifier and its words."""

    level: int
    id: str
    text: str


def find_headings(tokens: Sequence[Token], top_level: int) -> dict[int, Heading]:
    """Find headings by the index of their opening token; the biggest gets `top_level`.

    Their inline token and the closing one follow it.
    """
    indexes = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
    shift = top_level - min((int(tokens[index].tag[1]) for index in indexes), default=1)
    headings: dict[int, Heading] = {}
    taken: dict[str, int] = {}
    for index in indexes:
        text = text_of(tokens[index + 1].children).strip()
        level = min(int(tokens[index].tag[1]) + shift, LOWEST_LEVEL)
        headings[index] = Heading(level, _free_id(text, taken), text)
    return headings


def _free_id(text: str, taken: dict[str, int]) -> str:
    """An identifier that no heading has; `taken` keeps how often each was wanted, so that none is tried twice."""
    stem = candidate = f"{PREFIX}-{slug_of(text, anyascii) or 'section'}"
    while candidate in taken:
        taken[stem] += 1
        candidate = f"{stem}-{taken[stem]}"
    taken[candidate] = 1
    return candidate


def point_to_headings(children: Sequence[Token], known: Set[str]) -> None:
    """Let `[…](#words-of-a-heading)` find the heading under its prefixed identifier."""
    for child in children:
        href = str(child.attrGet("href") or "") if child.type == "link_open" else ""
        if not href.startswith("#"):
            continue
        target = f"{PREFIX}-{slug_of(unquote(href[1:]), anyascii)}"
        if target in known:
            child.attrSet("href", f"#{target}")
