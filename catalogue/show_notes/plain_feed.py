"""The plainest notes as a feed's HTML, without a reader: paragraphs, a list, stress, new lines, links.

Most notes are no more than that, and reading them as Markdown is most of what an item costs. What is written here is
what `feed.py` would write, to the byte; where any other sign stands, it is asked. Nothing can be hidden in the result:
of `<` and `>` only those stand in it that this module writes.
"""

from __future__ import annotations

import re
from itertools import pairwise

# Letters, digits, and signs that mean nothing, wherever in a line they stand: no picture, address or entity begins.
# An underscore, which is a letter to `\w`, is looked for by itself.
_WORDS = re.compile(r"(?:[\w ,.;?'\"()/%+=@#$’‘“”„«»…–—-]+|:(?!//)|!(?!\[)|&(?= ))*+")
# A line that begins nothing but a paragraph: with a letter, a time or a number, stress, a link.
_BEGIN = re.compile(r"[^\W\d_]|[0-9]{1,9}(?![.)0-9])|\*{1,2}[^\W_]|\[")
_STRESS = r"(?<![^ (])(?P<stress>\*\*?)(?P<stressed>[^\W_](?:[^*\[\\]*[^\W_])?)(?P=stress)(?=[ ,.;:?!)]|$)"
# As `_SPELT` of reading.py, without the sign that ends an entity.
_REST = "[A-Za-z0-9/._~=&+,@!$-]*"
_ADDRESS = rf"https?://(?:[a-z0-9-]{{1,63}}\.)+[a-z]{{2,63}}(?:/{_REST})?(?:\?{_REST})?(?:#{_REST})?"
_LINK = rf"(?<!!)\[(?P<words>[^ \[\]][^\[\]]*)\]\((?P<address>{_ADDRESS})\)"
_PIECE = re.compile(f"{_STRESS}|{_LINK}")
_GAP = re.compile(r"\n{2,}")
_ENTRY, _NEW_LINE = "- ", "\\"
_TAGS = {"*": "em", "**": "strong"}


class _Strange(Exception):
    """Something else stands there."""


def plain_feed_notes(markdown: str) -> str | None:
    r"""Give such notes as HTML; None where they hold anything else.

    >>> plain_feed_notes("A *long* talk.\n\n- one\n- [two](https://example.org)")
    '<p>A <em>long</em> talk.</p>\n<ul>\n<li>one</li>\n<li><a href="https://example.org">two</a></li>\n</ul>'
    >>> plain_feed_notes("# A heading")
    """
    blocks = _GAP.split(markdown.strip("\n").rstrip(" \n"))
    if any(one.startswith(_ENTRY) and two.startswith(_ENTRY) for one, two in pairwise(blocks)):
        return None  # one list, with room between its entries
    try:
        return "\n".join(_list(block) if block.startswith(_ENTRY) else _paragraph(block) for block in blocks if block)
    except _Strange:
        return None


def _list(block: str) -> str:
    entries = block.split("\n")
    if not all(entry.startswith(_ENTRY) for entry in entries):
        raise _Strange
    lines = "\n".join([f"<li>{_line(entry[len(_ENTRY) :])}</li>" for entry in entries])
    return f"<ul>\n{lines}\n</ul>"


def _paragraph(block: str) -> str:
    *lines, last = block.split("\n")
    broken = [f"{_line(line[:-1])}<br>" if line.endswith(_NEW_LINE) else _line(line) for line in lines]
    inside = "\n".join((*broken, _line(last)))
    return f"<p>{inside}</p>"


def _line(line: str) -> str:
    """The inside of a line; a blank at its end would mean something."""
    if not _BEGIN.match(line) or line.endswith(" "):
        raise _Strange
    if not _is_plain(line):
        if not _is_plain(_PIECE.sub("", line)):
            raise _Strange
        line = _PIECE.sub(_written, line)
    return line.replace("&", "&amp;") if "&" in line else line


def _is_plain(text: str) -> bool:
    return "_" not in text and _WORDS.fullmatch(text) is not None


def _written(piece: re.Match[str]) -> str:
    stress, stressed, words, address = piece.groups()
    if not _is_plain(stressed or words):
        raise _Strange
    if not stress:
        return f'<a href="{address}">{words}</a>'
    return f"<{_TAGS[stress]}>{stressed}</{_TAGS[stress]}>"
