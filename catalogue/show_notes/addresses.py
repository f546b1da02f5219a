"""Bare web addresses in running text become links.

A pass over the words once they are read: the plugin that does it while reading looks back over the whole
paragraph at every colon, which a paragraph full of time stamps makes quadratic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_ADDRESS = re.compile(r"(?<![\w/])https?://[^\s<>\"]+", re.IGNORECASE)
# What ends a sentence or a bracket is not part of the address before it.
_PUNCTUATION = ".,;:!?'*_~…»”’"


def address_plugin(reader: MarkdownIt) -> None:
    """Let a reader take `https://example.org` for a link."""
    reader.core.ruler.push("addresses", _link_addresses)


def link_tokens(href: str, text: str, *, css_class: str | None = None) -> tuple[Token, Token, Token]:
    """Give the tokens of a link."""
    attributes: dict[str, str | int | float] = {"href": href}
    if css_class:
        attributes["class"] = css_class
    return Token("link_open", "a", 1, attrs=attributes), text_token(text), Token("link_close", "a", -1)


def text_token(text: str) -> Token:
    """Give the token of plain text."""
    return Token("text", "", 0, content=text)


def outside_links(children: Sequence[Token]) -> Iterator[tuple[Token, bool]]:
    """Go through a paragraph's tokens, each with whether it stands outside all links."""
    depth = 0
    for child in children:
        depth += child.nesting if child.type in ("link_open", "link_close") else 0
        yield child, depth == 0


def _link_addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.children and "://" in token.content:
            token.children = [
                part
                for child, is_outside in outside_links(token.children)
                for part in (_split(state.md, child.content) if is_outside and _may_hold_one(child) else (child,))
            ]


def _may_hold_one(child: Token) -> bool:
    return child.type == "text" and "://" in child.content


def _split(reader: MarkdownIt, text: str) -> Iterator[Token]:
    end = 0
    for match in _ADDRESS.finditer(text):
        address = _trimmed(match.group())
        href = reader.normalizeLink(address)
        if not reader.validateLink(href):
            continue
        yield text_token(text[end : match.start()])
        yield from link_tokens(href, address)
        end = match.start() + len(address)
    yield text_token(text[end:])


def _trimmed(address: str) -> str:
    """Leave off the punctuation after an address; a bracket belongs to it only if it was opened in it."""
    trimmed = address.rstrip(_PUNCTUATION)
    if trimmed.endswith(")") and trimmed.count(")") > trimmed.count("("):
        return trimmed.rstrip(")").rstrip(_PUNCTUATION)
    return trimmed
