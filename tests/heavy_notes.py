"""Notes made to hurt: what a Markdown reader looks at most closely, as often as a note may say it."""

from __future__ import annotations

import time
from datetime import timedelta

from catalogue.domain.markup import find_heavy_line
from catalogue.show_notes import render_feed_notes, render_notes

LIMIT_BYTES = 1024 * 1024
# The worst found first: links that never close, footnotes, tables, headings of one name, lists, emphasis, code.
PIECES = (
    *(
        "![",
        "[",
        "^[",
        "[^",
        "[![",
        "[[]",
        "[a][",
        "[a](",
        "![[]()",
        "^[a]",
        "[x](<",
        "[^1]",
        "[a]: b\n",
        "[^1]: a\n\n",
    ),
    *("a|b\n-|-\n", "|a", "# a\n\n", "a\n===\n", "+ a\n", "- a\n\n", "  - a\n", "1. ", ">a\n", "> [", ">", "a\n", "\n"),
    *("*_", "a**", "***a", "a*b_", "~~", "`a", "`a``", "``` ", "<!--", "<!-- \n", "<![CDATA[", "<http://a>", "<a "),
    *(
        "http://a.b ",
        "1:23 ",
        "1:23:45",
        "://",
        "&",
        "&#",
        "\\",
        "\\[",
        "]",
        "](",
        "!",
        "=",
        "{",
        "^",
        "$",
        "%",
        '"',
        "(",
    ),
    *("x", "é", " ", "\t", "\r", "\x00", "\u202e"),
)


def fill(piece: str) -> str:
    """As many of the piece as a note may have by its weight and its bytes, to a fiftieth."""
    low, most = 1, LIMIT_BYTES // len(piece.encode())
    while low < most and find_heavy_line(piece * min(2 * low, most)) is None:
        low = min(2 * low, most)
    high = min(2 * low, most)
    while high - low > low // 50:
        middle = (low + high + 1) // 2
        low, high = (low, middle - 1) if find_heavy_line(piece * middle) else (middle, high)
    return piece * low


def worst_seconds(markdown: str) -> float:
    """Processor time of the slowest thing that is done with notes."""
    return max(
        _taken(lambda: render_feed_notes(markdown)),
        _taken(lambda: render_notes(markdown, moment_url=lambda moment: f"?t={moment // timedelta(seconds=1)}")),
    )


def _taken(call) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began
