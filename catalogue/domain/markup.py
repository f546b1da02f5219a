"""How much work the Markdown of a note is, told without reading it as Markdown.

Reading costs about 50 µs for what may begin a link or a line, whatever follows: a note of 600 kB that is
`![` all through took 48 s. So notes are weighed before, and nobody's notes come near the limit.
"""

from __future__ import annotations

import re

# 20,000 links, list entries and lines, as a book has; together they are read and rendered in about a second.
MARKUP_LIMIT = 160_000
# What makes a Markdown reader look closer → how closely, by measurement.
_WEIGHTS = {**dict.fromkeys("[:", 8), **dict.fromkeys("*_`<&|\\", 4), **dict.fromkeys("!#$%+-=>@]^{}~", 1)}
_LINE_WEIGHT = 8
_MARK = re.compile(f"[{re.escape(''.join(_WEIGHTS))}]")


def find_heavy_line(markdown: str) -> int | None:
    r"""The line (from 1) at which the notes become more work than any notes are; None for all others.

    >>> find_heavy_line("A [link](https://example.org).\n" * 100), find_heavy_line("\n![![" * 20_000)
    (None, 6155)
    """
    if len(markdown) * _LINE_WEIGHT <= MARKUP_LIMIT:  # as almost all
        return None
    marks = sum(weight * markdown.count(mark) for mark, weight in _WEIGHTS.items())
    if marks + _LINE_WEIGHT * markdown.count("\n") <= MARKUP_LIMIT:
        return None
    weight = 0
    for number, line in enumerate(markdown.split("\n"), start=1):
        if line:  # empty lines cost nothing
            weight += _LINE_WEIGHT + sum(map(_WEIGHTS.__getitem__, _MARK.findall(line)))
        if weight > MARKUP_LIMIT:
            return number
    return None
