"""HTML from elsewhere as Markdown, where our own reader of it gives the same words and links back.

markdownify writes it; nh3 reads what came and what came of it, so that both are compared in one spelling. To be
called in the sandbox: Beautiful Soup reads what a stranger wrote.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

from catalogue.formats.plain_markdown import plain_markdown
from catalogue.show_notes import markdown_words

if TYPE_CHECKING:
    from markdownify import MarkdownConverter

_BLOCK = re.compile(r"</?(?:p|li|ol|ul|h[1-6]|blockquote|pre|hr|tr|t[dh]|table|thead|tbody|div|section)\b[^>]*>|<br>")
_TAG = re.compile(r'<(?:"[^"]*"|[^">])*>')
_LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
# What is longer, or has more elements, stays HTML: to read it costs more than it is worth.
MOST_BYTES, MOST_TAGS = 64 * 1024, 2_000
_ABSOLUTE = ("http://", "https://", "mailto:", "tel:")


# Markdown as our notes are written: `#` before headings, `-` before entries, a backslash for a new line.
_STYLE: dict[str, Any] = {"bs4_options": "lxml", "bullets": "-", "heading_style": "atx", "newline_style": "backslash"}


def markdown_from_html(html: str) -> str | None:
    """Give Markdown with the same words and links as this HTML (which `read_html` gave); None where there is none."""
    if len(html) > MOST_BYTES or html.count("<") > MOST_TAGS:
        return None
    plain, is_sure = plain_markdown(html) or ("", False)
    if is_sure:
        return plain
    wanted = _words(html), _links(html)
    if plain and _says(plain, *wanted):
        return plain
    for converter in _converters():
        markdown = _converted(converter, html)
        if markdown is not None and _says(markdown, *wanted):
            return markdown
    return None


@cache
def _converters() -> tuple[MarkdownConverter, ...]:
    """The plainest first; then with every sign set off that could mean something."""
    from markdownify import MarkdownConverter  # here: it brings Beautiful Soup along, and most notes need neither

    return MarkdownConverter(**_STYLE), MarkdownConverter(**_STYLE, escape_misc=True)


def _converted(converter: MarkdownConverter, html: str) -> str | None:
    try:
        return "\n".join(line.rstrip() for line in converter.convert(html).strip().split("\n"))
    except RecursionError:  # hundreds of elements in one another
        return None


def _says(markdown: str, words: str, links: list[tuple[str, str]]) -> bool:
    """Whether these are the words and the links of it; an address in the text may have become a link to itself."""
    blocks, found = markdown_words(markdown)
    if " ".join(" ".join(blocks).split()) != words:
        return False
    rest = iter(links)
    wanted = next(rest, None)
    for link in found:
        if link == wanted:
            wanted = next(rest, None)
        elif link[0] != link[1]:
            return False
    return wanted is None


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", _BLOCK.sub(" ", html))).split())


def _links(html: str) -> list[tuple[str, str]]:
    found = ((unescape(href), _words(text)) for href, text in _LINK.findall(html))
    return [(href, text) for href, text in found if href.startswith(_ABSOLUTE) and text]
