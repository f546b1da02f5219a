"""What the loop waits for, with a connection that changes its mind while it is asked."""

import socket

import pytest

from web.loop import Loop


class NoListener:
    _fileno = None

    def part_with(self, each):
        raise  # noqa: PLE0704  (the fault it is called for)


class Connection:
    """One end of a connection, as the loop sees it: a thread ends its answer while the loop asks what it wants."""

    accepting, connected, total_outbufs_len, will_close, is_held = False, True, 0, False, False

    def __init__(self, end):
        self.socket, self._fileno = end, end.fileno()
        self.is_answering, self.taken = True, b""

    def readable(self):
        is_free, self.is_answering = not self.is_answering, False
        return is_free

    def writable(self):
        return False

    def handle_read_event(self):
        self.taken += self.socket.recv(9)


@pytest.fixture
def ends():
    pair = socket.socketpair()
    yield pair
    for each in pair:
        each.close()


def test_an_answer_that_ends_while_the_loop_asks_leaves_nobody_unheard(ends):
    connection = Connection(ends[0])
    loop = Loop({connection._fileno: connection}, NoListener())
    ends[1].sendall(b"more")
    loop.turn(0)
    loop.turn(0)
    loop.close()
    assert connection.taken == b"more"
