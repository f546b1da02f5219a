"""A feed on another machine: fetched through the guard, read in the box, given in outline."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.actions.open import Place
from catalogue.actions.scratch import scratch_folder
from catalogue.errors import AnswerRefused
from catalogue.feed_outline import FeedOutline, outline_feed_file
from catalogue.feed_reading import FEED_LIMIT_BYTES
from catalogue.outside.exchange import Asked
from catalogue.outside.fetch import fetch
from catalogue.outside.guard import open_guard
from catalogue.outside.limits import Limits
from catalogue.sandbox import Box
from catalogue.sandbox import Limits as BoxLimits

# A feed of 50 MiB, the largest that is read.
_BOX = BoxLimits(cpu_seconds=60, wall_seconds=120)


@dataclass(frozen=True, kw_only=True)
class ForeignFeed:
    """What a feed says; `addresses` are all those it is known under, the one that was asked first.

    `asked` are those that led to it: without the one it calls its own.
    """

    addresses: tuple[str, ...]
    asked: tuple[str, ...]
    outline: FeedOutline

    @property
    def address(self) -> str:
        return self.addresses[0]


def read_foreign_feed(place: Place, url: str) -> ForeignFeed:
    """Fetch a feed and read it; raises OutsideError, FeedError, SandboxFailure, ConfigError, NoRoom."""
    with scratch_folder() as folder:
        path = folder / "feed.xml"
        with path.open("wb") as file:
            limits = Limits(size_bytes=FEED_LIMIT_BYTES)
            answer = fetch(Asked(url=url), guard=open_guard(place.settings), limits=limits, into=file)
        if not answer.is_success:
            raise AnswerRefused(
                "feed-status", "It answers {status} instead of a feed.", url=answer.url, status=answer.status
            )
        with Box(1, _BOX) as box:
            outline: FeedOutline = box.call(outline_feed_file, str(path), answer.url)
    asked = tuple(dict.fromkeys((*(hop.url for hop in answer.hops), answer.url)))
    is_address = outline.self_url.startswith(("https://", "http://"))
    known = (*asked, outline.self_url) if is_address else asked
    return ForeignFeed(addresses=tuple(dict.fromkeys(known)), asked=asked, outline=outline)
