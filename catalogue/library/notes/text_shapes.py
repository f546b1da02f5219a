"""What a text must look like in the field it stands in: addresses, languages, colours, slugs.

A field without a row is free text; where it is one line, white space is evened out. Errors speak of
`{what}`, which whoever knows the field's name fills in.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from urllib.parse import urlsplit

from catalogue.domain.identity import SLUG_LENGTH
from catalogue.domain.patterns import RESERVED
from catalogue.errors import CatalogueError
from catalogue.formats.language_codes import find_language
from catalogue.library.notes.feed_shapes import FEED_SHAPES
from catalogue.library.notes.listing_shapes import LISTING_SHAPES
from catalogue.library.notes.moments import open_timezone, read_day

LINE_LIMIT = 1_000
TEXT_LIMIT = 20_000
# Fields whose text may have several lines.
LONG_TEXTS = frozenset({"summary", "description", "content_warning", "text", "disclaimer", "what", "value"})
# Podcasting 2.0, medium; each but "mixed" also as a list, with an L at its end.
MEDIUMS = ("podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "publisher", "course", "mixed")
# A mail address as far as a typing error shows; whether it works, only a letter tells.
_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+")


def read_text(name: str, text: str, *, kind: str = "") -> str:
    """Give the text as the field keeps it; `kind` is the class around the field.

    Raises CatalogueError where it is too long or has the wrong shape.
    """
    limit = TEXT_LIMIT if name in LONG_TEXTS else LINE_LIMIT
    if len(text) > limit:
        template = "{what} is longer than it may be: {length} characters, at most {limit}. Shorten it."
        raise CatalogueError("too-long", template, what="This", length=len(text), limit=limit)
    if name in LONG_TEXTS:
        return text.strip()
    shape = SHAPES.get(f"{kind}.{name}", SHAPES.get(name, _line))
    return shape(text)


def _line(text: str) -> str:
    return " ".join(text.split())


def _exact(text: str) -> str:
    return text


def _web_address(text: str) -> str:
    address = text.strip()
    try:
        parts = urlsplit(address)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        is_good = False
    if not is_good or re.search(r"[\s<>\"]", address):
        template = "{what} is not a web address: '{text}'. Write it whole, such as https://example.org/page."
        raise CatalogueError("web-address", template, what="This", text=text[:60])
    return address


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text.strip()):
        template = "{what} is not an e-mail address: '{text}'. Write it like name@example.org."
        raise CatalogueError("email", template, what="This", text=text[:60])
    return text.strip()


def _page_or_email(text: str) -> str:
    bare = text.strip().removeprefix("mailto:")
    if _EMAIL.fullmatch(bare):
        return bare
    try:
        return _web_address(text)
    except CatalogueError as error:
        template = (
            "{what} is neither a web address nor an e-mail address: '{text}'. Write it whole, such as "
            "https://example.org/page or us@example.org."
        )
        raise CatalogueError(error.code, template, **error.params) from None


def _language(text: str) -> str:
    language = find_language(text)
    if language is None:
        template = "{what} is not a language code: '{text}'. Write en, es or pt-BR."
        raise CatalogueError("language", template, what="This", text=text[:60])
    return language


def _timezone(text: str) -> str:
    open_timezone(text.strip())
    return text.strip()


def _accent(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text.strip()):
        template = "{what} is not a colour: '{text}'. Write # and six digits of 0-9 and a-f, such as #085a52."
        raise CatalogueError("colour", template, what="This", text=text[:60])
    return text.strip().lower()


def _page_slug(text: str) -> str:
    slug = text.strip()
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > SLUG_LENGTH:
        template = "{what} cannot stand in an address: '{text}'. Use a-z, 0-9 and single hyphens, at most {limit}."
        raise CatalogueError("slug", template, what="This", text=text[:60], limit=SLUG_LENGTH)
    return slug


def _slug(text: str) -> str:
    slug = _page_slug(text)
    if slug in RESERVED:
        template = "{what} is a name that Castalogue's own pages need: '{text}'. Write another, such as the-{text}."
        raise CatalogueError("slug-reserved", template, what="This", text=slug)
    return slug


def _podcast_guid(text: str) -> str:
    try:
        uuid.UUID(text)
    except ValueError as cause:
        template = "{what} is not a podcast GUID: '{text}'. Copy it whole, like 917393e3-1b1e-5cef-ace4-edaa54e1f810."
        raise CatalogueError("podcast-guid", template, what="This", text=text[:60]) from cause
    return text


def _month_or_day(text: str) -> str:
    bare = text.strip()
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", bare):
        read_day(f"{bare}-01")
    else:
        read_day(bare)
    return bare


def _next_review(text: str) -> str:
    bare = _line(text).lower()
    if bare == "under way":
        return bare
    try:
        return _month_or_day(text)
    except CatalogueError as error:
        template = "{what} is not a day I can read: '{text}'. Write 2021-10-05, 2021-10 or 'under way'."
        raise CatalogueError(error.code, template, **error.params) from None


def _medium(text: str) -> str:
    bare = text.strip()
    if bare not in MEDIUMS and bare.removesuffix("L") not in MEDIUMS[:-1]:
        template = "{what} is none of the known kinds: '{text}'. Write one of {choices}."
        raise CatalogueError("medium", template, what="This", text=text[:60], choices=", ".join(MEDIUMS))
    return bare


def _media_type(text: str) -> str:
    if not re.fullmatch(r"(audio|video)/[a-z0-9.+-]+", text.strip().lower()):
        template = "{what} is not a media type: '{text}'. Write audio/mpeg for an mp3, audio/x-m4a for an m4a."
        raise CatalogueError("media-type", template, what="This", text=text[:60])
    return text.strip().lower()


SHAPES: dict[str, Callable[[str], str]] = {
    **FEED_SHAPES,
    **LISTING_SHAPES,
    "Help.language": _line,  # words will do: a line may be answered in several
    "Listed.amazon": _web_address,
    "Listed.deezer": _web_address,
    "Listed.iheart": _web_address,
    "Listed.spotify": _web_address,
    "Listed.youtube": _web_address,
    "RemoteAudio.media_type": _media_type,
    "Catalogue.guid": _podcast_guid,
    "Show.guid": _podcast_guid,
    "WrittenPage.slug": _page_slug,
    "WrittenPage.was": _page_slug,
    "accent": _accent,
    "account_url": _web_address,
    "email": _email,
    "feed_guid": _podcast_guid,
    "feedback": _page_or_email,
    "feed_url": _web_address,
    "guid": _exact,  # an imported one is kept byte for byte
    "image_url": _web_address,
    "item_guid": _exact,
    "language": _language,
    "last_on": _month_or_day,
    "base_url": _web_address,
    "link": _web_address,
    "medium": _medium,
    "moved_from": _web_address,
    "moved_to": _web_address,
    "new_feed_url": _web_address,
    "next_on": _next_review,
    "security_contact": _page_or_email,
    "slug": _slug,
    "support": _page_or_email,
    "timezone": _timezone,
    "updated_on": _month_or_day,
    "url": _web_address,
}
