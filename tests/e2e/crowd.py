"""Many listeners at once on a started server, and what they cost it: each a socket that does what phones do."""

from __future__ import annotations

import os
import selectors
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from serving import Served, ask

# A phone's receive buffer is large; a small one makes the server wait from the first kilobytes on.
BUFFER_BYTES = 8 * 1024
# How often a trickling listener takes a little.
SIP_SECONDS = 0.25
PAGE_BYTES, TICKS = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")


class Crowd:
    """Open connections to one server."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._address = (parts.hostname, parts.port)
        self.sockets: list[socket.socket] = []

    def stall(self, path: str, count: int) -> None:
        """Begin so many downloads, and take nothing more once they have begun."""
        self._send(f"GET {path} HTTP/1.1\r\nHost: listener\r\n\r\n".encode(), count)

    def half_send(self, count: int) -> None:
        """Begin so many requests, and never end them."""
        self._send(b"GET / HTTP/1.1\r\nHost: liste", count)

    def statuses(self) -> list[int]:
        """The status of every download that has begun; 0 where nothing came within a second."""
        return [_status(each) for each in self.sockets]

    def count_closed(self) -> int:
        """How many connections the server has ended."""
        return sum(_is_closed(each) for each in self.sockets)

    def close(self) -> None:
        for each in self.sockets:
            each.close()
        self.sockets.clear()

    def _send(self, request: bytes, count: int) -> None:
        for _ in range(count):
            each = socket.socket()
            self.sockets.append(each)
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
            each.settimeout(10)
            each.connect(self._address)
            each.sendall(request)


@contextmanager
def crowd(served: Served) -> Iterator[Crowd]:
    """A crowd that goes home when the block ends."""
    gathered = Crowd(served.url)
    try:
        yield gathered
    finally:
        gathered.close()


@contextmanager
def trickling(gathered: Crowd, *, bytes_a_second: int) -> Iterator[list[int]]:
    """Let every listener of a crowd take so much a second; gives a list whose one number is the bytes so far."""
    taken, stop = [0], threading.Event()
    thread = threading.Thread(target=_trickle, args=(gathered.sockets, bytes_a_second, taken, stop))
    thread.start()
    try:
        yield taken
    finally:
        stop.set()
        thread.join()


def home_seconds(served: Served, *, times: int = 5) -> float:
    """The longest that the home page took of several times."""
    longest = 0.0
    for _ in range(times):
        began = time.monotonic()
        assert ask(f"{served.url}/").status == 200
        longest = max(longest, time.monotonic() - began)
    return longest


def resident_bytes(served: Served) -> int:
    """The server's memory now, without its workers'."""
    return int(Path(f"/proc/{served.process.pid}/statm").read_text().split()[1]) * PAGE_BYTES


def cpu_share(served: Served, *, seconds: float) -> float:
    """How much of one processor the server takes for a while."""
    before, began = _cpu_seconds(served), time.monotonic()
    time.sleep(seconds)
    return (_cpu_seconds(served) - before) / (time.monotonic() - began)


def _cpu_seconds(served: Served) -> float:
    fields = Path(f"/proc/{served.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _status(each: socket.socket) -> int:
    each.settimeout(1)
    try:
        line = each.recv(64, socket.MSG_PEEK)
    except TimeoutError:
        return 0
    return int(line[9:12]) if line else 0


def _is_closed(each: socket.socket) -> bool:
    each.settimeout(0)
    try:
        return each.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def _trickle(sockets: list[socket.socket], bytes_a_second: int, taken: list[int], stop: threading.Event) -> None:
    selector = selectors.DefaultSelector()
    for each in sockets:
        each.setblocking(False)
        selector.register(each, selectors.EVENT_READ)
    while not stop.wait(SIP_SECONDS):
        for key, _ in selector.select(0):
            taken[0] += len(key.fileobj.recv(int(bytes_a_second * SIP_SECONDS)))
    selector.close()
