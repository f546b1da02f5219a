import http.client
import io
import os
import socket
import struct
import threading
import time
from contextlib import ExitStack

import pytest
from small_server import END, ask, how_it_ends, line_to, read_until, serving, until

from web import listener, server
from web.channel import SHARED_BYTES, Channel
from web.deadlines import Patience
from web.file_bodies import SENDER, Version
from web.segments import TURN_BYTES

LARGE = os.urandom(3 * TURN_BYTES)


@pytest.fixture
def serve(monkeypatch):
    """Serve a WSGI application until the test ends; gives the port. It looks often who has gone silent."""
    monkeypatch.setattr(listener, "LOOK_EVERY_SECONDS", 0.05)
    monkeypatch.setattr(server, "LONGEST_TURN_SECONDS", 0.05)
    with ExitStack() as stack:
        yield lambda app, threads=2: stack.enter_context(serving(app, threads)).port


def sent_from(environ, path, segments):
    """The segments of a file, as the application hands them over."""
    stat = path.stat()
    version = Version(stat.st_size, stat.st_mtime_ns)
    return environ[SENDER](path.open("rb", buffering=0), segments, version)


def answering(body, length=None):
    def app(environ, start_response):
        start_response("200 OK", [("Content-Length", str(length or len(LARGE)))])
        return body(environ)

    return app


def test_segments_of_a_file_and_bytes_arrive_in_their_order(serve, tmp_path):
    (tmp_path / "file").write_bytes(LARGE)
    segments = (b"<", range(5, 2 * TURN_BYTES), b"|" * SHARED_BYTES, range(3), b">")
    app = answering(lambda environ: sent_from(environ, tmp_path / "file", segments), length=sum(map(len, segments)))
    expected = b"".join(LARGE[one.start : one.stop] if isinstance(one, range) else one for one in segments)
    assert ask(serve(app)) == expected


def test_large_bodies_of_bytes_arrive_whole(serve):
    port = serve(answering(lambda _: [LARGE]))
    assert ask(port) == ask(port) == LARGE


def test_a_file_that_became_shorter_ends_the_connection_and_no_loop(serve, tmp_path):
    (tmp_path / "file").write_bytes(LARGE[:1000])
    port = serve(answering(lambda environ: sent_from(environ, tmp_path / "file", (range(len(LARGE)),))))
    with pytest.raises(http.client.IncompleteRead) as cut:
        ask(port)
    assert cut.value.partial == LARGE[:1000]
    before = time.process_time()
    time.sleep(0.2)
    assert time.process_time() - before < 0.1


def test_a_file_that_is_written_while_it_is_sent_ends_its_download(serve, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(LARGE)
    os.utime(path, ns=(1, 1))
    port = serve(answering(lambda environ: sent_from(environ, path, (range(len(LARGE)),))))
    with line_to(port, buffer_bytes=32 * 1024) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        begun = read_until(slow, lambda taken: taken.partition(END)[2])
        with path.open("r+b") as writing:
            writing.write(LARGE[::-1])
        taken = begun.partition(END)[2] + b"".join(iter(lambda: slow.recv(len(LARGE)), b""))
    assert len(taken) < len(LARGE)


def test_what_was_still_to_be_sent_is_closed_when_the_server_stops(tmp_path):
    (tmp_path / "file").write_bytes(LARGE)
    opened = []

    def from_file(environ):
        body = sent_from(environ, tmp_path / "file", (range(len(LARGE)),))
        opened.append(body.file)
        return body

    with ExitStack() as lines:
        with serving(answering(from_file)) as served:
            slow = lines.enter_context(line_to(served.port, buffer_bytes=4096))
            slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            read_until(slow, lambda taken: taken.partition(END)[2])
        assert [file.closed for file in opened] == [True]


def test_who_stalls_in_many_bodies_holds_no_thread(serve):
    port = serve(answering(lambda _: [LARGE]), threads=1)
    stalled = [socket.create_connection(("127.0.0.1", port)) for _ in range(5)]
    for each in stalled:
        each.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert ask(port) == LARGE
    for each in stalled:
        each.close()


def test_requests_sent_at_once_are_answered_in_turn(serve):
    port = serve(answering(lambda environ: [environ["PATH_INFO"].encode()], length=2))
    with socket.create_connection(("127.0.0.1", port), timeout=10) as pipeline:
        pipeline.sendall(b"".join(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % number for number in range(5)))
        answers = io.BytesIO()
        while answers.getvalue().count(b"\r\n\r\n") < 5 or not answers.getvalue().endswith(b"/4"):
            answers.write(pipeline.recv(4096))
    assert [b"/%d" % number in answers.getvalue() for number in range(5)] == [True] * 5


def test_an_answer_is_sent_whole_before_its_connection_ends(serve):
    port = serve(answering(lambda _: [LARGE]))
    with line_to(port, buffer_bytes=32 * 1024) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        time.sleep(0.1)  # the application has long finished
        answer = b"".join(iter(lambda: slow.recv(len(LARGE)), b""))
    assert answer.partition(b"\r\n\r\n")[2] == LARGE


def test_who_stalls_in_a_feed_of_many_pieces_holds_no_thread(serve):
    pieces = tuple(LARGE[start : start + SHARED_BYTES // 2] for start in range(0, len(LARGE), SHARED_BYTES // 2))
    port = serve(answering(lambda _: pieces * 2, length=2 * len(LARGE)), threads=1)
    with line_to(port, buffer_bytes=4096) as stalled:
        stalled.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        stalled.recv(100)
        assert ask(port) == LARGE * 2


def test_a_thread_never_closes_a_connection_that_the_loop_waits_for(serve, monkeypatch):
    answering_now, has_left, closers = threading.Event(), threading.Event(), []
    real = Channel.handle_close
    monkeypatch.setattr(Channel, "handle_close", lambda self: closers.append(threading.current_thread()) or real(self))

    def slow(environ, start_response):
        answering_now.set()
        assert has_left.wait(5)
        start_response("204 No Content", [])
        return []

    port = serve(slow)
    with line_to(port) as line:
        line.sendall(b"GET / HTTP/1.1\r\n\r\nPOST / HTTP/1.1\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n")
        assert answering_now.wait(5)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    has_left.set()
    until(lambda: closers)
    assert not [thread for thread in closers if thread.name.startswith("waitress")]


@pytest.mark.parametrize("sent", [b"", b"GET / HT"])
def test_who_says_nothing_more_is_shown_out(serve, monkeypatch, sent):
    quick = Patience(half_sent_seconds=0.1, stalled_seconds=60, idle_seconds=0.1)
    monkeypatch.setattr(listener, "PATIENCE", quick)
    port = serve(answering(lambda _: [LARGE]))
    with socket.create_connection(("127.0.0.1", port), timeout=10) as silent:
        silent.sendall(sent)
        assert how_it_ends(silent) == "closed"


def test_who_takes_nothing_more_is_shown_out_although_the_line_is_full(serve, monkeypatch):
    quick = Patience(half_sent_seconds=60, stalled_seconds=0.1, idle_seconds=60)
    monkeypatch.setattr(listener, "PATIENCE", quick)
    port = serve(answering(lambda _: [LARGE]))
    with socket.socket() as stalled:
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stalled.settimeout(10)
        stalled.connect(("127.0.0.1", port))
        stalled.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.5)
        assert how_it_ends(stalled) == "reset"
