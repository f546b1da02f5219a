"""`show.toml`: what is true of a whole show, in the producer's words."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from catalogue.domain.show import Show, ShowText
from catalogue.domain.show_extras import ShowExtras
from catalogue.errors import CatalogueError, ContentError, ContentErrors, ShowFileError
from catalogue.formats.language_codes import find_language
from catalogue.library.check_table import CHECK_KEY
from catalogue.library.notes.fields import Field, Fields, clean_text, in_line_order, plain_lines, read_utf8
from catalogue.library.notes.key_names import nearest_key
from catalogue.library.notes.moments import open_timezone
from catalogue.library.notes.toml_fields import read_toml
from catalogue.library.notes.typed import read_fields

# Key of show.toml → field of Show.
SHOW_KEYS = {
    name: name
    for name in (
        "title",
        "subtitle",
        "description",
        "author",
        "language",
        "categories",
        "explicit",
        "type",
        "timezone",
        "link",
        "copyright",
        "license",
        "owner",
        "people",
        "funding",
        "help",
        "disclaimer",
        "listed",
        "corrections_days",
        "accent",
        "artwork_alt",
        "new_files",
        "slug",
        "guid",
        "location",
        "txt",
        "medium",
        "update_frequency",
        "locked",
        "block",
        "complete",
        "podlove_chapters",
        "new_feed_url",
        "moved_to",
        "moved_from",
        "feed_episodes",
        "apple_title",
        "show_owner_email",
    )
} | {field.name: f"extras.{field.name}" for field in dataclasses.fields(ShowExtras)}
# The field of Show for feedback is `support`, as its key once was; places of support are in `help`, as theirs was.
SHOW_KEYS |= {"feedback": "support", "support": "help"}

# Key of a table named by a language (`[es]`) → field of ShowText.
TEXT_KEYS = {
    name: name for name in ("title", "subtitle", "description", "disclaimer", "copyright", "artwork_alt", "funding")
} | {"support": "help"}

# What `init` leaves to be filled in: a line to uncomment, and what belongs there.
_TO_FILL = (
    ('description = "…"', "what the show is about, in a few plain sentences; apps show it under the title"),
    ('categories = ["Health & Fitness > Medicine"]', "one to three of Apple's categories; directories want one"),
    ('link = "https://example.org/"', "your own website, if you have one"),
    ('people = [{ name = "…", role = "host" }]', "who is heard in every episode"),
    (
        'owner = { name = "…", email = "you@example.org" }',
        "who answers for the show; the address stays here unless show_owner_email = true",
    ),
    ('copyright = "…"', "whose work it is, and since when"),
    ('feedback = "…"', "a page or an e-mail address where listeners can write to you"),
    ('artwork_alt = "…"', "what the cover shows, for those who do not see it"),
    ('accent = "#085a52"', "the one colour of the show's pages"),
    ('new_files = "draft"', "take the # away and new audio waits until its note says draft: false"),
)

_FILE = """\
# What is true of the whole show. Lines that begin with # are not read: take the # away to fill one in.

title = {title}
author = {author}

# The language that is spoken: en, es, pt-BR.
language = {language}

# Dates without a time zone are read in this one.
timezone = {timezone}

# Whether it is only for adults. A word on hard subjects goes into an episode's content_warning instead.
explicit = {explicit}

# "episodic": the newest first. "serial": to be heard from the beginning.
type = "episodic"

{more}{to_fill}
"""


def read_show_file(content: bytes, path: str) -> dict[str, object]:
    """Read a `show.toml`: the fields of Show that it states, typed.

    Raises ContentErrors with every ShowFileError found, each with its line.
    """
    text = plain_lines(read_utf8(content, path=path, error=ShowFileError))
    fields = read_toml(text, path=path, error=ShowFileError)
    fields.pop(CHECK_KEY, None)  # of no concern to feed and site: a mistake in it is told by the check
    errors: list[ContentError] = []
    tables = {key: fields.pop(key) for key in [key for key, field in fields.items() if _is_text(key, field)]}
    _refuse_tables(errors, fields, tables, path=path)
    values = _collected(errors, fields, Show, _names(fields), timezone=_timezone(fields), path=path)
    texts = tuple(_text(key, field, errors, path=path) for key, field in tables.items())
    if errors:
        raise in_line_order(errors)
    return values | ({"texts": texts} if texts else {})


def render_show_file(
    *,
    title: str,
    author: str,
    language: str,
    timezone: str,
    is_explicit: bool = False,
    more: Mapping[str, str | tuple[str, ...]] | None = None,
) -> bytes:
    """Write a new `show.toml`: what is known, with `more` by key, the rest as marked lines to fill in.

    UTF-8, reads back without errors when `language` is a language code, `timezone` an IANA name, and `more` what its
    keys take.
    """
    known = more or {}
    waiting = [(line, why) for line, why in _TO_FILL if line.partition(" ")[0] not in known]
    width = max(len(line) for line, _ in waiting)
    to_fill = "\n".join(f"# {line:<{width}}   # ← fill in: {why}" for line, why in waiting)
    said = "".join(f"{key} = {_toml_value(value)}\n" for key, value in known.items())
    stated = {"title": title, "author": author, "language": language, "timezone": timezone}
    texts = {name: _toml_value(text) for name, text in stated.items()}
    is_only_for_adults = "true" if is_explicit else "false"
    return _FILE.format(
        to_fill=to_fill, more=f"{said}\n" if said else "", explicit=is_only_for_adults, **texts
    ).encode()


def _is_text(key: str, field: Field) -> bool:
    """Whether it is a table of the show's texts in another language."""
    return key not in SHOW_KEYS and isinstance(field.value, dict) and find_language(key) is not None


def _refuse_tables(
    errors: list[ContentError], fields: dict[str, Field], tables: dict[str, Field], *, path: str
) -> None:
    """Tell of tables whose name is no language, and of a second one for the same; they are taken out."""
    for key in [key for key, field in fields.items() if isinstance(field.value, dict) and _is_strange(key)]:
        template = (
            "There is no table `[{key}]`. Texts in another language stand in a table that is named by the code of the "
            "language alone, such as [es]."
        )
        line = _first_line(fields.pop(key))
        errors.append(ShowFileError("unknown-table", template, path=path, line=line, key=key[:60]))
    first: dict[str | None, str] = {}
    for key in list(tables):
        other = first.setdefault(find_language(key), key)
        if other != key:
            template = "`[{key}]` is for the same language as `[{other}]`. Join the two tables."
            line = tables.pop(key).line
            errors.append(ShowFileError("language-twice", template, path=path, line=line, key=key, other=other))


def _first_line(table: Field) -> int:
    """Where a table begins; one that holds tables alone has no line of its own."""
    inner = list(table.value.values()) if isinstance(table.value, dict) else []
    return inner[0].line if inner and all(isinstance(one.value, dict) for one in inner) else table.line


def _is_strange(key: str) -> bool:
    """Whether it is neither a key of the show nor like one, which is told by its own name."""
    return key not in SHOW_KEYS and nearest_key(key, SHOW_KEYS) is None


def _text(key: str, field: Field, errors: list[ContentError], *, path: str) -> ShowText:
    assert isinstance(field.value, dict)
    stated: dict[str, Any] = _collected(errors, field.value, ShowText, TEXT_KEYS, timezone="UTC", path=path)
    return ShowText(**stated, language=find_language(key) or key)


def _collected(
    errors: list[ContentError], fields: Fields, kind: type, names: Mapping[str, str], *, timezone: str, path: str
) -> dict[str, object]:
    """What the fields state; what is wrong with them goes to the others, so that all is told at once."""
    try:
        return read_fields(fields, kind, names=names, timezone=timezone, path=path, error=ShowFileError)
    except ContentErrors as several:
        errors += several.errors
        return {}


def _names(fields: Fields) -> dict[str, str]:
    """The keys as this file means them: a `support` that is a text alone is the way to write, as it was at first."""
    support = fields.get("support")
    return SHOW_KEYS | {"support": "support"} if support and isinstance(support.value, str) else SHOW_KEYS


def _timezone(fields: Fields) -> str:
    """The show's own time zone; one that is none is told where it stands, so that UTC will do here."""
    stated = fields.get("timezone")
    with suppress(CatalogueError):
        if stated is not None and isinstance(stated.value, str) and not stated.is_empty:
            open_timezone(stated.value.strip())
            return stated.value.strip()
    return "UTC"


def _toml_value(value: str | tuple[str, ...]) -> str:
    # A JSON string, or a list of them, is TOML once control characters are gone.
    texts = [" ".join(clean_text(one).split()) for one in ((value,) if isinstance(value, str) else value)]
    return json.dumps(texts[0] if isinstance(value, str) else texts, ensure_ascii=False)
