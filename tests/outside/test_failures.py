"""A machine that is down, slow, endless or lies: one sentence, in bounded time and memory."""

import gzip
import socket
import time
import tracemalloc
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest
from small_web import PIECE, redirect, reply

from catalogue.errors import AnswerRefused, NoAnswer
from catalogue.outside.exchange import Asked
from catalogue.outside.fetch import fetch
from catalogue.outside.limits import Limits

QUICK = Limits(
    size_bytes=1_000_000,
    connect=timedelta(seconds=0.3),
    read=timedelta(seconds=0.3),
    whole=timedelta(seconds=0.6),
)


def failure(kind, url, guard, limits=QUICK, into=None):
    """What is said, without the address."""
    began = time.monotonic()
    with pytest.raises(kind) as caught:
        fetch(Asked(url=url), guard=guard, limits=limits, into=into)
    assert time.monotonic() - began < 2
    assert caught.value.url == url
    return caught.value.sentence


def test_nobody_there(guard):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        assert failure(NoAnswer, url, guard) == "It cannot be reached: Connection refused."


def test_a_machine_that_never_answers(web, guard):
    web.answers["/"] = lambda: iter(lambda: web.over.wait(5) and b"", b"")
    assert failure(NoAnswer, web.url(), guard) == "It says nothing for 0.3 s. Try again later."


@pytest.mark.parametrize("begun", [b"HTTP/1.1 200 OK\r\nX: ", reply(b"", "Content-Length: 5000")])
def test_a_machine_that_sends_a_byte_now_and_then(web, guard, begun):
    def drip():
        yield begun
        for _ in range(40):  # two seconds: who waits for the end is late
            if not web.over.wait(0.05):
                yield b"a"

    web.answers["/"] = drip
    assert failure(NoAnswer, web.url(), guard) == "It took longer than 0.6 s. Try again later."


def test_redirects_each_just_in_time(web, guard):
    def late(to):
        return lambda: (redirect(to) for _ in range(1) if not web.over.wait(0.25))

    web.answers |= {f"/{step}": late(f"/{step + 1}") for step in range(5)}
    with pytest.raises(NoAnswer, match="It took longer than"):
        fetch(Asked(url=web.url("/0")), guard=guard, limits=QUICK)


def test_a_look_up_that_never_ends(web, guard):
    slow = replace(guard, resolve=lambda *_: web.over.wait(5) and ())
    assert failure(NoAnswer, "http://slow.test/", slow) == (
        "It cannot be reached: no answer for 0.3 s. Try again later."
    )


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"", "Its answer breaks off, or is no HTTP: Server disconnected without sending a response."),
        (b"220 mail.example ESMTP\r\n\r\n", "Its answer breaks off, or is no HTTP: illegal status line*"),
        (reply(b"half", "Content-Length: 8"), "Its answer breaks off, or is no HTTP: peer closed connection*"),
        (
            reply(gzip.compress(b"a" * 999, mtime=0)[:-9], "Content-Encoding: gzip"),
            "It breaks off in the middle. Try again*",
        ),
        (
            reply(gzip.compress(b"a" * 999, mtime=0)[:9], "Content-Encoding: gzip"),
            "It breaks off in the middle. Try again*",
        ),
    ],
)
def test_an_answer_that_breaks_off(web, guard, answer, sentence):
    web.answers["/"] = answer
    assert failure(NoAnswer, web.url(), guard).startswith(sentence.rstrip("*"))


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (reply(b"no gzip", "Content-Encoding: gzip"), "It says that it is gzip, and is not."),
        (reply(b"?", "Content-Encoding: br"), "It is packed as br, which nobody asked for."),
        (reply(b"", "Content-Length: 2147483648"), "It is larger than 1,000,000 bytes, and was not taken."),
    ],
)
def test_an_answer_that_cannot_be_used(web, guard, answer, sentence):
    web.answers["/"] = answer
    assert failure(AnswerRefused, web.url(), guard) == sentence


def test_a_head_of_a_thousand_lines_is_refused(web, guard):
    web.answers["/"] = reply(b"", *(f"X-{count}: {'a' * 1000}" for count in range(1000)))
    assert failure(NoAnswer, web.url(), guard).startswith("Its answer breaks off, or is no HTTP")


@pytest.fixture
def traced():
    """Memory is counted, from here to the end of the test."""
    tracemalloc.start()
    yield
    tracemalloc.stop()


def endless(web, piece, *headers):
    def answer():
        yield "\r\n".join(("HTTP/1.1 200 OK", *headers, "", "")).encode()
        while not web.over.is_set() and web.sent_bytes < 2 * 1024**3:
            yield piece

    return answer


def bomb():
    """A gzip that unpacks to a gigabyte, in pieces of about a megabyte of zeros each."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    megabyte = packer.compress(bytes(1024**2)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(1024**2)) + packer.flush(zlib.Z_FULL_FLUSH)
    return megabyte + again * 1023


@pytest.mark.parametrize(
    ("headers", "piece"),
    [
        ((), bytes(PIECE)),  # two gigabytes without a word
        (("Transfer-Encoding: chunked",), b"ffff\r\n" + bytes(0xFFFF) + b"\r\n"),
        (("Content-Encoding: gzip",), bomb()),
    ],
    ids=["plain", "chunked", "bomb"],
)
def test_a_body_without_end_costs_no_more_than_its_limit(web, guard, headers, piece, traced):
    web.answers["/"] = endless(web, piece, *headers)
    assert failure(AnswerRefused, web.url(), guard) == "It is larger than 1,000,000 bytes, and was not taken."
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    assert web.sent_bytes < 30_000_000  # what fits into the sockets' buffers on the way


def test_a_body_that_unpacks_to_nothing_for_ever_is_refused(web, guard):
    web.answers["/"] = endless(web, gzip.compress(b"") * 3000, "Content-Encoding: gzip")
    assert failure(AnswerRefused, web.url(), guard) == "It is packed in too many pieces."


def test_a_body_at_its_limit_is_taken_and_one_byte_more_is_not(web, guard):
    web.answers["/at"] = reply(gzip.compress(bytes(1_000_000)), "Content-Encoding: gzip")
    web.answers["/over"] = reply(gzip.compress(bytes(1_000_001)), "Content-Encoding: gzip")
    assert fetch(Asked(url=web.url("/at")), guard=guard, limits=QUICK).size_bytes == 1_000_000
    failure(AnswerRefused, web.url("/over"), guard)


def test_all_members_of_a_gzip_are_read_and_padding_is_not(web, guard):
    packed = gzip.compress(b"one ") + gzip.compress(b"") + gzip.compress(b"two") + bytes(9)
    web.answers["/"] = reply(packed, "Content-Encoding: x-gzip")
    assert fetch(Asked(url=web.url()), guard=guard).body == b"one two"


def test_of_a_large_error_the_beginning_is_enough(web, guard):
    def answer():
        yield b"HTTP/1.1 500 Oh\r\n\r\n"
        yield from endless(web, b"why " * 999)()

    web.answers["/"] = answer
    fetched = fetch(Asked(url=web.url()), guard=guard, limits=QUICK)
    assert (fetched.status, fetched.size_bytes) == (500, 16 * 1024)
