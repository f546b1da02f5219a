"""What a text must look like that goes into the feed alone: addresses of any scheme, slugs of services, ratios.

Errors speak of `{what}`, as in `text_shapes.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from catalogue.errors import CatalogueError
from catalogue.library.notes.feed_tags import read_feed_tag

# Addresses that run or read something where they are opened.
_UNFIT_SCHEMES = frozenset({"javascript", "vbscript", "data", "file"})


def _any_media_type(text: str) -> str:
    if not re.fullmatch(r"[a-zA-Z]+/[a-zA-Z0-9][a-zA-Z0-9.+-]*", text.strip()):
        template = "{what} is not a media type: '{text}'. Write it like image/png or application/x-mpegURL."
        raise CatalogueError("media-type", template, what="This", text=text[:60])
    return text.strip()


def _uri(text: str) -> str:
    uri = text.strip()
    scheme = re.match(r"([a-z][a-z0-9+.-]*):[^\s<>\"]+$", uri, re.IGNORECASE)
    if scheme is None or scheme[1].lower() in _UNFIT_SCHEMES:
        template = "{what} is not an address: '{text}'. Write it whole, such as https://example.org/page."
        raise CatalogueError("uri", template, what="This", text=text[:60])
    return uri


def _token(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9_-]{1,60}", token := text.strip().lower()):
        template = "{what} is one short word, such as youtube or activitypub, and not '{text}'. Correct it."
        raise CatalogueError("token", template, what="This", text=text[:60])
    return token


def _aspect_ratio(text: str) -> str:
    ratio = "".join(text.split())
    if not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,4})?/[0-9]{1,5}(\.[0-9]{1,4})?", ratio):
        template = "{what} is not a ratio of width to height: '{text}'. Write it like 16/9."
        raise CatalogueError("ratio", template, what="This", text=text[:60])
    return ratio


def _amount(text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,18})?", text.strip()):
        template = "{what} is not an amount: '{text}'. Write digits, such as 0.00000005."
        raise CatalogueError("amount", template, what="This", text=text[:60])
    return text.strip()


FEED_SHAPES: dict[str, Callable[[str], str]] = {
    "AlternateEnclosure.media_type": _any_media_type,
    "FeedTag.xml": read_feed_tag,
    "Image.media_type": _any_media_type,
    "Place.media_type": _any_media_type,
    "allow_services": _token,
    "aspect_ratio": _aspect_ratio,
    "block_services": _token,
    "protocol": _token,
    "suggested": _amount,
    "uri": _uri,
}
