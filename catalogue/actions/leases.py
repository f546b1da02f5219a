"""One indexer a show: a run takes a lease on each show before it reads its files, and keeps it alive meanwhile.

Who finds a show held leaves word and goes; the holder does it once more before it lets go. A holder that died or
stands still loses its lease, and notices before it writes again. The ledger's lock and expected version remain the
last line: two databases may share a library, and know nothing of each other's leases.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from catalogue.actions.lease_words import busy, shown_show, told_holder
from catalogue.actions.open import Place
from catalogue.actions.owners import is_gone, note_ended, read_owner, this_run
from catalogue.domain.plan import Problem
from catalogue.errors import LeaseLost, StoreError
from catalogue.store.index import Index
from catalogue.store.leases import LeaseRow

Take = Callable[..., dict[str, LeaseRow]]
# `leases.name` holds 255 characters; the longest path a system allows is 4,096 bytes.
LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What leases are given on.

    A holder says every `beat_seconds` that it is alive. After `life_seconds` without a word its lease is over; after
    `doubt_seconds` it is waited for whether one or the other comes. A run that carries somebody's word waits up to
    `patience_seconds`, looking every `look_seconds`.
    """

    beat_seconds: float = 5.0
    doubt_seconds: float = 12.0
    life_seconds: float = 30.0
    patience_seconds: float = 60.0
    look_seconds: float = 0.25

    def is_over(self, row: LeaseRow, *, now: datetime) -> bool:
        """Whether the holder ended or stood still; a heartbeat from far in the future is of a clock since set back."""
        owner = read_owner(row.owner)
        return (owner is not None and is_gone(owner)) or self._silence(row, now) >= self.life_seconds

    def is_doubtful(self, row: LeaseRow, *, now: datetime) -> bool:
        """Whether the holder should have said something by now."""
        return self._silence(row, now) >= self.doubt_seconds

    @staticmethod
    def _silence(row: LeaseRow, now: datetime) -> float:
        return abs(now - row.heartbeat_at) / timedelta(seconds=1)


class Lease:
    """The shows that one run may read and write, by folder; opened by `open_lease`."""

    def __init__(
        self, index: Index, *, clock: Callable[[], datetime], wait: Callable[[float], None], terms: Terms
    ) -> None:
        self._index, self._clock, self._wait, self._terms = index, clock, wait, terms
        self._owner = this_run()
        self._held: dict[str, str] = {}
        self._put_off: dict[str, LeaseRow] = {}
        self._is_closed = False
        self._ended = threading.Event()
        self._beating: threading.Thread | None = None

    def insist(self, shows: Iterable[str]) -> bool:
        """Take shows, waiting for whoever holds them; gives whether any was taken now.

        Raises Conflict where that takes too long.
        """
        names = {_name(show): show for show in shows if not self.holds(show)}
        waited = 0.0
        while names and (held := self._ask(self._index.take_leases_together, names)):
            if waited >= self._terms.patience_seconds:
                name, row = next(iter(held.items()))
                raise busy(names[name], row, waited)
            waited += self._look_later()
        self._keep(names)
        return bool(names)

    def take(self, shows: Iterable[str]) -> bool:
        """Take the shows that nobody holds; the others are put off: who holds them is asked to index them again.

        Gives whether any was taken. Once `release` was called, none is.
        """
        names = {} if self._is_closed else {_name(show): show for show in shows if self._is_new(show)}
        waited, held = 0.0, dict[str, LeaseRow]()
        while names:
            held = self._ask(self._index.take_leases, names)
            now = self._now()
            if waited > self._terms.life_seconds or not any(self._terms.is_doubtful(r, now=now) for r in held.values()):
                break
            waited += self._look_later()
        self._put_off |= {names[name]: row for name, row in held.items()}
        self._keep({name: show for name, show in names.items() if name not in held})
        return len(held) < len(names)

    def holds(self, show: str) -> bool:
        return _name(show) in self._held

    @property
    def held(self) -> frozenset[str]:
        """The shows that are this run's now."""
        return frozenset(self._held.values())

    @property
    def put_off(self) -> frozenset[str]:
        """The shows that others hold, and will index once more."""
        return frozenset(self._put_off)

    def notices(self) -> tuple[Problem, ...]:
        """Say of each show put off who has it."""
        return tuple(told_holder(show, row) for show, row in sorted(self._put_off.items()))

    def fenced_index(self) -> Index:
        """The index for this run: each write finds the leases still there, or undoes itself and raises LeaseLost."""
        return self._index.fenced(self._owner.text, self._check)

    def check(self) -> None:
        """Raise LeaseLost where this run stood still for so long that another took a show over."""
        self._check(frozenset(row.name for row in self._index.leases() if row.owner == self._owner.text))

    def release(self) -> bool:
        """Let go of what nobody asked for in the meantime; True where something is left, which is to be done again."""
        wanted = self._index.release_leases(self._owner.text)
        self._is_closed = True
        self._held = {name: show for name, show in self._held.items() if name in wanted}
        if wanted:
            self._index.answer_wishes(wanted)
        return bool(self._held)

    def end(self) -> None:
        """Stop the heart; what is still held is anybody's."""
        self._ended.set()
        if self._beating is not None:
            self._beating.join()
        if self._held:
            try:
                self._index.give_up_leases(self._owner.text)
            except StoreError:  # what made the run fail; for other processes it is over when it is not kept alive
                note_ended(self._owner)

    def _is_new(self, show: str) -> bool:
        return not self.holds(show) and show not in self._put_off

    def _ask(self, take: Take, names: dict[str, str]) -> dict[str, LeaseRow]:
        now = self._now()
        return take(names, owner=self._owner.text, now=now, is_over=partial(self._terms.is_over, now=now))

    def _now(self) -> datetime:
        return self._index.moment(self._clock())

    def _look_later(self) -> float:
        self._wait(self._terms.look_seconds)
        return self._terms.look_seconds

    def _keep(self, names: dict[str, str]) -> None:
        self._held |= names
        if self._held and self._beating is None:
            self._beating = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
            self._beating.start()

    def _beat(self) -> None:
        while not self._ended.wait(self._terms.beat_seconds):
            with suppress(StoreError):  # a database locked for long: the next beat, or the next write, will tell
                self._index.beat(self._owner.text, now=self._now())

    def _check(self, names: frozenset[str]) -> None:
        lost = [show for name, show in self._held.items() if name not in names]
        if lost:
            raise LeaseLost(
                "lease-lost",
                "This run stood still for so long that another took over {show} and goes on from there. "
                "This one wrote nothing more.",
                show=shown_show(lost[0]),
            )


@contextmanager
def open_lease(
    place: Place,
    *,
    clock: Callable[[], datetime],
    wait: Callable[[float], None] = time.sleep,
    terms: Terms | None = None,
) -> Iterator[Lease]:
    """A lease that holds nothing yet, for the length of a `with` block."""
    lease = Lease(place.index, clock=clock, wait=wait, terms=terms or Terms())
    try:
        yield lease
    finally:
        lease.end()


def are_held(index: Index, shows: Collection[str], *, now: datetime, terms: Terms) -> bool:
    """Whether somebody who is alive holds one of these shows; raises StoreError."""
    return not _alive(index, now=now, terms=terms).isdisjoint(map(_name, shows))


def unanswered(index: Index, *, now: datetime, terms: Terms) -> frozenset[str]:
    """Names of what somebody asked for and nobody who is alive holds: its holder failed; raises StoreError."""
    wishes = index.wishes()
    return wishes - _alive(index, now=now, terms=terms) if wishes else wishes


def _alive(index: Index, *, now: datetime, terms: Terms) -> frozenset[str]:
    moment = index.moment(now)
    return frozenset(row.name for row in index.leases() if not terms.is_over(row, now=moment))


def _name(show: str) -> str:
    """What a show's lease is called: its folder, or a digest where that is too long, or no text, for a database."""
    if len(show) <= LONGEST_NAME and show.isprintable():
        return show or "."
    return hashlib.sha256(show.encode("utf-8", "backslashreplace")).hexdigest()
