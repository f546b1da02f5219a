import http.client
import io
import os
import socket
import time
from contextlib import ExitStack

import pytest
from small_server import ask, how_it_ends, serving

from web import listener
from web.channel import SHARED_BYTES
from web.deadlines import Patience
from web.file_bodies import SENDER, Version
from web.segments import TURN_BYTES

LARGE = os.urandom(3 * TURN_BYTES)


@pytest.fixture
def serve():
    """Serve a WSGI application until the test ends; gives the port."""
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
        time.sleep(2.5)
        assert how_it_ends(stalled) == "reset"
