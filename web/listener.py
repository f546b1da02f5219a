"""Where connections come in: as many as there are files for, each for as long as something happens on it."""

from __future__ import annotations

import logging
import socket
import time
from typing import Any

from waitress.server import TcpWSGIServer

from web.channel import Channel
from web.deadlines import CROWDED, PATIENCE, is_overdue
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
        self._paused_until = self._told_at = self._looked_at = float("-inf")
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
        try:
            self.set_socket_options(connection)
            channel = self.channel_class(self, connection, self.fix_addr(address), self.adj, map=self._map)
            self.loop.watch(channel)
        except OSError:  # gone already
            connection.close()

    def tidy(self, now: float) -> None:
        """End connections on which nothing has happened for too long; `now` is monotonic."""
        if now - self._looked_at < LOOK_EVERY_SECONDS:
            return
        self._looked_at = now
        patience = CROWDED if self._is_crowded() or now < self._paused_until else PATIENCE
        for channel in tuple(self.active_channels.values()):
            if is_overdue(channel.waiting, patience, now):
                channel.abandon()

    def _is_crowded(self) -> bool:
        return len(self.active_channels) >= int(self.adj.connection_limit)

    def _tell(self, text: str, *words: object) -> None:
        """Say what stays true for a while, now and then."""
        now = time.monotonic()
        if now - self._told_at >= TELL_EVERY_SECONDS:
            self._told_at = now
            LOG.warning(text, *words)
