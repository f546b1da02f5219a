"""What is different between two states of a feed, as a unified diff that a person can read.

A feed has no line breaks of its own but those of its texts, so every element gets a line. Items are compared with
those of the same GUID, and only they line by line: ten thousand items take no longer than it takes to read them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal, NamedTuple

CONTEXT_LINES = 3
NOTHING = "/dev/null"
_ITEM, _TAIL = "<item>", "</channel>"
_TEXT = re.compile(r"<(?:guid|title)\b[^>]*>(.*)</")
_Step = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]


class _Block(NamedTuple):
    """The head, an item or the tail: who it is, what it is called, its lines."""

    key: str
    title: str
    lines: list[str]


def render_difference(before: bytes | None, after: bytes, *, name: str) -> str:
    """Render what changes from one feed (UTF-8 XML as we write it; None: there was none) to the other.

    Empty where they are the same; `name` is the feed's address below the site. Each hunk names the item it begins in.
    """
    old, new = _blocks(before), _blocks(after)
    lines = "\n".join(_hunks(old, new))
    if not lines:
        return ""
    return f"--- {NOTHING if before is None else f'a/{name}'}\n+++ b/{name}\n{lines}\n"


def _blocks(feed: bytes | None) -> list[_Block]:
    """Cut a feed at its items: texts are escaped, and cleaned notes hold no tags of these names."""
    if feed is None:
        return []
    cut: list[list[str]] = [[]]
    for line in feed.decode("utf-8").replace("><", ">\n<").split("\n"):
        if line in (_ITEM, _TAIL):
            cut.append([])
        cut[-1].append(line)
    return [_block(lines) for lines in cut]


def _block(lines: list[str]) -> _Block:
    if lines[0] != _ITEM:
        return _Block(key=lines[0], title="", lines=lines)
    said = {tag: _said(lines, f"<{tag}") for tag in ("guid", "title")}
    return _Block(key=f"{_ITEM}{said['guid']}", title=said["title"], lines=lines)


def _said(lines: list[str], begin: str) -> str:
    found = (_TEXT.match(line) for line in lines if line.startswith(begin))
    return next((match[1] for match in found if match), "")


def _hunks(old: list[_Block], new: list[_Block]) -> Iterator[str]:
    a, b = _lines(old), _lines(new)
    old_title, new_title = _titles(old), _titles(new)
    for group in _Known(_merged(_steps(old, new))).get_grouped_opcodes(CONTEXT_LINES):
        first, last = group[0], group[-1]
        tag, a1, _, b1, _ = next(step for step in group if step[0] != "equal")
        title = new_title(b1) if tag == "insert" else old_title(a1)
        places = f"-{_place(first[1], last[2])} +{_place(first[3], last[4])}"
        yield f"@@ {places} @@ {title}".rstrip()
        for tag, a1, a2, b1, b2 in group:
            if tag == "equal":
                yield from (f" {line}" for line in a[a1:a2])
            else:
                yield from (f"-{line}" for line in a[a1:a2])
                yield from (f"+{line}" for line in b[b1:b2])


def _lines(blocks: list[_Block]) -> list[str]:
    return [line for block in blocks for line in block.lines]


def _titles(blocks: list[_Block]) -> Callable[[int], str]:
    """Give what says how the item is called that a line stands in."""
    ends = list(accumulate(len(block.lines) for block in blocks))
    return lambda line: blocks[min(bisect_right(ends, line), len(ends) - 1)].title if blocks else ""


def _steps(old: list[_Block], new: list[_Block]) -> Iterator[_Step]:
    """The way from one feed to the other, in lines: blocks by their keys, the same block line by line."""
    keys = SequenceMatcher(None, [one.key for one in old], [one.key for one in new], autojunk=False)
    a = b = 0
    for tag, i1, i2, j1, j2 in keys.get_opcodes():
        if tag != "equal":
            ends = a + _size(old[i1:i2]), b + _size(new[j1:j2])
            yield tag, a, ends[0], b, ends[1]
            a, b = ends
            continue
        for one, other in zip(old[i1:i2], new[j1:j2], strict=True):
            ends = a + len(one.lines), b + len(other.lines)
            if one.lines == other.lines:
                yield "equal", a, ends[0], b, ends[1]
            else:
                for step, p1, p2, q1, q2 in SequenceMatcher(None, one.lines, other.lines).get_opcodes():
                    yield step, a + p1, a + p2, b + q1, b + q2
            a, b = ends


def _merged(steps: Iterator[_Step]) -> list[_Step]:
    """Join what stays the same over the borders of items."""
    merged: list[_Step] = []
    for step in steps:
        if merged and step[0] == merged[-1][0] == "equal":
            merged[-1] = ("equal", merged[-1][1], step[2], merged[-1][3], step[4])
        else:
            merged.append(step)
    return merged


def _size(blocks: list[_Block]) -> int:
    return sum(len(block.lines) for block in blocks)


def _place(start: int, stop: int) -> str:
    """A range of lines as unified diffs write it: from 1, and the line before where there are none."""
    length = stop - start
    return f"{start + 1}" if length == 1 else f"{start + 1 if length else start},{length}"


class _Known(SequenceMatcher[str]):
    """A way that is known already, for the sake of how difflib groups it."""

    def __init__(self, steps: list[_Step]) -> None:
        super().__init__()
        self._steps = steps

    def get_opcodes(self) -> list[_Step]:
        return self._steps
