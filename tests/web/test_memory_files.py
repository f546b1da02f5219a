"""Bodies that the kernel sends from memory: the right bytes, once each, for as long as anybody sends them."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from small_server import ask, serving

from web.memory_files import LEAST_BYTES, MOST_FILES, MemoryFiles, _MemoryFile

PIECES = (b"head", b"x" * LEAST_BYTES, b"tail")
BODY = b"".join(PIECES)


class Wrapper:
    """As gunicorn's: it has what it was given, and reads blocks where it cannot send it."""

    def __init__(self, filelike: Any, block_bytes: int) -> None:
        self.filelike, self.block_bytes = filelike, block_bytes

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.filelike.read(self.block_bytes), b"")


ENVIRON: Any = {"wsgi.file_wrapper": Wrapper}


def open_files() -> int:
    """Files in memory alone: other threads open and close what they need."""
    names = []
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            names.append(str(entry.readlink()))
    return sum(name.startswith("/memfd:") for name in names)


def test_the_kernel_sends_it_again_and_again():
    files, (here, there) = MemoryFiles(), socket.socketpair()
    with here, there:
        for _ in range(3):
            body: Any = files.body(ENVIRON, PIECES)
            sent, got = 0, b""
            while len(got) < len(BODY):
                sent += os.sendfile(here.fileno(), body.filelike.fileno(), sent, min(65536, len(BODY) - sent))
                got += there.recv(65536)
            assert got == BODY


def test_two_that_read_it_do_not_disturb_one_another():
    files = MemoryFiles()
    one, other = (iter(files.body(ENVIRON, PIECES)) for _ in range(2))
    first = next(one)
    assert b"".join(other) == BODY
    assert first + b"".join(one) == BODY


def test_one_body_is_one_file_and_forgotten_ones_are_closed():
    files, before = MemoryFiles(), open_files()
    for _ in range(5):
        files.body(ENVIRON, PIECES)
    assert open_files() == before + 1
    for number in range(MOST_FILES + 1):
        files.body(ENVIRON, (*PIECES, bytes([number])))
    gc.collect()
    assert open_files() <= before + MOST_FILES
    del files
    assert open_files() == before


def test_a_body_is_whole_though_it_was_forgotten_while_it_is_sent():
    files = MemoryFiles()
    body = iter(files.body(ENVIRON, PIECES))
    first = next(body)
    files._held.clear()
    gc.collect()
    assert first + b"".join(body) == BODY


def test_our_own_server_sends_it_as_a_file_to_each():
    files = MemoryFiles()

    def app(environ, start_response):
        start_response("200 OK", [("Content-Length", str(len(BODY)))])
        return files.body(environ, PIECES)

    with serving(app) as server:
        assert [ask(server.port) for _ in range(3)] == [BODY] * 3
    assert [type(held) for _, held in files._held.values()] == [_MemoryFile]


def test_what_reads_by_itself_gets_the_pieces():
    reader = type("Reader", (Wrapper,), {"__module__": "waitress.buffers"})
    assert MemoryFiles().body({"wsgi.file_wrapper": reader}, PIECES) == list(PIECES)


def test_a_server_without_a_way_for_files_gets_the_same_single_piece_each_time():
    files = MemoryFiles()
    once, again = (files.body({}, PIECES) for _ in range(2))
    assert isinstance(once, list)
    assert once == again == [BODY]
    assert once[0] is again[0]


def test_what_is_small_is_no_file():
    assert MemoryFiles().body(ENVIRON, (b"small",)) == [b"small"]
