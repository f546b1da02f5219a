"""Show notes as the simple HTML that podcast apps show.

Only tags that PSP-1 names for descriptions are written: headings become strong paragraphs, table rows and code
become paragraphs, footnotes a list at the end, pictures their description, embedded moments a link to the episode.
Links are absolute or not at all, and time stamps stay text: apps make their own links of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from catalogue.show_notes.addresses import link_tokens
from catalogue.show_notes.embedded import EmbeddedMoment, embedded_paragraphs
from catalogue.show_notes.plain_feed import plain_feed_notes
from catalogue.show_notes.reading import markdown_reader, read_notes, text_of

_SCHEMES = ("http://", "https://", "mailto:", "tel:")
# PSP-1, `description`: the tags apps are asked to show; Apple names the first five.
_CLEANER = nh3.Cleaner(
    tags={"p", "ol", "ul", "li", "a", "b", "i", "strong", "em", "br"},
    attributes={"*": set(), "a": {"href"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
# markdown-it's token → what is written for it
_TAGS = {
    "heading_open": "<p><strong>",
    "heading_close": "</strong></p>\n",
    "blockquote_open": "",
    "blockquote_close": "",
    "hr": "",
    **dict.fromkeys(("table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close"), ""),
    "tr_open": "<p>",
    "tr_close": "</p>\n",
    "th_close": "</strong>",
    "td_close": "",
    "footnote_block_open": "<ol>\n",
    "footnote_block_close": "</ol>\n",
    "footnote_open": "<li>",
    "footnote_close": "</li>\n",
    "footnote_anchor": "",
}


# What a rule is told: the token, and the one before it.
_Rule = Callable[[Token, Token], str]


def _cell(token: Token, before: Token) -> str:
    """Set off the cells after the first of their row by a point."""
    point = "" if before.type == "tr_open" else " · "
    return f"{point}<strong>" if token.type == "th_open" else point


def _code(token: Token, _: Token) -> str:
    return escapeHtml(token.content)


def _code_block(token: Token, _: Token) -> str:
    lines = escapeHtml(token.content).strip("\n").split("\n")
    return f"<p>{'<br>'.join(lines)}</p>\n"


def _picture(token: Token, _: Token) -> str:
    return escapeHtml(text_of(token.children))


def _footnote_mark(token: Token, _: Token) -> str:
    return f"[{token.meta['id'] + 1}]"


def _tag(token: Token, _: Token) -> str:
    return _TAGS[token.type]


_RULES: dict[str, _Rule] = {
    **dict.fromkeys(_TAGS, _tag),
    "th_open": _cell,
    "td_open": _cell,
    "code_inline": _code,
    "code_block": _code_block,
    "fence": _code_block,
    "image": _picture,
    "footnote_ref": _footnote_mark,
}


def _renderer_method(rule: _Rule) -> Callable[..., str]:
    """Give a rule the signature markdown-it's renderer calls: itself, tokens, index, options, env."""

    def method(*call: Any) -> str:
        tokens, index = call[1], call[2]
        return rule(tokens[index], tokens[index - 1])

    return method


def _feed_writer() -> MarkdownIt:
    writer = markdown_reader()
    for name, rule in _RULES.items():
        writer.add_render_rule(name, _renderer_method(rule))
    return writer


_WRITER = _feed_writer()


PageOf = Callable[[EmbeddedMoment], str]
"""Gives the absolute address of the page of an embedded moment's episode, at that moment."""


def render_feed_notes(markdown: str, *, page_of: PageOf | None = None) -> str:
    """Render notes as safe HTML of `p ol ul li a b i strong em br`, whole; empty notes give `""`.

    An embedded moment is a link to its episode at that moment, as `page_of` gives it; without it, its caption as text.
    """
    plain = plain_feed_notes(markdown)
    return _rendered(markdown, page_of) if plain is None else plain


def _rendered(markdown: str, page_of: PageOf | None) -> str:
    notes = read_notes(markdown, prefix="notes")
    if page_of is not None:
        _link_moments(notes.tokens, page_of)
    for token in notes.tokens:
        if token.children:
            token.children = list(_with_absolute_links(token.children))
    return _CLEANER.clean(_WRITER.renderer.render(notes.tokens, _WRITER.options, notes.env)).strip()


def _link_moments(tokens: Sequence[Token], page_of: PageOf) -> None:
    for index, named in embedded_paragraphs(tokens):
        if named.moment is not None:
            words = named.moment.caption or named.moment.episode
            tokens[index + 1].children = list(link_tokens(page_of(named.moment), words))


def _with_absolute_links(children: Iterable[Token]) -> Iterator[Token]:
    """Leave out links to a place on the page or the site: in an app they would lead nowhere."""
    is_absolute = False  # links do not nest in Markdown
    for child in children:
        if child.type == "link_open":
            is_absolute = str(child.attrGet("href") or "").lower().startswith(_SCHEMES)
        if child.type not in ("link_open", "link_close") or is_absolute:
            yield child
