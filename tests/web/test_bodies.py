"""Large bodies: let in where a ticket says so, kept in a folder while they come, and gone with their request."""

import errno
import threading

import pytest
from small_server import END, line_to, read_until, serving, until

from web import bodies
from web.bodies import LARGEST_FORM_BYTES, BodyRoom

LIMIT = 6 * 1024**2
TICKET, FORM = b"/studio/shows/a/upload/ticket/", b"/studio/shows/a/"
PROGRAM = b"/api/v1/shows/a/uploads/ticket/"
PIECE = b"x" * 65536


def app(environ, start_response):
    size = sum(len(piece) for piece in iter(lambda: environ["wsgi.input"].read(65536), b""))
    why = "no room for " if bodies.NO_ROOM in environ else "too large: " if bodies.TOO_LARGE in environ else ""
    body = f"{why}{size}".encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "uploads"


@pytest.fixture
def server(folder):
    with serving(app) as opened:
        opened.make_room(BodyRoom(folder=folder, limit_bytes=LIMIT, takes=lambda path: "/ticket/" in path))
        yield opened
        until(lambda: not opened.channels)  # who is still being answered would pull at what is closed by then


def head(path, size):
    return b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (path, size)


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        (TICKET, LIMIT, b"200"),
        (PROGRAM, LIMIT + 1, b"413"),
        (FORM, LARGEST_FORM_BYTES, b"200"),
        (FORM, LARGEST_FORM_BYTES + bodies.MOST_LET_BY_OF_ANYBODY + 1, b"413"),
        (b"/search/", 64 * 1024, b"413"),
    ],
)
def test_only_a_ticket_lets_much_in(server, path, size, status):
    with line_to(server.port) as line:
        line.sendall(head(path, size))
        if status == b"200":
            line.sendall(b"x" * size)
        taken = read_until(line, lambda taken: END in taken)
    assert taken.startswith(b"HTTP/1.1 " + status)


@pytest.mark.parametrize(("path", "limit"), [(TICKET, LIMIT), (FORM, LARGEST_FORM_BYTES)])
def test_a_browser_may_send_too_much_and_is_then_told_by_the_application(server, folder, path, limit):
    with line_to(server.port) as line:
        line.sendall(head(path, limit + 1) + b"x" * limit)
        until(lambda: server.channels and server.channels[0].request.body_bytes_received == limit)
        assert not folder.exists()
        line.sendall(b"x" + head(path, limit) + b"x" * limit)
        taken = read_until(line, lambda taken: taken.endswith(b"%d" % limit))
    assert b"\r\n\r\ntoo large: 0HTTP/1.1 200" in taken


def test_a_body_of_a_browser_without_a_stated_length_is_let_by_from_the_limit_on(server, folder):
    chunk = b"10000\r\n" + PIECE + b"\r\n"
    with line_to(server.port) as line:
        line.sendall(b"POST %b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" % TICKET)
        line.sendall(chunk * (LIMIT // len(PIECE) + 1) + b"0\r\n\r\n")
        assert read_until(line, lambda taken: taken.endswith(b"too large: 0")).startswith(b"HTTP/1.1 200")
    assert list(folder.iterdir()) == []


def test_a_body_without_a_stated_length_ends_at_the_limit(server, folder):
    with line_to(server.port) as line:
        line.sendall(b"POST %b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" % PROGRAM)
        chunk = b"10000\r\n" + PIECE + b"\r\n"
        line.sendall(chunk * (LIMIT // len(PIECE) + 1))
        assert read_until(line, lambda taken: END in taken).startswith(b"HTTP/1.1 413")
    until(lambda: not server.channels)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("sent", range(0, LIMIT, 1024**2))
def test_who_leaves_half_way_leaves_nothing(server, folder, sent):
    with line_to(server.port) as line:
        line.sendall(head(TICKET, LIMIT) + b"x" * sent)
    until(lambda: not server.channels)
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_recording_may_take_its_time_as_long_as_something_comes(server):
    with line_to(server.port) as line:
        line.sendall(head(TICKET, LIMIT) + PIECE)
        channel = until(lambda: server.channels)[0]
        first = until(lambda: channel.request and channel.request.body_bytes_received and channel.waiting.asked_at)
        line.sendall(PIECE)
        assert until(lambda: channel.waiting.asked_at > first)


def test_a_form_earns_time_by_a_good_part_of_it_and_none_by_dripping_in(server):
    with line_to(server.port) as line:
        line.sendall(head(FORM, LARGEST_FORM_BYTES))
        channel = until(lambda: server.channels)[0]
        first = until(lambda: channel.request and channel.request.headers_finished and channel.waiting.asked_at)
        line.sendall(b"x")
        until(lambda: channel.request.body_bytes_received == 1)
        assert channel.waiting.asked_at == first
        line.sendall(PIECE)
        assert until(lambda: channel.waiting.asked_at > first)


def test_forms_of_anybody_lie_in_memory_with_a_little_alone(server, folder):
    with line_to(server.port) as line:
        line.sendall(head(FORM, LARGEST_FORM_BYTES) + 2 * PIECE)
        channel = until(lambda: server.channels)[0]
        until(lambda: channel.request and channel.request.body_bytes_received == 2 * len(PIECE))
        assert isinstance(channel.request.body_rcv.buf.buf, bodies._FileBody)


def test_a_question_that_drips_in_gets_no_more_time(server):
    with line_to(server.port) as line:
        line.sendall(b"GET / HTTP/1.1\r\n")
        channel = until(lambda: server.channels)[0]
        first = until(lambda: channel.waiting.asked_at)
        line.sendall(b"Host: x\r\n")
        until(lambda: channel.waiting.active_at > first)
        assert channel.waiting.asked_at == first


def test_a_full_disk_is_said_and_the_server_goes_on(server, monkeypatch):
    def full(**_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(bodies.tempfile, "TemporaryFile", full)
        with line_to(server.port) as line:
            line.sendall(head(PROGRAM, LIMIT) + b"x" * 1024**2)
            taken = read_until(line, lambda taken: END in taken)
    assert taken.startswith(b"HTTP/1.1 507")
    with line_to(server.port) as line:
        line.sendall(head(TICKET, 4) + b"body")
        assert read_until(line, lambda taken: taken.endswith(b"4")).startswith(b"HTTP/1.1 200")


@pytest.fixture
def nearly_full(monkeypatch):
    """The disk has less room than is left to others."""
    usage = type("Usage", (), {"free": bodies.RESERVE_BYTES - 1})
    monkeypatch.setattr(bodies.shutil, "disk_usage", lambda _: usage)


@pytest.mark.usefixtures("nearly_full")
def test_what_others_need_of_the_disk_is_left_to_them(server, folder):
    with line_to(server.port) as line:
        line.sendall(head(PROGRAM, LIMIT) + 4 * PIECE)
        assert read_until(line, lambda taken: END in taken).startswith(b"HTTP/1.1 507")
    until(lambda: not server.channels)
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("nearly_full")
def test_a_browser_may_send_all_and_is_then_told_by_the_application(server, folder):
    with line_to(server.port) as line:
        line.sendall(head(TICKET, LIMIT) + b"x" * LIMIT)
        taken = read_until(line, lambda taken: END in taken and taken[-1:].isalnum())
    assert (taken[:12], taken.endswith(b"\r\n\r\nno room for 0")) == (b"HTTP/1.1 200", True)
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("nearly_full")
def test_a_typed_form_stays_in_memory_where_few_others_do(server):
    for _ in range(bodies.MOST_STAYING + 1):
        with line_to(server.port) as line:
            line.sendall(head(FORM, 4 * len(PIECE)) + 4 * PIECE)
            taken = read_until(line, lambda taken: taken.endswith(b"%d" % (4 * len(PIECE))))
        assert taken.startswith(b"HTTP/1.1 200")


@pytest.mark.usefixtures("nearly_full")
def test_more_typed_forms_at_a_time_than_memory_is_given_to_are_told(server, monkeypatch):
    monkeypatch.setattr(bodies, "_STAYING", threading.BoundedSemaphore(1))
    with line_to(server.port) as first, line_to(server.port) as second:
        first.sendall(head(FORM, 4 * len(PIECE)) + 2 * PIECE)
        until(lambda: bodies._STAYING._value == 0)
        second.sendall(head(FORM, 4 * len(PIECE)) + 4 * PIECE)
        assert read_until(second, lambda taken: taken.endswith(b"no room for 0"))
        first.sendall(2 * PIECE)
        assert read_until(first, lambda taken: taken.endswith(b"%d" % (4 * len(PIECE))))
    until(lambda: bodies._STAYING._value == 1)
