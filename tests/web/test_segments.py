"""Parts of a file and bytes, as they are handed to the kernel; and a file that is written meanwhile."""

import os
import socket

import pytest

from web.file_bodies import BLOCK_BYTES, SegmentBlocks, Version
from web.segments import PIECES_AT_ONCE, FileSlice, SegmentBuffer, send_slice

BODY = bytes(range(256)) * 2000


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(BODY)
    return path


@pytest.fixture
def wire():
    """Two ends of a connection."""
    ends = socket.socketpair()
    yield ends
    for each in ends:
        each.close()


def version_of(path):
    stat = path.stat()
    return Version(stat.st_size, stat.st_mtime_ns)


def opened(path):
    return path.open("rb", buffering=0)


def test_a_file_is_given_to_the_kernel_piece_by_piece(path):
    with opened(path) as file:
        version = version_of(path)
        buffer = SegmentBuffer(file, (b"head", range(10, 30), b"", b"tail"), version)
        assert (len(buffer), buffer.prepare(5), buffer.get(9)) == (28, 28, [b"head"])
        buffer.skip(4)
        buffer.skip(3)
        assert buffer.get() == FileSlice(file.fileno(), 13, 17, version)
        buffer.skip(17, True)
        buffer.skip(1, True)
        assert (buffer.get(9), len(buffer)) == ([b"ail"], 3)


def test_bytes_that_follow_one_another_go_out_together():
    buffer = SegmentBuffer(None, (b"one", b"two", b"three"), None)
    assert buffer.get() == [b"one", b"two", b"three"]
    buffer.skip(7)
    assert (buffer.get(), len(buffer)) == ([b"hree"], 4)
    buffer.skip(4)
    assert len(buffer) == 0


def test_no_more_pieces_go_out_together_than_the_system_takes():
    assert len(SegmentBuffer(None, (b"x",) * 5000, None).get()) == PIECES_AT_ONCE <= os.sysconf("SC_IOV_MAX")


def test_the_file_is_closed_with_its_buffer(path):
    file = opened(path)
    SegmentBuffer(file, (range(9),), version_of(path)).close()
    assert file.closed


def test_a_file_that_is_as_it_was_is_sent(path, wire):
    with opened(path) as file:
        sent = send_slice(wire[0], FileSlice(file.fileno(), 5, 10, version_of(path)))
    assert (sent, wire[1].recv(20)) == (10, BODY[5:15])


@pytest.mark.parametrize("written", [BODY[::-1], BODY + b"more"])
def test_of_a_file_that_was_written_meanwhile_nothing_more_is_sent(path, wire, written):
    version = version_of(path)
    with opened(path) as file:
        path.write_bytes(written)
        os.utime(path, ns=(1, version.mtime_ns + 1))
        with pytest.raises(EOFError):
            send_slice(wire[0], FileSlice(file.fileno(), 5, 10, version))


def test_other_servers_are_given_no_more_of_it_either(path):
    blocks = SegmentBlocks(opened(path), (b"<", range(len(BODY)), b">"), version_of(path))
    body = iter(blocks)
    assert next(body) + next(body) == b"<" + BODY[:BLOCK_BYTES]
    os.utime(path, ns=(1, 1))
    with pytest.raises(StopIteration):
        next(body)
    blocks.close()
