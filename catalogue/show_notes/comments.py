"""What stands between `<!--` and `-->` is the writer's remark to themselves, and is read over.

Raw HTML is switched off and shown as the text it is; shown that way, a remark would be published. One that is
never closed stays text, and so does one that runs over several paragraphs and is followed by words on its last line.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_OPEN, _CLOSE = "<!--", "-->"
# Within a paragraph; so that many that are never closed do not make reading slow.
_LONGEST_INLINE = 10_000
# Where lines are searched to → the next one with an end in it, or where they are searched to: each is searched once.
_ENDS = "comment_ends"


def comment_plugin(reader: MarkdownIt) -> None:
    """Let a reader pass over comments, inside a paragraph or between two."""
    reader.block.ruler.before("table", "comment", _comment_block, {"alt": ["paragraph", "reference", "blockquote"]})
    reader.inline.ruler.before("autolink", "comment", _comment_inline)


def _comment_inline(state: StateInline, _silent: bool) -> bool:
    if not state.src.startswith(_OPEN, state.pos):
        return False
    start = state.pos + len(_OPEN)
    end = state.src.find(_CLOSE, start, min(start + _LONGEST_INLINE, state.posMax))
    if end < 0:
        return False
    state.pos = end + len(_CLOSE)
    return True


def _comment_block(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    if state.is_code_block(start) or not _line(state, start).startswith(_OPEN):
        return False
    # not to the end we are given: inside a quote it differs between beginning a block and ending the one before
    last = _last_line(state, start, state.lineMax)
    if last >= state.lineMax or _line(state, last).partition(_CLOSE)[2]:
        return False
    if not silent:
        state.line = last + 1
    return True


def _last_line(state: StateBlock, start: int, end: int) -> int:
    """The line on which the comment that begins at `start` is closed; `end` where none is."""
    if _CLOSE in _line(state, start)[len(_OPEN) :]:
        return start
    known: dict[int, int] = state.env.setdefault(_ENDS, {})
    if known.get(end, 0) <= start:
        known[end] = next((line for line in range(start + 1, end) if _CLOSE in _line(state, line)), end)
    return known[end]


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()
