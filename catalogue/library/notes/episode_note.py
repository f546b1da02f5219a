"""What the front matter of an episode's note says, typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from catalogue.domain.episode import Episode, Tag, Translation
from catalogue.domain.identity import slug_of
from catalogue.domain.media import Chapter
from catalogue.errors import NotesError
from catalogue.formats.chapters import read_chapter_line
from catalogue.library.naming import transliterate
from catalogue.library.notes.fields import Field, Fields
from catalogue.library.notes.front_matter import Note
from catalogue.library.notes.typed import read_fields

# Key of a note → field of Episode, or of the class in it.
NOTE_KEYS = {
    "title": "title",
    "number": "number",
    "season": "season",
    "type": "type",
    "published": "published_at",
    "draft": "draft",
    "updated": "updated_at",
    "summary": "summary",
    "author": "author",
    "people": "people",
    "language": "language",
    "explicit": "explicit",
    "content_warning": "content_warning",
    "support": "help",
    "help": "help",
    "reviewed": "review.last_on",
    "next_review": "review.next_on",
    "reviewed_by": "review.by",
    "sources": "sources",
    "tags": "tags",
    "corrections": "corrections",
    "chapters": "chapters",
    "soundbites": "soundbites",
    "enclosure": "remote",
    "link": "link",
    "artwork_alt": "artwork_alt",
    "license": "license",
    "location": "location",
    "funding": "funding",
    "txt": "txt",
    "audience": "audience",
    "block": "block",
    "slug": "slug",
    "guid": "guid",
    "number_display": "extras.number_display",
    "images": "extras.images",
    "alternate_enclosures": "extras.alternate_enclosures",
    "content_links": "extras.content_links",
    "social_interact": "extras.social_interact",
    "chat": "extras.chat",
    "value": "extras.value",
    "feed_tags": "extras.feed_tags",
}
# Characters of a tag: it is part of a feed's title and of its address.
TAG_LIMIT = 60
# … and of its translations (`episode.es.md`).
TRANSLATION_KEYS = {name: name for name in ("title", "summary", "content_warning", "chapters", "sources")} | {
    "support": "help"
}


def read_episode_note(note: Note, *, timezone: str) -> dict[str, object]:
    """Give the fields of Episode that a note states, `notes` among them where it has a text.

    Chapters are sorted by their start. Raises ContentErrors with everything that is wrong in the note.
    """
    values = _read(note, Episode, NOTE_KEYS, timezone=timezone)
    if note.body.strip():
        values["notes"] = note.body
    return values


def read_translation_note(note: Note, *, language: str, title: str) -> Translation:
    """Read a translated note; without a title of its own it has `title`.

    Raises ContentErrors with everything that is wrong in it.
    """
    values = _read(note, Translation, TRANSLATION_KEYS, timezone="UTC")
    return Translation(**({"title": title} | values), language=language, notes=note.body)


def _read(note: Note, kind: type, names: Mapping[str, str], *, timezone: str) -> dict[str, Any]:
    """The fields of `kind` that the front matter states, chapters in the order of their starts."""
    values = read_fields(
        _with_chapter_lines(note.fields),
        kind,
        names=names,
        timezone=timezone,
        path=note.path,
        error=NotesError,
        texts={Chapter: read_chapter_line, Tag: read_tag},
    )
    if isinstance(chapters := values.get("chapters"), tuple):
        values["chapters"] = tuple(sorted(chapters, key=lambda chapter: chapter.start))
    return values


def _with_chapter_lines(fields: Fields) -> Fields:
    """Take a block of lines as a list of chapters, and `4:12 One: two` as the text it was meant to be."""
    field = fields.get("chapters")
    if field is None or isinstance(field.value, dict):
        return fields
    if isinstance(field.value, list):
        items = [_joined(item) for item in field.value]
    else:
        lines = enumerate(field.value.strip().split("\n"), start=field.line + ("\n" in field.value))
        items = [Field(text.strip(), line) for line, text in lines]
    return {**fields, "chapters": Field(items, field.line)}


def _joined(item: Field) -> Field:
    """YAML reads the colon and blank in a chapter's title as a key and its value."""
    if isinstance(item.value, dict) and len(item.value) == 1:
        ((key, inner),) = item.value.items()
        if re.match(r"[0-9]+:[0-9]", key) and isinstance(inner.value, str):
            return Field(f"{key}: {inner.value}", item.line)
    return item


def read_tag(text: str, path: str, line: int) -> Tag:
    """Read a tag as typed; raises NotesError where it has nothing that can stand in an address, or is long."""
    name = " ".join(text.split())
    slug = slug_of(name, transliterate)
    if not slug or len(name) > TAG_LIMIT:
        template = "This cannot be a tag: '{text}'. Write a word or two of letters, such as nutrition."
        raise NotesError("tag", template, path=path, line=line, text=name[:60])
    return Tag(name=name, slug=slug)
