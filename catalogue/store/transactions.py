"""Transactions: one writer at a time, readers on the state of one moment, and once more after a lost connection.

A method of the index is one transaction and writes by key, so doing it again does no harm: a server that was
restarted between two statements costs a wait, not a run.
"""

from __future__ import annotations

import copy
import functools
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Concatenate, ParamSpec, Self, TypeVar

from pydantic import ValidationError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from catalogue.errors import StoreError, StoreFull
from catalogue.store.faults import is_busy, is_full, is_lost, reason
from catalogue.store.opening import queueing, writing

# Between the tries of a writer, in seconds: a server that restarts is back within a few. A reader asks again soon.
WRITER_WAITS = (0.1, 0.4, 1.0, 2.0, 4.0)
READER_WAITS = (0.1, 0.4)
UNREAD = (
    "The index could not be read: {why}. If that stays so, put a backup of it back, or delete it and run castalogue "
    "index: all of it is made again, but for the accounts of the studio."
)
UNWRITTEN = "The database could not be written: {why}. This step was undone. Check its disk space and its rights."
AWAY = (
    "The database server cannot be reached: {why}. This step was undone, all before it is kept. "
    "Start the server or correct DATABASE_URL, then do it again."
)
BUSY = (
    "The database is busy: {why}. Another process has been writing to it for long. This step was undone; do it again "
    "when that has ended."
)

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound="Transactions")


class Transactions:
    """An open database. `reading` and `writing` are one transaction each and raise StoreError; threads may share it.

    What a reader sees is the state of one moment; writers come one after another, whichever process they are in.
    """

    _within: Connection | None = None
    """The transaction that all methods are part of; None: each is one of its own."""

    def __init__(self, engine: Engine, *, wait: Callable[[float], None] = time.sleep) -> None:
        self._engine = engine
        self._wait = wait

    def close(self) -> None:
        self._engine.dispose()

    def begin_in_this_process(self) -> None:
        """Leave the connections of the process that this one was forked from to that one."""
        self._engine.dispose(close=False)

    def together(self, work: Callable[[Self], T]) -> T:
        """Make one writing transaction of all that `work` does with the index it is given: all of it is kept, or none.

        After a lost connection all is done again, so that it must do no harm twice; threads may not share that index.
        """

        def whole() -> T:
            with self.writing() as connection:
                joined = copy.copy(self)
                joined._within = connection
                return work(joined)

        return self.again(whole, WRITER_WAITS)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with _told("store-read", UNREAD), self._begun(self._engine.begin) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with _told("store-write", UNWRITTEN), self._begun(lambda: writing(self._engine)) as connection:
            yield connection

    @contextmanager
    def queueing(self) -> Iterator[Connection]:
        """One transaction on jobs alone, which need not wait until a writer of the index is done."""
        with _told("store-write", UNWRITTEN), self._begun(lambda: queueing(self._engine)) as connection:
            yield connection

    def _begun(self, begin: Callable[[], AbstractContextManager[Connection]]) -> AbstractContextManager[Connection]:
        return begin() if self._within is None else nullcontext(self._within)

    def again(self, work: Callable[[], T], waits: tuple[float, ...]) -> T:
        """Do it, and after a lost connection once more after each of the waits (seconds).

        Part of a larger transaction, it is done once: that as a whole is what is done again.
        """
        for seconds in waits if self._within is None else ():
            try:
                return work()
            except StoreError as error:
                if not is_lost(error.__cause__):
                    raise
            self._wait(seconds)
        return work()


def reads(method: Callable[Concatenate[S, Connection, P], T]) -> Callable[Concatenate[S, P], T]:
    """Make a method that takes a connection one reading transaction."""

    @functools.wraps(method)
    def in_transaction(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        def work() -> T:
            with self.reading() as connection:
                return method(self, connection, *args, **kwargs)

        return self.again(work, READER_WAITS)

    return in_transaction


def writes(method: Callable[Concatenate[S, Connection, P], T]) -> Callable[Concatenate[S, P], T]:
    """Make a method that takes a connection one writing transaction.

    It may be called twice, so its arguments must not be used up by reading them.
    """

    @functools.wraps(method)
    def in_transaction(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        def work() -> T:
            with self.writing() as connection:
                return method(self, connection, *args, **kwargs)

        return self.again(work, WRITER_WAITS)

    return in_transaction


def queues(method: Callable[Concatenate[S, Connection, P], T]) -> Callable[Concatenate[S, P], T]:
    """As `writes`, for a method that writes to jobs alone."""

    @functools.wraps(method)
    def in_transaction(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        def work() -> T:
            with self.queueing() as connection:
                return method(self, connection, *args, **kwargs)

        return self.again(work, WRITER_WAITS)

    return in_transaction


@contextmanager
def _told(code: str, template: str) -> Iterator[None]:
    """Make an error of ours of what SQLAlchemy, or a document that is none, raises inside."""
    try:
        yield
    except (SQLAlchemyError, ValidationError) as error:
        if is_lost(error):
            code, template = "store-away", AWAY
        elif is_full(error):
            raise StoreFull("store-full", UNWRITTEN, why=reason(error)) from error
        elif is_busy(error):
            code, template = "store-busy", BUSY
        raise StoreError(code, template, why=reason(error)) from error
