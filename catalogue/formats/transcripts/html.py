"""Transcripts in HTML: `<cite>` names who speaks, `<time>` when, `<p>` what.

libxml2 takes minutes for a tag with a hundred thousand attributes, so it is given the tags without any; none
is of use here but the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import lxml.etree
import lxml.html

from catalogue.domain.media import Cue
from catalogue.errors import TranscriptError
from catalogue.formats.plain_text import one_line
from catalogue.formats.transcripts.spoken import LIMIT_CUES, Spoken, find_time, refuse_count, with_named_speakers

# Cues are a paragraph with two names; more tags than this are no transcript.
LIMIT_TAGS = 8 * LIMIT_CUES

_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]{0,19})(?![a-zA-Z0-9])[^<>]*>|<[!?][^<>]*>|<")
_LANGUAGE = re.compile(r"<html\b[^<>]*?\slang\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
# Also the full-width one of Chinese and Japanese.
_COLONS = ":\uff1a "
_SILENT = ("head", "script", "style", "template", "noscript")


def read_html(text: str, path: str) -> Spoken:
    """Read the paragraphs with the name and the time that stand before or in them (podcast namespace, transcripts).

    A name holds until the next (an empty one ends it), a time for one paragraph. Where there is no `<p>`, each line
    of text is a cue. Raises TranscriptError where there is no text.
    """
    if text.count("<") > LIMIT_TAGS:
        refuse_count(LIMIT_CUES + 1, path)
    language = _LANGUAGE.search(text[:5000])
    try:
        root = lxml.html.document_fromstring(_skeleton(text).encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except lxml.etree.LxmlError as error:
        raise TranscriptError(
            "transcript-html", "No text can be found in this HTML. Save it again.", path=path
        ) from error
    lxml.etree.strip_elements(root, *_SILENT, with_tail=False)
    cues = tuple(_cues(root)) or tuple(Cue(text=line) for line in map(one_line, _lines(root)) if line)
    return Spoken(cues=with_named_speakers(cues), language=language[1] if language else None)


def _skeleton(text: str) -> str:
    """The text with its tags bare of attributes, without comments; any other `<` is written as text."""
    first, *rest = text.replace("\x00", "").split("<!--")
    spoken = first + "".join(piece.partition("-->")[2] for piece in rest)
    return _TAG.sub(lambda tag: f"<{tag[1]}>" if tag[1] else "" if tag[0] != "<" else "&lt;", spoken)


def _cues(root: lxml.html.HtmlElement) -> Iterator[Cue]:
    speaker: str | None = None
    start: timedelta | None = None
    for element in list(root.iter("cite", "time", "p")):
        # What stands inside a paragraph was read with it, and is empty by now.
        named, timed = _taken(element, "cite"), _taken(element, "time")
        is_nobody = element.tag == "cite" and not named and next(element.iterancestors("p"), None) is None
        speaker = None if is_nobody else named.rstrip(_COLONS) or speaker
        start = find_time(timed.strip("[]() ")) if timed else start
        words = one_line(element.text_content()).lstrip(_COLONS) if element.tag == "p" else ""
        if words:
            yield Cue(text=words, start=start, speaker=speaker)
            start = None


def _taken(element: lxml.html.HtmlElement, tag: str) -> str:
    """The text of the first such element in or at `element` that has any; all of them are emptied."""
    found = ""
    for inner in element.iter(tag):
        found = found or one_line(inner.text_content())
        for child in list(inner):
            inner.remove(child)
        inner.text = None
    return found


def _lines(root: lxml.html.HtmlElement) -> list[str]:
    for element in root.iter("br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "dt", "dd", "blockquote"):
        element.tail = "\n" + (element.tail or "")
    return str(root.text_content()).split("\n")
