"""Connections that go to addresses the guard has seen, and end when their time is over.

httpcore2 asks its backend to connect to a name. This one looks the name up itself and connects to the addresses it
judged, so that no second look-up can give others (DNS rebinding). Certificate, SNI and Host still are the name's.
"""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Iterable
from typing import Any

import httpcore2

from catalogue.outside.guard import Guard
from catalogue.outside.limits import Deadline

# Of a name with hundreds of addresses no more are tried.
MOST_ADDRESSES = 6


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects for one `url`: to what `guard` allows, before `deadline`."""

    def __init__(self, guard: Guard, deadline: Deadline, *, url: str) -> None:
        self._guard, self._deadline, self._url = guard, deadline, url
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002  (httpcore2's signature)
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address that answers; each gets an equal share of the time."""
        *others, last = self._looked_up(host, port, self._deadline.within(timeout))[:MOST_ADDRESSES]
        share = None if timeout is None else timeout / (len(others) + 1)
        for address in others:
            with contextlib.suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                return self._connected(address, port, share, socket_options)
        return self._connected(last, port, share, socket_options)

    def _connected(
        self, address: str, port: int, timeout: float | None, socket_options: Iterable[Any] | None
    ) -> httpcore2.NetworkStream:
        stream = self._inner.connect_tcp(
            address, port, timeout=self._deadline.within(timeout), socket_options=socket_options
        )
        return TimedStream(stream, self._deadline)

    def _looked_up(self, host: str, port: int, seconds: float) -> tuple[str, ...]:
        """Look up in a thread that is left behind when it takes too long: a look-up cannot be called off."""
        found: list[tuple[str, ...]] = []
        failed: list[Exception] = []

        def look_up() -> None:
            try:
                found.append(self._guard.addresses(host, port, url=self._url))
            except Exception as error:  # noqa: BLE001  (raised again below, in the thread that asked)
                failed.append(error)

        thread = threading.Thread(target=look_up, name="look-up", daemon=True)
        thread.start()
        thread.join(seconds)
        if failed:
            raise failed[0]
        if not found:
            raise httpcore2.ConnectTimeout("looking the name up took too long")
        return found[0]


class TimedStream(httpcore2.NetworkStream):
    """A connection no wait on which goes past the deadline, however often a byte arrives just in time."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come."""
        return self._inner.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it."""
        self._inner.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        """Let go of the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Go on in TLS, with the certificate of that host."""
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        return TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Ask the connection about itself."""
        return self._inner.get_extra_info(info)
