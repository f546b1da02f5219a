"""Chapters as Podlove Simple Chapters 1.2: XML, as a file or as in a feed's item (podlove.org/simple-chapters)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from lxml import etree

from catalogue.domain.media import Chapter
from catalogue.errors import ChaptersError
from catalogue.formats.audio.tags import clean_line, find_web_address
from catalogue.formats.chapters.bounds import check_times, in_order, refuse_many

MOST_TAGS = 20_000
# libxml2 takes minutes for a tag with a hundred thousand attributes, so they are counted first.
MOST_SIGNS_IN_TAG = 20_000

_LONG_TAG = re.compile(rf"<[^<>]{{{MOST_SIGNS_IN_TAG}}}")
# Normal Play Time (RFC 2326, section 3.6): `12.5`, `4:12`, `01:02:03.500`.
_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,7})(?:\.(\d{1,9}))?", re.ASCII)


def read_podlove(text: str, path: str) -> tuple[Chapter, ...]:
    """Read the `chapter` elements, by their starts; also of a feed's item or a file without the namespace.

    A chapter without a title is not listed. Raises ChaptersError for what is no such XML, holds a DOCTYPE or is
    made to hurt, ContentErrors with every chapter whose start is no time, each with its line.
    """
    root = _parse(text, path)
    elements = [one for one in root.iter(etree.Element) if etree.QName(one).localname == "chapter"]
    if not elements:
        raise ChaptersError(
            "chapters-missing",
            'There is no chapter in it. Write <psc:chapter start="0:00" title="Welcome"/> in <psc:chapters>.',
            path=path,
        )
    refuse_many(len(elements), path)
    chapters: list[Chapter] = []
    errors: list[ChaptersError] = []
    for element in elements:
        try:
            chapters.append(_chapter(element, path))
        except ChaptersError as error:
            errors.append(error)
    return in_order(chapters, errors)


def _parse(text: str, path: str) -> Any:
    if text.count("<") > MOST_TAGS or _LONG_TAG.search(text):
        raise ChaptersError("chapters-xml", "It has more markup than chapters need. Export it again.", path=path)
    if "<!DOCTYPE" in text:
        raise ChaptersError("chapters-xml", "It has a DOCTYPE, which can define entities. Remove it.", path=path)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False, remove_pis=True
    )
    try:
        # The text is decoded: what its declaration says of an encoding is no longer true.
        declared = re.sub(r"\A\s*<\?xml[^>]*\?>", lambda found: "\n" * found[0].count("\n"), text)
        return etree.fromstring(declared.encode(), parser)
    except etree.XMLSyntaxError as error:
        why = re.sub(r", line \d+, column \d+$", "", error.msg or "it cannot be parsed")
        raise ChaptersError(
            "chapters-xml",
            "This is not XML: {why}. Write it as Podlove Simple Chapters.",
            path=path,
            line=error.lineno or None,
            why=why,
        ) from error


def _chapter(element: Any, path: str) -> Chapter:
    stated = str(element.get("start", "")).strip()
    start = _find_start(stated)
    if start is None:
        raise ChaptersError(
            "chapter-start",
            "`{start}` is no start. Write it as 01:02:03.500.",
            path=path,
            line=element.sourceline,
            start=clean_line(stated)[:80],
        )
    check_times(start, None, path=path, line=element.sourceline)
    title = clean_line(str(element.get("title", "")))
    return Chapter(
        start=start,
        title=title,
        url=find_web_address(str(element.get("href", ""))),
        image_url=find_web_address(str(element.get("image", ""))),
        is_listed=bool(title),
    )


def _find_start(text: str) -> timedelta | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds, fraction = found.groups()
    milliseconds = round(int((fraction or "0").ljust(9, "0")) / 1_000_000)
    return timedelta(hours=int(hours or 0), minutes=int(minutes or 0), seconds=int(seconds), milliseconds=milliseconds)
