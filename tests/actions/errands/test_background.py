"""Errands in the background: several kinds beside one another, one of a kind at a time, ended with the process."""

import threading

from catalogue.actions.errands import background
from catalogue.actions.errands import running as running_errands
from catalogue.actions.errands.background import errands_running, run_what_waits
from catalogue.domain.errands import ErrandState


def running(office, monkeypatch, ended, **kinds):
    monkeypatch.setattr(background, "LOOK_EVERY_SECONDS", 0.01)
    return errands_running(office.place, on_ended=ended, kinds=kinds, clock=lambda: office.now)


def test_what_is_asked_for_is_done_and_told(office, monkeypatch):
    told, heard = [], threading.Event()
    with running(office, monkeypatch, lambda one: (told.append(one.state), heard.set()), count=lambda *_: {}):
        office.ask()
        assert heard.wait(10)
    assert told == [ErrandState.DONE]


def test_a_long_one_keeps_no_other_kind_waiting(office, monkeypatch, begun):
    done = threading.Event()

    def wait(_, __, progress):
        begun.set()
        assert done.wait(10)
        return {}

    office.ask("wait")
    with running(office, monkeypatch, lambda one: done.set(), wait=wait, count=lambda *_: {}):
        assert begun.wait(10)
        office.ask("count")
        assert done.wait(10)


def test_one_in_the_middle_is_left_to_the_next_process(office, monkeypatch, begun):
    def wait(_, __, progress):
        begun.set()
        while True:
            progress.check()

    errand = office.ask("wait")
    with running(office, monkeypatch, None, wait=wait):
        assert begun.wait(10)
    assert office.index.errand(errand.id).state is ErrandState.WAITING


def test_an_index_that_is_away_ends_nothing(office, monkeypatch, caplog):
    def fail(now):
        failed.set()
        raise RuntimeError("away")

    failed, ended = threading.Event(), threading.Event()
    real, office.index.errand_kinds_waiting = office.index.errand_kinds_waiting, fail
    with running(office, monkeypatch, lambda _: ended.set(), count=lambda *_: {}):
        assert failed.wait(10)
        office.ask()
        office.index.errand_kinds_waiting = real
        assert ended.wait(10)
    assert len(caplog.records) == 1


def test_all_that_waits_is_done_once(office):
    told = []
    for number in range(3):
        office.ask(number=number)
    office.ask("nobodys")
    assert run_what_waits(office.runner(count=lambda *_: {}), told.append) == 3
    assert [one.parameters["number"] for one in told] == [0, 1, 2]


def test_what_errands_left_is_swept_while_nobody_opens_a_page(office, monkeypatch):
    swept, at = threading.Event(), []
    monkeypatch.setattr(running_errands, "SWEEPS", (lambda _, now: (at.append(now), swept.set()),))
    with running(office, monkeypatch, None):
        assert swept.wait(10)
    assert at == [office.now]
