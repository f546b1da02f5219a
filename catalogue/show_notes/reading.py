"""Markdown → markdown-it's tokens, in the one dialect all show notes are read in; and as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from catalogue.show_notes.addresses import address_plugin
from catalogue.show_notes.comments import comment_plugin

# Keeps identifiers out of a note from meeting those of the page around it.
PREFIX = "notes"
# What a token of a paragraph adds to its plain text: its content, or this.
_SPACES = {"softbreak": " ", "hardbreak": " "}
_WORDS = frozenset({"text", "code_inline"})
_CODE_BLOCKS = frozenset({"fence", "code_block"})
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
# An address that is spelt already as it is to be: letters, digits, and signs that stand for themselves.
_SIGNS = "[A-Za-z0-9/._~=&+,;@!$-]*"
_SPELT = re.compile(rf"https?://(?:[a-z0-9-]{{1,63}}\.)+[a-z]{{2,63}}(?:/{_SIGNS})?(?:\?{_SIGNS})?(?:#{_SIGNS})?")
# Where a bracket stands, what follows may say what it means: an address, a footnote, the end of a remark.
_SAID_BELOW = re.compile(r"[\[<\r]")


@dataclass(frozen=True)
class Notes:
    """A note once read: its tokens, and what markdown-it's renderer wants to be given with them."""

    tokens: Sequence[Token]
    env: dict[str, Any]


class _Reader(MarkdownIt):
    """markdown-it, which takes an address apart and puts it together again only where that may change it."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  (markdown-it's name)
        return url if _SPELT.fullmatch(url) else super().normalizeLink(url)


def markdown_reader() -> MarkdownIt:
    """Make a reader of our dialect: CommonMark without raw HTML, with tables, footnotes and bare addresses as links."""
    reader = _Reader("commonmark", {"html": False}).enable("table")
    return reader.use(footnote_plugin).use(address_plugin).use(comment_plugin)


_READER = markdown_reader()


def read_notes(markdown: str, *, prefix: str) -> Notes:
    """Read Markdown; `prefix` keeps the identifiers of footnotes apart from others on the page.

    Lone surrogates, which nothing could encode, are left out.
    """
    env: dict[str, Any] = {"docId": prefix}
    encodable = markdown.encode("utf-8", "ignore").decode("utf-8")
    return Notes(_READER.parse(encodable, env), env)


@lru_cache(maxsize=4)
def shared_notes(markdown: str) -> Notes:
    """As `read_notes`, read once for all that a page wants of the same notes; nobody may change the tokens."""
    return read_notes(markdown, prefix=PREFIX)


def own_tokens(notes: Notes) -> list[Token]:
    """Copy the tokens of shared notes, for who changes blocks or where links lead; nobody may change the others."""
    return [_copied(token) for token in notes.tokens]


def _copied(token: Token) -> Token:
    children = None
    if token.children is not None:
        children = [_copied(child) if child.type == "link_open" else child for child in token.children]
    return Token(
        type=token.type,
        tag=token.tag,
        nesting=token.nesting,
        attrs=dict(token.attrs),
        map=token.map,
        level=token.level,
        children=children,
        content=token.content,
        markup=token.markup,
        info=token.info,
        meta=dict(token.meta),
        block=token.block,
        hidden=token.hidden,
    )


def text_of(tokens: Iterable[Token] | None) -> str:
    """Give the words of a paragraph's tokens without their markup; of a picture, its description."""
    return "".join(_words(token) for token in tokens or ())


def _words(token: Token) -> str:
    if token.type == "image":
        return text_of(token.children)
    return token.content if token.type in _WORDS else _SPACES.get(token.type, "")


def plain_text(markdown: str) -> str:
    r"""Give the words of the notes without markup, a line for each paragraph, heading, list entry or table cell.

    >>> plain_text("# Grief\n\nA *long* talk: <https://example.org>")
    'Grief\nA long talk: https://example.org'
    """
    return "\n".join(_blocks(shared_notes(markdown)))


def markdown_words(markdown: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Give the words of each block, and each absolute link with its address and its words, in one line."""
    tokens = read_notes(markdown, prefix=PREFIX).tokens
    blocks = [token.content if token.type in _CODE_BLOCKS else text_of(token.children) for token in tokens]
    links: list[tuple[str, str]] = []
    for token in tokens:
        links += _links(token.children or ())
    return blocks, links


def _links(children: Sequence[Token]) -> Iterator[tuple[str, str]]:
    href, begin = "", 0
    for place, child in enumerate(children):
        if child.type == "link_open":
            href, begin = str(child.attrGet("href") or ""), place
        elif child.type == "link_close" and href.startswith(("http://", "https://", "mailto:", "tel:")):
            yield href, " ".join(text_of(children[begin:place]).split())


def first_line(markdown: str) -> str:
    r"""Give the first line of `plain_text`, without reading what stands below the first paragraph where that will do.

    >>> first_line("A *long* talk\nabout grief.\n\nAnd more.")
    'A long talk about grief.'
    """
    first = _BLANK_LINE.split(markdown.lstrip("\n"), maxsplit=1)[0]
    found = "" if _SAID_BELOW.search(first) else _first(read_notes(first, prefix=PREFIX))
    return found or _first(shared_notes(markdown))


def _first(notes: Notes) -> str:
    return next(_blocks(notes), "").partition("\n")[0]


def _blocks(notes: Notes) -> Iterator[str]:
    """The words of each paragraph that has any."""
    blocks = (token.content if token.type in _CODE_BLOCKS else text_of(token.children) for token in notes.tokens)
    return (stripped for block in blocks if (stripped := block.strip()))
