"""The server's loop: it looks only at connections on which something happens, however many only wait.

waitress asks every connection at every turn what it waits for, and with thousands of slow listeners does little else.
What a connection waits for changes only where the loop handles an event of it, and while a thread answers on it: so
those alone are asked again.
"""

from __future__ import annotations

import selectors
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from waitress import wasyncore

if TYPE_CHECKING:
    from web.channel import Channel
    from web.listener import Listener

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
# When to look again at a connection that a thread is writing to; it says so itself where it is done or stuck.
SOON_SECONDS = 0.02


class Loop:
    """Waits for the listener, its trigger and its channels; `sockets` is waitress's map of them all.

    Used by one thread. Threads that answer pull the listener's trigger when they are done or have more to send.
    """

    def __init__(self, sockets: dict[int, Any], listener: Listener) -> None:
        self._sockets, self._listener = sockets, listener
        self._selector = selectors.DefaultSelector()
        self._watched: dict[int, int] = {}
        self._answering: set[Channel] = set()
        for each in sockets.values():
            self.watch(each)

    def turn(self, timeout: float) -> None:
        """Wait for something to happen, at most `timeout` seconds, and handle it."""
        self.watch(self._listener)
        for channel in tuple(self._answering):
            if not channel.is_answering:
                self._answering.discard(channel)
                self.watch(channel)
            elif channel.total_outbufs_len or channel.will_close:
                self.watch(channel)
                timeout = min(timeout, SOON_SECONDS)
        for key, events in self._selector.select(timeout):
            self._handle(key.data, events)

    def watch(self, each: Any) -> None:
        """Wait for what the listener, its trigger or a channel wants to do next; where that fails, a channel ends."""
        try:
            self._watch(each)
        except Exception:  # noqa: BLE001  (told there)
            self._listener.part_with(each)

    def _handle(self, each: Any, events: int) -> None:
        try:
            if events & READ:
                self._read(each)
            if events & WRITE and self._is_open(each):
                wasyncore.write(each)
            self._watch(each)
        except Exception:  # noqa: BLE001  (told there)
            self._listener.part_with(each)

    def _watch(self, each: Any) -> None:
        if not self._is_open(each):
            return
        if getattr(each, "is_held", False) and not each.total_outbufs_len:
            each.go_on()
        # Asked first: an answer that ends meanwhile must not leave a connection that nothing is waited for from.
        is_answering = getattr(each, "is_answering", False)
        wanted = (READ if each.readable() else 0) | (WRITE if each.writable() and not each.accepting else 0)
        if is_answering:
            self._answering.add(each)
            # Few say anything while they are being answered: who does is passed over then (`_read`).
            wanted = wanted or self._watched.get(each._fileno, 0) & READ
        self._wait_for(each, wanted)

    def _read(self, each: Any) -> None:
        if not self._is_open(each):
            return
        if each.readable():
            wasyncore.read(each)
        else:
            self._wait_for(each, 0)

    def _wait_for(self, each: Any, wanted: int) -> None:
        descriptor = each._fileno
        watched = self._watched.get(descriptor, 0)
        if wanted == watched:
            return
        if not watched:
            self._selector.register(descriptor, wanted, each)
        elif wanted:
            self._selector.modify(descriptor, wanted, each)
        else:
            self._selector.unregister(descriptor)
        self._watched[descriptor] = wanted

    def forget(self, channel: Channel, descriptor: int | None) -> None:
        """Wait for nothing on a connection that is about to close; `descriptor` is None where it was closed before."""
        self._answering.discard(channel)
        if descriptor is None:
            return
        self._watched.pop(descriptor, None)
        with suppress(KeyError):  # not waited for; asked all the same, as what failed may have left it in
            self._selector.unregister(descriptor)

    def close(self) -> None:
        """Let go of all, when there will be no more turns; whatever a signal interrupted."""
        self._watched.clear()
        self._answering.clear()
        self._selector.close()

    def _is_open(self, each: Any) -> bool:
        return self._sockets.get(each._fileno) is each
