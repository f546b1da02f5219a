"""Doing errands: each once, held while it is done, begun anew where it was not ended, and always with a word why."""

import logging
import time
from datetime import timedelta

import pytest

from catalogue.actions.errands import progress as progress_module
from catalogue.actions.errands.asking import cancel, find_errand, open_errands
from catalogue.actions.errands.failures import error_of, where_of
from catalogue.actions.errands.progress import LEASE
from catalogue.actions.owners import this_run
from catalogue.domain.errands import KEPT_FOR, MOST_TRIES, ErrandState
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import NoAnswer, NotFound, NotPublishable

FAILING = {
    "ours": (NoAnswer("no-answer", "It is {state}.", url="https://a.example", state="away"), "It is away."),
    "nobodys": (KeyError("x"), "It failed for a reason that nobody foresaw. The log of the server says more."),
}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(progress_module, "TELL_EVERY_SECONDS", 0.005)


def test_what_was_asked_for_is_done_with_what_was_said(office):
    errand = office.ask(first=3)
    done = office.runner(count=lambda _, one, __: {"second": one.parameters["first"] + 1}).run_next("count")
    assert (done.id, done.state, done.outcome) == (errand.id, ErrandState.DONE, {"second": 4})
    assert done.ended_at == office.now
    assert office.runner(count=None).run_next("count") is None


@pytest.mark.parametrize(("error", "sentence"), FAILING.values(), ids=FAILING)
def test_one_that_fails_says_why(office, error, sentence, caplog):
    def fail(*_):
        raise error

    office.ask()
    with caplog.at_level(logging.CRITICAL):
        failed = office.runner(count=fail).run_next("count")
    assert (failed.state, error_of(failed).sentence) == (ErrandState.FAILED, sentence)
    assert where_of(failed) == ("https://a.example" if isinstance(error, NoAnswer) else "")


def test_a_problem_that_made_it_fail_is_kept_whole(office):
    problem = Problem(severity=Severity.ERROR, code="no-title", path="a.md", line=3, message="No title.")

    def fail(*_):
        raise NotPublishable("not-indexed", "Not followed: {why}", why=problem)

    office.ask()
    failed = error_of(office.runner(count=fail).run_next("count"))
    assert (failed.sentence, failed.params["why"]) == ("Not followed: a.md, line 3: No title.", problem)


def test_how_far_it_is_can_be_seen_while_it_is_done(office):
    seen = []

    def count(place, errand, progress):
        progress.tell("counting", done=3, total=9)
        until = time.monotonic() + 10
        while place.index.errand(errand.id).done == 0 and time.monotonic() < until:
            pass
        seen.append(place.index.errand(errand.id))
        return {}

    office.ask()
    office.runner(count=count).run_next("count")
    assert [(one.state, one.said, one.done, one.total) for one in seen] == [(ErrandState.RUNNING, "counting", 3, 9)]


def test_who_does_what_was_cancelled_is_stopped(office):
    def count(place, errand, progress):
        cancel(place, errand.id, now=office.now)
        while True:
            progress.tell("counting")

    office.ask()
    assert office.runner(count=count).run_next("count").state is ErrandState.CANCELLED


def test_what_a_process_that_ends_was_doing_waits_for_the_next(office):
    def count(_, __, progress):
        runner.let_go()
        progress.check()

    office.ask()
    runner = office.runner(count=count)
    left = runner.run_next("count")
    assert (left.state, left.tries, left.owner) == (ErrandState.WAITING, 0, None)


def test_what_a_killed_process_did_is_begun_anew_at_the_next_start(office):
    office.ask()
    dead = this_run().text.split(" ")
    gone = " ".join(("999999999", *dead[1:]))
    office.index.take_errand("count", owner=gone, now=office.now, until=office.now + LEASE)
    runner = office.runner(count=lambda *_: {})
    assert runner.kinds_waiting() == frozenset()
    runner.begin()
    assert runner.run_next("count").tries == 2


def test_one_that_ends_each_process_is_not_begun_for_ever(office):
    office.ask()
    for _ in range(MOST_TRIES):
        office.index.take_errand("count", owner="dead", now=office.now, until=office.now + LEASE)
        office.now += LEASE
    failed = office.runner(count=lambda *_: {}).run_next("count")
    assert (failed.state, error_of(failed).code) == (ErrandState.FAILED, "errand-dies")


def test_what_ended_long_ago_is_found_no_more(office):
    old = office.ask()
    runner = office.runner(count=lambda *_: {})
    runner.run_next("count")
    assert find_errand(office.place, old.id, show_guid="") == office.index.errand(old.id)
    office.now += KEPT_FOR + timedelta(seconds=1)
    office.ask()
    assert [one.errand.kind for one in open_errands(office.place)] == ["count"]
    runner.run_next("count")
    with pytest.raises(NotFound):
        find_errand(office.place, old.id, show_guid="")


def test_that_of_another_show_is_not_found(office):
    with pytest.raises(NotFound):
        find_errand(office.place, office.ask().id, show_guid="show")
