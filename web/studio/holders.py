"""Whose tickets hold: what the server's loop knows of producers, without asking the database.

A ticket holds for a day, an account may be closed and a role taken in any minute of it, by another process too. So
somebody reads in the background who may send recordings, and the loop asks what was read last. The guard, which asks
the database, has the last word all the same.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from catalogue.domain.producers import Producer
from catalogue.domain.rights import Right
from catalogue.errors import StoreError
from catalogue.store.index import Index

LOOK_EVERY_SECONDS = 1.0
LOG = logging.getLogger("castalogue")


class Holders:
    """Who may send recordings to which show, as of the last `look`. Threads may share one."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._producers: Mapping[int, Producer] = {}
        self._shows: Mapping[str, str] = {}

    def look(self) -> None:
        """Read it anew; raises StoreError, and what was read before stays."""
        shows = {row.show.slug: row.show.guid for row in self._index.shows()}
        self._producers, self._shows = {one.id: one for one in self._index.producers()}, shows

    def may_send(self, producer_id: int, show: str) -> bool:
        """Whether the holder of a ticket may still send recordings to a show (its slug; empty: feeds, of any).

        Who or what is too new to have been read may: there is a ticket of ours for it.
        """
        producer, guid = self._producers.get(producer_id), self._shows.get(show)
        if producer is None:
            return True
        if not show:
            return producer.disabled_at is None and producer.may(Right.BEGIN_SHOW, None)
        return producer.disabled_at is None and (guid is None or producer.may(Right.UPLOAD, guid))


@contextmanager
def looking(holders: Holders) -> Iterator[None]:
    """Look once a second for the length of a `with` block."""
    stop = threading.Event()
    thread = threading.Thread(target=_look, args=(holders, stop), name="castalogue-holders", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(LOOK_EVERY_SECONDS)


def _look(holders: Holders, stop: threading.Event) -> None:
    told = ""
    while True:
        try:
            holders.look()
            told = ""
        except StoreError as error:
            if str(error) != told:
                LOG.warning("Who may send recordings cannot be read, so what was known of it holds: %s", error)
            told = str(error)
        if stop.wait(LOOK_EVERY_SECONDS):
            return
