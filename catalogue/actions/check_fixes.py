"""What of a check's findings a machine can mend without asking: texts that mean one thing and are spelt another way.

Nothing here touches a GUID, a title or a date, and nothing is guessed: each fix writes what the rule itself names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from catalogue.check.categories import find_category, is_category, is_obsolete
from catalogue.check.online import Reply
from catalogue.domain.show import Category
from catalogue.library.notes.text_edits import TextChange

Values = Mapping[str, Any]
"""A file's keys with their plain values: texts, lists and tables, as somebody typed them."""

_YEARS = r"(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)\d\d|\d\d))?(?!\w|\s*[/–-])"
_WHOSE = re.compile(
    rf"(?:(?:copyright(?![\w-])|©|\(c\))[\s,.:;]*)+(?:{_YEARS}(?:\s*,\s*{_YEARS})*[\s,.:;]*)?", re.IGNORECASE
)
# What begins so is no name: only a person can tell what is meant.
_NO_NAME = re.compile(r"(?:by|all rights)\b|\W|\d", re.IGNORECASE)
# What a server calls audio; a page that says "gone" with 200 has a length, too.
_SOUND_TYPES = ("audio/", "video/", "application/ogg", "application/octet-stream")
_BARE_GEO = re.compile(r"-?\d{1,2}(\.\d+)?\s*,\s*-?\d{1,3}(\.\d+)?")
_LOWER_OSM = re.compile(r"[nwr]\d+(#\d+)?")


def category_changes(values: Values) -> Iterator[TextChange]:
    """Categories that Apple replaced in 2019, or that are spelt otherwise in its list (C05, C06)."""
    texts = [text for text in _texts(values.get("categories")) if text.strip()]
    for text in texts:
        stated = Category.from_text(text)
        name, subcategory = stated.name, stated.subcategory or ""
        if is_category(name, subcategory) and not is_obsolete(name, subcategory):
            continue
        meant = find_category(name, subcategory)
        # Of a subcategory that is in no list, nobody knows which category was meant.
        is_told = is_obsolete(name, subcategory) or not subcategory or (meant is not None and " > " in meant)
        if meant is not None and is_told and meant not in texts:
            texts.append(meant)
            yield TextChange(key="categories", old=text, new=meant)


def copyright_changes(values: Values) -> Iterator[TextChange]:
    """A copyright that begins with the word or the sign, years behind them or not (C19)."""
    text = values.get("copyright")
    found = _WHOSE.match(text) if isinstance(text, str) else None
    holder = text[found.end() :].strip() if found is not None and isinstance(text, str) else ""
    if holder and not _NO_NAME.match(holder):
        yield TextChange(key="copyright", old=str(text), new=holder)


def location_changes(values: Values) -> Iterator[TextChange]:
    """A `geo` without its `geo:`, an `osm` in small letters (P10)."""
    for place in _tables(values.get("location")):
        geo, osm = place.get("geo"), place.get("osm")
        if isinstance(geo, str) and _BARE_GEO.fullmatch(geo.strip()):
            yield TextChange(key="location", inner="geo", old=geo, new=f"geo:{''.join(geo.split())}")
        if isinstance(osm, str) and _LOWER_OSM.fullmatch(osm.strip()):
            yield TextChange(key="location", inner="osm", old=osm, new=osm.strip().upper())


def frequency_changes(values: Values) -> Iterator[TextChange]:
    """A rule of the update frequency that carries the name of its property, as calendars write it (P11)."""
    for frequency in _tables(values.get("update_frequency")):
        rrule = frequency.get("rrule")
        if isinstance(rrule, str) and rrule.strip().upper().startswith("RRULE:"):
            yield TextChange(key="update_frequency", inner="rrule", old=rrule, new=rrule.strip()[len("RRULE:") :])


def length_changes(values: Values, reply: Reply) -> Iterator[TextChange]:
    """The length of audio elsewhere, as its own server states it (I04)."""
    for enclosure in _tables(values.get("enclosure")):
        length = enclosure.get("length")
        is_sure = reply.media_type.startswith(_SOUND_TYPES) and _agrees(reply)
        if is_sure and isinstance(length, str) and reply.size_bytes and length.strip() != str(reply.size_bytes):
            yield TextChange(key="enclosure", inner="length", old=length, new=str(reply.size_bytes))


def _agrees(reply: Reply) -> bool:
    """Whether the answer to a range, where there is one, says the same length."""
    return not reply.content_range or reply.content_range.rpartition("/")[2].strip() == str(reply.size_bytes)


def type_changes(values: Values, reply: Reply) -> Iterator[TextChange]:
    """The type of audio elsewhere, as its own server states it (I07)."""
    for enclosure in _tables(values.get("enclosure")):
        kind = enclosure.get("type")
        if isinstance(kind, str) and reply.media_type.startswith(("audio/", "video/")) and kind != reply.media_type:
            yield TextChange(key="enclosure", inner="type", old=kind, new=reply.media_type)


# Rule → what mends it in show.toml, and in a note.
SHOW_FIXES: Mapping[str, Callable[[Values], Iterator[TextChange]]] = {
    "C05": category_changes,
    "C06": category_changes,
    "C19": copyright_changes,
    "P10": location_changes,
    "P11": frequency_changes,
}
NOTE_FIXES: Mapping[str, Callable[[Values], Iterator[TextChange]]] = {"P10": location_changes}
# … with what the address of the enclosure answered.
ANSWERED_FIXES: Mapping[str, Callable[[Values, Reply], Iterator[TextChange]]] = {
    "I04": length_changes,
    "I07": type_changes,
}


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]


def _tables(value: Any) -> list[Mapping[str, Any]]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict)]
