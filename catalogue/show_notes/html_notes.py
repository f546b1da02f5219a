"""Notes that came as HTML from elsewhere (`notes.html`), as safe HTML for pages and feeds, and as plain text.

nh3 reads them as a browser would and writes what is left in one way, so that plain patterns can go on from there:
`<` then stands in tags alone. What pages and feeds cannot show becomes what they can: pictures their description,
headings in feeds strong paragraphs, tables in feeds a paragraph for each row.
"""

from __future__ import annotations

import re
from html import unescape

import nh3

from catalogue.show_notes.headings import LOWEST_LEVEL

_TEXT_TAGS = {"p", "ol", "ul", "li", "a", "b", "i", "strong", "em", "br"}
_PAGE_TAGS = _TEXT_TAGS | {"blockquote", "pre", "hr", "code", "table", "thead", "tbody", "tr", "th", "td"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_SCHEMES = {"http", "https", "mailto", "tel"}
_READ = nh3.Cleaner(
    tags=_PAGE_TAGS | _HEADINGS | {"img", "div"},
    attributes={"a": {"href", "title"}, "img": {"alt"}, "ol": {"start"}},
    url_schemes=_SCHEMES,
    link_rel=None,
)
_PAGE = nh3.Cleaner(
    tags=_PAGE_TAGS | _HEADINGS,
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    url_schemes=_SCHEMES,
    link_rel="noopener",
)
_FEED = nh3.Cleaner(tags=_TEXT_TAGS, attributes={"*": set(), "a": {"href"}}, url_schemes=_SCHEMES, link_rel=None)
_PICTURE = re.compile(r'<img(?:\s+alt="(?P<alt>[^"]*)")?[^>]*>')
_DIVISION = re.compile(r"<(/?)div>")
_EMPTY = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>\s*")
_HEADING = re.compile(r"<(?P<close>/?)h(?P<level>[1-6])>")
_ROW = re.compile(r"<(?P<close>/?)tr>")
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh]>)")
_TABLE = re.compile(r"</?(?:table|thead|tbody|t[dh])>")
_NOWHERE = re.compile(r'<a\b(?![^>]*\bhref="(?:https?://|mailto:|tel:))[^>]*>(.*?)</a>', re.DOTALL)
_BREAK = re.compile(r"</?(?:p|li|ol|ul|h[1-6]|blockquote|pre|hr|tr|table|div)\b[^>]*>|<br>")
_TAG = re.compile(r'<(?:"[^"]*"|[^">])*>')
# The page's title is h1, the heading over the notes h2.
_TOP_LEVEL = 3


def read_html(html: str) -> str:
    """Give HTML as nh3 writes it: what notes may hold, pictures as their description, divisions as paragraphs."""
    cleaned = _READ.clean(html)
    worded = _PICTURE.sub(lambda found: found["alt"] or "", cleaned)
    return _EMPTY.sub("", _READ.clean(_DIVISION.sub(r"<\1p>", worded)))


def render_html_page(html: str) -> str:
    """Render notes as safe HTML for a page; the biggest heading becomes h3."""
    read = _NOWHERE.sub(r"\1", read_html(html))
    biggest = min((int(found["level"]) for found in _HEADING.finditer(read)), default=_TOP_LEVEL)

    def lowered(found: re.Match[str]) -> str:
        level = min(int(found["level"]) + _TOP_LEVEL - biggest, LOWEST_LEVEL)
        return f"<{found['close']}h{level}>"

    return _PAGE.clean(_HEADING.sub(lowered, read)).strip()


def render_html_feed(html: str) -> str:
    """Render notes as the simple HTML that podcast apps show: the tags of `render_feed_notes`, links absolute."""
    read = _NOWHERE.sub(r"\1", read_html(html))
    worded = _HEADING.sub(lambda found: "</strong></p>" if found["close"] else "<p><strong>", read)
    rows = _TABLE.sub("", _ROW.sub(lambda found: f"<{found['close']}p>", _CELL_END.sub(" · ", worded)))
    return _EMPTY.sub("", _FEED.clean(rows)).strip()


def plain_html(html: str) -> str:
    r"""Give the words of HTML, a line for each paragraph, heading, list entry or row.

    >>> plain_html("<h2>Grief</h2><p>A <b>long</b>&nbsp;talk</p><script>x</script>")
    'Grief\nA long talk'
    """
    words = unescape(_TAG.sub("", _BREAK.sub("\n", _CELL_END.sub(" · ", read_html(html)))))
    lines = (" ".join(line.split()) for line in words.split("\n"))
    return "\n".join(line for line in lines if line)
