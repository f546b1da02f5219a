"""Show notes as HTML for our own pages: time stamps are links, pictures elsewhere are never fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import unquote

import nh3
from anyascii import anyascii
from markdown_it.token import Token

from catalogue.domain.identity import slug_of
from catalogue.show_notes.addresses import link_tokens, outside_links, text_token
from catalogue.show_notes.moments import split_moments
from catalogue.show_notes.reading import markdown_reader, read_notes, text_of

# Keeps identifiers out of a note from meeting those of the page around it.
PREFIX = "notes"
# The page's title is h1, the heading over the notes h2.
_TOP_LEVEL = 3
_LOWEST_LEVEL = 6

_CLEANER = nh3.Cleaner(
    tags={
        *("p", "ol", "ul", "li", "blockquote", "pre", "hr", "section", "h3", "h4", "h5", "h6"),
        *("a", "b", "i", "strong", "em", "br", "code", "sup"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={
        "a": {"href", "title", "id"},
        "li": {"id"},
        "ol": {"start"},
        "th": {"scope"},
        **{f"h{level}": {"id"} for level in range(_TOP_LEVEL, _LOWEST_LEVEL + 1)},
    },
    allowed_classes={
        "a": {"moment", "footnote-backref"},
        "sup": {"footnote-ref"},
        "section": {"footnotes"},
        "hr": {"footnotes-sep"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener",
)
_WRITER = markdown_reader()
# A note marked a second time keeps its number (the plugin would write 1:1).
_WRITER.add_render_rule("footnote_caption", lambda *call: f"[{call[1][call[2]].meta['id'] + 1}]")


class Heading(NamedTuple):
    """A heading as it stands on the page: its level (3 to 6), its identifier and its words."""

    level: int
    id: str
    text: str


def render_notes(
    markdown: str, *, moment_url: Callable[[timedelta], str] | None, duration: timedelta | None = None
) -> str:
    """Render notes as safe HTML for a page.

    Time stamps in running text become `<a class="moment">` to `moment_url` (None: they stay text), those after
    `duration` do not. The biggest heading becomes h3. A picture becomes a link to it, since a page asks no
    other server for anything.
    """
    notes = read_notes(markdown, prefix=PREFIX)
    tokens = list(notes.tokens)
    headings = _headings(tokens)
    known = {heading.id for heading in headings.values()}
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.children:
            _point_to_headings(token.children, known)
            token.children = list(_page_tokens(token.children, moment_url=moment_url, duration=duration))
    for index, heading in headings.items():
        tokens[index].tag = tokens[index + 2].tag = f"h{heading.level}"
        tokens[index].attrSet("id", heading.id)
    return _CLEANER.clean(_WRITER.renderer.render(tokens, _WRITER.options, notes.env))


def contents_of(markdown: str) -> list[Heading]:
    """Give the headings of the notes in their order, with the identifiers `render_notes` sets."""
    return list(_headings(read_notes(markdown, prefix=PREFIX).tokens).values())


def _headings(tokens: Sequence[Token]) -> dict[int, Heading]:
    """Headings by the index of their opening token; their inline token and the closing one follow it."""
    indexes = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
    shift = _TOP_LEVEL - min((int(tokens[index].tag[1]) for index in indexes), default=1)
    headings: dict[int, Heading] = {}
    taken: dict[str, int] = {}
    for index in indexes:
        text = text_of(tokens[index + 1].children).strip()
        level = min(int(tokens[index].tag[1]) + shift, _LOWEST_LEVEL)
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


def _point_to_headings(children: Sequence[Token], known: Set[str]) -> None:
    """Let `[…](#words-of-a-heading)` find the heading under its prefixed identifier."""
    for child in children:
        href = str(child.attrGet("href") or "")
        target = f"{PREFIX}-{slug_of(unquote(href[1:]), anyascii)}"
        if child.type == "link_open" and href.startswith("#") and target in known:
            child.attrSet("href", f"#{target}")


def _page_tokens(
    children: Sequence[Token], *, moment_url: Callable[[timedelta], str] | None, duration: timedelta | None
) -> Iterator[Token]:
    for child, is_outside in outside_links(children):
        if child.type == "image":
            yield from _picture_link(child, is_linked=not is_outside)
        elif child.type == "text" and moment_url is not None and is_outside:
            for text, moment in split_moments(child.content):
                if moment is None or (duration is not None and moment > duration):
                    yield text_token(text)
                else:
                    yield from link_tokens(moment_url(moment), text, css_class="moment")
        else:
            yield child


def _picture_link(image: Token, *, is_linked: bool) -> tuple[Token, ...]:
    source = str(image.attrGet("src") or "")
    text = text_of(image.children) or source
    if is_linked or not source.startswith(("http://", "https://")):
        return (text_token(text),)
    return link_tokens(source, text)
