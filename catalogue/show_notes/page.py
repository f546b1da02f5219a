"""Show notes as HTML for our own pages: time stamps are links, pictures elsewhere are never fetched."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import nh3
from markdown_it.token import Token

from catalogue.show_notes.addresses import link_tokens, outside_links, text_token
from catalogue.show_notes.embedded import EmbeddedMoment, embedded_paragraphs
from catalogue.show_notes.headings import LOWEST_LEVEL, Heading, find_headings, point_to_headings
from catalogue.show_notes.moments import split_moments
from catalogue.show_notes.reading import markdown_reader, own_tokens, shared_notes, text_of

# The page's title is h1, the heading over the notes h2; a long page of its own has none over its sections.
_TOP_LEVEL = 3
_SECTION_LEVEL = 2

_CLEANER = nh3.Cleaner(
    tags={
        *("p", "ol", "ul", "li", "blockquote", "pre", "hr", "section", "h2", "h3", "h4", "h5", "h6"),
        *("a", "b", "i", "strong", "em", "br", "code", "sup"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={
        "a": {"href", "title", "id"},
        "li": {"id"},
        "ol": {"start"},
        "th": {"scope"},
        **{f"h{level}": {"id"} for level in range(_SECTION_LEVEL, LOWEST_LEVEL + 1)},
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


Parts = tuple[str | EmbeddedMoment, ...]
"""Safe HTML, and between it the moments that are embedded there; whoever writes the page says how they look."""


class Section(NamedTuple):
    """A stretch of a long page: its heading (None before the first one, and for footnotes) and its HTML with it."""

    heading: Heading | None
    parts: Parts


def render_notes(
    markdown: str, *, moment_url: Callable[[timedelta], str] | None, duration: timedelta | None = None
) -> str:
    """Render notes as safe HTML for a page, embedded moments as their captions.

    Time stamps in running text become `<a class="moment">` to `moment_url` (None: they stay text), those after
    `duration` do not. The biggest heading becomes h3. A picture becomes a link to it, since a page asks no
    other server for anything.
    """
    notes = _prepared(markdown, moment_url=moment_url, duration=duration, top_level=_TOP_LEVEL)
    return _clean(notes, 0, len(notes.tokens))


def render_parts(
    markdown: str, *, moment_url: Callable[[timedelta], str] | None, duration: timedelta | None = None
) -> Parts:
    """Render notes as `render_notes` does, cut at the moments that they embed."""
    notes = _prepared(markdown, moment_url=moment_url, duration=duration, top_level=_TOP_LEVEL)
    return _cut(notes, 0, len(notes.tokens))


def render_sections(markdown: str) -> tuple[Section, ...]:
    """Render a long page in the sections that its biggest headings begin; those become h2. Time stamps stay text."""
    notes = _prepared(markdown, moment_url=None, duration=None, top_level=_SECTION_LEVEL)
    top = {index: one for index, one in notes.headings.items() if one.level == _SECTION_LEVEL}
    top = {index: one for index, one in top.items() if notes.tokens[index].level == 0}
    ends = [index for index, token in enumerate(notes.tokens) if token.type == "footnote_block_open"]
    starts = sorted({0, *top, *ends, len(notes.tokens)})
    return tuple(Section(top.get(start), _cut(notes, start, end)) for start, end in pairwise(starts))


class _Prepared(NamedTuple):
    """Tokens as they are to be written, the headings among them, and where moments are embedded."""

    tokens: Sequence[Token]
    env: dict[str, Any]
    headings: dict[int, Heading]
    embedded: dict[int, EmbeddedMoment]
    embedded_at: Sequence[int]
    """Where, in order: a page of many sections asks for each of them."""


def _prepared(
    markdown: str, *, moment_url: Callable[[timedelta], str] | None, duration: timedelta | None, top_level: int
) -> _Prepared:
    notes = shared_notes(markdown)
    tokens = own_tokens(notes)
    embedded = {index: named.moment for index, named in embedded_paragraphs(tokens) if named.moment is not None}
    headings = find_headings(tokens, top_level)
    known = {heading.id for heading in headings.values()}
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.children:
            point_to_headings(token.children, known)
            token.children = list(_page_tokens(token.children, moment_url=moment_url, duration=duration))
    for index, heading in headings.items():
        tokens[index].tag = tokens[index + 2].tag = f"h{heading.level}"
        tokens[index].attrSet("id", heading.id)
    return _Prepared(tokens, dict(notes.env), headings, embedded, sorted(embedded))


def _cut(notes: _Prepared, start: int, end: int) -> Parts:
    """The tokens from `start` to `end` as HTML, cut at the embedded moments: each is a paragraph of three tokens."""
    parts: list[str | EmbeddedMoment] = []
    at = notes.embedded_at
    for index in at[bisect_left(at, start) : bisect_left(at, end)]:
        parts += [_clean(notes, start, index), notes.embedded[index]]
        start = index + 3
    return tuple(part for part in (*parts, _clean(notes, start, end)) if part)


def _clean(notes: _Prepared, start: int, end: int) -> str:
    return _CLEANER.clean(_WRITER.renderer.render(notes.tokens[start:end], _WRITER.options, notes.env))


def contents_of(markdown: str) -> list[Heading]:
    """Give the headings of the notes in their order, with the identifiers `render_notes` sets."""
    return list(find_headings(shared_notes(markdown).tokens, _TOP_LEVEL).values())


def _page_tokens(
    children: Sequence[Token], *, moment_url: Callable[[timedelta], str] | None, duration: timedelta | None
) -> Iterator[Token]:
    for child, is_outside in outside_links(children):
        if child.type == "image":
            yield from _picture_link(child, is_linked=not is_outside)
        elif child.type == "text" and moment_url is not None and is_outside and ":" in child.content:
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
