"""Lists of feeds that apps write: OPML 2.0 (opml.org/spec2.opml)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from catalogue.errors import FeedError
from catalogue.feed_reading import FEED_LIMIT_BYTES, parse_xml
from catalogue.library.imports.slips import forgiven


@dataclass(frozen=True, kw_only=True)
class FeedList:
    """The addresses in a list of feeds, each once; `is_list` False: the file is none."""

    is_list: bool
    addresses: tuple[str, ...] = ()


def read_feed_list(file: str) -> FeedList:
    """Read the local `file` if it is OPML: to be called in the sandbox. What cannot be read is no list."""
    try:
        with Path(file).open("rb") as opened:
            root = parse_xml(forgiven(opened.read(FEED_LIMIT_BYTES + 1)), url=None)
    except FeedError:  # who reads it as a feed says what is wrong with it
        return FeedList(is_list=False)
    if root.tag != "opml":
        return FeedList(is_list=False)
    found = (outline.get("xmlUrl", "").strip() for outline in root.iter("outline"))
    return FeedList(is_list=True, addresses=tuple(dict.fromkeys(url for url in found if url)))
