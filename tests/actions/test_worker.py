"""Telling in the background: it goes on whatever happens, and ends when asked to, whatever it waits for."""

import logging
import threading
import time
from pathlib import Path

import pytest

from catalogue.actions import worker
from catalogue.actions.open import Place
from catalogue.actions.telling import Teller
from catalogue.actions.worker import tell_until, telling
from catalogue.config import Settings
from catalogue.errors import ConfigError, StoreError


class FakeTeller:
    """Tells what is in `work`: an exception is raised, anything else given; `done` when there is nothing left."""

    def __init__(self, *work):
        self.work, self.done = list(work), threading.Event()

    def tell_next(self):
        if not self.work:
            self.done.set()
            return None
        found = self.work.pop(0)
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(worker, "LOOK_EVERY_SECONDS", 0.01)


def told_by(teller):
    """What is told until there is nothing left."""
    told, stop = [], threading.Event()
    thread = threading.Thread(target=tell_until, args=(teller, stop), kwargs={"on_told": told.append})
    thread.start()
    assert teller.done.wait(10)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    return told


def test_what_is_due_is_told_one_after_another():
    assert told_by(FakeTeller("one", "two", "three")) == ["one", "two", "three"]


@pytest.mark.parametrize("error", [StoreError("store-away", "It is away."), RuntimeError("nobody foresaw it")])
def test_after_any_error_it_goes_on_and_says_so_once(error, caplog):
    with caplog.at_level(logging.WARNING):
        assert told_by(FakeTeller("one", error, error, error, "two")) == ["one", "two"]
    assert len(caplog.records) == 1


def place_of(**stated):
    return Place(storage=None, index=None, box=None, derived=Path(), settings=Settings(**stated))


def tellers():
    return [thread for thread in threading.enumerate() if thread.name == "castalogue-teller"]


def test_where_nobody_is_to_be_told_there_is_no_thread():
    with telling(place_of(), on_told=lambda _: None):
        assert tellers() == []


def test_it_ends_with_its_block_though_it_waits_for_an_answer(monkeypatch):
    stall, begun = threading.Event(), threading.Event()

    def tell_next(_):
        begun.set()
        stall.wait(20)

    monkeypatch.setattr(Teller, "tell_next", tell_next)
    with telling(place_of(websub_hub="https://hub.example/"), on_told=lambda _: None):
        assert begun.wait(10)
        began = time.monotonic()
    assert time.monotonic() - began < 10
    stall.set()


def test_a_setting_that_cannot_be_read_ends_it_before_it_begins():
    place = place_of(websub_hub="https://hub.example/", allow_outside="no*host")
    with pytest.raises(ConfigError, match="allow_outside"), telling(place, on_told=lambda _: None):
        pass
