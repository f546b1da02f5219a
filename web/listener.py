"""Where connections come in: as many as there are files for, each for as long as something happens on it."""

from __future__ import annotations

import logging
import socket
import time
from typing import Any

from waitress.server import TcpWSGIServer

from web.channel import Channel
from web.deadlines import CROWDED, PATIENCE, Patience, is_overdue
from web.loop import Loop

ACCEPTS_AT_ONCE = 64
# At the system's limit accept() fails at once, for ever: asking again and again would be all the process does.
PAUSE_SECONDS = 1.0
TELL_EVERY_SECONDS = 60.0
LOOK_EVERY_SECONDS = 1.0
LOG = logging.getLogger("castalogue")


class Listener(TcpWSGIServer):  # type: ignore[misc]
    """The listening socket in the server's loop, and the tidying of its channels."""

    channel_class = Channel

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._paused_until = self._looked_at = float("-inf")
        self._told_at: dict[str, float] = {}
        super().__init__(*arguments, **named)
        self.loop = Loop(self._map, self)

    def readable(self) -> bool:
        """Whether to look who comes in; asked once a round of the loop."""
        if not self.accepting or time.monotonic() < self._paused_until:
            return False
        if self._is_crowded():
            self._tell("All %d places are taken: who comes now waits until one is free.", self.adj.connection_limit)
            return False
        return True

    def handle_accept(self) -> None:
        for _ in range(ACCEPTS_AT_ONCE):
            if self._is_crowded():
                return
            try:
                connection, address = self.socket.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError as error:  # no files, no memory: what is open goes on, and ends some time
                self._paused_until = time.monotonic() + PAUSE_SECONDS
                self._tell("No connection can be taken in just now: %s.", (error.strerror or str(error)).lower())
                return
            self._welcome(connection, address)

    def _welcome(self, connection: socket.socket, address: Any) -> None:
        descriptor = connection.fileno()
        try:
            self.set_socket_options(connection)
            channel = self.channel_class(self, connection, self.fix_addr(address), self.adj, map=self._map)
        except Exception as error:  # noqa: BLE001  (told there)
            self._drop(connection, descriptor)
            if not isinstance(error, OSError):  # else it has gone already
                self.tell_fault()
            return
        self.loop.watch(channel)

    def add_task(self, task: Channel) -> None:
        """Let a request be answered; one that was sent along with another, only once that one's answer has gone out.

        Each answer may hold an open file: one connection could ask for hundreds in a single packet, and take none.
        """
        if task.total_outbufs_len:
            task.is_held = True  # the loop, which sends, goes on with it
        else:
            super().add_task(task)

    def handle_error(self) -> None:
        """Take a breath where taking connections in failed: called in an `except` block."""
        self.part_with(self)

    def part_with(self, each: Any) -> None:
        """End a connection whose handling failed, and nothing else; in an `except` block, whose error is told."""
        self.tell_fault()
        if not isinstance(each, Channel):
            self._paused_until = time.monotonic() + PAUSE_SECONDS
            return
        connection, descriptor = each.socket, each._fileno
        try:
            each.handle_close()
        except Exception:  # noqa: BLE001  (told there)
            self.tell_fault()
            self.loop.forget(each, descriptor)
            self._drop(connection, descriptor)

    def _drop(self, connection: socket.socket | None, descriptor: int | None) -> None:
        """Close what can be closed in no better way."""
        self._map.pop(descriptor, None)
        self.active_channels.pop(descriptor, None)
        if connection is not None:
            connection.close()

    def tell_fault(self) -> None:
        """Say now and then that a connection was ended by an error of ours, the one being handled."""
        self._tell("A connection was ended because of a fault in here; all others go on.", exc_info=True)

    def tidy(self, now: float) -> None:
        """End connections on which nothing has happened for too long; `now` is monotonic."""
        if now - self._looked_at < LOOK_EVERY_SECONDS:
            return
        self._looked_at = now
        patience = CROWDED if self._is_crowded() or now < self._paused_until else PATIENCE
        for channel in tuple(self.active_channels.values()):
            self._tidy(channel, patience, now)

    def _tidy(self, channel: Channel, patience: Patience, now: float) -> None:
        try:
            if is_overdue(channel.waiting, patience, now):
                channel.abandon()
        except Exception:  # noqa: BLE001  (told there)
            self.part_with(channel)

    def _is_crowded(self) -> bool:
        return len(self.active_channels) >= int(self.adj.connection_limit)

    def _tell(self, text: str, *words: object, exc_info: bool = False) -> None:
        """Say what stays true for a while, now and then."""
        now = time.monotonic()
        if now - self._told_at.get(text, float("-inf")) >= TELL_EVERY_SECONDS:
            self._told_at[text] = now
            LOG.warning(text, *words, exc_info=exc_info)
