"""Answers without a body, requests that ask to be told to go on, and errors told to nobody."""

import logging
import threading

import pytest
from small_server import END, how_it_ends, line_to, read_until, serving, until

STATUSES = {"/same": "304 NOT MODIFIED", "/nothing": "204 NO CONTENT", "/page": "200 OK"}


def app(environ, start_response):
    body = [environ["wsgi.input"].read() or b"page"] if environ["PATH_INFO"] == "/page" else []
    start_response(STATUSES[environ["PATH_INFO"]], [("Content-Length", str(len(body[0])))] if body else [])
    return body


@pytest.fixture
def line():
    with serving(app) as server, line_to(server.port) as opened:
        yield opened


def said(line, request, *, until_text=END):
    line.sendall(request)
    return read_until(line, lambda taken: taken.endswith(until_text))


@pytest.mark.parametrize("path", [b"/same", b"/nothing"])
def test_an_answer_without_a_body_keeps_its_connection(line, path):
    request = b"GET %b HTTP/1.1\r\nHost: x\r\n\r\n" % path
    first, second = said(line, request), said(line, request)
    assert b"close" not in first.lower() + second.lower()
    assert said(line, b"GET /page HTTP/1.1\r\nHost: x\r\n\r\n", until_text=b"page").count(b"HTTP/1.1 200") == 1


@pytest.mark.parametrize(
    "request_text", [b"GET /same HTTP/1.1\r\nConnection: close\r\n\r\n", b"GET /same HTTP/1.0\r\n\r\n"]
)
def test_who_wants_no_more_is_shown_out_after_it(line, request_text):
    assert b"Connection: close" in said(line, request_text)
    assert how_it_ends(line) == "closed"


def test_who_keeps_a_connection_by_the_old_protocol_is_not_left_waiting(line):
    said(line, b"GET /same HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    assert how_it_ends(line) == "closed"


@pytest.mark.parametrize("length", [b"", b"Content-Length: 0\r\n"])
def test_a_request_without_a_body_need_not_be_told_to_go_on(line, length):
    request = b"GET /page HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n%b\r\n" % length
    assert said(line, request, until_text=b"page").startswith(b"HTTP/1.1 200")
    assert said(line, request, until_text=b"page").startswith(b"HTTP/1.1 200"), "the connection is still in step"


def test_a_request_with_a_body_is_told_to_go_on(line):
    request = b"POST /page HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"
    assert said(line, request) == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert said(line, b"body", until_text=b"body").startswith(b"HTTP/1.1 200")


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(line):
    request = b"POST /page HTTP/1.1\r\nHost: x\r\nContent-Length: 999999\r\nExpect: 100-continue\r\n\r\n"
    line.sendall(request)
    assert read_until(line, lambda taken: END in taken).startswith(b"HTTP/1.1 413")


def test_what_is_refused_before_it_is_read_is_a_problem_for_programs(line):
    request = b"POST /api/v1/index HTTP/1.1\r\nHost: x\r\nContent-Length: 999999\r\n\r\n"
    line.sendall(request)
    answer = read_until(line, lambda taken: taken.endswith(b"}"))
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"Content-Type: application/problem+json" in answer
    assert b'"status": 413' in answer
    assert b"at most 4 MiB" in answer


def test_an_error_for_somebody_who_has_left_is_told_to_nobody(caplog):
    answering, left = threading.Event(), threading.Event()

    def slow(environ, start_response):
        answering.set()
        assert left.wait(5)
        return app(environ, start_response)

    with serving(slow, threads=1) as server, caplog.at_level(logging.WARNING), line_to(server.port) as line:
        line.sendall(b"GET /page HTTP/1.1\r\nHost: x\r\n\r\nno request\r\n\r\n")
        assert answering.wait(5)
        (channel,) = server.channels
        write_soon = channel.write_soon

        def write_and_leave(data):
            channel.connected = not data.startswith(b"HTTP/1.0 400")
            return write_soon(data)

        channel.write_soon = write_and_leave
        left.set()
        until(lambda: not server.channels)
    assert [record.getMessage() for record in caplog.records] == []
