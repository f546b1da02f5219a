"""Whoever answers has made what it answers with."""

import os
import threading

import pytest

from catalogue.errors import StoreError
from web.per_process import PerProcess


class Made:
    """An application that knows which process made it; `first` fails as often as stated."""

    def __init__(self, failures=0):
        self.made, self.failures = 0, failures

    def __call__(self):
        if self.failures:
            self.failures -= 1
            raise StoreError("store-open", "The database is away.")
        self.made += 1
        number = self.made

        def app(environ, start_response):
            start_response("200 OK", [])
            return [b"%d" % number]

        return app


def ask(application):
    told = []
    body = b"".join(application({}, lambda status, headers: told.append((status, dict(headers)))))
    return *told[0], body


def test_nothing_is_made_before_anybody_asks():
    made = Made()
    PerProcess(made)
    assert made.made == 0


def test_one_process_makes_it_once_however_many_ask_at_a_time():
    application, made = PerProcess(make := Made()), make
    threads = [threading.Thread(target=ask, args=(application,)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (made.made, ask(application)[2]) == (1, b"1")


def test_another_process_makes_its_own(monkeypatch):
    application = PerProcess(Made())
    assert ask(application)[2] == b"1"
    here = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: here + 1)
    assert [ask(application)[2] for _ in range(2)] == [b"2", b"2"]


@pytest.mark.parametrize("failures", [1, 3])
def test_while_the_database_is_away_it_says_so_and_tries_again(failures):
    application = PerProcess(Made(failures))
    for _ in range(failures):
        status, headers, _ = ask(application)
        assert (status[:3], headers["Retry-After"]) == ("503", "10")
    assert ask(application)[0] == "200 OK"
