"""A server of ours with a small WSGI application behind it, and what clients say to it over real sockets."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from web.server import Server

END = b"\r\n\r\n"


@contextmanager
def serving(app, threads: int = 2, **stated: str | None) -> Iterator[Server]:
    """Serve until the block ends; `server.port` says where."""
    server = Server(app, host="127.0.0.1", port=0, threads=threads, **stated)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(timeout=10)


def ask(port: int, path: str = "/") -> bytes:
    """Fetch a body on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


@contextmanager
def line_to(port: int, *, buffer_bytes: int | None = None) -> Iterator[socket.socket]:
    """A bare connection; a small buffer makes the server wait from the first kilobytes on."""
    with socket.socket() as line:
        if buffer_bytes:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer_bytes)
        line.settimeout(10)
        line.connect(("127.0.0.1", port))
        yield line


def read_until(line: socket.socket, ready) -> bytes:
    """Take what comes until it is enough; fails where the other side ends first."""
    taken = b""
    while not ready(taken):
        more = line.recv(65536)
        assert more, f"It ended after {taken[-200:]!r}."
        taken += more
    return taken


def how_it_ends(line: socket.socket) -> str:
    """Take all that still comes; `closed` or `reset`."""
    try:
        while line.recv(65536):
            pass
    except ConnectionResetError:
        return "reset"
    return "closed"


def until(ready, seconds: float = 5.0):
    """Ask again and again; gives the first answer that is true."""
    limit = time.monotonic() + seconds
    while not (answer := ready()):
        assert time.monotonic() < limit, f"not within {seconds} s"
        time.sleep(0.005)
    return answer
