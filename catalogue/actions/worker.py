"""Tell what is due, as long as a process lives: in a thread beside the server, or in a process of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from catalogue.actions.announce import channels_of
from catalogue.actions.open import Place
from catalogue.errors import StoreError

if TYPE_CHECKING:
    from catalogue.actions.telling import Teller, Told

# How often it is looked whether anything is due: a glance into the database, which waits for nobody.
LOOK_EVERY_SECONDS = 1.0
# Who is in the middle of telling is not waited for longer; its job is told again when its lease is over.
ENDING_SECONDS = 0.2
LOG = logging.getLogger("castalogue")


@contextmanager
def telling(
    place: Place,
    *,
    on_told: Callable[[Told], None],
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[None]:
    """Tell in a thread for the length of a `with` block; nothing, where nobody is to be told anything.

    `on_told` hears of each job, in that thread. Raises ConfigError where `allow_outside` cannot be read.
    """
    if not channels_of(place.settings):
        yield
        return
    from catalogue.actions.telling import Teller  # the parts that ask other machines take long to import

    stop, teller = threading.Event(), Teller(place, clock=clock)
    thread = threading.Thread(
        target=tell_until, args=(teller, stop), kwargs={"on_told": on_told}, name="castalogue-teller", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(ENDING_SECONDS)


def tell_until(teller: Teller, stop: threading.Event, *, on_told: Callable[[Told], None]) -> None:
    """Tell what is due, and look every second for what becomes due, until `stop` is set; never ends by an error."""
    told = ""
    while not stop.is_set():
        try:
            done = teller.tell_next()
            told = ""
        except StoreError as error:
            done = None
            if str(error) != told:
                LOG.warning("Nothing can be told just now: %s", error)
            told = str(error)
        except Exception as error:
            done = None
            if str(error) != told:
                LOG.exception("Nothing can be told just now, which is tried again.")
            told = str(error)
        if done is not None:
            on_told(done)
        elif stop.wait(LOOK_EVERY_SECONDS):
            return


def tell_what_is_due(teller: Teller, *, on_told: Callable[[Told], None]) -> int:
    """Tell what is due by now; gives how many jobs that were. Raises StoreError."""
    count = 0
    while (done := teller.tell_next()) is not None:
        on_told(done)
        count += 1
    return count
