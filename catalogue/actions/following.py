"""Keep a publication up to date in the background, so that no request waits for the database."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from catalogue.actions.followed_index import LOOK_EVERY_SECONDS
from catalogue.actions.publish import Publication
from catalogue.domain.links import Links
from catalogue.errors import StoreError

# Both threads end in the middle of nothing that matters: the process need not wait for them long.
ENDING_SECONDS = 0.5
# How long a feed that could not be packed is left alone.
PACK_AGAIN_SECONDS = 30.0
LOG = logging.getLogger("castalogue")


@contextmanager
def following(publication: Publication, links: Links) -> Iterator[None]:
    """Follow for the length of a `with` block; in it, requests are answered from what was read last."""
    stop = follow(publication, links)
    try:
        yield
    finally:
        stop()


def follow(
    publication: Publication, links: Links, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Callable[[], None]:
    """Read what is new once a second, and have all feeds under the base URL at hand; gives what ends it."""
    stop, news = threading.Event(), threading.Event()
    reader = threading.Thread(
        target=_read, args=(publication, links, clock, stop, news), name="castalogue-reader", daemon=True
    )
    packer = threading.Thread(target=_pack, args=(publication, stop, news), name="castalogue-packer", daemon=True)
    publication.followed_by(reader)
    for thread in (reader, packer):
        thread.start()

    def end() -> None:
        stop.set()
        news.set()
        for thread in (reader, packer):
            thread.join(ENDING_SECONDS)

    return end


def _read(
    publication: Publication,
    links: Links,
    clock: Callable[[], datetime],
    stop: threading.Event,
    news: threading.Event,
) -> None:
    told = ""
    while True:
        try:
            if publication.refresh(links, clock()):
                news.set()
            told = ""
        except StoreError as error:  # nothing was ever read: those who ask are told the same
            if str(error) != told:
                LOG.warning("The index cannot be read yet: %s", error)
            told = str(error)
        except Exception as error:
            if str(error) != told:
                LOG.exception("What is new in the index cannot be read, which is tried again; all else is served.")
            told = str(error)
        if stop.wait(LOOK_EVERY_SECONDS):
            return


def _pack(publication: Publication, stop: threading.Event, news: threading.Event) -> None:
    """Brotli in a thread of its own: seconds for a large feed, and the next change must not wait for it.

    It looks now and then without any news as well: what could not be packed may be by now.
    """
    while not stop.is_set():
        news.wait(PACK_AGAIN_SECONDS)
        news.clear()
        for _ in publication.pack_feeds():
            if stop.is_set():
                return
