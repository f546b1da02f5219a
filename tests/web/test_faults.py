"""A fault of ours on one connection ends that connection, is told once, and never ends or busies the server."""

import os
import threading

import pytest
from small_server import ask, how_it_ends, line_to, serving, until

from web import listener
from web import server as servers
from web.channel import Channel
from web.exchange import Answer
from web.listener import Listener
from web.loop import Loop


def app(environ, start_response):
    start_response("200 OK", [("Content-Length", "4")])
    return [b"page"]


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(listener, "PAUSE_SECONDS", 0.05)
    monkeypatch.setattr(listener, "LOOK_EVERY_SECONDS", 0.01)
    monkeypatch.setattr(servers, "LONGEST_TURN_SECONDS", 0.05)
    with serving(app) as running:
        yield running


def fail_on_first(monkeypatch, owner, name, meant=lambda *_: True):
    """Let the first call of a method that is `meant` fail as no code of ours foresees; the rest as before."""
    real, failed = getattr(owner, name), []

    def sometimes(self, *arguments, **named):
        if not failed and meant(self, *arguments):
            failed.append(True)
            raise KeyError(name)
        return real(self, *arguments, **named)

    monkeypatch.setattr(owner, name, sometimes)


def is_channel(_self, *arguments):
    return isinstance(arguments[0], Channel)


@pytest.mark.parametrize(
    ("owner", "name", "meant"),
    [
        (Channel, "received", lambda *_: True),
        (Channel, "readable", lambda *_: True),
        (Channel, "handle_write", lambda *_: True),
        (Channel, "__init__", lambda *_: True),
        (Channel, "del_channel", lambda *_: True),
        (Answer, "__init__", lambda *_: True),
        (Answer, "execute", lambda *_: True),
        (Listener, "set_socket_options", lambda *_: True),
        (Listener, "handle_accept", lambda *_: True),
        (Listener, "readable", lambda *_: True),
        (Loop, "_wait_for", is_channel),
        (Loop, "forget", lambda *_: True),
    ],
)
def test_one_fault_wherever_it_is_ends_no_more_than_one_connection(server, monkeypatch, owner, name, meant):
    fail_on_first(monkeypatch, owner, name, meant)
    with line_to(server.port) as unlucky:
        unlucky.sendall(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        how_it_ends(unlucky)
    assert [ask(server.port) for _ in range(3)] == [b"page"] * 3
    until(lambda: not server.channels)


@pytest.mark.parametrize("also", ["handle_close", "del_channel"])
def test_a_connection_that_cannot_even_be_closed_is_let_go(server, monkeypatch, also):
    real, unlucky_ones = getattr(Channel, also), []

    def fails(self, *arguments):
        unlucky_ones.append(self)
        raise KeyError("no such thing")

    monkeypatch.setattr(Channel, "received", fails)
    monkeypatch.setattr(Channel, also, lambda self, *more: (self in unlucky_ones and fails(self)) or real(self, *more))
    with line_to(server.port) as unlucky:
        unlucky.sendall(b"x")
        assert how_it_ends(unlucky) == "closed"
    monkeypatch.undo()
    assert [ask(server.port) for _ in range(3)] == [b"page"] * 3
    until(lambda: not server.channels)


def test_a_fault_is_told_with_its_name_and_once(server, monkeypatch, caplog):
    def fails(_self, data):
        raise KeyError("29 is not registered")

    monkeypatch.setattr(Channel, "received", fails)
    for _ in range(5):
        with line_to(server.port) as unlucky:
            unlucky.sendall(b"x")
            assert how_it_ends(unlucky) == "closed"
    (record,) = caplog.records
    assert "fault" in record.getMessage()
    assert "29 is not registered" in str(record.exc_info[1])


def test_where_nobody_can_be_taken_in_nothing_turns_in_circles(server, monkeypatch, caplog):
    monkeypatch.setattr(Listener, "handle_accept", lambda _self: 1 / 0)
    with line_to(server.port):
        until(lambda: caplog.records)
        before = os.times()
        assert not threading.Event().wait(0.3)
        after = os.times()
        assert after.user + after.system - before.user - before.system < 0.1
        assert len(caplog.records) == 1
        monkeypatch.undo()
        assert ask(server.port) == b"page"


def test_a_connection_that_cannot_be_looked_at_is_ended(server, monkeypatch):
    with line_to(server.port) as unlucky:
        until(lambda: server.channels)
        monkeypatch.setattr(Channel, "waiting", property(lambda _self: 1 / 0))
        with line_to(server.port):  # it wakes the loop
            assert how_it_ends(unlucky) == "closed"
    monkeypatch.undo()
    assert ask(server.port) == b"page"
