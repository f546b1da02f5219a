"""How two texts of a note differ, as people see it: keys of the front matter, paragraphs of the notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, takewhile

from catalogue.errors import ContentErrors
from catalogue.library.notes.front_matter import find_lines

# Longer notes are said to be different as a whole: comparing takes the square of their paragraphs.
MOST_PARAGRAPHS = 2000


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What stood at a place and what stands there now, either may be empty.

    `key` is a key of the front matter, `""` the notes below it.
    """

    key: str
    before: str
    after: str


def find_differences(before: bytes, after: bytes) -> tuple[Difference, ...]:
    """Compare two texts of a note: first the keys in the order of the newer one, then the paragraphs.

    A note whose front matter nobody can read is all paragraphs.
    """
    old, new = _parts(before), _parts(after)
    keys = dict.fromkeys((*new.keys, *old.keys))
    changed = ((key, old.keys.get(key, ""), new.keys.get(key, "")) for key in keys)
    told = [Difference(key=key, before=one, after=other) for key, one, other in changed if one != other]
    return (*told, *_in_paragraphs(old.paragraphs, new.paragraphs))


def find_text_differences(before: bytes, after: bytes) -> tuple[Difference, ...]:
    """Compare two texts of a file beside a note: by paragraphs, or by lines where there are no others."""
    old, new = (content.decode("utf-8", "replace").replace("\r\n", "\n") for content in (before, after))
    parts = [_paragraphs(text) for text in (old, new)]
    if all(len(one) < 2 for one in parts):
        parts = [[line for line in text.split("\n") if line.strip()] for text in (old, new)]
    return tuple(_in_paragraphs(*parts))


@dataclass(frozen=True, kw_only=True)
class _Parts:
    keys: dict[str, str]
    paragraphs: Sequence[str]


def _parts(content: bytes) -> _Parts:
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    try:
        found = find_lines(content, "")
    except ContentErrors:
        found = {}
    lines = text.split("\n")
    body = found.pop("", None)
    starts = sorted((_line_of_key(lines, key, line), key) for key, line in found.items())
    end = _end_of_front(lines, starts)
    edges = [*starts, (end, "")]
    keys = {key: _joined(lines[line - 1 : following - 1]) for (line, key), (following, _) in pairwise(edges)}
    rest = lines[body - 1 :] if body is not None else lines if not starts else []
    return _Parts(keys=keys, paragraphs=_paragraphs("\n".join(rest)))


def _line_of_key(lines: Sequence[str], key: str, line: int) -> int:
    """The line, from 1, on which a key stands whose value begins on `line`: a list begins below it."""
    above = range(line, 0, -1)
    return next((number for number in above if lines[number - 1].lstrip("\"' ").startswith(key)), line)


def _end_of_front(lines: Sequence[str], starts: Sequence[tuple[int, str]]) -> int:
    """The line of the second fence, from 1."""
    if not starts:
        return 1
    after = range(starts[-1][0], len(lines))
    return next((number + 1 for number in after if lines[number].strip() in ("---", "+++")), len(lines) + 1)


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n")


def _paragraphs(text: str) -> list[str]:
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return ["\n".join(lines) for lines in found if lines]


def _in_paragraphs(old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    old, new = old[same:], new[same:]
    if max(len(old), len(new)) > MOST_PARAGRAPHS:
        if list(old) != list(new):
            yield Difference(key="", before="\n\n".join(old), after="\n\n".join(new))
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Difference(key="", before="\n\n".join(old[a:b]), after="\n\n".join(new[c:d]))
