"""Requests sent all at once on one connection: the next is begun when the answer before it has gone out."""

import os
import threading

import pytest
from small_server import line_to, serving, until

from web.file_bodies import SENDER, Version

# More than the system keeps for a connection on both sides.
SIZE = 12_000_000
SMALL = 32 * 1024
GET = b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


class Downloads:
    """An application that answers `/0` with a large file and any other with its first byte; `begun` counts answers."""

    def __init__(self, path):
        self.path, self.begun, self.is_open = path, 0, []
        with path.open("wb") as file:
            file.truncate(SIZE)

    def __call__(self, environ, start_response):
        self.begun += 1
        size = SIZE if environ["PATH_INFO"] == "/0" else 1
        start_response("200 OK", [("Content-Length", str(size))])
        self.is_open.append(self.path.open("rb", buffering=0))
        stat = self.path.stat()
        return environ[SENDER](self.is_open[-1], (range(size),), Version(stat.st_size, stat.st_mtime_ns))


@pytest.fixture
def downloads(tmp_path):
    return Downloads(tmp_path / "file")


def test_who_asks_for_much_and_takes_nothing_opens_one_file(downloads):
    with serving(downloads) as server, line_to(server.port, buffer_bytes=SMALL) as line:
        line.sendall(b"".join(GET % number for number in range(79)) + LAST)
        until(lambda: downloads.begun)
        assert not threading.Event().wait(0.2)
        assert downloads.begun == 1
        taken = b"".join(iter(lambda: line.recv(SIZE), b""))
        until(lambda: all(file.closed for file in downloads.is_open))
    assert (downloads.begun, taken.count(b"HTTP/1.1 200 OK"), taken.count(b"\0")) == (80, 80, SIZE + 79)


def test_who_leaves_in_the_middle_leaves_nothing_behind(downloads):
    with serving(downloads) as server:
        with line_to(server.port, buffer_bytes=SMALL) as line:
            line.sendall(b"".join(GET % number for number in range(80)))
            line.recv(100)
            (channel,) = until(lambda: [one for one in server.channels if one.is_held])
        until(lambda: not server.channels)
        assert (downloads.begun, downloads.is_open[0].closed, channel.requests) == (1, True, [])


def test_a_held_request_costs_no_time(downloads):
    with serving(downloads) as server, line_to(server.port, buffer_bytes=SMALL) as line:
        line.sendall(GET % 0 + GET % 1)
        until(lambda: [one for one in server.channels if one.is_held])
        before = os.times()
        assert not threading.Event().wait(0.3)
        after = os.times()
    assert after.user + after.system - before.user - before.system < 0.1
