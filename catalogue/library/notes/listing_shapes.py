"""What a show's number in a directory must look like.

Errors speak of `{what}`, as in `text_shapes.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from catalogue.errors import CatalogueError

# The number alone, or the address of the show's page there, which ends in it.
_NUMBER = re.compile(r"(?:https?://\S*/(?:id)?|id)?(?P<number>[0-9]{1,15})/?(?:\?\S*)?")


def _directory_number(text: str) -> str:
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        template = "{what} is no directory's number: '{text}'. Copy the digits at the end of the show's address there."
        raise CatalogueError("directory-number", template, what="This", text=text[:60])
    return found["number"]


LISTING_SHAPES: dict[str, Callable[[str], str]] = {
    "Listed.apple": _directory_number,
    "Listed.podcast_index": _directory_number,
}
