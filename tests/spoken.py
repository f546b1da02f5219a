"""What of a page that speaks Spanish is English all the same: sentences of site and studio, and small words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import html

from web.studio.words import studio_words_in

# Words of nearly every English sentence that are none in Spanish.
SMALL = re.compile(
    r"\b(the|and|was|were|not|is|are|of|with|this|that|you|your|it|its|to|for|from|by|at|have|been|be|as yet|"
    r"file|folder|write|try|again|nothing|cannot|day|days|show|episode|episodes|until|or|on)\b",
    re.IGNORECASE,
)
SAID_BY = ("aria-label", "title", "alt", "placeholder")
# What nobody here wrote: names of time zones, what was typed, what a machine reads.
PASSED_OVER = "script style textarea svg code pre samp kbd".split()
ZONES = "timezone"
MARKED = re.compile(r"https?://\S+|(?<![^\s(])/\S+|\S+\.(toml|md|mp3|json|vtt|xml|jsonl)\b|«[^»]*»|<[^>]*>")
LONG = 3


def english_in(page: str, *, typed: tuple[str, ...] = ()) -> list[str]:
    """Give every English text of a Spanish page, but for choices that are marked so and what was `typed`."""
    return [
        piece for piece in dict.fromkeys(_pieces(html.document_fromstring(page.encode()))) if _is_english(piece, typed)
    ]


def _pieces(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in PASSED_OVER or element.get("name") == ZONES:
        return
    if element.get("lang", "es").partition("-")[0] != "es":
        yield from _marked(element)
        return
    yield from (element.get(name) for name in SAID_BY if element.get(name))
    yield from _said(element.text)
    for child in element:
        yield from _pieces(child)
        yield from _said(child.tail)


def _marked(element: Any) -> Iterator[str]:
    """What is marked as another language and is no choice, name of a language or whole page in it."""
    words = " ".join(element.text_content().split())
    if element.tag not in ("html", "option", "button", "a") and words:
        yield words


def _said(text: str | None) -> Iterator[str]:
    words = " ".join((text or "").split())
    if words:
        yield words


def _is_english(piece: str, typed: tuple[str, ...]) -> bool:
    for words in sorted(typed, key=len, reverse=True):
        piece = piece.replace(words, "…")
    bare = MARKED.sub("…", piece)
    return SMALL.search(bare) is not None or any(one.search(piece) for one in _sentences())


@cache
def _sentences() -> tuple[re.Pattern[str], ...]:
    english, spanish = (studio_words_in(language).sentences for language in ("en", "es"))
    said = set(spanish.values())
    return tuple(_pattern(one) for key, one in english.items() if one != spanish[key] and one not in said)


def _pattern(sentence: str) -> re.Pattern[str]:
    """A sentence is found wherever it stands, a word or two only alone."""
    parts = [re.escape(part) for part in re.split(r"\{[^}]*\}", sentence)]
    is_long = len(max(parts, key=len).split()) >= LONG
    return re.compile(".+?".join(parts) if is_long else rf"^{'.+?'.join(parts)}$")
